// @ts-check
// The twin of what convarith.sizes says of the way back.
import { SizeError } from "./errors.mjs";
import { atLeast, checked, reach } from "./sizes.mjs";

/** d(k-1)+1. @param {number} kernel_size @param {number} [dilation] */
export function kernelExtent(kernel_size, dilation = 1) {
  return reach(atLeast("kernel_size", kernel_size), atLeast("dilation", dilation));
}

/** The sizes that share an output, from the first up to the last. @param {number} out_size @param {import("./sizes.mjs").Window} given */
export function convInputSizes(out_size, given) {
  atLeast("out_size", out_size);
  const { stride, before, after, extent } = checked(given);
  const offset = before + after - extent;
  return [Math.max((out_size - 1) * stride - offset, 1), out_size * stride - offset - 1];
}

/** @param {number} in_size @param {number} out_size @param {import("./sizes.mjs").Window} given */
export function outputPaddingFor(in_size, out_size, given) {
  atLeast("in_size", in_size);
  atLeast("out_size", out_size);
  const { stride, before, after, extent, dilation } = checked(given);
  const full = (in_size - 1) * stride + extent;
  const smallest = full - before - after;
  const limit = Math.max(stride, dilation);
  const output_padding = out_size - smallest;
  if (output_padding >= 0 && output_padding < limit) return output_padding;
  const largest = smallest + limit - 1;
  const nearest = Math.min(Math.max(out_size, smallest, 1), largest);
  const values = { smallest, largest, most: limit - 1, nearest, full };
  throw new SizeError(
    limit > 1 ? "reached" : "reached_one", { out_size, in_size }, values,
    largest < 1 ? "reached_uncropped" : "reached",
  );
}
