// @ts-check
// The figures themselves: an arrangement on one axis or two, drawn at one step.
import { scattered } from "./arrangement.mjs";
import { cell, line, words } from "./drawing.mjs";
import { range, sourcesOf } from "./reads.mjs";
import { convTranspose } from "./record.mjs";

/** @typedef {import("./drawing.mjs").Scene} Scene */
/** @typedef {import("./record.mjs").Setting} Setting */

/** Where the rows of places begin, after their names. */
const LEFT = 3.5;

/**
 * Scatter and crop: every input under the next, the full result at the bottom.
 * @param {number} in_size @param {Setting} given @param {{step: number, pin: number}} at the input and the output that are pointed out, -1 for none
 * @returns {Scene}
 */
export function scatterOnAxis(in_size, given, { step, pin }) {
  const { kinds, full } = scattered(in_size, given);
  const { stride, dilation, padding, kernel_size } = given;
  const axis = convTranspose(given);
  const hits = pin < 0 ? [] : sourcesOf(axis, pin, in_size);
  const trees = range(0, in_size).flatMap((input) => {
    const now = input === step;
    const row = range(0, kernel_size).map((tap) => cell(
      LEFT + input * stride + tap * dilation, input, "kernel", step < 0 || now ? `w${tap}` : "",
      { strong: now || hits.some((hit) => hit.input === input && hit.tap === tap) },
    ));
    return [words(0, input + 0.66, `input[${input}]`), cell(LEFT - 1.3, input, "input", "", { strong: now, at: `step ${input}` }), ...row];
  });
  const bottom = in_size + 0.4;
  const touched = (/** @type {number} */ out) => step >= 0 && sourcesOf(axis, out, in_size).some(({ input }) => input === step);
  const result = kinds.map((kind, place) => {
    const out = place - padding;
    const here = kind !== "cropped";
    return cell(LEFT + place, bottom, kind, here && kind !== "bias" ? out : "", { strong: touched(out) || (pin >= 0 && out === pin), at: here ? `pin ${out}` : "" });
  });
  trees.push(words(0, bottom + 0.66, "output"), ...result);
  return { trees, columns: LEFT + Math.max(full, kinds.length), rows: bottom + 1 };
}

/** The sizes that share an output, between their neighbours. @param {number[][]} bands the first and last size of each output @param {number[]} outs @param {number} chosen which size is pointed out @returns {Scene} */
export function sizesOnLine(bands, outs, chosen) {
  let column = 0;
  const trees = bands.flatMap(([first, last], band) => {
    const from = column;
    column += last - first + 1.5;
    const middle = from + (last - first + 1) / 2;
    const here = band === bands.findIndex(([low, high]) => low <= chosen && chosen <= high);
    return [
      ...range(first, last + 1).map((size) => cell(from + size - first, 0, here ? "input" : "unused", size, { strong: size === chosen })),
      line([middle, 1.05], [middle, 1.7]),
      cell(middle - 0.5, 1.75, here ? "output" : "zero", outs[band]),
    ];
  });
  return { trees, columns: column - 0.5, rows: 2.75 };
}
