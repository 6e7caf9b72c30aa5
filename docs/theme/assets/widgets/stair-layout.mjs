// @ts-check
// Where the sizes and the steps of a staircase stand in a picture.
import { shownOf } from "./stairs.mjs";
import { grouped } from "./typed.mjs";

/** @typedef {import("./stairs.mjs").Stairs} Stairs */
/** @typedef {{from: number, to: number, left: number, right: number, gap: boolean}} Span neighbouring sizes; a gap shows none of them */
/** @typedef {{out: number, y: number, left: number, right: number, sizes: number[]}} Tread a step that is drawn; without sizes where nothing stands on it */

/**
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {number} left where the sizes begin
 * @property {number} right
 * @property {number} base the height of the axis
 * @property {number} unit how wide one size is
 * @property {Tread[]} treads from the lowest up
 * @property {Span[]} spans from left to right
 * @property {number[]} breaks the heights where steps are left out
 */

const [TOP, BELOW, RIGHT] = [37, 44, 14];
// How many units wide a gap is, and how narrow a unit may be.
const [GAP, LEAST] = [4, 20];

/** About how wide a number is. @param {string} text @param {number} size */
export const widthOf = (text, size) => text.length * size * 0.6;

/** @param {Stairs} stairs @param {number} width @param {number} height @param {number} [anchor] the size around which there is no gap @returns {Layout} */
export function layoutOf(stairs, width, height, anchor = stairs.size) {
  const left = Math.max(46, 34 + widthOf(grouped(Math.max(stairs.out_size, stairs.on)), 15));
  const right = width - RIGHT;
  const shown = shownOf(stairs, Math.floor((right - left) / LEAST), anchor);
  const base = height - BELOW;
  const { rows, breaks } = rowsOf(shown.map(({ out }) => out), base);
  const spans = spansOf(shown.flatMap(({ runs }) => runs), left, right);
  const unit = Math.min(...spans.filter(({ gap }) => !gap).map(({ from, to, left, right }) => (right - left) / (to - from + 1)));
  const treads = shown.map(({ out, step: [first, last], runs }, at) => ({
    out, y: rows[at],
    left: spans.find(({ from, to }) => from <= first && first <= to)?.left ?? left,
    right: spans.find(({ from, to }) => from <= last && last <= to)?.right ?? left,
    sizes: runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at)),
  }));
  return { width, height, left, right, base, unit, treads, spans, breaks };
}

/** The height of each step, and of what is left out between and below them. @param {number[]} outs @param {number} base */
function rowsOf(outs, base) {
  let at = 0;
  const places = outs.map((out, index) => (at += out === (index ? outs[index - 1] + 1 : out) ? 1 : 2));
  const each = (base - TOP) / at;
  const rows = places.map((place) => base - place * each);
  const breaks = places.flatMap((place, index) => (place > (places[index - 1] ?? 0) + 1 ? [base - (place - 1) * each] : []));
  return { rows, breaks: outs[0] > 1 ? [base - each / 2, ...breaks] : breaks };
}

/** @param {import("./stairs.mjs").Run[]} runs @param {number} left @param {number} right @returns {Span[]} */
function spansOf(runs, left, right) {
  /** @type {{from: number, to: number, units: number, gap: boolean}[]} */
  const parts = [];
  for (const [from, to] of runs) {
    const next = (parts.at(-1)?.to ?? from - 1) + 1;
    if (from > next) parts.push({ from: next, to: from - 1, units: GAP, gap: true });
    parts.push({ from, to, units: to - from + 1, gap: false });
  }
  const unit = (right - left) / parts.reduce((sum, { units }) => sum + units, 0);
  let x = left;
  return parts.map(({ from, to, units, gap }) => ({ from, to, left: x, right: (x += units * unit), gap }));
}

/** Where a size stands, also in a gap. @param {Layout} layout @param {number} size */
export function xOf({ spans }, size) {
  const span = spans.find(({ to }) => size <= to) ?? spans[spans.length - 1];
  return span.left + ((size - span.from + 0.5) / (span.to - span.from + 1)) * (span.right - span.left);
}

/** The size that stands nearest to a place. @param {Layout} layout @param {number} x */
export function sizeAt({ spans }, x) {
  const span = spans.find(({ right }) => x <= right) ?? spans[spans.length - 1];
  const { from, to, left, right } = span;
  return Math.min(Math.max(from + Math.floor(((x - left) / (right - left)) * (to - from + 1)), from), to);
}

/** How high a step is; one that is left out has no height. @param {Layout} layout @param {number} out */
export const yOf = ({ treads, base }, out) => treads.find((tread) => tread.out === out)?.y ?? base;
