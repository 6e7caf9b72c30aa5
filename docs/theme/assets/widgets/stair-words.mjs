// @ts-check
// What is said of a staircase: the sum of what it shows, and a sentence.
import { STAIRS } from "../convarith/stairs.mjs";
import { fill } from "./errors.mjs";
import { reach } from "./record.mjs";
import { choicesOf } from "./stairs.mjs";
import { grouped } from "./typed.mjs";

/** @typedef {import("./stairs.mjs").Stairs} Stairs */
/** @typedef {import("./stair-picture.mjs").Way} Way */
/** @typedef {[text: string, kind?: "in" | "out" | "op"]} Part of a sum, and whose colour it has */

/** The sums of what is shown, one a line. @param {Stairs} stairs @param {Way} way @returns {Part[][]} */
export function sumsOf(stairs, way) {
  const { size, front, out_size, output_padding, step: [first, last] } = stairs;
  if (way === "forwards") return [forth(stairs, size, stairs.on)];
  if (way === "shared") return (first < last ? [first, last] : first === last ? [first] : []).map((size) => forth(stairs, size, out_size));
  const back = way === "front" ? 0 : output_padding;
  const { stride, padding } = stairs.window;
  return [[
    ["("], [`${out_size}`, "out"], [` − 1) × ${stride} + ${extent(stairs)}`], [padding ? ` − 2 × ${padding}` : ""],
    ...(back ? /** @type {Part[]} */ ([[" + "], [`${back}`, "op"]]) : []), [" = "], [`${front + back}`, "op"],
  ]];
}

/** @param {Stairs} stairs @param {number} size @param {number} out @returns {Part[]} */
function forth(stairs, size, out) {
  const { stride, padding } = stairs.window;
  const added = padding ? ` + 2 × ${padding}` : "";
  return [["floor(("], [`${size}`, "in"], [`${added} − ${extent(stairs)}) / ${stride}) + 1 = `], [`${out}`, "out"]];
}

/** @param {Stairs} stairs */
const extent = ({ window: { kernel_size, dilation } }) =>
  dilation === 1 ? `${kernel_size}` : `(${dilation} × ${reach(kernel_size, 1)} + 1)`;

/** @param {Stairs} stairs @param {Way} way @returns {string[]} */
export function sentencesOf(stairs, way) {
  const { front, size, out_size, on, limit, window: { stride }, step: [first, last] } = stairs;
  const [least, most] = choicesOf(stairs);
  const say = (/** @type {keyof typeof STAIRS} */ key, values = {}) =>
    fill(STAIRS[key], { stride: grouped(stride), out_size: grouped(out_size), most: grouped(most), ...values });
  const cut = first <= last && first > front ? [say("cut", { least })] : [];
  if (way === "forwards") return [say("forwards", { size: grouped(size), on: grouped(on) })];
  if (way === "shared" && first === last) return stride === 1 ? [say("one")] : cut;
  if (way === "shared") return [say(last - first === 1 ? "both" : "all", { list: listed(first, last, STAIRS.and) }), ...cut];
  if (front < 1) return [...(on === out_size ? [] : [say("away", { size: grouped(size), on: grouped(on) })]), ...cut];
  if (way === "front") return [say("front", { front: grouped(front) })];
  if (limit === 1) return [say("zero")];
  if (on !== out_size) return [say("away", { size: grouped(size), on: grouped(on) })];
  const ends = { least, first: grouped(first), last: grouped(last), below: grouped(stride - 1) };
  return [...(first < last ? [say("knob", ends)] : []), say(limit > stride ? "more" : "limit", { list: listed(stride, most, STAIRS.or) }), ...cut];
}

/** Neighbouring numbers in a sentence. @param {number} first @param {number} last @param {string} two how two of them are said */
export function listed(first, last, two) {
  if (last <= first) return grouped(first);
  return fill(last - first === 1 ? two : STAIRS.to, { first: grouped(first), last: grouped(last) });
}
