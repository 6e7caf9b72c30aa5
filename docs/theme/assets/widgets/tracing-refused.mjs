// @ts-check
// Why a figure is not drawn, and the nearest value with which it would be.
import { SizeError } from "./errors.mjs";

/** Which parameter the sentence of a refusal would change, and to which of its values. @type {Record<string, [string, string]>} */
const FIXES = {
  "output-padding-limit": ["output_padding", "most"], "nothing-left": ["padding", "most"], "kernel-fits": ["in_size", "least"],
};

/** A refusal of this figure alone, in its own words. */
export class Refused extends SizeError {
  /** @param {string} text @param {Record<string, unknown>} [got] */
  constructor(text, got = {}) {
    super("whole", got);
    this.text = text;
  }

  get lines() {
    return [this.text];
  }
}

/** @param {SizeError} refused @returns {{name: string, value: string} | undefined} */
export function fixOf({ message, values }) {
  const [name, key] = message === "at-least" ? [`${values.name}`, "nearest"] : FIXES[message] ?? [];
  return name ? { name, value: `${values[key]}` } : undefined;
}
