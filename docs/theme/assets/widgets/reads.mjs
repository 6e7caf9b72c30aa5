// @ts-check
// Who reads whom: the sources of an output, as convarith._record gives them.
import { range } from "./record.mjs";

/** @typedef {import("./record.mjs").Axis} Axis */

/** Each place that an output reads, and the input there, -1 where there is none. @param {Axis} axis @param {number} out @param {number} in_size */
export const readsOf = ({ up, down, first, step, taps }, out, in_size) => range(0, taps).map((tap) => {
  const place = down * out + first + step * tap;
  const input = place / up;
  return { place, tap, input: Number.isInteger(input) && input >= 0 && input < in_size ? input : -1 };
});

/** The inputs and kernel elements that make one output, ascending. @param {Axis} axis @param {number} out @param {number} in_size */
export const sourcesOf = (axis, out, in_size) =>
  readsOf(axis, out, in_size).filter(({ input }) => input >= 0).sort((one, other) => one.input - other.input);
