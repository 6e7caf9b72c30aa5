// @ts-check
// The lab's layers, computed exactly: float64, one channel, no bias. No page is known here.
import { constant, picture } from "./lab-picture.mjs";
import { range, sourcesOf } from "./reads.mjs";
import { conv, convTranspose } from "./record.mjs";

/** @typedef {"transposed" | "resized" | "shuffled" | "icnr"} Kind */
/** @typedef {import("./record.mjs").Setting & {kind: Kind, in_size: number}} Layer */
/** @typedef {{seed: number, equal: boolean}} Weights how they are drawn */
/** @typedef {{layer: Layer, outputs: Float64Array[], counts: number[], contrast: number}} Result of both images: the constant one, the picture */
/** @typedef {{input: number, tap: number}} Source an input that reaches an output, and through which kernel element */

/** Outputs along each dimension: a multiple of every stride. */
export const SIDE = 84;
/** What the sliders allow, and the seed. */
export const LIMITS = { kernel_size: [2, 6], stride: [2, 4], seed: [1, 999_999], pin: [1, SIDE] };
/** As far from the ends no kernel reaches past them. */
const BORDER = 12;
const KERNEL = { kernel_size: 3, stride: 1, padding: 1, output_padding: 0, dilation: 1 };

/** The transposed convolution that scales by stride exactly. @param {number} kernel_size @param {number} stride @returns {Layer} */
function transposed(kernel_size, stride) {
  const padding = Math.max(0, Math.ceil((kernel_size - stride) / 2));
  const output_padding = 2 * padding + stride - kernel_size;
  return { kind: "transposed", in_size: SIDE / stride, kernel_size, stride, padding, output_padding, dilation: 1 };
}

/** The layers side by side; a reader chooses the first. @param {{kernel_size: number, stride: number}} chosen @returns {Layer[]} */
export const layersOf = ({ kernel_size, stride }) => [
  transposed(kernel_size, stride),
  transposed(4, 2),
  ...(/** @type {const} */ (["resized", "shuffled", "icnr"])).map((kind) => ({ ...KERNEL, kind, in_size: SIDE / 2 })),
];

/** By how much a layer scales. @param {Layer} layer */
export const scaleOf = ({ in_size }) => SIDE / in_size;

/** What one output sums along one dimension. @param {Layer} layer @param {number} out @returns {Source[]} */
export function sources(layer, out) {
  const { kind, in_size } = layer;
  if (kind === "transposed") return sourcesOf(convTranspose(layer), out, in_size);
  // Resizing repeats each input before the kernel slides; shuffling puts outputs beside each other after it.
  if (kind === "resized") return sourcesOf(conv(layer), out, SIDE).map(({ input, tap }) => ({ input: input >> 1, tap }));
  return sourcesOf(conv(layer), out >> 1, in_size);
}

/** The generator mulberry32: numbers between 0 and 1. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The kernels of a layer, scaled so that the mean brightness stays: one, or one for each output of a 2 × 2 block.
 * @param {Layer} layer @param {Weights} weights @returns {number[][]}
 */
export function kernelsOf({ kind, kernel_size, stride }, { seed, equal }) {
  const next = numbers(seed);
  const kernels = range(0, kind === "shuffled" ? 4 : 1).map(() => range(0, kernel_size ** 2).map(() => (equal ? 1 : next())));
  const total = kernels.flat().reduce((sum, value) => sum + value);
  const factor = (kernels.length * stride ** 2) / total;
  return kernels.map((kernel) => kernel.map((value) => value * factor));
}

/** What a layer makes of an image. @param {Layer} layer @param {number[][]} kernels @param {ArrayLike<number>} image */
export function outputOf(layer, kernels, image) {
  const { kernel_size, in_size } = layer;
  const reached = range(0, SIDE).map((out) => sources(layer, out));
  const output = new Float64Array(SIDE ** 2);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const kernel = kernels[(2 * (row & 1) + (column & 1)) % kernels.length];
      let sum = 0;
      for (const above of reached[row]) {
        for (const beside of reached[column]) {
          sum += kernel[above.tap * kernel_size + beside.tap] * image[above.input * in_size + beside.input];
        }
      }
      output[row * SIDE + column] = sum;
    }
  }
  return output;
}

/** How many products each output sums. @param {Layer} layer */
export function countsOf(layer) {
  const counts = range(0, SIDE).map((out) => sources(layer, out).length);
  return counts.flatMap((above) => counts.map((beside) => above * beside));
}

/** The counts of one period, away from the border. @param {Layer} layer */
function period(layer) {
  const counts = range(BORDER, BORDER + scaleOf(layer)).map((out) => sources(layer, out).length);
  return counts.flatMap((above) => counts.map((beside) => above * beside));
}

/** The different counts away from the border. @param {Layer} layer */
export const sums = (layer) => [...new Set(period(layer))].sort((one, other) => one - other);

/**
 * The grid in the output of a constant image: its standard deviation by its mean. It has the layer's
 * scale as its period, so it is the energy at 1 / scale and its multiples.
 * @param {ArrayLike<number>} output @param {number} scale
 */
export function contrastOf(output, scale) {
  const means = new Float64Array(scale ** 2);
  const each = ((SIDE - 2 * BORDER) / scale) ** 2;
  for (let row = BORDER; row < SIDE - BORDER; row++) {
    for (let column = BORDER; column < SIDE - BORDER; column++) {
      means[(row % scale) * scale + (column % scale)] += output[row * SIDE + column] / each;
    }
  }
  const mean = means.reduce((sum, value) => sum + value) / means.length;
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / means.length;
  const contrast = Math.sqrt(variance) / mean;
  // What rounding leaves of sums that are equal.
  return contrast < 1e-9 ? 0 : contrast;
}

/** What a layer shows. @param {Layer} layer @param {Weights} weights @returns {Result} */
export function resultOf(layer, weights) {
  const kernels = kernelsOf(layer, weights);
  const outputs = [constant, picture].map((image) => outputOf(layer, kernels, image(layer.in_size)));
  return { layer, outputs, counts: countsOf(layer), contrast: contrastOf(outputs[0], scaleOf(layer)) };
}

/**
 * The sentence about a layer: its key among the lab's words, and its values.
 * @param {Layer} layer @param {boolean} equal @returns {[string, Record<string, unknown>]}
 */
export function sentence(layer, equal) {
  const { kind, kernel_size, stride } = layer;
  const drawn = equal ? "Equal" : "Random";
  if (kind === "shuffled") return [`shuffled${drawn}`, {}];
  if (kind !== "transposed") return [kind, {}];
  const counts = sums(layer);
  const all = period(layer);
  if (!counts[0]) return ["holes", { holes: all.filter((count) => !count).length, all: all.length }];
  if (counts.length > 1) return [`uneven${drawn}`, { kernel_size, stride, counts }];
  return [counts[0] === 1 ? `single${drawn}` : `even${drawn}`, { count: counts[0] }];
}
