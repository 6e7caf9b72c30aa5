// @ts-check
// <conv-calculator>: sizes from parameters, and parameters from sizes.
import { DEFAULTS, fields, labelled, make, PARAMETERS, select } from "./controls.mjs";
import { say, SizeError, tell } from "./errors.mjs";
import { convSize, convTransposeSize } from "./sizes.mjs";
import { LANGUAGE, Widget } from "./widget.mjs";

/** @type {{default: import("./errors.mjs").Words}} */
const { default: words } = await import(`./words/${LANGUAGE}.mjs`);
const { labels } = words;
const LAYERS = ["ConvTranspose2d", "ConvTranspose1d", "ConvTranspose3d", "Conv1d", "Conv2d", "Conv3d"];

export class ConvCalculator extends Widget {
  static numbers = ["in_size", "out_size", ...PARAMETERS];
  static choices = { layer: LAYERS, wish: ["forwards", "backwards"], per_axis: ["alike", "axes"] };
  static code = "calculator";

  words = words;
  /** What a pasted layer had. */
  channels = "64, 32";
  unfolded = true;
  fields = fields(this, ConvCalculator.numbers, labels.axis);
  layer = select([...LAYERS].sort().reverse().map((name) => [name]), (layer) => this.edit({ layer }));
  wish = select([["forwards", labels.forwards], ["backwards", labels.backwards]], (wish) => this.edit({ wish }));
  own = make("input", { type: "checkbox", onchange: () => this.edit(this.own.checked ? { per_axis: "axes" } : this.#alike()) });
  answer = make("output", { className: "cw-answer" });
  rest = make("div", { className: "cw-rest" });
  paste = make("textarea", { rows: 1, spellcheck: false, oninput: () => this.#read() });
  note = make("p", { className: "cw-note", role: "status" });

  get transposed() {
    return this.value("layer").includes("Transpose");
  }

  /** The parameters that this layer has. */
  get parameters() {
    return PARAMETERS.filter((name) => this.transposed || name !== "output_padding");
  }

  build() {
    this.append(
      labelled(labels.paste, this.paste), this.note,
      make("div", { className: "cw-bar" },
        labelled(labels.layer, this.layer), labelled(labels.wish, this.wish),
        make("label", { className: "cw-check" }, this.own, labels.perAxis)),
      this.fields.root, this.answer, this.rest,
    );
  }

  #alike() {
    return Object.fromEntries([["per_axis", ""], ...ConvCalculator.numbers.map((name) => [name, this.value(name).split("x")[0]])]);
  }

  async #read() {
    const { fill } = await import("./pasting.mjs");
    this.note.replaceChildren(...fill(this, this.paste.value));
  }

  update() {
    const backwards = this.value("wish") === "backwards";
    const dims = Number(this.value("layer").at(-2));
    const many = this.value("per_axis") === "axes" || ConvCalculator.numbers.some((name) => this.value(name).includes("x"));
    const axes = many ? dims : 1;
    this.layer.value = this.value("layer");
    this.wish.value = this.value("wish");
    this.own.checked = many;
    this.own.disabled = dims === 1;
    const sizes = backwards ? ["in_size", "out_size"] : ["in_size"];
    this.fields.show([...sizes, ...this.parameters], axes, backwards ? labels.any : undefined);
    if (this.unread) this.note.textContent = say(labels.unread, { what: say(labels.address, { what: this.unread }) });
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
    const settings = Array.from({ length: axes }, () => /** @type {Record<string, number>} */ ({}));
    for (const name of this.parameters) {
      const values = name in DEFAULTS ? this.axes(name, axes) : this.needed(name, axes);
      values.forEach((value, axis) => (settings[axis][name] = value ?? DEFAULTS[name]));
    }
    const ins = this.needed("in_size", axes);
    const outs = ins.map((in_size, axis) => {
      try {
        return (this.transposed ? convTransposeSize : convSize)(in_size, /** @type {any} */ (settings[axis]));
      } catch (error) {
        throw axes > 1 ? Object.assign(/** @type {SizeError} */ (error), { axis }) : error;
      }
    });
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
    const [rule, ...more] = tell(error, words);
    this.answer.classList.add("cw-refused");
    this.answer.replaceChildren(make("strong", {}, rule), ...more.map((line) => make("span", {}, line)));
    this.rest.replaceChildren();
  }
}

// The answer does not wait for its explanation; but where both come at once, one frame shows them.
await Promise.race([import("./explanation.mjs").catch(() => {}), new Promise((late) => setTimeout(late, 50))]);
ConvCalculator.define("conv-calculator");
