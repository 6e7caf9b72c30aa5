// @ts-check
// The figures themselves: an arrangement on one axis or two, drawn at one step.
import { gathered, scattered } from "./arrangement.mjs";
import { cell, line, words } from "./drawing.mjs";
import { range, readsOf, sourcesOf } from "./reads.mjs";
import { convTranspose, sizeOf } from "./record.mjs";

/** @typedef {import("./drawing.mjs").Kind} Kind */
/** @typedef {import("./drawing.mjs").Scene} Scene */
/** @typedef {import("./record.mjs").Axis} Axis */
/** @typedef {import("./record.mjs").Setting} Setting */

/** Where the rows of places begin, after their names. */
const LEFT = 3.5;

/**
 * Scatter and crop: every input under the next, the full result at the bottom.
 * @param {number} in_size @param {Setting} given @param {{step: number, pin: number}} at the input and the output that are pointed out, -1 for none
 * @returns {Scene}
 */
export function scatterOnAxis(in_size, given, { step, pin }) {
  const { kinds, full } = scattered(in_size, given);
  const { stride, dilation, padding, kernel_size } = given;
  const axis = convTranspose(given);
  const hits = pin < 0 ? [] : sourcesOf(axis, pin, in_size);
  const trees = range(0, in_size).flatMap((input) => {
    const now = input === step;
    const row = range(0, kernel_size).map((tap) => cell(
      LEFT + input * stride + tap * dilation, input, "kernel", step < 0 || now ? `w${tap}` : "",
      { strong: now || hits.some((hit) => hit.input === input && hit.tap === tap) },
    ));
    return [words(0, input + 0.66, `input[${input}]`), cell(LEFT - 1.3, input, "input", "", { strong: now, at: `step ${input}` }), ...row];
  });
  const bottom = in_size + 0.4;
  const touched = (/** @type {number} */ out) => step >= 0 && sourcesOf(axis, out, in_size).some(({ input }) => input === step);
  const result = kinds.map((kind, place) => {
    const out = place - padding;
    const here = kind !== "cropped";
    return cell(LEFT + place, bottom, kind, here && kind !== "bias" ? out : "", { strong: touched(out) || (pin >= 0 && out === pin), at: here ? `pin ${out}` : "" });
  });
  trees.push(words(0, bottom + 0.66, "output"), ...result);
  return { trees, columns: LEFT + Math.max(full, kinds.length), rows: bottom + 1 };
}

/**
 * A kernel over a row of cells: a convolution, or a transposed one with zeros between its inputs.
 * @param {Axis} axis @param {number} in_size @param {number} step the output that is pointed out, -1 for none
 * @returns {Scene}
 */
export function gatherOnAxis(axis, in_size, step) {
  const { start, kinds } = gathered(axis, in_size);
  const out_size = sizeOf(axis, in_size);
  const column = (/** @type {number} */ place) => LEFT + place - start;
  const read = step < 0 ? [] : readsOf(axis, step, in_size);
  const trees = [words(0, 0.66, "input"), ...kinds.map((kind, at) => {
    const input = (start + at) / axis.up;
    const inside = input >= 0 && Number.isInteger(input) && input < in_size;
    return cell(LEFT + at, 0, kind, inside ? input : "", { strong: read.some(({ place }) => place === start + at) });
  })];
  trees.push(words(0, 1.96, "kernel"), ...read.map(({ place, tap }) => cell(column(place), 1.3, "kernel", `w${tap}`)));
  const first = LEFT + Math.max(0, (kinds.length - out_size) / 2);
  trees.push(words(0, 3.66, "output"), ...range(0, out_size).map((out) => cell(
    first + out, 3, "output", out, { strong: out === step, at: `step ${out}` },
  )));
  if (read.length) {
    const middle = (column(read[0].place) + column(read[read.length - 1].place) + 1) / 2;
    trees.push(line([middle, 2.3], [first + step + 0.5, 3]));
  }
  return { trees, columns: LEFT + Math.max(kinds.length, first - LEFT + out_size), rows: 4 };
}

/** Of two axes, the kind that says more. @type {Kind[]} */
const OVER = ["cropped", "unused", "bias", "padding", "back", "zero", "output", "input"];
/** @param {Kind} one @param {Kind} other */
const over = (one, other) => (OVER.indexOf(one) < OVER.indexOf(other) ? one : other);

/** Two grids beside each other, with what is read or written between them. @param {{kinds: Kind[][], label: (row: number, column: number) => string, strong: (row: number, column: number) => boolean, at: (row: number, column: number) => string}[]} grids @returns {Scene} */
function beside(grids) {
  let left = 0;
  const trees = grids.flatMap(({ kinds, label, strong, at }) => {
    const offset = left;
    left += kinds[0].length + 1;
    return kinds.flatMap((row, y) => row.map((kind, x) => cell(offset + x, y, kind, label(y, x), { strong: strong(y, x), at: at(y, x) })));
  });
  return { trees, columns: left - 1, rows: Math.max(...grids.map(({ kinds }) => kinds.length)) };
}

/** @param {Kind[]} rows @param {Kind[]} columns */
const grid = (rows, columns) => rows.map((row) => columns.map((column) => over(row, column)));
/** A grid of one kind. @param {Kind} kind @param {number[]} sizes */
const plain = (kind, [rows, columns]) => range(0, rows).map(() => range(0, columns).map(() => kind));
const nothing = () => "";

/** The kernel element that meets a cell, as a label; nothing where none does on either axis. @param {(axis: number, at: number) => number | undefined} tap */
const meeting = (tap) => (/** @type {number} */ y, /** @type {number} */ x) => {
  const both = [tap(0, y), tap(1, x)];
  return both.includes(undefined) ? "" : both.join();
};

/**
 * Scatter and crop on two axes. @param {number[]} ins @param {Setting[]} given
 * @param {{step: number[], pin: number[]}} at empty for none @returns {Scene}
 */
export function scatterOnPlane(ins, given, { step, pin }) {
  const kinds = ins.map((in_size, axis) => scattered(in_size, given[axis]).kinds);
  /** @param {number} axis @param {number} out */
  const from = (axis, out) => sourcesOf(convTranspose(given[axis]), out, ins[axis]);
  const hits = [0, 1].map((axis) => (pin.length ? from(axis, pin[axis]) : []));
  const hit = (/** @type {number} */ axis, /** @type {number} */ at) => hits[axis].some(({ input }) => input === at);
  const label = meeting((axis, at) => from(axis, at - given[axis].padding).find(({ input }) => input === step[axis])?.tap);
  const out = (/** @type {number} */ y, /** @type {number} */ x) => [y - given[0].padding, x - given[1].padding].join("x");
  return beside([
    {
      kinds: plain("input", ins),
      label: nothing,
      strong: (y, x) => (step[0] === y && step[1] === x) || (hit(0, y) && hit(1, x)),
      at: (y, x) => `step ${y}x${x}`,
    },
    {
      kinds: grid(kinds[0], kinds[1]),
      label,
      strong: (y, x) => label(y, x) !== "" || pin.join("x") === out(y, x),
      at: (y, x) => (kinds[0][y] === "cropped" || kinds[1][x] === "cropped" ? "" : `pin ${out(y, x)}`),
    },
  ]);
}

/** A kernel over a plane of cells. @param {Axis[]} axes @param {number[]} ins @param {number[]} step empty for none @returns {Scene} */
export function gatherOnPlane(axes, ins, step) {
  const both = axes.map((axis, number) => gathered(axis, ins[number]));
  const label = meeting((number, at) =>
    readsOf(axes[number], step[number], ins[number]).find(({ place }) => place === at + both[number].start)?.tap);
  return beside([
    { kinds: grid(both[0].kinds, both[1].kinds), label, strong: (y, x) => label(y, x) !== "", at: nothing },
    {
      kinds: plain("output", axes.map((axis, number) => sizeOf(axis, ins[number]))),
      label: nothing,
      strong: (y, x) => step[0] === y && step[1] === x,
      at: (y, x) => `step ${y}x${x}`,
    },
  ]);
}

/** How many kernel elements land on each output. @param {number[]} counts @param {number} tail the first output that holds the bias alone @returns {Scene} */
export function countsOnAxis(counts, tail) {
  const highest = Math.max(1, ...counts);
  const trees = counts.flatMap((count, at) => [
    ...range(0, count).map((from) => cell(at, highest - 1 - from, "kernel")),
    cell(at, highest + 0.2, at >= tail ? "bias" : count ? "output" : "unused", at >= tail ? "" : count),
  ]);
  return { trees, columns: counts.length, rows: highest + 1.2 };
}

/** The same on two axes, where the counts multiply. @param {number[][]} counts @param {number[]} tails @returns {Scene} */
export function countsOnPlane([rows, columns], [bottom, right]) {
  const trees = rows.flatMap((row, y) => columns.map((column, x) => {
    const bare = y >= bottom || x >= right;
    return cell(x, y, bare ? "bias" : row * column ? (row * column === Math.max(...rows) * Math.max(...columns) ? "output" : "kernel") : "unused", bare ? "" : row * column);
  }));
  return { trees, columns: columns.length, rows: rows.length };
}
