// @ts-check
// <size-range>: the sizes that one output stands for, and output_padding choosing among them.
import { PARAMETERS } from "../convarith/answer.mjs";
import { DRAWN } from "../convarith/explanation.mjs";
import { make } from "./controls.mjs";
import { Drawn } from "./drawn.mjs";
import { fill } from "./errors.mjs";
import { call } from "./explanation.mjs";
import { convTranspose, sizeOf } from "./record.mjs";
import { sizesOnLine } from "./scenes.mjs";
import { convInputSizes, convTransposeSize, outputPaddingLimit } from "./sizes.mjs";

const GIVEN = ["out_size", "kernel_size", "stride", "padding", "dilation"];

export class SizeRange extends Drawn {
  static numbers = [...GIVEN, "output_padding"];
  static code = "range";

  choice = make("fieldset", { className: "cw-bar" });

  build() {
    super.build();
    this.fields.root.after(this.choice);
  }

  show() {
    this.fields.show(GIVEN, 1);
    const [out_size] = this.needed("out_size", 1);
    const [{ output_padding, ...window }] = this.settings(1, PARAMETERS);
    const { stride } = window;
    const [first, last] = convInputSizes(out_size, window);
    // Below 1 there is no size, so the smallest may not be the one without output_padding.
    const smallest = sizeOf(convTranspose({ ...window, output_padding: 0 }), out_size);
    const size = smallest + output_padding;
    if (size > 0) convTransposeSize(out_size, { ...window, output_padding });
    const outs = [out_size - 1, out_size, out_size + 1].filter((out) => out > 0);
    const bands = outs.map((out) => convInputSizes(out, window));
    const shown = bands.flatMap((band, at) => (band[0] <= band[1] ? [at] : []));
    this.draw([sizesOnLine(shown.map((at) => bands[at]), shown.map((at) => outs[at]), size)], fill(DRAWN.sizes, { out_size }));
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
    const count = Math.max(0, Math.min(last - first + 1, 32));
    const old = [...this.choice.querySelectorAll("input")];
    // The same buttons stay, so that the arrow keys can walk along them.
    if (old.map(({ value }) => +value).join() !== Array.from({ length: count }, (_, at) => first + at - smallest).join()) {
      this.choice.replaceChildren(make("legend"), ...Array.from({ length: count }, (_, at) => {
        const value = `${first + at - smallest}`;
        const input = make("input", { type: "radio", name: "chosen", value, onchange: () => this.edit({ output_padding: value === "0" ? "" : value }) });
        return make("label", {}, input, ` ${first + at} `, make("small", {}, `output_padding ${value}`));
      }));
    }
    /** @type {HTMLElement} */ (this.choice.firstChild).textContent = fill(DRAWN.sizes, { out_size });
    for (const input of this.choice.querySelectorAll("input")) input.checked = +input.value === size - smallest;
  }
}

customElements.define("size-range", SizeRange);
