// @ts-check
// What fixes a refused setting: one number, the nearest that is accepted.
import { LEAST } from "../convarith/answer.mjs";

/** @param {import("./errors.mjs").SizeError} error @returns {[string, number]} the parameter and its new value */
export function fixOf({ message, got, values }) {
  const { most, nearest, limit, least, name = Object.keys(got)[0] } = values;
  const typed = Math.round(Number(got[`${name}`]));
  const [fixed, value] = /** @type {Record<string, [unknown, unknown]>} */ ({
    "output-padding-limit": ["output_padding", Number(limit) - 1],
    "nothing-left": ["padding", most],
    "kernel-fits": ["in_size", least],
    large: [name, most],
    whole: [name, Math.max(LEAST[`${name}`], typed || 0)],
  })[message] ?? [name, nearest ?? LEAST[`${name}`]];
  return [`${fixed}`, Number(value)];
}
