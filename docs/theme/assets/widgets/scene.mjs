// @ts-check
// What the picture of a transposed convolution shows on one axis, as plain data: position q is
// column q of the full result. Nothing here counts up to a size; what is out of sight is left out.
import { fullSize, gcd, range } from "./reads.mjs";
import { convTranspose, reach, sizeOf } from "./record.mjs";

/** @typedef {import("./record.mjs").Setting} Setting */
/** @typedef {"output" | "hole" | "cropped" | "back" | "bias"} Kind */
/** @typedef {{width: number, most: number, least: number, gap: number}} Room of the columns and of the gap between them, in px */
/** @typedef {{cell: number, head: number, tail: number, gap: number, bars: boolean}} Fit columns at both ends, each a cell wide, and the gap in columns */
/** @typedef {ReturnType<typeof measured>} Measures */
/** @typedef {{at: number, kind: Kind, output: number, taps: {input: number, tap: number}[]}} Column */
/** @typedef {ReturnType<typeof scene>} Scene */

const TALLEST = 24;
const NARROWEST = 4;
/** Of the inputs that are bars, so many are shown at each end. */
const BARS = 4;

/** The sizes, and where what begins. @param {number} in_size @param {Setting} given */
export function measured(in_size, given) {
  const { kernel_size, stride, padding: begin, output_padding, dilation } = given;
  const extent = reach(kernel_size, dilation) + 1;
  const full = fullSize(given, in_size);
  const out_size = sizeOf(convTranspose(given), in_size);
  const end = begin + out_size;
  // As many products as meet at most.
  const height = Math.min(Math.ceil(kernel_size / (stride / gcd(stride, dilation))), in_size);
  return { in_size, stride, extent, full, out_size, begin, end, back: end - output_padding, total: Math.max(full, end), height };
}

/** How wide a column is, and which columns there is room for. @param {Measures} sizes @param {Room} room @returns {Fit} */
export function fitted({ total, extent, stride, height }, { width, most, least, gap }) {
  const whole = (/** @type {number} */ cell) => fit(cell, total, 0, 0);
  const fit = (/** @type {number} */ cell, /** @type {number} */ head, /** @type {number} */ tail, /** @type {number} */ between) =>
    ({ cell, head, tail, gap: between, bars: cell < NARROWEST || height > TALLEST });
  if (total * least <= width + 1) return whole(Math.min(most, width / total));
  // The footprints of two neighbours have to be seen at each end.
  const half = (width - gap) / 2;
  const cell = (extent + stride) * least <= half ? least : Math.max(width / total, (half - 2) / (extent + stride));
  if (total * cell <= width + 1) return whole(cell);
  const columns = (width - gap) / cell;
  const head = Math.floor(columns / 2);
  return fit(cell, head, Math.floor(columns - head), gap / cell);
}

/** How many columns from the left a position stands. @param {Fit} fit @param {number} total @param {number} at */
export function columnOf({ head, tail, gap }, total, at) {
  if (!gap || at <= head) return at;
  const far = total - tail;
  return at >= far ? head + gap + at - far : head + (gap * (at - head)) / (far - head);
}

/** The inputs that start in sight. @param {Measures} sizes @param {Fit} fit */
function inputsInSight({ in_size, stride, total }, { head, tail, gap, bars }) {
  const most = bars ? BARS : Infinity;
  const first = Math.min(in_size, most, gap ? Math.ceil(head / stride) : Infinity);
  const last = Math.max(first, bars ? in_size - BARS : 0, gap ? Math.ceil((total - tail) / stride) : 0);
  return [...range(0, first), ...range(last, in_size)];
}

/** What a position of the full result becomes. @param {Measures} sizes @param {number} at @returns {Kind} */
export function kindOf({ begin, end, full, back }, at) {
  if (at < begin || at >= end) return "cropped";
  return at >= full ? "bias" : at >= back ? "back" : "output";
}

/** The products that meet in one position, by their inputs. @param {Measures} sizes @param {Setting} given @param {number} at */
export function tapsAt({ in_size, extent }, { stride, dilation }, at) {
  const first = Math.max(0, Math.ceil((at - extent + 1) / stride));
  return range(first, Math.min(in_size - 1, Math.floor(at / stride)) + 1)
    .filter((input) => (at - input * stride) % dilation === 0)
    .map((input) => ({ input, tap: (at - input * stride) / dilation }));
}

/** @param {Measures} sizes @param {Setting} given @param {number} at @returns {Column} */
function column(sizes, given, at) {
  const taps = tapsAt(sizes, given, at);
  const kind = kindOf(sizes, at);
  return { at, kind: kind === "output" && !taps.length ? "hole" : kind, output: at - sizes.begin + 1, taps };
}

/** The full result where its columns are too many to be cells. @param {Measures} sizes */
function segments({ begin, end, full, back }) {
  const past = Math.min(Math.max(full, begin), end);
  const given = Math.min(Math.max(back, begin), past);
  /** @type {[number, number, Kind][]} */
  const all = [[0, begin, "cropped"], [begin, given, "output"], [given, past, "back"], [past, end, "bias"], [end, full, "cropped"]];
  return all.filter(([from, to]) => to > from);
}

/** @param {number} in_size @param {Setting} given @param {Room} room */
export function scene(in_size, given, room) {
  const sizes = measured(in_size, given);
  const fit = fitted(sizes, room);
  const { total } = sizes;
  const places = fit.bars ? [] : fit.gap ? [...range(0, fit.head), ...range(total - fit.tail, total)] : range(0, total);
  return {
    ...sizes,
    given,
    fit,
    inputs: inputsInSight(sizes, fit),
    columns: places.map((at) => column(sizes, given, at)),
    segments: fit.bars ? segments(sizes) : [],
  };
}
