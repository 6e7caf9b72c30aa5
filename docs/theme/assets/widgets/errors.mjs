// @ts-check
// The twin of convarith._errors: a refusal and its sentences, in the reader's language.
import { SENTENCES } from "../convarith/answer.mjs";

/** @typedef {Record<string, unknown>} Values */

/** @param {string} text @param {Values} values */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`);

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
    this.got = got;
    this.values = { ...got, ...values };
    this.parts = { because: `${key}:because`, valid: `${key}:valid`, ...parts };
  }

  /** The rule, the reason, the nearest values. */
  get lines() {
    const values = Object.entries(this.got).map(([name, value]) => `${name}=${value}`).join(", ");
    const axis = this.axis === undefined ? "" : `${say("axis", { axis: this.axis })} `;
    const rule = say(this.message, this.values);
    const parts = Object.entries(this.parts).filter(([, key]) => key in SENTENCES);
    return [
      values ? say("got", { axis, rule, values }) : axis + rule + say("stop"),
      ...parts.map(([part, key]) => say(part, { part: say(key, this.values) })),
    ];
  }
}
