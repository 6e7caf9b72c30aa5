// @ts-check
// What is pointed at: by the mouse, the focus, a press, or a page; a press pins it.
import { isThere, kindOf, outPlaces } from "./tracing-values.mjs";

/** @typedef {import("./tracing-values.mjs").Traced} Traced */
/** @typedef {import("./tracing-values.mjs").End} End */
/** An input, a weight or an output. @typedef {{end: End, at: number[]}} Pointed */

/** How a pin is written: 2 or 1x4 for an output, 2i for an input, 0w for a weight. @type {Record<End, string>} */
const SIGNS = { out: "", input: "i", tap: "w" };
const ENDS = /** @type {End[]} */ (Object.keys(SIGNS));

/** @param {Pointed} pointed */
export const pinOf = ({ end, at }) => at.join("x") + SIGNS[end];

/** @param {string} text @returns {Pointed | undefined} */
export function pointedOf(text) {
  const [, at, sign] = /^(-?\d+(?:x-?\d+)*)([iw]?)$/.exec(text) ?? [];
  return at === undefined ? undefined : { end: ENDS.find((end) => SIGNS[end] === sign) ?? "out", at: at.split("x").map(Number) };
}

/** Whether there is such a cell; only the whole result has those that are cropped. @param {Traced} traced @param {Pointed | undefined} pointed @param {boolean} whole */
export function exists(traced, pointed, whole) {
  if (!pointed || pointed.at.length !== traced.ins.length) return false;
  if (pointed.end === "out") return isThere(traced.outs, pointed.at) && (whole || kindOf(traced.outs, pointed.at) !== "cropped");
  const sizes = pointed.end === "input" ? traced.ins : traced.kernel;
  return pointed.at.every((own, axis) => own >= 0 && own < sizes[axis]);
}

/** What is pointed out before anybody points: the first output with the most products. @param {Traced} traced @returns {Pointed} */
export function resting({ outs, links }) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { out } of links) counts.set(`${out}`, (counts.get(`${out}`) ?? 0) + 1);
  const count = (/** @type {number[]} */ at) => counts.get(`${at}`) ?? 0;
  return { end: "out", at: outPlaces(outs).reduce((best, at) => (count(at) > count(best) ? at : best)) };
}

/** The products that belong to what is pointed at. @param {Traced} traced @param {Pointed} pointed */
export const linksOfPointed = ({ links }, { end, at }) => links.filter((link) => `${link[end]}` === `${at}`);

/** How to go from one cell to its neighbour. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, -1], ArrowRight: [-1, 1], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Where an arrow key leads, if it leads anywhere. @param {KeyboardEvent} event @param {Pointed} pointed @returns {Pointed | undefined} */
export function neighbour({ key, target }, { end, at }) {
  if (!(key in ARROWS)) return undefined;
  const [from, step] = ARROWS[key];
  const axis = from < 0 ? at.length - 1 : from;
  if (from === 0 && at.length < 2) return undefined;
  // Within a number the arrow keys move the caret, as they do everywhere.
  if (target instanceof HTMLInputElement && from < 0 && target.selectionStart === target.selectionEnd
    && target.selectionStart !== (step < 0 ? 0 : target.value.length)) return undefined;
  return { end, at: at.map((own, one) => (one === axis ? own + step : own)) };
}

/** Listen to a stage. @param {import("./tracing-stage.mjs").Stage} stage @param {{point: (by: "mouse" | "focus", pointed: Pointed | undefined) => void, press: (pointed: Pointed) => void}} then */
export function listen(stage, { point, press }) {
  const { root } = stage;
  const go = (/** @type {Pointed} */ pointed) => /** @type {HTMLElement | undefined} */ (stage.cell(pointed))?.focus();
  root.onpointerover = ({ target, pointerType }) => {
    const pointed = pointerType === "mouse" ? stage.pointed(target) : undefined;
    if (pointed) point("mouse", pointed);
  };
  // Leaving a cell is not leaving: between two cells nothing flickers.
  root.onpointerleave = () => point("mouse", undefined);
  root.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLInputElement) target.select();
    point("focus", stage.pointed(target));
  });
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (!stage.pointed(relatedTarget)) point("focus", undefined);
  });
  root.onclick = ({ target }) => {
    const pointed = stage.pointed(target);
    if (pointed?.end !== "out") return;
    // A click does not give a button the focus in every browser, and without it Esc goes elsewhere.
    go(pointed);
    press(pointed);
  };
  root.onkeydown = (event) => {
    const pointed = stage.pointed(event.target);
    if (!pointed) return;
    if (event.key === "Enter" && pointed.end !== "out") press(pointed);
    const next = neighbour(event, pointed);
    if (!next) return;
    event.preventDefault();
    go(next);
  };
}
