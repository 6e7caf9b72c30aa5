// @ts-check
// The twin of convarith.sizes and convarith.rules: one axis, whole numbers.
// Parameters keep their Python names, for they are read, typed and copied as such.
import { SizeError } from "./errors.mjs";

/** @typedef {number | number[]} Padding */
/** @typedef {{kernel_size: number, stride?: number, padding?: Padding, dilation?: number}} Window */
/** @typedef {Window & {output_padding?: number}} Transpose */

const LEAST = { in_size: 1, out_size: 1, kernel_size: 1, stride: 1, padding: 0, output_padding: 0, dilation: 1 };

/** @param {keyof LEAST} name @param {number} value @param {number} [nearest] */
export function atLeast(name, value, nearest) {
  const least = LEAST[name];
  if (value >= least) return value;
  throw new SizeError(`least_${name}`, { [name]: value }, { name, least, nearest: nearest ?? least }, "least");
}

/** Padding at the start and at the end. @param {Padding} padding */
export const ends = (padding) => (typeof padding === "number" ? [padding, padding] : padding);

/** How far a kernel reaches, d(k-1)+1. @param {number} kernel_size @param {number} dilation */
export const reach = (kernel_size, dilation) => dilation * (kernel_size - 1) + 1;

/** The parameters that a convolution and its transpose share, checked. @param {Window} given */
function checked({ kernel_size, stride = 1, padding = 0, dilation = 1 }) {
  atLeast("kernel_size", kernel_size);
  atLeast("stride", stride);
  const [before, after] = ends(padding);
  atLeast("padding", before);
  atLeast("padding", after);
  atLeast("dilation", dilation);
  return { kernel_size, stride, before, after, extent: reach(kernel_size, dilation), dilation };
}

/** Dumoulin and Visin, relationships 6 and 15. @param {number} in_size @param {Window} given */
export function convSize(in_size, given) {
  const { kernel_size, stride, before, after, extent } = checked(given);
  const nearest = extent - before - after;
  atLeast("in_size", in_size, Math.max(1, nearest));
  const padded = in_size + before + after;
  if (padded < extent) {
    const got = { in_size, padding: short(before, after), kernel_size };
    throw new SizeError("fits", got, { in_size, before, after, padded, extent, nearest });
  }
  return Math.floor((padded - extent) / stride) + 1;
}

/** Dumoulin and Visin, relationship 14. @param {number} in_size @param {Transpose} given */
export function convTransposeSize(in_size, given) {
  const { stride, before, after, extent, dilation } = checked(given);
  const output_padding = legalOutputPadding(given.output_padding ?? 0, stride, dilation);
  const missing = before + after + 1 - extent - output_padding;
  atLeast("in_size", in_size, 1 + Math.max(0, Math.ceil(missing / stride)));
  const uncropped = (in_size - 1) * stride + extent + output_padding;
  const left = uncropped - before - after;
  if (left >= 1) return left;
  const alike = before === after;
  const most = alike ? Math.floor((uncropped - 1) / 2) : uncropped - 1;
  const valid = !alike ? "left_ends" : most ? "left" : "left_none";
  const values = { before, after, uncropped, left, most };
  throw new SizeError("left", { padding: short(before, after) }, values, valid);
}

/** @param {number} output_padding @param {number} stride @param {number} dilation */
function legalOutputPadding(output_padding, stride, dilation) {
  atLeast("output_padding", output_padding);
  const limit = Math.max(stride, dilation);
  if (output_padding < limit) return output_padding;
  const values = { output_padding, stride, dilation, limit, most: limit - 1 };
  throw new SizeError(
    "output_padding", { output_padding, stride, dilation }, values,
    limit > 1 ? "output_padding" : "output_padding_none",
  );
}

/** d(k-1)+1. @param {number} kernel_size @param {number} [dilation] */
export function kernelExtent(kernel_size, dilation = 1) {
  return reach(atLeast("kernel_size", kernel_size), atLeast("dilation", dilation));
}

/** The sizes that share an output, from the first up to the last. @param {number} out_size @param {Window} given */
export function convInputSizes(out_size, given) {
  atLeast("out_size", out_size);
  const { stride, before, after, extent } = checked(given);
  const offset = before + after - extent;
  return [Math.max((out_size - 1) * stride - offset, 1), out_size * stride - offset - 1];
}

/** @param {number} in_size @param {number} out_size @param {Window} given */
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

/** @param {number} before @param {number} after */
const short = (before, after) => (before === after ? before : [before, after]);
