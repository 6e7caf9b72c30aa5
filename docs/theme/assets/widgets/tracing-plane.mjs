// @ts-check
// Where everything stands on two axes: the plane that the kernel slides over, and beside it the two others.
import { range } from "./reads.mjs";
import { kindOf, placeIn, places, resultPlace, shown, stretched } from "./tracing-values.mjs";

/** @typedef {import("./tracing-values.mjs").Traced} Traced */
/** @typedef {import("./tracing-line.mjs").Frame} Frame */
/** @typedef {import("./tracing-line.mjs").Cell} Cell */
/** @typedef {import("./tracing-line.mjs").Scene} Scene */
/** What a plane holds, before it has a place. @typedef {{name: string, text: string, size: number[], cells: (Pick<Cell, "key" | "look" | "text" | "end" | "at"> & {row: number, column: number})[]}} Plane */

const GAP = 5;
const BETWEEN = 28;
const CAPTION = 28;

/** Beside each other, or under each other where it is narrow: the large plane, and the two small ones. @param {Plane} large @param {Plane[]} small @param {boolean} left whether the large one comes last @param {Frame} frame @param {{row: number, column: number, size: number[]} | undefined} footprint on the large one */
function beside(large, small, left, { room, narrow }, footprint) {
  const digits = Math.max(...[large, ...small].flatMap(({ cells }) => cells.map(({ text }) => text.length)));
  const across = (/** @type {Plane[]} */ planes) => planes.reduce((sum, { size }) => sum + size[1], 0);
  const most = (/** @type {number} */ axis) => Math.max(...small.map(({ size }) => size[axis]));
  const columns = narrow ? Math.max(large.size[1], across(small)) : large.size[1] + most(1);
  const fits = (room - 8 - BETWEEN) / columns;
  const unit = Math.max(Math.min(fits, 44), 26, digits * 8 + GAP + 4);
  const side = unit - GAP;
  const tall = (/** @type {Plane} */ { size }) => size[0] * unit + CAPTION;
  const stack = small[0].size[1] * unit + BETWEEN;
  const wide = narrow ? Math.max(large.size[1] * unit, across(small) * unit + BETWEEN) : columns * unit + BETWEEN;
  const start = 4 + Math.max(0, (room - 8 - wide) / 2);
  /** Where each plane begins. @type {[Plane, number, number][]} */
  const placed = narrow
    ? [[large, start, left ? Math.max(...small.map(tall)) + 8 : 0], ...small.map((plane, at) =>
      /** @type {[Plane, number, number]} */ ([plane, start + at * stack, left ? 0 : tall(large) + 8]))]
    : [
      [large, start + (left ? most(1) * unit + BETWEEN : 0), 0],
      [small[0], start + (left ? 0 : large.size[1] * unit + BETWEEN), 0],
      [small[1], start + (left ? 0 : large.size[1] * unit + BETWEEN), tall(small[0]) + 8],
    ];
  const at = (/** @type {number} */ x, /** @type {number} */ y, /** @type {{row: number, column: number}} */ { row, column }) =>
    ({ x: x + column * unit, y: y + CAPTION + row * unit });
  const [, largeX, largeY] = placed.find(([plane]) => plane === large) ?? [large, 0, 0];
  return {
    width: Math.max(room, start + wide),
    height: Math.max(...placed.map(([plane, , y]) => y + tall(plane))) + 4,
    names: placed.map(([{ name, text }, x, y]) => ({ key: name, text, x, y: y + 2 })),
    cells: placed.flatMap(([{ cells }, x, y]) => cells.map(({ row, column, ...cell }) => ({ ...cell, ...at(x, y, { row, column }), w: side, h: side }))),
    plate: footprint && {
      x: at(largeX, largeY, footprint).x - 4, y: at(largeX, largeY, footprint).y - 4,
      w: footprint.size[1] * unit - GAP + 8, h: footprint.size[0] * unit - GAP + 8,
    },
    threads: () => [],
  };
}

/** @param {Traced} traced @param {string} text */
const inputPlane = ({ ins, inputs }, text) => ({
  name: "input", text, size: ins,
  cells: places(ins).map(([row, column]) => ({
    key: `i${row}-${column}`, look: "in", end: /** @type {const} */ ("input"), at: [row, column], row, column, text: `${inputs[placeIn([row, column], ins)]}`,
  })),
});

/** @param {Traced} traced @param {string} text @param {boolean} flipped */
const kernelPlane = ({ kernel, weights }, text, flipped) => ({
  name: "kernel", text, size: kernel,
  cells: places(kernel).map(([row, column]) => ({
    key: `w${row}-${column}`, look: "ker", end: /** @type {const} */ ("tap"), at: [row, column], text: `${weights[placeIn([row, column], kernel)]}`,
    row: flipped ? kernel[0] - 1 - row : row, column: flipped ? kernel[1] - 1 - column : column,
  })),
});

/** @param {Traced} traced @param {number[]} values @param {string} text @param {boolean} whole with what is cropped */
function resultPlane({ outs }, values, text, whole) {
  const all = outs.map(({ first, kinds }) => range(first, first + kinds.length));
  const kept = outs.map(({ kinds }, axis) => all[axis].filter((_, at) => whole || kinds[at] !== "cropped"));
  return {
    name: "result", text, size: kept.map(({ length }) => length),
    cells: places(kept.map(({ length }) => length)).map(([row, column]) => {
      const at = [kept[0][row], kept[1][column]];
      return {
        key: `o${at.join("x")}`, look: `out ${kindOf(outs, at)}`, end: /** @type {const} */ ("out"), at, row, column, text: shown(values[resultPlace(outs, at)]),
      };
    }),
  };
}

/** @param {string} name @param {number[]} sizes */
const sized = (name, sizes) => `${name} ${sizes.join(" × ")}`;
/** @param {Traced} traced */
const keptSizes = ({ outs }) => outs.map(({ kinds }) => kinds.filter((kind) => kind !== "cropped").length);

/** Where the kernel lands: over the full result. @param {Traced} traced @param {Frame} frame @param {number[] | undefined} input @returns {Scene} */
export function scatterPlane(traced, frame, input) {
  const { words, values } = frame;
  const { ins, given, outs, kernel } = traced;
  const kept = keptSizes(traced);
  const whole = outs.every(({ kinds }, axis) => kinds.length === kept[axis]);
  const name = whole ? sized(words.output, kept) : `${sized(words.full, outs.map(({ kinds }) => kinds.length))}, ${sized(words.output, kept)}`;
  const footprint = input && {
    row: input[0] * given[0].stride, column: input[1] * given[1].stride,
    size: given.map(({ dilation }, axis) => dilation * (kernel[axis] - 1) + 1),
  };
  const small = [inputPlane(traced, sized(words.input, ins)), kernelPlane(traced, sized(words.kernel, kernel), false)];
  return beside(resultPlane(traced, values, name, true), small, true, frame, footprint);
}

/** What the kernel reads: over the inputs, with zeros between and around them. @param {Traced} traced @param {Frame} frame @param {number[]} chosen which output @param {boolean} shows whether its window is pointed out @returns {Scene} */
export function gatherPlane(traced, frame, chosen, shows) {
  const { words, values } = frame;
  const { transposed, ins, given, kernel, inputs } = traced;
  const axes = ins.map((in_size, axis) => stretched(transposed, in_size, given[axis]));
  const sizes = axes.map(({ all }) => all.length);
  const cells = places(sizes).map(([row, column]) => {
    const at = [axes[0].all[row], axes[1].all[column]];
    const input = at.map((place, axis) => (place % axes[axis].up === 0 ? place / axes[axis].up : -1));
    const unread = at.every((place, axis) => axes[axis].read.has(place)) ? "" : " unread";
    if (input.some((own, axis) => own < 0 || own >= ins[axis])) return { key: `z${at.join("x")}`, look: `zero${unread}`, text: "0", row, column };
    return { key: `i${input.join("-")}`, look: `in${unread}`, end: /** @type {const} */ ("input"), at: input, text: `${inputs[placeIn(input, ins)]}`, row, column };
  });
  const name = transposed ? words.stretched : given.some(({ padding }) => padding) ? words.padded : words.input;
  const windows = chosen.map((out, axis) => axes[axis].window(out));
  const [row, column] = windows.map((window, axis) => Math.min(...window) - axes[axis].all[0]);
  const footprint = shows ? { row, column, size: windows.map((window) => Math.max(...window) - Math.min(...window) + 1) } : undefined;
  const small = [
    kernelPlane(traced, sized(transposed ? words.flipped : words.kernel, kernel), transposed),
    resultPlane(traced, values, sized(words.output, keptSizes(traced)), false),
  ];
  return beside({ name: "input", text: sized(name, sizes), size: sizes, cells }, small, false, frame, footprint);
}
