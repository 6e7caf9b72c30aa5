// @ts-check
// What else is read off a record: the full result, and who reads whom.
import { convTranspose, sizeOf } from "./record.mjs";

/** @typedef {import("./record.mjs").Axis} Axis */
/** @typedef {import("./record.mjs").Setting} Setting */

/** The result before padding crops it. @param {Omit<Setting, "padding" | "output_padding">} given @param {number} in_size */
export const fullSize = (given, in_size) => sizeOf(convTranspose({ ...given, padding: 0, output_padding: 0 }), in_size);

/** Each place that an output reads, and the input there, -1 where there is none. @param {Axis} axis @param {number} out @param {number} in_size */
export const readsOf = ({ up, down, first, step, taps }, out, in_size) => range(0, taps).map((tap) => {
  const place = down * out + first + step * tap;
  const input = place / up;
  return { place, tap, input: Number.isInteger(input) && input >= 0 && input < in_size ? input : -1 };
});

/** The inputs and kernel elements that make one output, ascending. @param {Axis} axis @param {number} out @param {number} in_size */
export const sourcesOf = (axis, out, in_size) =>
  readsOf(axis, out, in_size).filter(({ input }) => input >= 0).sort((one, other) => one.input - other.input);

/** @param {number} from @param {number} below */
export const range = (from, below) => Array.from({ length: Math.max(0, below - from) }, (_, at) => from + at);

/** @param {number} a @param {number} b @returns {number} */
export const gcd = (a, b) => (b ? gcd(b, a % b) : Math.abs(a));
