// @ts-check
// A network at one size: blocks and joins to be drawn, and everything that is said of it.
import { STRIP } from "../convarith/strip.mjs";
import { fill } from "./errors.mjs";
import { guessed } from "./strip-read.mjs";
import { broken, cure, fits, inRule, nearest, ruleOf, smallest, trace } from "./strip-sizes.mjs";
import { grouped } from "./typed.mjs";

/** @typedef {import("./strip-read.mjs").Read} Read */
/** @typedef {import("./strip-sizes.mjs").Pair} Pair */
/** @typedef {import("./strip-sizes.mjs").Fixes} Fixes */
/** @typedef {import("./strip-sizes.mjs").Rule} Rule */
/** @typedef {"skips" | "ends" | "graph" | ""} Meets what has to be equal: skips, input and output, what a graph joins, or nothing */
/** @typedef {{meets: Meets, pairs: Pair[], never: boolean, choice: boolean}} Joined */

/** Which sizes have to be equal. @param {Read} read @param {string} asked "auto", or what a reader has chosen @returns {Joined} */
export function joinedIn({ layers, joins, chain, cat }, asked) {
  if (joins) return { meets: joins.length ? "graph" : "", pairs: joins, never: false, choice: false };
  const skips = guessed(layers);
  const never = !chain && skips.length > 0 && ruleOf(layers, skips)?.first.length === 0;
  const ratio = layers.reduce((product, { up, down, fixed }) => (fixed ? NaN : (product * up) / down), 1);
  const ends = ratio === 1 && layers.some(({ up, down }) => up > down);
  const both = skips.length > 0 && !never && ends && !chain;
  const chosen = both && asked !== "auto" ? asked : chain || !cat ? "ends" : "skips";
  if (skips.length && !never && !chain && (chosen === "skips" || !ends)) return { meets: "skips", pairs: skips, never, choice: both };
  return ends ? { meets: "ends", pairs: [[0, layers.length]], never, choice: both } : { meets: "", pairs: [], never, choice: false };
}

// So many of the sizes that fit are named.
const NAMED_AT_MOST = 8;

/** @typedef {NonNullable<ReturnType<typeof askedAt>>} Asked */

/**
 * The network at a size; what has no output is `stopped`, the number of the layer.
 * @param {Read} read @param {Joined} joined @param {number} size @param {Fixes} fixes
 */
export function askedAt(read, { meets, pairs }, size, fixes) {
  const { layers } = read;
  const sizes = trace(layers, size, fixes);
  const stopped = sizes.findIndex((one) => !one) - 1;
  const first = stopped < 0 ? broken(sizes, pairs) : -1;
  const rule = ruleOf(layers, pairs, fixes);
  const near = rule ? nearest(rule, size) : undefined;
  const out = sizes[sizes.length - 1];
  const base = { read, meets, pairs, size, sizes, stopped, first, rule, near, out, least: smallest(layers) };
  return { ...base, cure: first < 0 ? undefined : cure(layers, pairs[first], size, fixes), fits: (/** @type {number} */ one) => (rule ? inRule(rule, one) : one >= 1 && fits(layers, pairs, one, fixes)) };
}

/** Blocks where the size changes, and brackets. @param {Asked} asked @returns {import("./strip-scene.mjs").Strip} */
export function stripOf({ read, sizes, pairs, first }) {
  const bars = [{ size: sizes[0], name: "", detail: "" }];
  const stands = [0];
  read.layers.forEach(({ from, name, detail }, n) => {
    const size = sizes[n + 1];
    const own = size === bars[bars.length - 1].size ? bars.length - 1 : bars[stands[from]].size === size ? stands[from] : bars.push({ size, name, detail }) - 1;
    stands.push(own);
  });
  const joins = pairs.map(([one, other]) => ({ start: stands[one], end: stands[other], one: sizes[one], other: sizes[other] }));
  const seen = new Set();
  const kept = joins.filter(({ start, end }, n) => {
    const key = `${start} ${end}`;
    const fresh = n === first || (start < end && !seen.has(key));
    seen.add(key);
    return fresh;
  });
  return { bars, joins: kept, broken: first < 0 ? -1 : kept.indexOf(joins[first]) };
}

/** In one line whether it fits. @param {Asked} asked */
export function verdictOf({ read, meets, pairs, first, size, out }) {
  const { layers, dims } = read;
  if (read.only) return fill(STRIP.sizes, { first: grouped(size), last: grouped(out) });
  if (meets === "ends") return first < 0 ? STRIP.same : fill(STRIP.other, { out: grouped(out), size: grouped(size) });
  if (meets) return first < 0 ? STRIP.ok : fill(STRIP.one, { layer: layers[pairs[first][1] - 1]?.name || STRIP.inSize });
  const ups = layers.some(({ up, down }) => up > down) && !layers.some(({ up, down }) => up < down);
  if (!ups || dims !== 1) return fill(STRIP["strip-becomes"], { out_size: grouped(out) });
  return fill(out % size ? STRIP.framesNot : STRIP.frames, { size: grouped(size), hop: grouped(out / size), out: grouped(out) });
}

/** Why the first pair that does not meet does not: a sentence, and its values. @param {Asked} asked @returns {[string, Record<string, string>]} */
export function whyOf({ read, meets, pairs, first, sizes }) {
  const [early, late] = pairs[first];
  const layer = read.layers[late - 1];
  const down = read.layers[early];
  const values = { layer: layer.name, before: grouped(sizes[layer.from]), got: grouped(sizes[late]), wanted: grouped(sizes[early]) };
  if (meets === "ends") return [STRIP.whyEnds, values];
  // What is left over at the end of the last step.
  const rest = down && down.up === 1 && down.from === early && !down.ceil && !down.fixed ? (sizes[early] - 1 + down.slack) % down.down : 0;
  if (!rest || sizes[late] > sizes[early]) return [STRIP.why0, values];
  return [STRIP.why, { ...values, down: down.name, one: grouped(sizes[early]), two: grouped(sizes[early + 1]), rest: `${rest}` }];
}

/** The sizes that fit, in words. @param {Rule | undefined} rule */
export function ruleText(rule) {
  if (!rule) return "";
  const { first, period } = rule;
  const [least] = first;
  if (!first.length) return STRIP["fits-none"];
  if (!period) return fill(STRIP["fits-only"], { some: first.join(STRIP.and) });
  if (first.length === 1 && period === 1) return fill(STRIP["fits-every"], { first: least });
  if (first.length === 1 && least % period === 0) return fill(STRIP["fits-multiples"], { first: least, period });
  const some = Array.from({ length: Math.max(3, Math.min(first.length, NAMED_AT_MOST)) }, (_, n) => first[n % first.length] + Math.floor(n / first.length) * period);
  if (first.length === 1) return fill(STRIP["fits-nth"], { nth: ordinal(period), first: least, some: some.join(", ") });
  return fill(STRIP["fits-some"], { some: some.join(", ") + (first.length > NAMED_AT_MOST ? ", …" : ""), period });
}

/** What stands behind a number that counts places is empty in Chinese. @param {number} number */
function ordinal(number) {
  const ends = STRIP.ordinals.split(" ");
  return number + (ends[Math.floor(number / 10) % 10 === 1 ? 0 : number % 10] ?? ends[0]);
}

/** Whether a size that is asked for is reached by this layer at every input. @param {Asked} asked @param {Fixes} fixes @param {number} number */
export function reachesAll({ read, pairs, first, rule, least }, fixes, number) {
  const [early, late] = pairs[first];
  if (!rule || late !== number + 1) return false;
  const mended = ruleOf(read.layers.slice(0, late), [[early, late]], new Map([...fixes, [number, { sized: early }]]));
  return mended?.period === 1 && least !== undefined;
}

/** The lines that ask the model itself. @param {{dims: number, channels: number}} read @param {number} size */
export function linesFor({ dims, channels }, size) {
  return [
    "import torch", "from convarith.network import Network", "",
    `net = Network(model, torch.zeros(${["1", channels, ...Array(dims).fill(size)].join(", ")}))`,
    "print(net.fitting_sizes())", `print(net.broken_skip(${size}))`,
  ].join("\n");
}
