// @ts-check
// The twin of convarith.sizes and convarith._legal_values: what is refused, and what is let through.
// Parameters keep their Python names, for they are read, typed and copied as such.
import { LEAST } from "../convarith/answer.mjs";
import { SizeError } from "./errors.mjs";
import { conv, convTranspose, inputsOf, reach, sizeOf } from "./record.mjs";

/** @typedef {import("./record.mjs").Axis} Axis */
/** @typedef {import("./record.mjs").Window} Window */
/** @typedef {import("./record.mjs").Setting} Setting */

/** @param {string} name @param {number} value @param {number} [nearest] */
export function atLeast(name, value, nearest = LEAST[name]) {
  if (value >= LEAST[name]) return;
  throw new SizeError("at-least", { [name]: value }, { name, least: LEAST[name], nearest }, { because: `at-least:${name}` });
}

/** torch refuses output_padding from here on. @param {{stride: number, dilation: number}} given */
export const outputPaddingLimit = ({ stride, dilation }) => Math.max(stride, dilation);

/** Each in turn, for the first that is too small is named. @param {Record<string, number>} given @param {string[]} names */
function areLegal(given, ...names) {
  for (const name of names) atLeast(name, given[name]);
}

/** @param {Setting} given */
function outputPaddingIsLegal({ output_padding, stride, dilation }) {
  atLeast("output_padding", output_padding);
  const limit = outputPaddingLimit({ stride, dilation });
  if (output_padding < limit) return;
  const valid = limit > 1 ? "up-to" : "only-zero";
  throw new SizeError("output-padding-limit", { output_padding, stride, dilation }, { limit, most: limit - 1 }, { valid });
}

/** The smallest input that has an output. @param {Axis} axis */
const least = (axis) => inputsOf(axis, 1)[0];

/** @param {number} in_size @param {Window} given */
export function convSize(in_size, given) {
  areLegal(given, "kernel_size", "stride", "dilation", "padding");
  const axis = conv(given);
  atLeast("in_size", in_size, least(axis));
  const out_size = sizeOf(axis, in_size);
  if (out_size >= 1) return out_size;
  const { kernel_size, padding, dilation } = given;
  throw new SizeError("kernel-fits", { in_size, padding, kernel_size }, {
    before: padding, after: padding, padded: in_size + 2 * padding, extent: reach(kernel_size, dilation) + 1, least: least(axis),
  });
}

/** @param {number} in_size @param {Setting} given */
export function convTransposeSize(in_size, given) {
  areLegal(given, "kernel_size", "stride", "padding", "dilation");
  outputPaddingIsLegal(given);
  const axis = convTranspose(given);
  atLeast("in_size", in_size, least(axis));
  const out_size = sizeOf(axis, in_size);
  if (out_size >= 1) return out_size;
  const { padding } = given;
  const uncropped = out_size + 2 * padding;
  const most = Math.floor((uncropped - 1) / 2);
  const values = { before: padding, after: padding, uncropped, out_size, most };
  throw new SizeError("nothing-left", { padding }, values, { valid: most ? "padding-or-less" : "no-padding" });
}

/** @param {number} in_size @param {Window} given */
export function poolSize(in_size, given) {
  areLegal(given, "padding", "kernel_size", "stride", "dilation");
  const { padding, kernel_size } = given;
  if (2 * padding <= kernel_size) return convSize(in_size, given);
  const most = Math.floor(kernel_size / 2);
  throw new SizeError("pool-padding", { padding, kernel_size }, { most }, { valid: most ? "padding-or-less" : "no-padding" });
}

/** The sizes that share an output, from the first up to the last. @param {number} out_size @param {Window} given */
export function convInputSizes(out_size, given) {
  areLegal(given, "kernel_size", "stride", "dilation", "padding");
  atLeast("out_size", out_size);
  return inputsOf(conv(given), out_size);
}

/** @param {boolean} transposed @param {number[]} ins @param {Setting[]} settings */
export const outSizes = (transposed, ins, settings) => onEachAxis(transposed ? convTransposeSize : convSize, ins, settings);

/** The output size on each axis; a refusal says on which, where there are several. @param {(in_size: number, given: Setting) => number} sizeOn @param {number[]} ins @param {Setting[]} settings */
export const onEachAxis = (sizeOn, ins, settings) => ins.map((in_size, axis) => {
  try {
    return sizeOn(in_size, settings[axis]);
  } catch (error) {
    if (ins.length > 1) /** @type {SizeError} */ (error).axis = axis;
    throw error;
  }
});
