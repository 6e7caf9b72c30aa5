// @ts-check
// The twin of convarith.overlap and convarith.landing: what lands where, on one axis.
import { convTransposeSize, ends, kernelExtent } from "./sizes.mjs";

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

/** @param {number} in_size @param {Required<import("./sizes.mjs").Transpose>} given */
export function taps(in_size, given) {
  const [before] = ends(given.padding);
  const out_size = convTransposeSize(in_size, given);
  const extent = kernelExtent(given.kernel_size, given.dilation);
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
