// @ts-check
// The formula of a convolution or of pooling with its numbers, as convarith.explain writes it.
import { FORMULAS } from "../convarith/explanation.mjs";
import { fill } from "./errors.mjs";
import { conv } from "./record.mjs";

/** One block for each axis that differs. @param {number[]} ins @param {import("./record.mjs").Setting[]} settings @param {number[]} outs */
export const formula = (ins, settings, outs) => [...new Set(ins.map((in_size, axis) => substituted(in_size, settings[axis], outs[axis])))].join("\n");

/** @param {number} i @param {import("./record.mjs").Setting} given @param {number} out_size */
function substituted(i, given, out_size) {
  const { kernel_size: k, stride: s, padding: b, dilation: d } = given;
  const steps = FORMULAS.window.map((step) => fill(step, { i, k, s, b, d, rest: i + conv(given).slack - 1 }));
  return `out_size = ${[...steps, out_size].join("\n         = ")}`;
}
