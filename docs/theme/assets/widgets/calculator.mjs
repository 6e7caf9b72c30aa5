// @ts-check
// <conv-calculator>: sizes from parameters, and parameters from sizes.
import { LABELS, PARAMETERS } from "../convarith/answer.mjs";
import { fields, labelled, make, select } from "./controls.mjs";
import { SizeError } from "./errors.mjs";
import { outSizes } from "./sizes.mjs";
import { Widget } from "./widget.mjs";

const LAYERS = ["ConvTranspose2d", "ConvTranspose1d", "ConvTranspose3d", "Conv1d", "Conv2d", "Conv3d"];

export class ConvCalculator extends Widget {
  static numbers = ["in_size", "out_size", ...PARAMETERS];
  static choices = { layer: LAYERS, wish: ["forwards", "backwards"], per_axis: ["alike", "axes"] };
  static code = "calculator";

  /** What a pasted layer had. */
  channels = "64, 32";
  unfolded = true;
  fields = fields(this, ConvCalculator.numbers);
  layer = select([...LAYERS].sort().reverse().map((name) => [name]), (layer) => this.edit({ layer }));
  wish = select([["forwards", LABELS.forwards], ["backwards", LABELS.backwards]], (wish) => this.edit({ wish }));
  own = make("input", { type: "checkbox", onchange: () => this.#part(this.own.checked ? "axes" : "") });
  answer = make("output", { className: "cw-answer" });
  rest = make("div", { className: "cw-rest" });
  paste = make("textarea", { rows: 1, spellcheck: false, oninput: () => this.#read() });
  note = make("p", { className: "cw-note", role: "status" });

  build() {
    this.append(
      labelled(LABELS.paste, this.paste), this.note,
      make("div", { className: "cw-bar" },
        labelled(LABELS.layer, this.layer), labelled(LABELS.wish, this.wish),
        make("label", { className: "cw-check" }, this.own, LABELS.perAxis)),
      this.fields.root, this.answer, this.rest,
    );
  }

  /** Every axis begins with what all had, or all have what the first had. @param {string} per_axis */
  #part(per_axis) {
    const first = ConvCalculator.numbers.map((name) => [name, this.value(name).split("x")[0]]);
    this.edit({ per_axis, ...Object.fromEntries(first) });
  }

  async #read() {
    const { take } = await import("./pasting.mjs");
    this.note.replaceChildren(...take(this, this.paste.value));
  }

  update() {
    const backwards = this.value("wish") === "backwards";
    const many = this.value("per_axis") === "axes" || ConvCalculator.numbers.some((name) => this.value(name).includes("x"));
    const axes = many ? this.dims : 1;
    this.layer.value = this.value("layer");
    this.wish.value = this.value("wish");
    this.own.checked = many;
    this.own.disabled = this.dims === 1;
    const sizes = backwards ? ["in_size", "out_size"] : ["in_size"];
    this.fields.show([...sizes, ...this.parameters], axes, backwards ? LABELS.any : "");
    if (this.unread) this.note.textContent = this.unread;
    this.answer.classList.remove("cw-refused");
    try {
      if (backwards) this.#then(import("./backwards.mjs"), axes);
      else this.#forwards(axes);
    } catch (error) {
      this.refuse(error);
    }
  }

  /** @param {number} axes */
  #forwards(axes) {
    const settings = this.settings(axes);
    const ins = this.needed("in_size", axes);
    const outs = outSizes(this.transposed, ins, settings);
    this.answer.replaceChildren("out_size ", make("strong", {}, outs.join(" × ")));
    this.#then(import("./explanation.mjs"), settings, ins, outs);
  }

  #asked = 0;
  /** What else there is to say comes after the answer. @param {Promise<{show: (calculator: ConvCalculator, ...given: any[]) => void}>} module @param {...unknown} given */
  async #then(module, ...given) {
    const asked = ++this.#asked;
    const { show } = await module;
    if (asked !== this.#asked) return;
    try {
      show(this, ...given);
    } catch (error) {
      this.refuse(error);
    }
  }

  /** @param {unknown} error */
  refuse(error) {
    if (!(error instanceof SizeError)) throw error;
    this.#asked++;
    const [rule, ...more] = error.lines;
    this.answer.classList.add("cw-refused");
    this.answer.replaceChildren(make("strong", {}, rule), ...more.map((line) => make("span", {}, line)));
    this.rest.replaceChildren();
  }
}

// The answer does not wait for its explanation; but where both come at once, one frame shows them.
await Promise.race([import("./explanation.mjs").catch(() => {}), new Promise((late) => setTimeout(late, 50))]);
customElements.define("conv-calculator", ConvCalculator);
