// @ts-check
// What happens to a calculator when something is pasted.
import { LABELS } from "../convarith/answer.mjs";
import { MORE } from "../convarith/explanation.mjs";
import { make } from "./controls.mjs";
import { fill } from "./errors.mjs";
import { read, Unread } from "./reading.mjs";

/**
 * Fill in what a pasted text says, and tell what was read or what could not be.
 * @param {import("./calculator.mjs").ConvCalculator} calculator @param {string} pasted
 */
export function take(calculator, pasted) {
  if (!pasted.trim()) return [];
  try {
    const { what, values, note, channels, page } = read(pasted);
    calculator.channels = channels ?? calculator.channels;
    calculator.edit(values);
    const entry = page && make("a", { href: new URL(`../../${page}`, import.meta.url).href }, MORE.entry);
    return [fill(MORE.read, { what }), note ? ` ${MORE[note]}` : "", ...(entry ? [" ", entry] : [])];
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return [fill(LABELS.unread, { what: error.message })];
  }
}
