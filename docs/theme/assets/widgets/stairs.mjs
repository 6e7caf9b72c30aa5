// @ts-check
// A convolution as a staircase: the sizes on each step, and the one that output_padding chooses.
// Everything is computed: nothing here counts up to a size or to a stride.
import { SizeError } from "./errors.mjs";
import { conv, convTranspose, inputsOf, sizeOf } from "./record.mjs";
import { convInputSizes, convSize, convTransposeSize, outputPaddingLimit } from "./sizes.mjs";

/** @typedef {import("./record.mjs").Window} Window */
/** @typedef {Window & {in_size?: number, out_size?: number, output_padding?: number}} Given a size, or a step and output_padding */
/** @typedef {[number, number]} Run from the first up to the last */

/**
 * @typedef {object} Stairs
 * @property {Window} window
 * @property {number} out_size the step
 * @property {number} output_padding
 * @property {number} front the size without output_padding; below 1 it does not exist
 * @property {Run} step the sizes on the step; the last is one less than the first where there are none
 * @property {number} size the one that is chosen
 * @property {number} on the step it stands on, which output_padding from stride on leaves
 * @property {number} limit where output_padding is refused
 * @property {number} lowest the lowest step of all
 */

// Sums of numbers up to here are exact in JavaScript.
const EXACT = 10 ** 15;
const STEPS = [6, 5, 4, 3];

/** @param {Given} given @returns {Stairs} */
export function stairsOf({ in_size, out_size: wanted = 1, output_padding: chosen = 0, ...window }) {
  isExact("kernel_size", window.kernel_size - 1, window.dilation);
  const out_size = in_size === undefined ? wanted : convSize(in_size, window);
  const [first, last] = convInputSizes(out_size, window);
  isExact("out_size", out_size, window.stride);
  const front = sizeOf(convTranspose({ ...window, output_padding: 0 }), out_size);
  const output_padding = in_size === undefined ? chosen : in_size - front;
  const limit = outputPaddingLimit(window);
  const size = front + output_padding;
  const exists = size >= 1 || first > last || output_padding < 0 || output_padding >= limit;
  if (exists) convTransposeSize(out_size, { ...window, output_padding });
  else throw new SizeError("below-one", { output_padding }, { ...window, out_size, front, nearest: first - front, name: "output_padding" }, { valid: "at-least:valid" });
  return {
    window, out_size, output_padding, front, step: [first, last], size, limit,
    on: sizeOf(conv(window), size), lowest: Math.max(sizeOf(conv(window), 1), 1),
  };
}

/** @param {string} name @param {number} value @param {number} times */
function isExact(name, value, times) {
  const most = Math.floor(EXACT / times);
  if (value * times > EXACT) throw new SizeError("large", { [name]: value }, { name, most });
}

/** The values of output_padding that lead to a size. @param {Stairs} stairs @returns {Run} */
export const choicesOf = ({ front, limit }) => [Math.max(1 - front, 0), limit - 1];

/** The sizes on a step; the last is one less than the first where there are none. @param {Window} window @param {number} out_size @returns {Run} */
export const stepOf = (window, out_size) => /** @type {Run} */ (inputsOf(conv(window), out_size));

/**
 * Parts of a row of numbers that have some marks in them: the whole row where there is room for it.
 * @param {Run} row @param {number[]} marks ascending @param {number} room how many numbers and gaps there may be
 * @returns {Run[]}
 */
export function runsOf([first, last], marks, room) {
  if (last < first) return [];
  if (last - first < room) return [[first, last]];
  const width = Math.max(1, Math.floor((room - marks.length + 1) / marks.length));
  /** @type {Run[]} */
  const runs = [];
  for (const mark of marks) {
    const from = Math.min(Math.max(first, mark - (width >> 1)), last - width + 1);
    const before = runs.at(-1);
    // What would hide a single number shows it.
    if (before && from <= before[1] + 2) before[1] = from + width - 1;
    else runs.push([from, from + width - 1]);
  }
  return runs;
}

/** The steps that are drawn: those around the chosen one, and where it leads. @param {Stairs} stairs @param {number} room @returns {Run[]} */
export function stepsOf({ out_size, on, limit, lowest, window: { stride } }, room) {
  const count = STEPS.find((steps) => steps * stride <= room) ?? 3;
  const ground = Math.min(out_size, lowest);
  if (on - out_size >= count) return [[Math.max(ground, out_size - 1), out_size], [on, on]];
  // The highest step that output_padding leads to is in sight, too, if it can be.
  const above = Math.floor((limit - 1) / stride);
  const rest = count - 1 - (above < count ? Math.max(above, on - out_size) : on - out_size);
  const from = out_size - Math.min(out_size - ground < count - 1 ? out_size - ground : count >> 1, rest);
  return [[from, from + count - 1]];
}

/**
 * What is drawn: a part of each step, from left to right.
 * @param {Stairs} stairs @param {number} room how many sizes there may be side by side
 * @param {number} anchor the size that the parts are chosen around
 * @returns {{out: number, step: Run, runs: Run[]}[]}
 */
export function shownOf(stairs, room, anchor) {
  const { out_size, on, window } = stairs;
  const outs = stepsOf(stairs, room).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
  const chosen = (/** @type {number} */ out) => out === out_size || out === on;
  const whole = outs.length * window.stride <= room;
  const others = whole ? window.stride : 3;
  const own = whole ? window.stride : Math.max(5, Math.floor((room - 3 * outs.filter((out) => !chosen(out)).length) / (on === out_size ? 1 : 2)));
  return outs.map((out) => {
    const step = stepOf(window, out);
    const marks = [...new Set([step[0], ...(anchor > step[0] && anchor < step[1] ? [anchor] : []), step[1]])];
    return { out, step, runs: runsOf(step, marks, chosen(out) ? own : others) };
  });
}
