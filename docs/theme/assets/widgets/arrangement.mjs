// @ts-check
// What a figure shows on one axis: which cells there are, and of which kind.
import { fullSize, range } from "./reads.mjs";
import { convTranspose, sizeOf } from "./record.mjs";

/** @typedef {import("./drawing.mjs").Kind} Kind */

/** A transposed convolution as scattering: the full result, cropped. @param {number} in_size @param {import("./record.mjs").Setting} given */
export function scattered(in_size, given) {
  const { padding, output_padding } = given;
  const end = padding + sizeOf(convTranspose(given), in_size);
  const full = fullSize(given, in_size);
  const kind = (/** @type {number} */ at) =>
    at < padding || at >= end ? "cropped" : at >= full ? "bias" : at >= end - output_padding ? "back" : "output";
  return { full, kinds: range(0, Math.max(full, end)).map(kind) };
}
