// @ts-check
// <size-range>: the sizes that one output stands for, and output_padding choosing among them.
import { PARAMETERS } from "../convarith/answer.mjs";
import { DRAWN } from "../convarith/explanation.mjs";
import { make } from "./controls.mjs";
import { Drawn } from "./drawn.mjs";
import { fill } from "./errors.mjs";
import { call } from "./explanation.mjs";
import { range } from "./reads.mjs";
import { convTranspose, sizeOf } from "./record.mjs";
import { sizesOnLine } from "./scenes.mjs";
import { convInputSizes, convTransposeSize, outputPaddingLimit } from "./sizes.mjs";

const GIVEN = ["out_size", "kernel_size", "stride", "padding", "dilation"];

export class SizeRange extends Drawn {
  static numbers = [...GIVEN, "output_padding"];
  static code = "range";

  choice = make("fieldset", { className: "cw-bar" }, make("legend"));

  build() {
    super.build();
    this.fields.root.after(this.choice);
  }

  show() {
    this.fields.show(GIVEN, 1);
    const [out_size] = this.needed("out_size", 1);
    const [{ output_padding, ...window }] = this.settings(1, PARAMETERS);
    const { stride } = window;
    const sizesOf = (/** @type {number} */ out) => convInputSizes(out, window);
    const [first, last] = sizesOf(out_size);
    // Below 1 there is no size, so the smallest may not be the one without output_padding.
    const smallest = sizeOf(convTranspose({ ...window, output_padding: 0 }), out_size);
    const size = smallest + output_padding;
    if (size > 0 || first > last) convTransposeSize(out_size, { ...window, output_padding });
    const outs = [out_size - 1, out_size, out_size + 1].filter((out) => out > 0 && sizesOf(out)[0] <= sizesOf(out)[1]);
    this.draw(outs.length ? [sizesOnLine(outs.map(sizesOf), outs, size)] : [], fill(DRAWN.sizes, { out_size }));
    this.#choices(first, last, smallest, size, out_size);
    const conv = call("Conv", [window]);
    const layer = call("ConvTranspose", [{ ...window, output_padding }]);
    const most = outputPaddingLimit(window) - 1;
    this.said.replaceChildren(...[
      size >= first && size <= last ? fill(DRAWN.chosen, { layer, conv, size, out_size }) : "",
      most >= stride || output_padding >= stride ? fill(DRAWN.more, { stride, most, conv }) : "",
      first > smallest ? fill(DRAWN.cut, { first: first - smallest }) : "",
    ].map((text) => make("div", {}, text)));
  }

  /** @param {number} first @param {number} last @param {number} smallest @param {number} size @param {number} out_size */
  #choices(first, last, smallest, size, out_size) {
    const choices = range(first - smallest, Math.min(last + 1, first + 32) - smallest);
    const old = [...this.choice.querySelectorAll("input")];
    // The same buttons stay, so that the arrow keys can walk along them.
    if (old.map(({ value }) => value).join() !== choices.join()) {
      this.choice.replaceChildren(make("legend"), ...choices.map((value) => {
        const input = make("input", { type: "radio", name: "chosen", value, onchange: () => this.edit({ output_padding: value ? `${value}` : "" }) });
        return make("label", {}, input, ` ${smallest + value} `, make("small", {}, `output_padding ${value}`));
      }));
    }
    /** @type {HTMLElement} */ (this.choice.firstChild).textContent = fill(DRAWN.sizes, { out_size });
    for (const input of this.choice.querySelectorAll("input")) input.checked = +input.value === size - smallest;
  }
}

customElements.define("size-range", SizeRange);
