// @ts-check
// A layer as attributes: every axis alike, or each with numbers of its own, of which one may be chosen.
import { PARAMETERS } from "../convarith/answer.mjs";
import { answer } from "./answers.mjs";
import { attribute } from "./typed.mjs";
import { Widget } from "./widget.mjs";

/** @typedef {{layer: string, ins: number[], settings: import("./record.mjs").Setting[], outs: number[]}} Answered */

const LAYERS = ["ConvTranspose", "Conv", "MaxPool"].flatMap((family) => [2, 1, 3].map((dims) => `${family}${dims}d`));

export class LayerWidget extends Widget {
  static numbers = ["in_size", "out_size", ...PARAMETERS];
  static choices = { layer: LAYERS, wish: ["forwards", "backwards"], axis: ["alike", "axis0", "axis1", "axis2"] };

  /** Whether the axes have numbers of their own. */
  get apart() {
    return this.value("axis") !== "alike" || LayerWidget.numbers.some((name) => this.value(name).includes("x"));
  }

  /** The axis that is chosen, if one is. */
  get axis() {
    const at = Number(this.value("axis").slice(4));
    return this.value("axis") === "alike" || at >= this.dims ? undefined : at;
  }

  /** The numbers of every axis, one after the other. @param {string} name */
  each(name) {
    const own = this.value(name).split("x");
    return Array.from({ length: this.several }, (_, axis) => own[axis] || own[0]);
  }

  /** What the field of a number is to show. @param {string} name */
  shownValue(name) {
    return this.axis === undefined ? this.value(name) : this.each(name)[this.axis];
  }

  /** A number that the chosen axis, or every axis, has. @param {string} name @param {string} value @param {number} [axis] */
  on(name, value, axis = this.axis) {
    return axis === undefined ? value : attribute(this.each(name).map((own, at) => (at === axis ? value : own)));
  }

  /** A number without which there is no answer; a pooling layer moves on by its window. @param {string} name @param {number} axes */
  needed(name, axes) {
    const window = name === "stride" && !this.value(name) && this.value("layer").startsWith("Max");
    return super.needed(window ? "kernel_size" : name, axes);
  }

  /** How many axes are answered one by one. */
  get several() {
    return this.apart ? this.dims : 1;
  }

  /** @returns {Answered} */
  answered() {
    const layer = this.value("layer");
    const [ins, settings] = [this.needed("in_size", this.several), this.settings(this.several)];
    return { layer, ins, settings, outs: answer(layer, ins, settings) };
  }
}
