// @ts-check
// A pasted layer or error message fills in the boxes; it is parsed and never evaluated.
import { LABELS, PARAMETERS } from "../convarith/answer.mjs";
import { MORE } from "../convarith/explanation.mjs";
import { TORCH_ORDER } from "../convarith/messages.mjs";
import { known } from "../known.mjs";
import { make } from "./controls.mjs";
import { fill, say } from "./errors.mjs";
import { attribute } from "./explanation.mjs";

/** Why a text could not be read. */
class Unread extends Error {}

/** @typedef {{what: string, values: Record<string, string>, note?: "padded", channels?: string, page?: string}} Reading */
/** @typedef {{kind: "Conv" | "ConvTranspose", boxes: Record<string, string[]>, wish?: string, note?: "padded"}} Held the numbers on each axis, by box */

const LAYER = /\b(Lazy)?(Conv|ConvTranspose)(?:([123])d)?\s*\(/;

/**
 * Fill in what a pasted text says, and tell what was read or what could not be.
 * @param {import("./calculator.mjs").ConvCalculator} calculator @param {string} pasted
 */
export function take(calculator, pasted) {
  if (!pasted.trim()) return [];
  try {
    const { what, values, note, channels, page } = read(pasted);
    calculator.channels = channels ?? calculator.channels;
    calculator.edit(values);
    const entry = page && make("a", { href: new URL(`../../${page}`, import.meta.url).href }, MORE.entry);
    return [fill(MORE.read, { what }), note ? ` ${MORE[note]}` : "", ...(entry ? [" ", entry] : [])];
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return [fill(LABELS.unread, { what: error.message })];
  }
}

/** What a text says of the boxes. @param {string} pasted @returns {Reading} */
function read(pasted) {
  const message = known(pasted);
  if (!message) return layer(pasted.split(/\s+/).join(" "));
  const { kind: what, found, page } = message;
  const held = HOLDS[what]?.(found);
  // The way to the entry has to do where a message holds no sizes.
  if (!held) return { what, values: {}, page };
  const { kind, boxes, wish = "forwards", note } = held;
  const dims = Math.max(...Object.values(boxes).map((own) => own.length));
  const values = Object.fromEntries(Object.entries(boxes).map(([name, own]) => [name, attribute(own)]));
  return { what, values: { layer: `${kind}${dims}d`, wish, ...values }, note, page };
}

/** @param {string} text */
const whole = (text) => text?.match(/-?\d+/g) ?? [];

/** What the messages with sizes hold, from what their pattern has found. @type {Record<string, (found: Record<string, string>) => Held>} */
const HOLDS = {
  "output-padding-too-large": ({ axes }) => ({
    kind: "ConvTranspose",
    boxes: Object.fromEntries(["output_padding", "stride", "dilation"].map((name) =>
      [name, [...axes.matchAll(RegExp(`${name}_\\w+: (-?\\d+)`, "g"))].map(([, number]) => number)])),
  }),
  "output-too-small": ({ in_size }) => ({ kind: "ConvTranspose", boxes: { in_size: whole(in_size) } }),
  "kernel-does-not-fit": ({ padded, extent }) => ({
    kind: "Conv", boxes: { in_size: whole(padded), kernel_size: whole(extent), padding: [], dilation: [] }, note: "padded",
  }),
  "output-size-out-of-range": ({ in_size, wanted }) => ({
    kind: "ConvTranspose", boxes: { in_size: whole(in_size), out_size: whole(wanted) }, wish: "backwards",
  }),
};

/** @param {string} text @returns {Reading} */
function layer(text) {
  const start = LAYER.exec(text);
  if (!start) throw new Unread(MORE.unknownLayer);
  const [opening, lazy = "", kind, digit] = start;
  const name = opening.slice(0, -1).trim();
  const names = TORCH_ORDER[lazy + kind].split(" ");
  const order = digit ? names : PARAMETERS.slice(0, 1);
  /** @type {Record<string, string>} */
  const given = {};
  for (const [at, argument] of split(text.slice(start.index + opening.length)).entries()) {
    const [, key, value] = /^(?:(\w+) ?= ?)?(.*)$/.exec(argument) ?? [];
    const parameter = key ?? order[at];
    if (!parameter) throw new Unread(fill(MORE.tooMany, { layer: name }));
    if (!names.includes(parameter)) throw new Unread(fill(MORE.unknownName, { name: parameter, layer: name }));
    given[parameter] = value;
  }
  const lists = PARAMETERS.map((parameter) => numbers(parameter, given[parameter]));
  const dims = Number(digit ?? Math.max(1, ...lists.map((own) => own.length)));
  lists.forEach((own, at) => {
    if (own.length > 1 && own.length !== dims) throw new Unread(say("line:no-number", { name: PARAMETERS[at] }));
  });
  const values = Object.fromEntries(PARAMETERS.map((parameter, at) => [parameter, attribute(lists[at])]));
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
  if (name === "padding" && /^["']same["']$/.test(text)) throw new Unread(MORE.same);
  if (name === "padding" && /^["']valid["']$/.test(text)) return [];
  const inner = /^[([](.*)[)\]]$/.exec(text)?.[1] ?? text;
  const parts = inner.split(",").map((part) => part.trim()).filter(Boolean);
  if (!parts.length || !parts.every((part) => /^-?\d+$/.test(part))) throw new Unread(say("line:no-number", { name }));
  return parts;
}
