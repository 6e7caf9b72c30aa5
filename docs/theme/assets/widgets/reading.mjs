// @ts-check
// A pasted layer or error message, parsed and never evaluated.
import { known } from "../messages.mjs";

/** What could not be read: which sentence says so, and of what. */
export class Unread extends Error {
  /** @param {"unknownLayer" | "unknownValue" | "unknownName" | "tooMany" | "same"} why @param {Record<string, string>} of */
  constructor(why, of = {}) {
    super(why);
    this.why = why;
    this.of = of;
  }
}

/** @typedef {{what: string, values: Record<string, string>, note?: "padded", channels?: string, page?: string}} Reading */

const SIZES = ["kernel_size", "stride", "padding", "output_padding", "dilation"];
const IGNORED = ["in_channels", "out_channels", "groups", "bias", "padding_mode", "device", "dtype"];
/** The order in which torch's constructors take their values. */
const ORDER = {
  Conv: "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode device dtype",
  ConvTranspose:
    "in_channels out_channels kernel_size stride padding output_padding groups bias dilation padding_mode device dtype",
};
const LAYER = /\b(Lazy)?(Conv|ConvTranspose)(?:([123])d)?\s*\(/;

/** The messages that hold sizes; for the others the way to their entry has to do. */
const WITH_SIZES = ["output-padding-too-large", "output-too-small", "kernel-does-not-fit", "output-size-out-of-range"];

/** What a text says of the boxes. @param {string} pasted @returns {Reading} */
export function read(pasted) {
  const told = known(pasted);
  if (!told) return layer(pasted.split(/\s+/).join(" "));
  const { kind, found, page } = told;
  return { ...(WITH_SIZES.includes(kind) ? message(kind, found) : { what: kind, values: {} }), page };
}

/** @param {string} kind @param {Record<string, string>} found @returns {Reading} */
function message(kind, found) {
  const lists = Object.fromEntries(Object.entries(found).map(([name, text]) => [name, text?.match(/-?\d+/g) ?? []]));
  const given = (/** @type {string} */ name) => joined(lists[name]);
  const axes = lists[{ "kernel-does-not-fit": "padded", "output-padding-too-large": "axes", "output-size-out-of-range": "wanted" }[kind] ?? "in_size"];
  if (kind === "output-padding-too-large") {
    const [back, stride, dilation] = ["output_padding", "stride", "dilation"].map((name) =>
      joined([...found.axes.matchAll(RegExp(`${name}_\\w+: (-?\\d+)`, "g"))].map(([, number]) => number)));
    const values = { output_padding: back, stride, dilation };
    return { what: kind, values: { layer: `ConvTranspose${axes.length / 3}d`, wish: "forwards", ...values } };
  }
  if (kind === "kernel-does-not-fit") {
    const values = { in_size: given("padded"), kernel_size: given("extent"), padding: "", dilation: "" };
    return { what: kind, values: { layer: `Conv${axes.length}d`, wish: "forwards", ...values }, note: "padded" };
  }
  const asked = kind === "output-size-out-of-range";
  return {
    what: kind,
    values: {
      layer: `ConvTranspose${axes.length}d`,
      wish: asked ? "backwards" : "forwards",
      in_size: given("in_size"),
      ...(asked && { out_size: given("wanted") }),
    },
  };
}

/** @param {string} text @returns {Reading} */
function layer(text) {
  const start = LAYER.exec(text);
  if (!start) throw new Unread("unknownLayer");
  const [opening, lazy, kind, digit] = start;
  const name = opening.slice(0, -1).trim();
  const order = digit ? ORDER[/** @type {"Conv"} */ (kind)].split(" ").slice(lazy ? 1 : 0) : ["kernel_size"];
  /** @type {Record<string, string>} */
  const given = {};
  for (const [at, argument] of split(text.slice(start.index + opening.length)).entries()) {
    const [, key, value] = /^(?:(\w+) ?= ?)?(.*)$/.exec(argument) ?? [];
    const parameter = key ?? order[at];
    if (!parameter) throw new Unread("tooMany", { layer: name });
    if (![...SIZES, ...IGNORED].includes(parameter)) throw new Unread("unknownName", { name: parameter, layer: name });
    given[parameter] = value;
  }
  if (kind === "Conv" && "output_padding" in given) throw new Unread("unknownName", { name: "output_padding", layer: name });
  const lists = SIZES.map((parameter) => numbers(parameter, given[parameter]));
  const longest = Math.max(1, ...lists.map((own) => own.length));
  const dims = Number(digit ?? longest);
  lists.forEach((own, at) => {
    if (own.length > 1 && own.length !== dims) throw new Unread("unknownValue", { name: SIZES[at] });
  });
  const values = Object.fromEntries(SIZES.map((parameter, at) => [parameter, joined(lists[at])]));
  const channels = [given.in_channels, given.out_channels];
  return {
    what: name,
    values: { layer: `${kind}${dims}d`, wish: "forwards", ...values },
    ...(channels.every((own) => /^\d+$/.test(own)) && { channels: channels.join(", ") }),
  };
}

/** The arguments up to the closing bracket, apart. @param {string} text */
function split(text) {
  const found = [""];
  let depth = 0;
  for (const letter of text) {
    if (/[([{]/.test(letter)) depth++;
    if (/[)\]}]/.test(letter) && --depth < 0) break;
    if (letter === "," && !depth) found.push("");
    else found[found.length - 1] += letter;
  }
  return found.map((argument) => argument.trim()).filter(Boolean);
}

/** @param {string} name @param {string | undefined} text */
function numbers(name, text) {
  if (text === undefined) return [];
  if (name === "padding" && /^["']same["']$/.test(text)) throw new Unread("same");
  if (name === "padding" && /^["']valid["']$/.test(text)) return [];
  const inner = /^[([](.*)[)\]]$/.exec(text)?.[1] ?? text;
  const parts = inner.split(",").map((part) => part.trim()).filter(Boolean);
  if (!parts.length || !parts.every((part) => /^-?\d+$/.test(part))) throw new Unread("unknownValue", { name });
  return parts;
}

/** One number where all axes have the same. @param {string[]} own */
const joined = (own) => (own.every((number) => number === own[0]) ? own[0] ?? "" : own.join("x"));
