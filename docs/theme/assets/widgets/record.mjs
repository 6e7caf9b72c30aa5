// @ts-check
// The twin of convarith._record: one axis as arithmetic. Nothing is checked here.
//   up * i = down * o + first + step * tap            who reads whom
//   last_out = floor((up * last_in + slack) / down)   how many there are (last = size - 1)

/** @typedef {Record<"kernel_size" | "stride" | "padding" | "dilation", number>} Window */
/** @typedef {Window & {output_padding: number}} Setting */
/** @typedef {Record<"up" | "down" | "slack" | "first" | "step" | "taps", number>} Axis */

/** A window that moves on by stride: Dumoulin and Visin, relationship 15. @param {Window} given @returns {Axis} */
export const conv = ({ kernel_size, stride, padding, dilation }) => ({
  up: 1, down: stride, slack: 2 * padding - reach(kernel_size, dilation), first: -padding, step: dilation, taps: kernel_size,
});

/** A kernel scattered every stride: Dumoulin and Visin, relationship 14. @param {Setting} given @returns {Axis} */
export const convTranspose = ({ kernel_size, stride, padding, output_padding, dilation }) => ({
  up: stride, down: 1, slack: reach(kernel_size, dilation) - 2 * padding + output_padding, first: padding, step: -dilation, taps: kernel_size,
});

/** From the first to the last element of a kernel. @param {number} kernel_size @param {number} dilation */
export const reach = (kernel_size, dilation) => dilation * (kernel_size - 1);

/** Where the last input stands, up apart from the one before. @param {Axis} axis @param {number} in_size */
export const lastOf = ({ up }, in_size) => up * (in_size - 1);

/** The output size; below 1 where there is no output. @param {Axis} axis @param {number} in_size */
export const sizeOf = (axis, in_size) => Math.floor((lastOf(axis, in_size) + axis.slack) / axis.down) + 1;

/** The first and the last input that give an output size; the last is one less where none does. @param {Axis} axis @param {number} out_size */
export function inputsOf({ up, down, slack }, out_size) {
  const first = Math.max(-Math.floor((slack - down * (out_size - 1)) / up), 0) + 1;
  return [first, Math.max(Math.floor((down * out_size - slack - 1) / up) + 1, first - 1)];
}
