// @ts-check
// The twin of convarith.errors: a refusal and its sentences, in the reader's language.

/** @typedef {typeof import("./words/en.mjs").default} Words */
/** @typedef {Record<string, unknown>} Values */

/** A setting or a size that no convolution can have. */
export class SizeError extends RangeError {
  /**
   * @param {string} rule which rule it breaks, a key of the words
   * @param {Values} got the values that break it, by name
   * @param {Values} values what its sentences speak of
   * @param {string} valid which hint tells the nearest values, a key of the words
   */
  constructor(rule, got, values = {}, valid = rule) {
    super(rule);
    this.rule = rule;
    this.got = got;
    this.values = values;
    this.valid = valid;
  }
}

/** A value as Python would write it. @param {unknown} value */
export const shown = (value) => (Array.isArray(value) ? `(${value.join(", ")})` : String(value));

/** A sentence with its values put in. @param {string} text @param {Values} values */
export const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));

/** The lines of a refusal: the rule, the reason, the nearest values. @param {SizeError} error @param {Words} words */
export function tell(error, words) {
  const got = Object.entries(error.got).map(([name, value]) => `${name}=${shown(value)}`).join(", ");
  const rules = /** @type {Record<string, string[]>} */ (words.rules);
  const [rule, because] = rules[error.rule].map((text) => say(text, error.values));
  const valid = say(/** @type {Record<string, string>} */ (words.valid)[error.valid] ?? "", error.values);
  const [first, second, third] = words.refusal;
  const lines = [say(first, { rule, got })];
  if (because) lines.push(say(second, { because }));
  if (valid) lines.push(say(third, { valid }));
  return lines;
}
