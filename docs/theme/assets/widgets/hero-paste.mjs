// @ts-check
// What a pasted text says: a layer fills in the boxes, several are offered, a message is explained.
import { PARAMETERS } from "../convarith/answer.mjs";
import { CURES } from "../convarith/cures.mjs";
import { PASTED } from "../convarith/pasted.mjs";
import { known } from "../known.mjs";
import { button, make } from "./controls.mjs";
import { fill } from "./errors.mjs";
import { layersIn } from "./pasted.mjs";
import { attribute } from "./typed.mjs";

/** @typedef {import("./hero.mjs").ConvHero} ConvHero */
/** @typedef {import("./pasted.mjs").Read} Read */
/** @typedef {{kind: "Conv" | "ConvTranspose", boxes: Record<string, string[]>, wish?: string, padded?: boolean}} Held the numbers on each axis, by box */

const MOST_OFFERED = 12;
const SHAPE = /^[\d\s,x×()[\]]+$/;

/** @param {string} text @param {...(Node | string)} more */
const said = (text, ...more) => make("p", {}, text, ...more);

/** Fill in what a text says, and tell what was read or what could not be. @param {ConvHero} hero @param {string} text @returns {Node[]} */
export function take(hero, text) {
  if (!text.trim()) return [];
  const shape = text.trim().replace(/^torch\.Size/, "");
  if (SHAPE.test(shape)) {
    hero.type("in_size", shape, false);
    return [];
  }
  const message = known(text);
  if (message) return explained(hero, message);
  const layers = layersIn(text);
  if (!layers.length) return [wrong(PASTED.nothing)];
  const whole = layers.filter((one) => !one.unread);
  if (layers.length === 1) return whole.length ? filled(hero, layers[0]) : [unread(layers[0])];
  return whole.length ? offered(hero, whole, layers.length) : [unread(layers[0])];
}

/** @param {string} text */
const wrong = (text) => make("p", { className: "hero-wrong" }, text);

/** @param {Read} layer */
function unread({ name, unread }) {
  const node = wrong(fill(PASTED.unread, { what: `${name}: ${unread}` }));
  if (name.includes("DTranspose")) node.append(" ", page("porting/keras-tensorflow/", PASTED.porting));
  return node;
}

/** @param {string} path @param {string} text */
const page = (path, text) => make("a", { href: new URL(`../../${path}`, import.meta.url).href }, text);

/** Nothing is left of the layer before; the input size stays, unless it is of other axes. @param {ConvHero} hero @param {Read} read */
function filled(hero, { name, layer, values, open, channels, others }) {
  hero.channels = channels || hero.channels;
  hero.others = others;
  const own = hero.value("in_size").split("x");
  const in_size = own.length > 1 && own.length !== Number(layer.at(-2)) ? own[0] : own.join("x");
  hero.take({ in_size, output_padding: "", ...values, layer, wish: "" });
  const rest = open.map((one) => fill(PASTED.open, { name: one }));
  return [said(["✓", fill(PASTED.read, { what: name }), ...rest].join(" "))];
}

/** @param {ConvHero} hero @param {Read[]} layers @param {number} count */
function offered(hero, layers, count) {
  const shown = layers.slice(0, MOST_OFFERED).map((one) => {
    const text = [one.layer, ...["kernel_size", "stride"].filter((name) => one.values[name]).map((name) => `${name} ${one.values[name]}`)].join(", ");
    const chip = button(text, () => {
      filled(hero, one);
      for (const other of list.children) other.ariaPressed = `${other === chip}`;
    });
    chip.className = "cw-chip";
    chip.ariaPressed = "false";
    return chip;
  });
  const list = make("div", { className: "hero-offer", role: "group", ariaLabel: PASTED.choose }, ...shown);
  return [said(fill(PASTED.several, { count })), list];
}

/** Cause and cure, and in the boxes only what the message names. @param {ConvHero} hero @param {NonNullable<ReturnType<typeof known>>} message */
function explained(hero, { kind, found, page: entry }) {
  const held = HOLDS[kind]?.(found);
  const blank = Object.fromEntries(["in_size", ...PARAMETERS].map((name) => [name, ""]));
  const boxes = Object.fromEntries(Object.entries(held?.boxes ?? {}).map(([name, own]) => [name, attribute(own)]));
  const dims = Math.max(...Object.values(held?.boxes ?? {}).map((own) => own.length));
  hero.take({ ...blank, ...boxes, layer: held ? `${held.kind}${dims}d` : hero.value("layer"), wish: held?.wish ?? "" });
  const [cause, cure] = CURES[entry];
  const part = (/** @type {string} */ name, /** @type {string} */ text) => make("p", {}, make("b", {}, name), " ", ...marked(text));
  const more = page(entry, PASTED.entry);
  return [make("div", { className: "hero-cure" }, part(PASTED.fix, cure), part(PASTED.cause, cause), make("p", {}, held?.padded ? `${PASTED.padded} ` : "", more))];
}

/** Code stands between backticks. @param {string} text */
const marked = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));

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
    kind: "Conv", boxes: { in_size: whole(padded), kernel_size: whole(extent), padding: ["0"], dilation: ["1"] }, padded: true,
  }),
  "output-size-out-of-range": ({ in_size, wanted }) => ({
    kind: "ConvTranspose", boxes: { in_size: whole(in_size), out_size: whole(wanted) }, wish: "backwards",
  }),
};
