// @ts-check
// The twin of convarith._errors: a refusal and its sentences, in the reader's language.
import { REFUSALS } from "../convarith/answer.mjs";

/** @typedef {Record<string, unknown>} Values */

/** @type {Record<string, string>} */
const SENTENCES = { ...REFUSALS };

/** Who says more brings the sentences. @param {Record<string, string>} more */
export const learn = (more) => Object.assign(SENTENCES, more);

/** A value as Python would write it. @param {unknown} value */
export const shown = (value) => (Array.isArray(value) ? `(${value.join(", ")})` : `${value}`);

/** @param {string} text @param {Values} values */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));

/** A sentence with its values put in. @param {string} key @param {Values} [values] */
export const say = (key, values = {}) => fill(SENTENCES[key], values);

/** A setting or a size that no convolution can have. */
export class SizeError extends RangeError {
  /** Which axis broke the rule, where there are several. @type {number | undefined} */
  axis;

  /**
   * @param {string} key the sentence that is its rule
   * @param {Values} got the values that break it, by name
   * @param {Values} [values] what its sentences speak of besides
   * @param {{because?: string, valid?: string}} [parts] the sentences that are not always the same
   */
  constructor(key, got, values = {}, parts = {}) {
    super(key);
    this.key = key;
    this.got = got;
    this.values = { ...got, ...values };
    this.parts = { because: `${key}:because`, valid: `${key}:valid`, ...parts };
  }

  /** The rule, the reason, the nearest values. */
  get lines() {
    const values = Object.entries(this.got).map(([name, value]) => `${name}=${shown(value)}`).join(", ");
    const axis = this.axis === undefined ? "" : `${say("axis", { axis: this.axis })} `;
    const rule = say(this.key, this.values);
    const parts = Object.entries(this.parts).filter(([, key]) => key in SENTENCES);
    return [
      values ? say("got", { axis, rule, values }) : axis + rule + say("stop"),
      ...parts.map(([part, key]) => say(part, { part: say(key, this.values) })),
    ];
  }
}
