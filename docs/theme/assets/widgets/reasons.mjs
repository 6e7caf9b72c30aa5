// @ts-check
// The twin of convarith.ranking and convarith.overlap: what speaks for a setting or against it.
import { say } from "./errors.mjs";
import { reach } from "./sizes.mjs";

/** @param {number} a @param {number} b @returns {number} */
const gcd = (a, b) => (b ? gcd(b, a % b) : Math.abs(a));

/** @param {{kernel_size: number, stride: number, dilation: number}} given */
export function evenness({ kernel_size, stride, dilation }) {
  if (gcd(stride, dilation) > 1 || kernel_size < stride) return "holes";
  return kernel_size % stride ? "uneven" : "even";
}

/** A fraction in lowest terms, as Python writes it. @param {number} above @param {number} below */
export function fraction(above, below) {
  const shared = gcd(above, below) || 1;
  return below === shared ? `${above / shared}` : `${above / shared}/${below / shared}`;
}

/**
 * Twice in_size times the way from where plain resizing puts the first input.
 * @param {number} in_size @param {number} out_size @param {number} extent @param {number} before
 */
export const shiftTimes = (in_size, out_size, extent, before) =>
  (extent - 2 * before) * in_size - out_size;

/** @typedef {typeof import("./words/more.en.mjs").default.reasons} Phrases */

/** What speaks for a setting or against it. @param {import("./solver.mjs").Setting} setting @param {number} in_size @param {number} out_size @param {Phrases} words */
export function reasons(setting, in_size, out_size, words) {
  const { kernel_size: k, stride: s, padding, output_padding: a, dilation: d } = setting;
  const extent = reach(k, d);
  const more = extent - 2 * padding + a - s;
  const shift = shiftTimes(in_size, out_size, extent, padding);
  const kind = evenness(setting);
  const values = { k, s, d, a, more, less: -more, past: a - padding, shift: fraction(Math.abs(shift), 2 * in_size) };
  return [
    !more ? words.exactly : more > 0 ? words.plus : words.minus,
    kind !== "holes" ? words[/** @type {"even" | "uneven"} */ (kind)] : k < s ? words.small : words.sparse,
    !a ? words.none : a <= padding ? words.real : words.empty,
    !shift ? words.unmoved : shift > 0 ? words.right : words.left,
  ].map((text) => say(text, values));
}
