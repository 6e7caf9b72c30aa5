// @ts-check
// The twin of convarith.solve and convarith._settings: sizes in, parameters out.
import { LARGEST_KERNEL, LOOKED_AT_MOST } from "../convarith/explanation.mjs";
import { say, SizeError } from "./errors.mjs";
import { rank } from "./ranking.mjs";
import { fullSize, range } from "./reads.mjs";
import { reach } from "./record.mjs";
import { atLeast, outputPaddingLimit } from "./sizes.mjs";

/** @typedef {import("./record.mjs").Setting} Setting */
/** @typedef {Partial<Setting>} Given what is given; the rest is looked for */
/** @typedef {{found: Setting[][], nearest: number[][], axis: number, surplus: number | null}} Solutions where nothing fits, the first axis to blame */

/** @param {number} number */
function inSeconds(number) {
  if (number > LOOKED_AT_MOST) throw new SizeError("search-many", { settings: number }, { most: LOOKED_AT_MOST });
}

/** The kernels, from the first to the last, and the strides that are tried. @param {number} in_size @param {number} out_size @param {Given} given */
function tried(in_size, out_size, { kernel_size, stride }) {
  const up = Math.ceil(out_size / in_size);
  const largest = Math.max(LARGEST_KERNEL, in_size === 1 ? out_size : 2 * up);
  const near = in_size === 1 ? [1] : range(Math.max(1, Math.floor(out_size / in_size) - 1), up + 2);
  return { kernels: [kernel_size ?? 1, kernel_size ?? largest], strides: stride === undefined ? near : [stride] };
}

/** Each stride, with the first and the last kernel that can be solved. @param {number} in_size @param {number} out_size @param {Given} given */
function windows(in_size, out_size, given) {
  const { dilation = 1, padding } = given;
  const { kernels, strides } = tried(in_size, out_size, given);
  return strides.map((stride) => {
    const limit = outputPaddingLimit({ stride, dilation });
    const base = fullSize({ kernel_size: 1, stride, dilation }, in_size) - out_size;
    const least = Math.max(1 - limit - base, padding === undefined ? base : -Infinity);
    const most = padding === undefined ? Infinity : 2 * padding - base;
    const first = Math.max(kernels[0], Math.ceil(least / dilation) + 1);
    const last = Math.min(kernels[1], Math.floor(most / dilation) + 1);
    return { dilation, stride, limit, first, last };
  });
}

/** Every setting that makes out_size of in_size. @param {number} in_size @param {number} out_size @param {Given} given */
function settings(in_size, out_size, given) {
  const found = [];
  for (const { dilation, stride, limit, first, last } of windows(in_size, out_size, given)) {
    for (let kernel_size = first; kernel_size <= last; kernel_size++) {
      const surplus = fullSize({ kernel_size, stride, dilation }, in_size) - out_size;
      // output_padding has the parity of the surplus; padding is not negative.
      for (let output_padding = surplus >= 0 ? surplus % 2 : -surplus; output_padding < limit; output_padding += 2) {
        const padding = (surplus + output_padding) / 2;
        if ((given.output_padding ?? output_padding) !== output_padding) continue;
        if (given.padding === undefined ? padding > reach(kernel_size, dilation) : padding !== given.padding) continue;
        found.push({ kernel_size, stride, padding, output_padding, dilation });
      }
    }
  }
  return found;
}

/** The next sizes below and above that can be had, where out_size cannot. @param {number} in_size @param {number} out_size @param {Given} given */
function nearest(in_size, out_size, given) {
  const { dilation = 1 } = given;
  const { kernels, strides } = tried(in_size, out_size, given);
  let below = 0;
  let above = Infinity;
  for (const stride of strides) {
    const limit = outputPaddingLimit({ stride, dilation });
    const [least, most] = [given.output_padding ?? 0, given.output_padding ?? limit - 1];
    for (let kernel_size = kernels[0]; kernel_size <= kernels[1] && most < limit; kernel_size++) {
      const full = fullSize({ kernel_size, stride, dilation }, in_size);
      const [first, last] = [given.padding ?? 0, given.padding ?? reach(kernel_size, dilation)];
      // Each padding gives a run of sizes; out_size lies between two of the runs, or past all.
      const more = Math.max(first, Math.floor((full + most - out_size) / 2) + 1);
      const less = Math.min(last, Math.ceil((full + least - out_size) / 2) - 1);
      if (more <= last) below = Math.max(below, full + most - 2 * more);
      if (less >= first) above = Math.min(above, full + least - 2 * less);
    }
  }
  return [below, above].filter((size) => size > 0 && size < Infinity);
}

/** What padding would have to make up for, where one window is given. @param {number} in_size @param {number} out_size @param {Given} given */
function surplus(in_size, out_size, given) {
  const { strides: [stride, ...others] } = tried(in_size, out_size, given);
  const { kernel_size, dilation = 1 } = given;
  if (kernel_size === undefined || others.length) return null;
  return fullSize({ kernel_size, stride, dilation }, in_size) - out_size;
}

/**
 * Every transposed convolution that makes the second size of each pair of the first.
 * @param {number[][]} pairs one pair for each axis
 * @param {Given[]} given what is given on each axis
 * @param {string[]} shared the parameters that are one number for all axes
 * @returns {Solutions}
 */
export function solve(pairs, given, shared) {
  for (const [in_size, out_size] of pairs) atLeast("in_size", in_size), atLeast("out_size", out_size);
  for (const [name, value] of given.flatMap((own) => Object.entries(own))) if (value !== undefined) atLeast(name, value);
  const each = pairs.map(([i, o], axis) => /** @type {const} */ ([i, o, given[axis]]));
  for (const one of each) inSeconds(windows(...one).reduce(
    (sum, { limit, first, last }) => sum + Math.max(0, last - first + 1) * (Math.floor(limit / 2) + 1), 0,
  ));
  const axes = each.map((one) => settings(...one));
  const found = ranked(joined(axes, shared), pairs);
  if (found.length) return { found, nearest: [], axis: -1, surplus: null };
  for (const { kernels: [first, last], strides } of each.map((one) => tried(...one))) inSeconds((last - first + 1) * strides.length);
  const axis = axes.findIndex((own) => !own.length);
  const near = each.map((one, at) => (axes[at].length ? [] : nearest(...one)));
  return { found, nearest: near, axis, surplus: axis < 0 ? null : surplus(...each[axis]) };
}

/** The settings that agree in what the axes share, one for each axis. @param {Setting[][]} axes @param {string[]} shared */
function joined([first, ...others], shared) {
  const key = (/** @type {Setting} */ one) => shared.map((name) => one[/** @type {"stride"} */ (name)]).join();
  return others.reduce(
    (all, own) => all.flatMap((some) => own.filter((one) => key(one) === key(some[0])).map((one) => [...some, one])),
    first.map((one) => [one]),
  );
}

/** Best first: the ranks of the axes are added, wish by wish. @param {Setting[][]} all @param {number[][]} pairs */
function ranked(all, pairs) {
  const ranks = new Map(all.map((some) => [some, some
    .map((one, axis) => rank(one, pairs[axis][0], pairs[axis][1]))
    .reduce((sum, own) => sum.map((value, wish) => value + own[wish]))]));
  return all.sort((one, other) => {
    const [mine, its] = [ranks.get(one) ?? [], ranks.get(other) ?? []];
    const wish = mine.findIndex((value, at) => value !== its[at]);
    return wish < 0 ? 0 : mine[wish] - its[wish];
  });
}

/** Why nothing fits. @param {Solutions} none @param {number[][]} pairs @param {string[]} shared */
export function why(none, pairs, shared) {
  if (none.axis < 0) return say("unshared", { names: shared.join(", ") });
  const [i, o] = pairs[none.axis];
  const near = none.nearest[none.axis];
  const axis = pairs.length > 1 ? `${say("axis", { axis: none.axis })} ` : "";
  const surplus = none.surplus === null ? "" : say("surplus", { surplus: none.surplus });
  return axis + say(near.length ? "never" : "nowhere", { i, o, near: near.join(say("and")) }) + surplus;
}
