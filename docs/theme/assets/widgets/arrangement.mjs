// @ts-check
// What a figure shows on one axis: which cells there are, of which kind, and who reads whom.
import { evenness, fraction, shiftTimes } from "./reasons.mjs";
import { convSize, convTransposeSize, ends, reach } from "./sizes.mjs";

/** @typedef {Record<"kernel_size" | "stride" | "padding" | "output_padding" | "dilation", number>} Setting */
/** @typedef {import("./drawing.mjs").Kind} Kind */
/** @typedef {{start: number, kinds: Kind[]}} Cells a row of cells, the first of them at `start` */
/** @typedef {{position: number, input: number, tap: number}} Read a cell that an output reads, and through which kernel element */

/** A transposed convolution as scattering: the full result, cropped. @param {number} in_size @param {Setting} given */
export function scattered(in_size, given) {
  const out_size = convTransposeSize(in_size, given);
  const { padding, output_padding, stride, kernel_size, dilation } = given;
  const full = (in_size - 1) * stride + reach(kernel_size, dilation);
  const end = padding + out_size;
  const kind = (/** @type {number} */ at) =>
    at < padding || at >= end ? "cropped" : at >= full ? "bias" : at >= end - output_padding ? "back" : "output";
  return { out_size, full, cells: { start: 0, kinds: range(0, Math.max(full, end)).map(kind) } };
}

/** The same as gathering: zeros between the inputs and around them, a flipped kernel over it. @param {number} in_size @param {Setting} given */
export function stretched(in_size, given) {
  const out_size = convTransposeSize(in_size, given);
  const { padding, stride, kernel_size, dilation } = given;
  const first = padding - reach(kernel_size, dilation) + 1;
  const last = padding + out_size - 1;
  const end = (in_size - 1) * stride;
  const kind = (/** @type {number} */ at) =>
    at < first || at > last ? "cropped" : at < 0 || at > end ? "padding" : at % stride ? "zero" : "input";
  const start = Math.min(first, 0);
  const reads = (/** @type {number} */ out) => range(0, kernel_size).map((tap) => {
    const position = out + padding - tap * dilation;
    return { position, tap, input: position >= 0 && position <= end && position % stride === 0 ? position / stride : -1 };
  });
  return { out_size, cells: { start, kinds: range(start, Math.max(last, end) + 1).map(kind) }, reads };
}

/** A convolution: padding around the inputs, and what no window reads. @param {number} in_size @param {Setting} given */
export function windowed(in_size, given) {
  const out_size = convSize(in_size, given);
  const { padding, stride, kernel_size, dilation } = given;
  const reads = (/** @type {number} */ out) => range(0, kernel_size).map((tap) => {
    const position = out * stride + tap * dilation - padding;
    return { position, tap, input: position >= 0 && position < in_size ? position : -1 };
  });
  const read = new Set(range(0, out_size).flatMap(reads).map(({ position }) => position));
  const kind = (/** @type {number} */ at) => (!read.has(at) ? "unused" : at < 0 || at >= in_size ? "padding" : "input");
  return { out_size, cells: { start: -padding, kinds: range(-padding, in_size + padding).map(kind) }, reads };
}

/** The inputs and kernel elements that make one output. @param {boolean} transposed @param {number} out @param {number} in_size @param {Setting} given */
export function sources(transposed, out, in_size, given) {
  if (transposed) return landing(out + given.padding, in_size, given);
  return windowed(in_size, given).reads(out).filter(({ input }) => input >= 0);
}

/** @param {number} from @param {number} below */
export const range = (from, below) => Array.from({ length: Math.max(0, below - from) }, (_, at) => from + at);

/** The inputs and kernel elements that land on a place of the full result. @param {number} place @param {number} in_size @param {{kernel_size: number, stride: number, dilation: number}} given */
export function landing(place, in_size, { kernel_size, stride, dilation }) {
  const found = [];
  for (let tap = kernel_size - 1; tap >= 0; tap--) {
    const from = place - tap * dilation;
    const input = from / stride;
    if (Number.isInteger(input) && input >= 0 && input < in_size) found.push({ input, tap });
  }
  return found;
}

/** The twin of convarith.taps. @param {number} in_size @param {Required<import("./sizes.mjs").Transpose>} given */
export function taps(in_size, given) {
  const [before] = ends(given.padding);
  const out_size = convTransposeSize(in_size, given);
  const extent = reach(given.kernel_size, given.dilation);
  const full = (in_size - 1) * given.stride + extent;
  const counts = Array.from({ length: out_size }, (_, at) => landing(at + before, in_size, given).length);
  const tail = Math.max(Math.min(full - before, out_size), 0);
  return {
    counts,
    tail,
    holes: counts.flatMap((count, at) => (count || at >= tail ? [] : [at])),
    overlap: evenness(given),
    flat: new Set(counts).size === 1,
    shift: fraction(shiftTimes(in_size, out_size, extent, before), 2 * in_size),
  };
}
