// @ts-check
// What a layer answers on each axis, and the nearest value where it is refused.
import { SizeError } from "./errors.mjs";
import { fullSize } from "./reads.mjs";
import { reach } from "./record.mjs";
import { convSize, convTransposeSize, onEachAxis, poolSize } from "./sizes.mjs";

/** @typedef {import("./record.mjs").Setting} Setting */

const SIZES = { Conv: convSize, ConvTranspose: exactSize, MaxPool: poolSize };

/** @typedef {keyof typeof SIZES} Family */

/** The layer without the number of its axes. @param {string} layer ConvTranspose2d, for example */
export const familyOf = (layer) => /** @type {Family} */ (layer.slice(0, -2));

/** The output size on each axis. @param {string} layer @param {number[]} ins @param {Setting[]} settings */
export const answer = (layer, ins, settings) => onEachAxis(SIZES[familyOf(layer)], ins, settings);

/** A size, as long as no number on the way to it is rounded. @param {number} in_size @param {Setting} given */
function exactSize(in_size, given) {
  const out_size = convTransposeSize(in_size, given);
  const { kernel_size, stride, dilation } = given;
  if (Number.isSafeInteger(fullSize(given, in_size))) return out_size;
  const most = Number.MAX_SAFE_INTEGER;
  const extent = reach(kernel_size, dilation) + 1;
  // The input gives way, unless the kernel alone is too large.
  const values = extent < most / 2
    ? { name: "in_size", nearest: Math.floor((most - extent) / stride) + 1 }
    : { name: "kernel_size", nearest: Math.floor(most / 2 / dilation) };
  throw new SizeError("inexact", { in_size, kernel_size, stride, dilation }, { most, ...values });
}

/** Which parameter each rule is about, where it is not in the values. @type {Record<string, string>} */
const BROKEN = { "output-padding-limit": "output_padding", "nothing-left": "padding", "pool-padding": "padding", "kernel-fits": "in_size" };

/** The parameter that a refusal is about, and the nearest value that it may have. @param {SizeError} error @returns {{name: string, value: number | undefined}} */
export function remedy({ message, values }) {
  const { name = BROKEN[message] ?? "", nearest, most, least } = /** @type {any} */ (values);
  return { name, value: name ? [nearest, message === "kernel-fits" ? least : most].find(Number.isSafeInteger) : undefined };
}
