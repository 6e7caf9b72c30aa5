// @ts-check
// The figures themselves: an arrangement on one axis or two, drawn at one step.
import { landing, range, scattered, stretched, windowed } from "./arrangement.mjs";
import { cell, line, picture, words } from "./drawing.mjs";

/** @typedef {import("./drawing.mjs").Tree} Tree */
/** @typedef {import("./arrangement.mjs").Setting} Setting */
/** @typedef {{trees: Tree[], columns: number, rows: number}} Scene */

/** Where the rows of places begin, after their names. */
const LEFT = 3.5;

/**
 * Scatter and crop: every input under the next, the full result at the bottom.
 * @param {number} in_size @param {Setting} given @param {{step: number, pin: number}} at the input and the output that are pointed out, -1 for none
 * @returns {Scene}
 */
export function scatterOnAxis(in_size, given, { step, pin }) {
  const { cells, full } = scattered(in_size, given);
  const { stride, dilation, padding, kernel_size } = given;
  const hits = pin < 0 ? [] : landing(pin + padding, in_size, given);
  const trees = range(0, in_size).flatMap((input) => {
    const now = input === step;
    const row = range(0, kernel_size).map((tap) => cell(
      LEFT + input * stride + tap * dilation, input, "kernel", step < 0 || now ? `w${tap}` : "",
      { strong: now || hits.some((hit) => hit.input === input && hit.tap === tap) },
    ));
    return [words(0, input + 0.66, `input[${input}]`), cell(LEFT - 1.3, input, "input", "", { strong: now, at: `step ${input}` }), ...row];
  });
  const bottom = in_size + 0.4;
  const touched = (/** @type {number} */ place) => step >= 0 && landing(place, in_size, given).some(({ input }) => input === step);
  const result = cells.kinds.map((kind, place) => {
    const out = place - padding;
    const shown = kind === "cropped" ? "" : `${out}`;
    return cell(LEFT + place, bottom, kind, kind === "bias" ? "" : shown, { strong: touched(place) || (pin >= 0 && out === pin), at: kind === "cropped" ? "" : `pin ${out}` });
  });
  trees.push(words(0, bottom + 0.66, "output"), ...result);
  return { trees, columns: LEFT + Math.max(full, cells.kinds.length), rows: bottom + 1 };
}

/**
 * A kernel over a row of cells: a convolution, or a transposed one with zeros between its inputs.
 * @param {boolean} transposed @param {number} in_size @param {Setting} given @param {number} step the output that is pointed out, -1 for none
 * @returns {Scene}
 */
export function gatherOnAxis(transposed, in_size, given, step) {
  const { cells, reads, out_size } = (transposed ? stretched : windowed)(in_size, given);
  const column = (/** @type {number} */ position) => LEFT + position - cells.start;
  const read = step < 0 ? [] : reads(step);
  const { stride } = given;
  const trees = [words(0, 0.66, "input"), ...cells.kinds.map((kind, at) => {
    const position = cells.start + at;
    const own = transposed ? position / stride : position;
    const inside = position >= 0 && Number.isInteger(own) && own < in_size;
    return cell(LEFT + at, 0, kind, inside ? own : "", { strong: read.some((one) => one.position === position) });
  })];
  trees.push(words(0, 1.96, "kernel"), ...read.map(({ position, tap }) => cell(column(position), 1.3, "kernel", `w${tap}`)));
  const first = LEFT + Math.max(0, (cells.kinds.length - out_size) / 2);
  trees.push(words(0, 3.66, "output"), ...range(0, out_size).map((out) => cell(
    first + out, 3, "output", out, { strong: out === step, at: `step ${out}` },
  )));
  if (read.length) {
    const middle = (column(read[0].position) + column(read[read.length - 1].position) + 1) / 2;
    trees.push(line([middle, 2.3], [first + step + 0.5, 3]));
  }
  return { trees, columns: LEFT + Math.max(cells.kinds.length, first - LEFT + out_size), rows: 4 };
}

/** @typedef {import("./drawing.mjs").Kind} Kind */
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
const nothing = () => "";

/**
 * Scatter and crop on two axes. @param {number[]} ins @param {Setting[]} given
 * @param {{step: number[], pin: number[]}} at empty for none @returns {Scene}
 */
export function scatterOnPlane(ins, given, { step, pin }) {
  const full = ins.map((in_size, axis) => scattered(in_size, given[axis]));
  const hits = [0, 1].map((axis) => (pin.length ? landing(pin[axis] + given[axis].padding, ins[axis], given[axis]) : []));
  const on = (/** @type {number} */ axis, /** @type {number} */ place) =>
    step.length ? landing(place, ins[axis], given[axis]).find(({ input }) => input === step[axis])?.tap ?? -1 : -1;
  return beside([
    {
      kinds: grid(range(0, ins[0]).map(() => "input"), range(0, ins[1]).map(() => "input")),
      label: nothing,
      strong: (y, x) => (step[0] === y && step[1] === x) || (hits[0].some(({ input }) => input === y) && hits[1].some(({ input }) => input === x)),
      at: (y, x) => `step ${y}x${x}`,
    },
    {
      kinds: grid(full[0].cells.kinds, full[1].cells.kinds),
      label: (y, x) => (on(0, y) >= 0 && on(1, x) >= 0 ? `${on(0, y)},${on(1, x)}` : ""),
      strong: (y, x) => (on(0, y) >= 0 && on(1, x) >= 0) || (pin[0] === y - given[0].padding && pin[1] === x - given[1].padding),
      at: (y, x) => {
        const out = [y - given[0].padding, x - given[1].padding];
        return out.every((value, axis) => value >= 0 && value < full[axis].out_size) ? `pin ${out.join("x")}` : "";
      },
    },
  ]);
}

/** A kernel over a plane of cells. @param {boolean} transposed @param {number[]} ins @param {Setting[]} given @param {number[]} step empty for none @returns {Scene} */
export function gatherOnPlane(transposed, ins, given, step) {
  const both = ins.map((in_size, axis) => (transposed ? stretched : windowed)(in_size, given[axis]));
  const tap = (/** @type {number} */ axis, /** @type {number} */ at) =>
    step.length ? both[axis].reads(step[axis]).find(({ position }) => position === at + both[axis].cells.start)?.tap ?? -1 : -1;
  return beside([
    {
      kinds: grid(both[0].cells.kinds, both[1].cells.kinds),
      label: (y, x) => (tap(0, y) >= 0 && tap(1, x) >= 0 ? `${tap(0, y)},${tap(1, x)}` : ""),
      strong: (y, x) => tap(0, y) >= 0 && tap(1, x) >= 0,
      at: nothing,
    },
    {
      kinds: grid(range(0, both[0].out_size).map(() => "output"), range(0, both[1].out_size).map(() => "output")),
      label: nothing,
      strong: (y, x) => step[0] === y && step[1] === x,
      at: (y, x) => `step ${y}x${x}`,
    },
  ]);
}

/** The sizes that share an output, between their neighbours. @param {number[][]} bands the first and last size of each output @param {number[]} outs @param {number} chosen which size is pointed out @returns {Scene} */
export function sizesOnLine(bands, outs, chosen) {
  let column = 0;
  const trees = bands.flatMap(([first, last], band) => {
    const from = column;
    column += last - first + 1.5;
    const middle = from + (last - first + 1) / 2;
    const here = band === bands.findIndex(([low, high]) => low <= chosen && chosen <= high);
    return [
      ...range(first, last + 1).map((size) => cell(from + size - first, 0, here ? "input" : "unused", size, { strong: size === chosen })),
      line([middle, 1.05], [middle, 1.7]),
      cell(middle - 0.5, 1.75, here ? "output" : "zero", outs[band]),
    ];
  });
  return { trees, columns: column - 0.5, rows: 2.75 };
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

/** @param {Scene} scene @param {string} name */
export const drawn = ({ trees, columns, rows }, name) => picture(columns, rows, trees, name);
