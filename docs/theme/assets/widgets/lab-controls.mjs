// @ts-check
// The controls that only the lab has, and what explains its colours.
import { LAB } from "../convarith/lab.mjs";
import { button, make } from "./controls.mjs";
import { COUNTS, paint, shade } from "./lab-images.mjs";
import { constant, picture } from "./lab-picture.mjs";
import { LIMITS, SIDE, sums } from "./lab-values.mjs";

const COPIED_FOR = 1400;

/** A button that is pressed or not. @param {string} text @param {() => void} onclick */
export const toggle = (text, onclick) => make("button", { type: "button", className: "cw-chip", onclick }, text);

/** @param {string} text @param {() => void} press @param {string} [more] another class */
export const plain = (text, press, more = "") => Object.assign(button(text, press), { className: `cw-btn ${more}` });

/** Copies the address, which holds the state. */
export function linking() {
  const link = plain(LAB.link, async () => {
    await navigator.clipboard.writeText(location.href);
    link.textContent = LAB.copied;
    setTimeout(() => (link.textContent = LAB.link), COPIED_FOR);
  });
  return link;
}

/** @param {"kernel_size" | "stride"} name @param {(value: string, typing: boolean) => void} change */
export function slider(name, change) {
  const [min, max] = LIMITS[name];
  const input = make("input", { type: "range", min, max, ariaLabel: name });
  const value = make("b", { ariaHidden: "true" });
  input.oninput = () => change(input.value, true);
  input.onchange = () => change(input.value, false);
  const root = make("label", { className: "lab-slider" }, make("code", {}, name), value, input);
  /** @param {number} chosen */
  function show(chosen) {
    input.value = `${chosen}`;
    value.textContent = input.value;
  }
  return { root, show };
}

/** What every layer reads, at the scale of the outputs. */
export function inputs() {
  const size = SIDE / 2;
  const shown = /** @type {const} */ ([["constant", constant], ["picture", picture]]).map(([name, image]) => {
    const lines = [LAB[name], `${size} × ${size}`];
    const canvas = make("canvas", { width: size, height: size, role: "img", ariaLabel: lines.join(LAB.comma) });
    paint(canvas, image(size), shade);
    return make("figure", {}, canvas, make("figcaption", { ariaHidden: "true" }, ...lines.map((line) => make("span", {}, line))));
  });
  return make("div", { className: "lab-inputs" }, ...shown);
}

/** What the colours of the map mean; those in use are bold. @param {import("./lab-values.mjs").Result[]} results */
export function scale(results) {
  const used = new Set(results.flatMap(({ layer }) => sums(layer)));
  const steps = COUNTS.map((count) => {
    const step = make("i", { className: used.has(count) ? "lab-used" : "" }, `${count}`);
    step.style.background = `var(--heat-${count})`;
    step.toggleAttribute("data-strong", count > 4);
    return step;
  });
  return [make("span", {}, LAB.scale), make("span", { className: "lab-scale" }, ...steps)];
}
