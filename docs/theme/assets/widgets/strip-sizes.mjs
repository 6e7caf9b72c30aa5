// @ts-check
// The sizes in a network: layers as arithmetic, the sizes that fit, and what fixes a skip. Everything is computed, nothing counted.
import { SizeError } from "./errors.mjs";

/**
 * A layer on one axis: out = floor((up * (in - 1) + slack) / down) + 1, but for some kinds.
 * `from` is the place that it reads, the input being 0; each layer gives the next place.
 * @typedef {{name: string, kind: string, dims: number, up: number, down: number, slack: number, least?: number,
 *   fixed?: boolean, multiples?: boolean, ceil?: number, limit?: number, output_padding?: number, stride?: number, detail: string,
 *   from: number, row?: [number, number], channels?: [number, number], resizes?: boolean, keras?: boolean, apart?: boolean}}  Layer
 */
/** @typedef {[number, number]} Pair two places that must have the same size */
/** @typedef {{extra?: number, sized?: number}} Fix an output_padding, or the place whose size is asked for */
/** @typedef {Map<number, Fix>} Fixes */
/** @typedef {{first: number[], period: number}} Rule */

// So many sizes of single layers are asked for one rule.
const ASKED_AT_MOST = 200_000;

/** The output size; 0 where the layer refuses. @param {Layer} layer @param {number} in_size @param {Fix} [fix] @param {number} [wanted] */
function sizeOf(layer, in_size, fix, wanted) {
  const { up, down, slack, least = 1, fixed, multiples, ceil, output_padding = 0 } = layer;
  if (in_size < least) return 0;
  if (multiples) return in_size % down ? 0 : in_size / down;
  if (layer.resizes && wanted) return wanted;
  const more = fix?.extra === undefined ? 0 : fix.extra - output_padding;
  const out = fixed ? slack + 1 : Math.floor((up * (in_size - 1) + slack + more) / down) + 1;
  if (!Number.isSafeInteger(up * in_size + Math.abs(slack))) throw new SizeError("inexact", {}, { most: Number.MAX_SAFE_INTEGER });
  // A window that begins in the padding at the end does not count.
  if (ceil !== undefined && (out - 1) * down >= in_size + ceil) return out - 1;
  const reached = wanted !== undefined && out - output_padding <= wanted && wanted < out - output_padding + (layer.stride ?? 1);
  return reached ? wanted : Math.max(out, 0);
}

/** The size at every place; 0 from where a layer refuses. @param {Layer[]} layers @param {number} in_size @param {Fixes} [fixes] */
export function trace(layers, in_size, fixes) {
  const sizes = [in_size];
  layers.forEach((layer, n) => {
    const fix = fixes?.get(n);
    const own = sizes[layer.from];
    sizes.push(own && sizeOf(layer, own, fix, fix?.sized === undefined ? undefined : sizes[fix.sized]));
  });
  return sizes;
}

/** Which pair is the first not to meet; -1 where all do. @param {number[]} sizes @param {Pair[]} pairs */
export const broken = (sizes, pairs) => pairs.findIndex(([one, other]) => sizes[one] !== sizes[other]);

/** @param {Layer[]} layers @param {Pair[]} pairs @param {number} in_size @param {Fixes} [fixes] */
export function fits(layers, pairs, in_size, fixes) {
  const sizes = trace(layers, in_size, fixes);
  return sizes.every(Boolean) && broken(sizes, pairs) < 0;
}

/** The smallest input that every layer takes; undefined where there is none. @param {Layer[]} layers */
export function smallest(layers) {
  const needed = Array(layers.length + 1).fill(1);
  for (let n = layers.length - 1; n >= 0; n--) {
    const layer = layers[n];
    const first = firstOf(layer, needed[n + 1]);
    if (first === undefined) return undefined;
    needed[layer.from] = Math.max(needed[layer.from], first);
  }
  return /** @type {number} */ (needed[0]);
}

/** The smallest input with at least so many outputs. @param {Layer} layer @param {number} wanted */
function firstOf(layer, wanted) {
  const { up, down, slack, least = 1, fixed, multiples, ceil } = layer;
  if (fixed) return slack + 1 >= wanted ? least : undefined;
  if (multiples) return wanted * down;
  const first = Math.max(-Math.floor((slack - down * (wanted - 1)) / up) + 1, least);
  if (ceil === undefined || sizeOf(layer, first) >= wanted) return first;
  // One window less: the first input at which it begins before the padding.
  return Math.max(first, down * (wanted - 1) - ceil + 1);
}

/** @param {number} one @param {number} other @returns {number} */
const gcd = (one, other) => (other ? gcd(other, one % other) : one);

/** For each place the step of the input, and the step that it causes. @param {Layer[]} layers @returns {[number, number][]} */
function steps(layers) {
  /** @type {[number, number][]} */
  const found = [[1, 1]];
  for (const { up, down, fixed, from } of layers) {
    const [ins, outs] = found[from];
    // A fixed size does not move.
    const [times, over] = fixed ? [0, 1] : [up * outs, down];
    const own = gcd(times, over) || 1;
    found.push([ins * (over / own), times / own]);
  }
  return found;
}

/** All sizes that fit, as a rule; undefined where they repeat too late. @param {Layer[]} layers @param {Pair[]} pairs @param {Fixes} [fixes] @returns {Rule | undefined} */
export function ruleOf(layers, pairs, fixes) {
  const least = smallest(layers);
  if (least === undefined) return { first: [], period: 0 };
  const moving = steps(layers);
  const places = [...new Set([...pairs.flat(), ...layers.flatMap(({ multiples }, n) => (multiples ? [n + 1] : []))])];
  const period = places.reduce((all, place) => (all / gcd(all, moving[place][0])) * moving[place][0], 1);
  if (!Number.isSafeInteger(period) || period * (layers.length + 1) > ASKED_AT_MOST) return undefined;
  const sized = fixes && [...fixes.values()].some((fix) => fix.sized !== undefined);
  const speed = (/** @type {number} */ place) => moving[place][1] * (period / moving[place][0]);
  const unequal = sized ? undefined : pairs.find(([one, other]) => speed(one) !== speed(other));
  const starts = Array.from({ length: period }, (_, n) => least + n);
  if (!unequal) return shortest(starts.filter((size) => fits(layers, pairs, size, fixes)), least, period);
  const [slow, fast] = unequal.map(speed);
  const found = starts.flatMap((start) => {
    const sizes = trace(layers, start, fixes);
    const times = (sizes[unequal[0]] - sizes[unequal[1]]) / (fast - slow);
    const size = start + times * period;
    return Number.isInteger(times) && times >= 0 && fits(layers, pairs, size, fixes) ? [size] : [];
  });
  return { first: found.sort((one, other) => one - other), period: 0 };
}

/** The same sizes with the shortest period that says them. @param {number[]} members @param {number} start @param {number} period @returns {Rule} */
function shortest(members, start, period) {
  const has = new Set(members.map((size) => size - start));
  let own = 1;
  while (period % own || ![...has].every((one) => has.has((one + own) % period))) own++;
  return members.length ? { first: members.filter((size) => size < start + own), period: own } : { first: [], period: 0 };
}

/** @param {Rule} rule @param {number} size */
export const inRule = ({ first, period }, size) =>
  size >= first[0] && first.includes(period ? first[0] + ((size - first[0]) % period) : size);

/** The size that fits and lies nearest. @param {Rule} rule @param {number} size */
export function nearest({ first, period }, size) {
  const turn = period ? Math.max(0, Math.floor((size - first[0]) / period)) : 0;
  const near = [-1, 0, 1].flatMap((n) => (turn + n < 0 ? [] : first.map((one) => one + (turn + n) * period)));
  return near.sort((one, other) => Math.abs(one - size) - Math.abs(other - size) || other - one)[0];
}

/**
 * The last layer between two places that can make them equal, and what it needs.
 * @param {Layer[]} layers @param {Pair} pair @param {number} in_size @param {Fixes} [fixes]
 */
export function cure(layers, [early, late], in_size, fixes) {
  const wanted = trace(layers, in_size, fixes)[early];
  for (let n = late - 1; n >= early; n--) {
    const { limit = 0, stride = 1 } = layers[n];
    const reached = (/** @type {number} */ extra) => trace(layers, in_size, new Map([...(fixes ?? []), [n, { extra }]]))[late];
    // Sizes grow with output_padding: the smallest that reaches the size is sought by halves.
    let [low, high] = [0, limit];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (reached(middle) >= wanted) high = middle;
      else low = middle + 1;
    }
    if (low < limit && reached(low) === wanted) return { number: n, extra: low, within: low < stride };
  }
  return undefined;
}
