// @ts-check
// The layers in a pasted text, of PyTorch, Keras or this library.
import { DEFAULTS, PARAMETERS } from "../convarith/answer.mjs";
import { PASTED, TORCH_ORDER } from "../convarith/pasted.mjs";
import { fill } from "./errors.mjs";
import { BESIDES, inTorch, ORDER } from "./keras.mjs";
import { named, numbers, split, Unread } from "./python.mjs";
import { attribute } from "./typed.mjs";

/**
 * What a layer says of the boxes; open are the numbers that only running the code would tell.
 * @typedef {{name: string, layer: string, values: Record<string, string>, open: string[], channels: string, others: string, unread: string}} Read
 */

const READ_AT_MOST = 100000;
const LONGEST_CALL = 2000;
const MOST_CALLS = 60;
const CALL = /(?<!\w)((?:Lazy)?Conv(?:Transpose)?[123]d|Conv(?:Transpose)?|(?:Max|Avg)Pool[123]d|Conv[123]DTranspose|conv(?:_transpose)?[123]d)\s*\(/g;
/** @type {Record<string, string>} */
const FUNCTIONS = {
  conv: "input weight bias stride padding dilation groups",
  conv_transpose: "input weight bias stride padding output_padding groups dilation",
};
/** What a convolution keeps when its numbers change. */
const KEPT = ["groups", "bias", "padding_mode"];

/** Every layer of a text, or why one could not be read. @param {string} text @returns {Read[]} */
export function layersIn(text) {
  const line = text.slice(0, READ_AT_MOST).split(/\s+/).join(" ");
  return [...line.matchAll(CALL)].slice(0, MOST_CALLS).flatMap((found) => {
    const from = found.index + found[0].length;
    const given = split(line.slice(from, from + LONGEST_CALL));
    return given.length ? [read(found[1], given)] : [];
  });
}

/** @param {string} name @param {string[]} given @returns {Read} */
function read(name, given) {
  const nothing = { name, layer: "", values: {}, open: [], channels: "", others: "", unread: "" };
  try {
    return { ...nothing, .../DTranspose/.test(name) ? ofKeras(name, given) : ofTorch(name, given) };
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return { ...nothing, unread: error.message };
  }
}

/** @param {string} name @param {string[]} given */
function ofKeras(name, given) {
  const dims = Number(/\d/.exec(name)?.[0]);
  return { layer: `ConvTranspose${dims}d`, values: inTorch(name, named(name, given, ORDER, BESIDES), dims) };
}

/** @param {string} name @param {string[]} given */
function ofTorch(name, given) {
  const [, family, digit] = /^(\D+)(\d)?/.exec(name) ?? [];
  const called = FUNCTIONS[family];
  // A layer of the library has no channels, and takes the rest by name.
  const own = named(name, given, called ?? (digit ? TORCH_ORDER[family] : "kernel_size"), digit ? [] : PARAMETERS);
  if (own.ceil_mode && own.ceil_mode !== "False") throw new Unread(PASTED.ceil);
  const kind = family.endsWith("Pool") ? "MaxPool" : /transpose/i.test(family) ? "ConvTranspose" : "Conv";
  const names = PARAMETERS.filter((one) => kind === "ConvTranspose" || one !== "output_padding");
  const lists = names.map((one) => (called && one === "kernel_size" ? undefined : numbers(one, own[one])));
  const open = names.filter((_, at) => !lists[at]);
  const dims = Number(digit ?? Math.max(1, ...lists.map((values) => values?.length ?? 1)));
  const odd = names.find((_, at) => ![0, 1, dims].includes(lists[at]?.length ?? 1));
  if (odd) throw new Unread(fill(PASTED["line:no-number"], { name: odd }));
  if (lists[0]?.length === 0) throw new Unread(fill(PASTED["line:missing"], { name: "kernel_size" }));
  const values = names.map((one, at) => [one, lists[at] ? attribute(lists[at]) || usual(kind, one, attribute(lists[0] ?? [])) : ""]);
  const channels = [own.in_channels, own.out_channels];
  return {
    layer: `${kind}${dims}d`, values: Object.fromEntries(values), open,
    channels: channels.every((one) => /^\d+$/.test(one ?? "")) ? channels.join(", ") : "",
    others: called || kind === "MaxPool" ? "" : KEPT.filter((key) => own[key]).map((key) => `${key}=${own[key]}`).join(", "),
  };
}

/** What PyTorch takes where nothing is written. @param {string} kind @param {string} parameter @param {string} kernel_size */
const usual = (kind, parameter, kernel_size) => (kind === "MaxPool" && parameter === "stride" ? kernel_size : `${DEFAULTS[parameter]}`);
