// @ts-check
// What a figure shows on one axis: which cells there are, and of which kind.
import { fullSize, range, readsOf } from "./reads.mjs";
import { convTranspose, lastOf, sizeOf } from "./record.mjs";

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

/** Any layer as gathering: the inputs, what is inserted between them and around, and what no window reads. @param {import("./record.mjs").Axis} axis @param {number} in_size */
export function gathered(axis, in_size) {
  const { up, slack, first, step, taps } = axis;
  const last = lastOf(axis, in_size);
  const ends = [first, first + step * (taps - 1)];
  const low = Math.min(...ends);
  const high = last + slack + Math.max(...ends);
  const read = new Set(range(0, sizeOf(axis, in_size)).flatMap((out) => readsOf(axis, out, in_size)).map(({ place }) => place));
  const kind = (/** @type {number} */ at) =>
    at < low || at > high ? "cropped" : !read.has(at) ? "unused" : at < 0 || at > last ? "padding" : at % up ? "zero" : "input";
  const start = Math.min(low, 0);
  return { start, kinds: range(start, Math.max(high, last) + 1).map(kind) };
}
