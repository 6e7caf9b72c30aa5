// @ts-check
// The twin of convarith._ranking and convarith._overlap: what speaks for a setting or against it.
import { SENTENCES } from "../convarith/answer.mjs";
import { REASONS } from "../convarith/explanation.mjs";
import { say } from "./errors.mjs";
import { gcd } from "./reads.mjs";
import { convTranspose } from "./record.mjs";

/** @typedef {import("./record.mjs").Setting} Setting */

// An answer is there before its reasons, and so are its sentences.
Object.assign(SENTENCES, REASONS);

/** @param {{kernel_size: number, stride: number, dilation: number}} given */
export function evenness({ kernel_size, stride, dilation }) {
  if (gcd(stride, dilation) > 1 || kernel_size < stride) return "holes";
  return kernel_size % stride ? "uneven" : "even";
}

/** Twice in_size times the way from where plain resizing puts the first input. @param {Setting} setting @param {number} in_size @param {number} out_size */
function shiftTimes(setting, in_size, out_size) {
  const { first, step, taps } = convTranspose(setting);
  return (1 - 2 * first - step * (taps - 1)) * in_size - out_size;
}

/** The way itself, as Python writes a fraction. @param {Setting} setting @param {number} in_size @param {number} out_size */
export function shift(setting, in_size, out_size) {
  const [above, below] = [shiftTimes(setting, in_size, out_size), 2 * in_size];
  const shared = gcd(above, below);
  return below === shared ? `${above / shared}` : `${above / shared}/${below / shared}`;
}

/** A smaller rank comes first. @param {Setting} setting @param {number} in_size @param {number} out_size */
export function rank(setting, in_size, out_size) {
  const { kernel_size, stride, padding, output_padding, dilation } = setting;
  return [
    output_padding > 0 ? 1 : 0,
    2 * Math.abs(stride * in_size - out_size) > in_size ? 1 : 0,
    ["even", "uneven", "holes"].indexOf(evenness(setting)),
    output_padding,
    Math.abs(shiftTimes(setting, in_size, out_size)),
    padding,
    kernel_size,
    dilation,
    stride,
  ];
}

/** What speaks for a setting or against it. @param {Setting} setting @param {number} in_size @param {number} out_size */
export function reasons(setting, in_size, out_size) {
  const { kernel_size: k, stride: s, padding, output_padding: a, dilation: d } = setting;
  const more = out_size - s * in_size;
  const moved = shiftTimes(setting, in_size, out_size);
  const kind = evenness(setting);
  const values = { k, s, d, a, more, less: -more, past: a - padding, shift: shift(setting, in_size, out_size).replace("-", "") };
  return [
    ofSign(more, "exactly", "plus", "minus"),
    kind !== "holes" ? kind : k < s ? "small" : "sparse",
    !a ? "none" : a <= padding ? "real" : "empty",
    ofSign(moved, "unmoved", "right", "left"),
  ].map((key) => say(key, values));
}

/** @param {number} number @param {string} zero @param {string} above @param {string} below */
const ofSign = (number, zero, above, below) => (!number ? zero : number > 0 ? above : below);
