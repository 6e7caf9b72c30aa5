// @ts-check
// The twin of convarith.solver, equation and ranking: sizes in, parameters out.
import { say, SizeError } from "./errors.mjs";
import { evenness, shiftTimes } from "./reasons.mjs";
import { atLeast, reach } from "./sizes.mjs";

/** @typedef {{kernel_size: number, stride: number, padding: number, output_padding: number, dilation: number}} Setting */
/** @typedef {{[name: string]: number[] | undefined}} Choices the values that may be used; any where there are none */
/** @typedef {{found: Setting[][], nearest: number[][], axis: number, surplus: number | null}} Solutions where nothing fits, the first axis to blame */

const LARGEST_KERNEL = 16;
const LOOKED_AT_MOST = 1000000;

/** @param {number} from @param {number} below */
const range = (from, below) => Array.from({ length: Math.max(0, below - from) }, (_, i) => from + i);

/** @param {number} in_size @param {number} out_size @param {Choices} given */
function bounds(in_size, out_size, given) {
  const up = Math.ceil(out_size / in_size);
  const near = in_size === 1 ? [1] : range(Math.max(1, Math.floor(out_size / in_size) - 1), up + 2);
  return {
    largest: Math.max(LARGEST_KERNEL, in_size === 1 ? out_size : 2 * up),
    kernels: given.kernel_size,
    strides: given.stride ?? near,
    paddings: given.padding,
    output_paddings: given.output_padding,
    dilations: given.dilation ?? [1],
  };
}
/** @typedef {ReturnType<typeof bounds>} Bounds */

/** @param {number} number */
function inSeconds(number) {
  if (number > LOOKED_AT_MOST) throw new SizeError("search", { settings: number }, { most: LOOKED_AT_MOST });
}

/** Each stride and dilation, with the first and last kernel that can be solved. @param {number} in_size @param {number} out_size @param {Bounds} within */
function windows(in_size, out_size, within) {
  const { largest, kernels, paddings } = within;
  return within.dilations.flatMap((dilation) => within.strides.map((stride) => {
    const base = (in_size - 1) * stride + 1 - out_size;
    const least = Math.max(1 - Math.max(stride, dilation) - base, paddings ? -Infinity : base);
    const most = paddings ? 2 * Math.max(...paddings) - base : largest * dilation;
    const first = kernels ? 0 : Math.max(1, Math.ceil(least / dilation) + 1);
    const last = kernels ? kernels.length - 1 : Math.min(largest, Math.floor(most / dilation) + 1);
    return { dilation, stride, limit: Math.max(stride, dilation), first, last };
  }));
}

/** Every setting within the bounds. @param {number} in_size @param {number} out_size @param {Bounds} within */
function settings(in_size, out_size, within) {
  const found = [];
  const { paddings, output_paddings } = within;
  for (const { dilation, stride, limit, first, last } of windows(in_size, out_size, within)) {
    for (let at = first; at <= last; at++) {
      const kernel_size = within.kernels ? within.kernels[at] : at;
      const surplus = (in_size - 1) * stride + reach(kernel_size, dilation) - out_size;
      // output_padding has the parity of the surplus; padding is not negative.
      for (let output_padding = surplus >= 0 ? surplus % 2 : -surplus; output_padding < limit; output_padding += 2) {
        const padding = (surplus + output_padding) / 2;
        if (output_paddings && !output_paddings.includes(output_padding)) continue;
        if (paddings ? !paddings.includes(padding) : padding > dilation * (kernel_size - 1)) continue;
        found.push({ kernel_size, stride, padding, output_padding, dilation });
      }
    }
  }
  return found;
}

/** A smaller rank comes first; see convarith.ranking. @param {Setting} setting @param {number} in_size @param {number} out_size */
function rank(setting, in_size, out_size) {
  const { kernel_size, stride, padding, output_padding, dilation } = setting;
  const extent = reach(kernel_size, dilation);
  return [
    output_padding > 0 ? 1 : 0,
    2 * Math.abs(stride * in_size - out_size) > in_size ? 1 : 0,
    ["even", "uneven", "holes"].indexOf(evenness(setting)),
    output_padding,
    Math.abs(shiftTimes(in_size, out_size, extent, padding)),
    padding,
    kernel_size,
    dilation,
    stride,
  ];
}

/** The next sizes below and above that can be had. @param {number} in_size @param {number} out_size @param {Bounds} within */
function nearest(in_size, out_size, within) {
  let below = 0;
  let above = 0;
  for (const dilation of within.dilations) {
    for (const stride of within.strides) {
      const limit = Math.max(stride, dilation);
      for (const kernel_size of within.kernels ?? range(1, within.largest + 1)) {
        const extent = reach(kernel_size, dilation);
        const full = (in_size - 1) * stride + extent;
        for (const given_back of within.output_paddings ?? range(0, limit)) {
          if (given_back >= limit) continue;
          const down = Math.floor((full + given_back - out_size) / 2);
          const close = [down, down + 1].map((padding) => Math.min(Math.max(padding, 0), extent - 1));
          for (const padding of within.paddings ?? close) {
            const size = full + given_back - 2 * padding;
            if (size < out_size && size > below) below = size;
            if (size > out_size && (size < above || !above)) above = size;
          }
        }
      }
    }
  }
  return [below, above].filter(Boolean);
}

/**
 * Every transposed convolution that makes the second size of each pair of the first.
 * @param {number[][]} pairs one pair for each axis
 * @param {Choices[]} given what may be used on each axis
 * @param {string[]} shared the parameters that are one number for all axes
 * @returns {Solutions}
 */
export function solve(pairs, given, shared) {
  for (const [in_size, out_size] of pairs) atLeast("in_size", in_size), atLeast("out_size", out_size);
  for (const choices of given) {
    for (const [name, values] of Object.entries(choices)) {
      values?.forEach((value) => atLeast(/** @type {"stride"} */ (name), value));
    }
  }
  const within = pairs.map(([i, o], axis) => bounds(i, o, given[axis]));
  pairs.forEach(([i, o], axis) => inSeconds(windows(i, o, within[axis]).reduce(
    (sum, { limit, first, last }) => sum + Math.max(0, last - first + 1) * (Math.floor(limit / 2) + 1), 0,
  )));
  const axes = pairs.map(([i, o], axis) => settings(i, o, within[axis]));
  const key = (/** @type {Setting} */ one) => shared.map((name) => one[/** @type {"stride"} */ (name)]).join();
  /** @type {Setting[][]} */
  let joined = axes[0].map((one) => [one]);
  for (const more of axes.slice(1)) {
    joined = joined.flatMap((some) => more.filter((one) => key(one) === key(some[0])).map((one) => [...some, one]));
  }
  const ranked = joined.map((some) => ({
    some,
    rank: some.map((one, axis) => rank(one, pairs[axis][0], pairs[axis][1]))
      .reduce((sum, own) => sum.map((value, wish) => value + own[wish])),
  }));
  ranked.sort((one, other) => {
    const wish = one.rank.findIndex((value, at) => value !== other.rank[at]);
    return wish < 0 ? 0 : one.rank[wish] - other.rank[wish];
  });
  const found = ranked.map(({ some }) => some);
  if (found.length) return { found, nearest: [], axis: -1, surplus: null };
  for (const { kernels, largest, strides, dilations } of within) {
    inSeconds((kernels?.length ?? largest) * strides.length * dilations.length);
  }
  const near = pairs.map(([i, o], axis) => (axes[axis].length ? [] : nearest(i, o, within[axis])));
  const axis = axes.findIndex((own) => !own.length);
  return { found, nearest: near, axis, surplus: axis < 0 ? null : surplus(pairs[axis][0], pairs[axis][1], within[axis]) };
}

/** What padding would have to make up for, where one window is given. @param {number} in_size @param {number} out_size @param {Bounds} within */
function surplus(in_size, out_size, { kernels, largest, strides, dilations }) {
  if ((kernels?.length ?? largest) > 1 || strides.length > 1 || dilations.length > 1) return null;
  return (in_size - 1) * strides[0] + reach(kernels ? kernels[0] : 1, dilations[0]) - out_size;
}

/** Why nothing fits. @param {Solutions} none @param {number[][]} pairs @param {string[]} shared @param {import("./reasons.mjs").Phrases} words */
export function why(none, pairs, shared, words) {
  if (none.axis < 0) return say(words.unshared, { names: shared.join(", ") });
  const [i, o] = pairs[none.axis];
  const near = none.nearest[none.axis];
  const text = say(near.length ? words.never : words.nowhere, { i, o, near: near.join(words.and) });
  const more = none.surplus === null ? "" : say(words.surplus, { surplus: none.surplus });
  return (pairs.length > 1 ? `${say(words.axis, { axis: none.axis })} ` : "") + text + more;
}
