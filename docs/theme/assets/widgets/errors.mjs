// @ts-check
// The twin of convarith.errors: a refusal and its sentences, in the reader's language.

/** @typedef {typeof import("./words/en.mjs").default} Words */
/** @typedef {Record<string, unknown>} Values */

/** A setting or a size that no convolution can have. */
export class SizeError extends RangeError {
  /** Which axis broke the rule, where there are several. @type {number | undefined} */
  axis;

  /**
   * @param {string} rule which rule it breaks, a key of the words
   * @param {Values} got the values that break it, by name
   * @param {Values} values what its sentences speak of
   * @param {string} valid which hint tells the nearest values, a key of the words
   */
  constructor(rule, got, values, valid = rule) {
    super(rule);
    this.rule = rule;
    this.got = got;
    this.values = values;
    this.valid = valid;
  }
}

/** A value as Python would write it. @param {unknown} value */
export const shown = (value) => (Array.isArray(value) ? `(${value.join(", ")})` : `${value}`);

/** A sentence with its values put in. @param {string} text @param {Values} values */
export const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));

/** The lines of a refusal: the rule, the reason, the nearest values. @param {SizeError} error @param {Words} words */
export function tell({ rule, got, values, valid, axis }, words) {
  const pairs = Object.entries(got).map(([name, value]) => `${name}=${shown(value)}`);
  const fill = (/** @type {string} */ text) => text && say(text, values);
  const [must, because] = words.rules[/** @type {"fits"} */ (rule)].map(fill);
  const where = axis === undefined ? "" : `${say(words.axis, { axis })} `;
  const parts = [
    where + say(words.refusal[pairs.length ? 0 : 3], { rule: must, got: pairs.join(", ") }),
    because && say(words.refusal[1], { because }),
    words.valid[/** @type {"fits"} */ (valid)] && say(words.refusal[2], { valid: fill(words.valid[/** @type {"fits"} */ (valid)]) }),
  ];
  return parts.filter(Boolean);
}
