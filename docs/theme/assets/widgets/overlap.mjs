// @ts-check
// How many products the outputs sum, found without counting them: every answer is true of the
// very size it is asked of, and where it would take too long there is none.
import { gcd, range } from "./reads.mjs";
import { kindOf, measured } from "./scene.mjs";

/** @typedef {import("./record.mjs").Setting} Setting */
/** @typedef {{key: string, values: Record<string, number>, fine?: boolean}} Note a sentence of the page, and whether nothing is wrong */
/** Inputs every step, each spread over taps that are apart: the same from both sides. @typedef {{inputs: number, step: number, taps: number, apart: number}} Lattice */

const LOOKED_AT_MOST = 5000;

/** How many products meet in a position. @param {Lattice} lattice @param {number} at */
function count({ inputs, step, taps, apart }, at) {
  const shared = gcd(step, apart);
  if (at % shared) return 0;
  const [s, d] = [step / shared, apart / shared];
  // A product of two remainders may be too large for a number.
  const first = Number((BigInt(at / shared) * BigInt(inverse(d, s))) % BigInt(s));
  const low = Math.max(0, Math.ceil((at - step * (inputs - 1)) / apart));
  const high = Math.min(taps - 1, Math.floor(at / apart));
  const start = first + s * Math.max(0, Math.ceil((low - first) / s));
  return start > high ? 0 : Math.floor((high - start) / s) + 1;
}

/** What times a number leaves 1. @param {number} number @param {number} modulus */
function inverse(number, modulus) {
  let [r, next, x, y] = [modulus, number % modulus, 0, 1];
  while (next) {
    const times = Math.floor(r / next);
    [r, next, x, y] = [next, r - times * next, y, x - times * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

/** Whether some position from one up to another, all within the reach, gets no product; undefined where that takes too long. @param {Lattice} lattice @param {number} from @param {number} to */
export function holed(lattice, from, to) {
  let { inputs, step, taps, apart } = lattice;
  if (to <= from) return false;
  const shared = gcd(step, apart);
  if (inputs > 1 && taps > 1 && shared > 1) return to - from > 1 || from % shared > 0 || !count(lattice, from);
  // One row of intervals: of taps in a row, or of inputs in a row.
  if (taps === 1) apart = 1;
  if (inputs === 1) [inputs, step, taps, apart] = [taps, apart, 1, 1];
  if (apart === 1) return broken(inputs, step, taps, from, to);
  if (step === 1) return broken(taps, apart, inputs, from, to);
  // Frobenius: the largest number that no sum of steps and aparts is, and its mirror image.
  const largest = step * apart - step - apart;
  const mirrored = step * (inputs - 1) + apart * (taps - 1) - largest;
  if ([largest, mirrored].some((at) => from <= at && at < to)) return true;
  const enough = taps >= step && inputs >= apart;
  if (enough && largest < from && to <= mirrored) return false;
  if (taps < step && to - from >= step) return true;
  if (inputs < apart && to - from >= apart) return true;
  return within(lattice, from, to)?.some((products) => !products);
}

/** The same where each of some pieces begins every step, and is solid. @param {number} pieces @param {number} step @param {number} solid @param {number} from @param {number} to */
function broken(pieces, step, solid, from, to) {
  if (solid >= step) return false;
  const piece = Math.floor(from / step);
  const empty = Math.max(from, piece * step + solid);
  return piece < pieces - 1 && empty < to;
}

/** Each count, if they are not too many. @param {Lattice} lattice @param {number} from @param {number} to */
function within(lattice, from, to) {
  return to - from > LOOKED_AT_MOST ? undefined : range(from, to).map((at) => count(lattice, at));
}

/** The positions that lack no input, as if the inputs went on for ever. @param {Lattice} lattice @returns {[number, number]} */
function middle({ inputs, step, taps, apart }) {
  return apart === 1
    ? [step * (Math.ceil(taps / step) - 1), step * inputs]
    : [apart * (taps - 1), step * (inputs - 1) + 1];
}

/** What is worth saying of the outputs. @param {number} in_size @param {Setting} given @returns {Note | undefined} */
export function note(in_size, given) {
  const { begin, end, full, out_size } = measured(in_size, given);
  const { stride, dilation, kernel_size } = given;
  const lattice = { inputs: in_size, step: stride, taps: kernel_size, apart: kernel_size > 1 ? dilation : 1 };
  const bare = Math.min(end - full, out_size);
  if (bare > 0) return { key: bare > 1 ? "bias" : "bias1", values: { n: bare } };
  const holes = holed(lattice, begin, end);
  if (holes !== false) return holes ? { key: "holes", values: {} } : undefined;
  const [low, high] = [Math.floor(kernel_size / stride), Math.ceil(kernel_size / stride)];
  if (high > in_size) return { key: "most", values: { i: in_size } };
  const [from, to] = middle(lattice);
  const [first, last] = [Math.max(begin, from), Math.min(end, to)];
  if (last - first >= stride) return met(low, high);
  const counts = within(lattice, begin, end);
  return counts && ofAll(Math.min(...counts), Math.max(...counts));
}

/** @param {number} low @param {number} high @returns {Note} */
function met(low, high) {
  if (low !== high) return { key: "uneven", values: { a: high, b: low } };
  return { key: high === 1 ? "single" : "even", values: { a: high }, fine: true };
}

/** Where all of the outputs are near an end. @param {number} low @param {number} high @returns {Note} */
function ofAll(low, high) {
  if (low !== high) return { key: "ends", values: { a: high, b: low } };
  return { key: high === 1 ? "single" : "same", values: { a: high }, fine: true };
}

/** What one position is. @param {number} in_size @param {Setting} given @param {number} at @param {number[]} inputs those that meet there @returns {Note} */
export function noteOfPosition(in_size, given, at, inputs) {
  const sizes = measured(in_size, given);
  const o = at - sizes.begin + 1;
  if (kindOf(sizes, at) === "cropped") return { key: "one-cropped", values: {} };
  const key = !inputs.length ? "one-bias" : inputs.length > 1 ? "one-sum" : "one-product";
  return { key, values: { o, n: inputs.length } };
}
