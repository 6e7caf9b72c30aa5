// @ts-check
// The formula, one button for each term: the numbers, the legend and the stages of the picture.
import { HERO } from "../convarith/hero.mjs";
import { make } from "./controls.mjs";
import { measured } from "./scene.mjs";
import { grouped } from "./typed.mjs";

const TERMS = ["place", "scatter", "crop", "give", "out"];
const SIGNS = ["", "+", "−", "+", "="];
const SYMBOLS = ["(in_size − 1) × stride", "dilation × (kernel_size − 1) + 1", "2 × padding", "output_padding", "out_size"];

/** @param {(term: string) => void} point what to do when a term is pointed at, or none any more */
export function termsOf(point) {
  const parts = TERMS.map((term, at) => {
    const value = make("span");
    const numbers = make("small");
    const root = make("button", {
      type: "button", className: `hero-term hero-term--${term}`,
      onpointerenter: () => point(term), onpointerleave: () => point(""),
      onfocus: () => point(term), onblur: () => point(""), onclick: () => point(term),
    }, make("b", {}, make("i"), value), make("code", {}, SYMBOLS[at]), numbers);
    return { root, value, numbers };
  });
  const signed = parts.flatMap(({ root }, at) => [make("span", { className: "hero-sign", ariaHidden: "true" }, SIGNS[at]), root]);
  const root = make("div", { className: "hero-terms", role: "group", ariaLabel: HERO.formula }, ...signed);

  /** @param {number} in_size @param {import("./record.mjs").Setting} given */
  function show(in_size, given) {
    const { kernel_size, stride, padding, output_padding, dilation } = given;
    const { extent, out_size } = measured(in_size, given);
    const values = [(in_size - 1) * stride, extent, 2 * padding, output_padding, out_size];
    const sums = [`(${in_size} − 1) × ${stride}`, `${dilation} × (${kernel_size} − 1) + 1`, `2 × ${padding}`, `${output_padding}`, ""];
    parts.forEach(({ root, value, numbers }, at) => {
      value.textContent = grouped(values[at]);
      numbers.textContent = sums[at] || "\u00a0";
      root.dataset.long = `${String(values[at]).length > 6}`;
    });
  }
  /** @param {string} term the one that is on, or none */
  const light = (term) => parts.forEach(({ root }, at) => root.toggleAttribute("data-on", TERMS[at] === term));
  return { root, show, light };
}
