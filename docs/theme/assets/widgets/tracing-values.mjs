// @ts-check
// What a traced layer computes: its products, what each output sums, and the numbers themselves.
import { fullSize, range, readsOf } from "./reads.mjs";
import { conv, convTranspose, lastOf, reach, sizeOf } from "./record.mjs";

/** @typedef {import("./record.mjs").Setting} Setting */
/** @typedef {"input" | "tap" | "out"} End */
/** One product, input[input] * weight[tap], which output[out] sums; on each axis. @typedef {Record<End, number[]>} Link */
/** @typedef {"output" | "hole" | "cropped" | "kept" | "bias"} Kind what an output cell is */
/** @typedef {{first: number, kinds: Kind[]}} Outputs the cells on one axis, from the first on */
/** @typedef {{transposed: boolean, ins: number[], given: Setting[], inputs: number[], weights: number[], bias: number}} Asked */
/** @typedef {Asked & {kernel: number[], outs: Outputs[], links: Link[], values: number[]}} Traced */

export const LARGEST = 99;
/** What a cell holds until somebody writes into it, in the order of the cells. @type {Record<string, number[][]>} */
const NUMBERS = {
  inputs: [[2, 5, 4, 1, 3, 6], [1, 2, 0, 3, 1, 2, 0, 2, 1]],
  weights: [[1, 2, 3, 4, 5], [1, 2, 1, 0, 3, 1, 2, 1, 0]],
};

/** @param {number[]} sizes */
export const product = (sizes) => sizes.reduce((all, own) => all * own, 1);

/** How many cells on one axis hold the result, which may go on beyond what is cropped. @param {boolean} transposed @param {number} in_size @param {Setting} given */
function width(transposed, in_size, given) {
  if (!transposed) return sizeOf(conv(given), in_size);
  return Math.max(fullSize(given, in_size), given.padding + sizeOf(convTranspose(given), in_size));
}

/** How many cells a figure of this needs; nothing is built for it, whatever the numbers. @param {boolean} transposed @param {number[]} ins @param {Setting[]} given */
export function cellsOf(transposed, ins, given) {
  const kernel = given.map(({ kernel_size }) => kernel_size);
  const held = ins.map((in_size, axis) => in_size + (transposed ? 0 : 2 * given[axis].padding));
  const results = ins.map((in_size, axis) => width(transposed, in_size, given[axis]));
  const products = ins.length > 1 ? 0 : product([...ins, ...kernel]);
  return product(held) + product(kernel) + product(results) + products;
}

/** The outputs on one axis, those that padding crops before and after the others. @param {boolean} transposed @param {number} in_size @param {Setting} given @returns {Outputs} */
function outputs(transposed, in_size, given) {
  const all = range(0, width(transposed, in_size, given));
  if (!transposed) return { first: 0, kinds: all.map(() => "output") };
  const { padding, output_padding } = given;
  const end = padding + sizeOf(convTranspose(given), in_size);
  const full = fullSize(given, in_size);
  const reached = (/** @type {number} */ at) => linksOf(true, at - padding, in_size, given).length > 0;
  const kind = (/** @type {number} */ at) => {
    if (at < padding || at >= end) return "cropped";
    if (at >= full) return "bias";
    if (at >= end - output_padding) return "kept";
    return reached(at) ? "output" : "hole";
  };
  return { first: -padding, kinds: all.map(kind) };
}

/** The products that one output of one axis sums. @param {boolean} transposed @param {number} out @param {number} in_size @param {Setting} given */
const linksOf = (transposed, out, in_size, given) =>
  readsOf((transposed ? convTranspose : conv)(given), out, in_size)
    .filter(({ input }) => input >= 0)
    .map(({ input, tap }) => ({ input, tap, out }))
    .sort((one, other) => one.input - other.input);

/** On several axes, each product of one meets each of the others. @param {Record<End, number>[][]} axes @returns {Link[]} */
function together([own, ...others]) {
  if (!own) return [{ input: [], tap: [], out: [] }];
  const rest = together(others);
  return own.flatMap(({ input, tap, out }) => rest.map((link) => ({
    input: [input, ...link.input], tap: [tap, ...link.tap], out: [out, ...link.out],
  })));
}

/** Where a place on several axes stands in a list. @param {number[]} at @param {number[]} sizes */
export const placeIn = (at, sizes) => at.reduce((sum, own, axis) => sum * sizes[axis] + own, 0);

/** Every place on several axes, in the order of a list. @param {number[]} sizes @returns {number[][]} */
export const places = ([size, ...others]) =>
  (size === undefined ? [[]] : range(0, size).flatMap((at) => places(others).map((rest) => [at, ...rest])));

/** How many outputs there are on each axis, with those that are cropped. @param {Outputs[]} outs */
export const resultSizes = (outs) => outs.map(({ kinds }) => kinds.length);

/** Every output that is not cropped. @param {Outputs[]} outs */
export const outPlaces = (outs) => places(outs.map(({ kinds }) => kinds.filter((kind) => kind !== "cropped").length));

/** What the output at a place is; of two axes, the kind that says more. @param {Outputs[]} outs @param {number[]} at @returns {Kind} */
export function kindOf(outs, at) {
  const kinds = at.map((own, axis) => outs[axis].kinds[own - outs[axis].first]);
  return /** @type {const} */ (["cropped", "bias", "hole", "kept", "output"]).find((kind) => kinds.includes(kind)) ?? "output";
}

/** Everything that a figure shows of a layer with numbers. @param {Asked} asked @returns {Traced} */
export function trace(asked) {
  const { transposed, ins, given } = asked;
  const kernel = given.map(({ kernel_size }) => kernel_size);
  const outs = ins.map((in_size, axis) => outputs(transposed, in_size, given[axis]));
  const links = together(outs.map(({ first, kinds }, axis) =>
    kinds.flatMap((_, at) => linksOf(transposed, first + at, ins[axis], given[axis]))));
  const traced = { ...asked, kernel, outs, links, values: /** @type {number[]} */ ([]) };
  return { ...traced, values: sums(traced, links) };
}

/** What the outputs hold once some of the products are added. @param {Omit<Traced, "values">} traced @param {Link[]} links */
export function sums(traced, links) {
  const sizes = resultSizes(traced.outs);
  const values = range(0, product(sizes)).map(() => traced.bias);
  for (const link of links) values[resultPlace(traced.outs, link.out)] += productOf(traced, link);
  return values;
}

/** What the outputs hold by a step: what the inputs so far have added, or those outputs that have been read. @param {Traced} traced @param {"input" | "out"} end @param {number[][]} places what the kernel has come to */
export function sumsUntil(traced, end, places) {
  const before = new Set(places.map((at) => `${at}`));
  if (end === "input") return sums(traced, traced.links.filter(({ input }) => before.has(`${input}`)));
  const values = traced.values.map(() => NaN);
  for (const at of places) values[resultPlace(traced.outs, at)] = traced.values[resultPlace(traced.outs, at)];
  return values;
}

/** @param {Outputs[]} outs @param {number[]} at */
export const resultPlace = (outs, at) => placeIn(at.map((own, axis) => own - outs[axis].first), resultSizes(outs));

/** @param {Omit<Traced, "values">} traced @param {Link} link */
export const productOf = ({ inputs, weights, ins, kernel }, { input, tap }) =>
  inputs[placeIn(input, ins)] * weights[placeIn(tap, kernel)];

/** Whether there is an output at a place, cropped or not. @param {Outputs[]} outs @param {number[]} at */
export const isThere = (outs, at) => at.every((own, axis) => own >= outs[axis].first && own < outs[axis].first + outs[axis].kinds.length);

/** A number as it may be typed into a cell: nothing else is taken for one. @param {string} text */
export const typed = (text) => (/^[-\u2212+]?\d{1,2}$/.test(text) ? Number(text.replace("\u2212", "-")) : NaN);

/** A number for the eye: with a minus sign, large ones in groups of three; nothing where a cell holds none. @param {number} value */
export function shown(value) {
  if (Number.isNaN(value)) return "\u2014";
  const digits = `${Math.abs(value)}`;
  const grouped = digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, "\u202f") : digits;
  return (value < 0 ? "\u2212" : "") + grouped;
}

/** The numbers of some cells: those that were written, 2_-5_4, or those that stand there at first. @param {"inputs" | "weights"} name @param {string} text @param {number[]} sizes */
export function numbers(name, text, sizes) {
  const pattern = NUMBERS[name][sizes.length - 1];
  return text ? text.split("_").map(typed) : range(0, product(sizes)).map((at) => pattern[at % pattern.length]);
}

/** The same numbers for other sizes: each stays where it is, and new cells hold what they hold at first. @param {"inputs" | "weights"} name @param {string} text @param {number[]} before @param {number[]} after */
export function resized(name, text, before, after) {
  if (!text) return "";
  const held = numbers(name, text, before);
  const own = numbers(name, "", after);
  return places(after).map((at, place) => (at.every((one, axis) => one < before[axis]) ? held[placeIn(at, before)] : own[place])).join("_");
}

/** The places of one axis that hold the inputs, the zeros between and those around; and which of them each output reads. @param {boolean} transposed @param {number} in_size @param {Setting} given */
export function stretched(transposed, in_size, given) {
  const axis = (transposed ? convTranspose : conv)(given);
  const { padding, kernel_size, dilation } = given;
  const out_size = sizeOf(axis, in_size);
  const window = (/** @type {number} */ out) => readsOf(axis, out, in_size).map(({ place }) => place);
  const read = new Set(range(0, out_size).flatMap(window));
  const low = transposed ? padding - reach(kernel_size, dilation) : -padding;
  const high = padding + (transposed ? out_size : in_size) - 1;
  const all = range(Math.min(low, 0), Math.max(high, lastOf(axis, in_size)) + 1);
  return { up: axis.up, all, read, window };
}
