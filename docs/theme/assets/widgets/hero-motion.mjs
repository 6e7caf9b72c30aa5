// @ts-check
// The picture plays once. Everything rests in its final place, and playing only delays it:
// to end it is to cancel it, and nothing old can be left over.
import { placed } from "./hero-svg.mjs";
import { kindOf } from "./scene.mjs";

/** @typedef {import("./hero-picture.mjs").Picture} Picture */

const GLIDE = "cubic-bezier(.3,0,.2,1)";
const SPREAD = 600;

/** @type {Animation[]} */
let running = [];
/** @type {number[]} */
let waiting = [];
let dark = () => {};

export function stop() {
  for (const one of running) one.cancel();
  waiting.forEach(clearTimeout);
  [running, waiting] = [[], []];
  dark();
  dark = () => {};
}

/** @param {Element} node @param {Keyframe[]} frames @param {KeyframeAnimationOptions} options */
function animate(node, frames, options) {
  const one = node.animate(frames, { fill: "backwards", easing: GLIDE, ...options });
  one.id = "play";
  running.push(one);
}

/** It looks like this for a while. @param {Element} node @param {Keyframe} look @param {number} duration @param {number} [delay] */
const hold = (node, look, duration, delay = 0) => animate(node, [look, look], { delay, duration, fill: "none" });

/** @param {number} x @param {number} y */
const at = (x, y) => `translate(${x}px,${y}px)`;

/** @param {Picture} picture @param {(term: string) => void} light */
export function play(picture, light) {
  stop();
  const { begin, full, end, given } = picture.shown;
  const count = picture.layers.inputs.childElementCount;
  const apart = Math.min(150, 1500 / count);
  const cut = SPREAD + apart * count + 420;
  const back = cut + 520;
  const done = back + (given.output_padding ? 520 : 60);
  const times = { apart, cut, back, done };
  inputs(picture);
  products(picture, times);
  columns(picture, times);
  around(picture, times);
  dark = () => light("");
  /** @type {[number, string][]} */
  const stages = [[0, "place"], [SPREAD, "scatter"], [cut, begin || full > end ? "crop" : "scatter"], [back, given.output_padding ? "give" : "out"], [done, "out"], [done + 900, ""]];
  waiting = stages.map(([time, term]) => setTimeout(() => light(term), time));
}

/** @typedef {{apart: number, cut: number, back: number, done: number}} Times in ms: between two inputs, then when each stage begins */

/** They slide from side by side to their places. @param {Picture} picture */
function inputs({ layers, at: { start, columns }, shown: { fit } }) {
  const all = [...layers.inputs.children];
  const step = Math.min(fit.cell, 30);
  const left = start + (columns * fit.cell - all.length * step) / 2;
  all.forEach((node, place) => {
    const [x, y] = placed(node);
    animate(node, [{ transform: at(left + place * step, y) }, { transform: at(x, y) }], { duration: SPREAD - 60, easing: "cubic-bezier(.3,1.25,.5,1)" });
  });
}

/** How many inputs in sight come before one; those that are hidden come in the middle. @param {Picture} picture @param {Element} node */
function order({ layers }, node) {
  const { input } = /** @type {SVGElement} */ (node).dataset;
  const from = /** @type {SVGElement | null} */ (layers.inputs.querySelector(`[data-input="${input}"]`));
  return { from, place: from ? Number(from.dataset.place) : Math.max(0, layers.inputs.childElementCount / 2 - 1) };
}

/** Each input drops its products; they bounce once. @param {Picture} picture @param {Times} times */
function products(picture, { apart, cut, back }) {
  const { layers, at: place, shown: { end, begin, back: given } } = picture;
  for (const node of layers.funnels.children) {
    const delay = SPREAD + order(picture, node).place * apart;
    const [x, y] = placed(node);
    animate(node, [{ transform: `${at(x, y)} scaleY(0)`, opacity: 0 }, { transform: `${at(x, y)} scaleY(1)`, opacity: 1 }], { delay, duration: 200 });
  }
  for (const node of layers.products.children) {
    const { from, place: turn } = order(picture, node);
    const [x, y] = placed(node);
    const [left, top] = from ? placed(from) : [x, place.inputs];
    animate(node, [
      { transform: at(left, top + 6), opacity: 0, offset: 0 },
      { transform: at(x, top + place.cell + 8), opacity: 1, offset: 0.4, easing: "cubic-bezier(.5,0,.9,.6)" },
      { transform: at(x, y), offset: 0.86 },
      { transform: at(x, y - 2.5), offset: 0.93 },
      { transform: at(x, y) },
    ], { delay: SPREAD + turn * apart, duration: 440 });
    const brick = /** @type {Element} */ (node.firstElementChild);
    const where = Number(/** @type {SVGElement} */ (node).dataset.at);
    const odd = brick.getAttribute("class") === "odd";
    if (where >= Math.max(begin, given) && where < end) hold(brick, { fill: "var(--crop)", stroke: "var(--crop-edge)" }, back - cut - 140, cut + 260);
    if (node.classList.contains("cut")) hold(brick, { fill: odd ? "var(--ker-2)" : "var(--ker)", stroke: "var(--ker-edge)" }, cut + 260);
  }
}

/** A cell fills as its first product lands; what is cut off sinks, and what output_padding returns rises. @param {Picture} picture @param {Times} times */
function columns(picture, { apart, cut, back }) {
  const { layers, at: place, shown } = picture;
  const { stride, extent, inputs } = shown;
  for (const node of layers.columns.children) {
    const [x, y] = placed(node);
    const { at: own, from } = /** @type {SVGElement} */ (node).dataset;
    const position = Number(own ?? from);
    const first = Math.max(0, Math.ceil((position - extent + 1) / stride));
    const seen = inputs.findIndex((input) => input >= first);
    const filled = { delay: SPREAD + Math.max(0, seen) * apart + 330, duration: 200 };
    const rect = /** @type {Element} */ (node.firstElementChild);
    const kind = kindOf(shown, position);
    const green = { fill: "var(--out)", stroke: "none", rx: "4px" };
    if (kind === "bias") {
      animate(node, [{ transform: at(x + shown.fit.cell * 2.2, place.floor + 34), opacity: 0 }, { transform: at(x, y), opacity: 1 }], { delay: back, duration: 460, easing: "cubic-bezier(.3,1.3,.5,1)" });
      continue;
    }
    animate(node, [{ opacity: 0.12 }, { opacity: 1 }], filled);
    if (kind === "cropped") {
      hold(rect, green, cut + 260);
      animate(node, [{ transform: at(x, y) }, { transform: at(x, y + 7), offset: 0.45 }, { transform: at(x, y) }], { delay: cut + 240, duration: 420, fill: "none" });
    }
    if (kind === "back") {
      hold(rect, green, cut + 260);
      hold(rect, { fill: "var(--crop)", stroke: "var(--crop-edge)", rx: "4px" }, back - cut - 140, cut + 260);
      if (node.lastElementChild) hold(node.lastElementChild, { opacity: 0 }, back + 200);
      animate(node, [{ transform: at(x, y) }, { transform: at(x, y + 9) }], { delay: cut + 240, duration: back - cut - 240, fill: "none" });
      animate(node, [{ transform: at(x, y + 9) }, { transform: at(x, y) }], { delay: back, duration: 460, easing: "cubic-bezier(.3,1.6,.5,1)", fill: "none" });
    }
  }
}

/** The blades come down, the right one slides out; rulers and bracket appear. @param {Picture} picture @param {Times} times */
function around({ layers, at: place, shown }, { cut, back, done }) {
  const moved = Math.max(0, place.x(shown.end) - place.x(Math.max(shown.begin, shown.back)));
  for (const node of layers.still.children) {
    const has = (/** @type {string} */ name) => node.classList.contains(name);
    if (has("blade")) {
      const slid = has("right") ? -moved : 0;
      animate(node, [{ transform: at(slid, -46), opacity: 0 }, { transform: at(slid, 0), opacity: 1 }], { delay: cut, duration: 300, easing: "cubic-bezier(.6,0,.3,1.2)" });
      const label = node.querySelector("text");
      if (slid && label) hold(label, { opacity: 0 }, back + 300);
      if (slid) hold(node, { transform: at(slid, 0) }, back - cut - 300, cut + 300);
      if (slid) animate(node, [{ transform: at(slid, 0) }, { transform: at(0, 0) }], { delay: back, duration: 460, fill: "none" });
    }
    if (has("ruler")) animate(node, [{ opacity: 0 }, { opacity: 1 }], { delay: has("t-place") ? SPREAD - 200 : cut - 260, duration: 260 });
    if (has("bracket") || has("given")) animate(node, [{ opacity: 0 }, { opacity: 1 }], { delay: done, duration: 260 });
  }
}
