// @ts-check
// The twin of convarith.taps: how many kernel elements land on each output.
import { evenness, shift } from "./ranking.mjs";
import { fullSize, range, sourcesOf } from "./reads.mjs";
import { convTranspose, sizeOf } from "./record.mjs";

/** @param {number} in_size @param {import("./record.mjs").Setting} given */
export function taps(in_size, given) {
  const axis = convTranspose(given);
  const out_size = sizeOf(axis, in_size);
  const counts = range(0, out_size).map((out) => sourcesOf(axis, out, in_size).length);
  const tail = Math.max(Math.min(fullSize(given, in_size) - given.padding, out_size), 0);
  return {
    counts,
    tail,
    holes: counts.flatMap((count, at) => (count || at >= tail ? [] : [at])),
    overlap: evenness(given),
    flat: new Set(counts).size === 1,
    shift: shift(given, in_size, out_size),
  };
}
