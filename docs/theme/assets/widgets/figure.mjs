// @ts-check
// <conv-figure>: one step after the other, on one axis or two, forward or transposed.
import { LABELS, PARAMETERS } from "../convarith/answer.mjs";
import { DRAWN } from "../convarith/explanation.mjs";
import { gathered, scattered } from "./arrangement.mjs";
import { button, labelled, make, select } from "./controls.mjs";
import { Drawn } from "./drawn.mjs";
import { fill } from "./errors.mjs";
import { shown } from "./explanation.mjs";
import { sourcesOf } from "./reads.mjs";
import { conv, convTranspose } from "./record.mjs";
import { gatherOnAxis, gatherOnPlane, scatterOnAxis, scatterOnPlane } from "./scenes.mjs";
import { outSizes } from "./sizes.mjs";

const LAYERS = ["ConvTranspose1d", "ConvTranspose2d", "Conv1d", "Conv2d"];
const VIEWS = /** @type {const} */ (["scatter", "zeros", "both"]);
const TERMS_AT_MOST = 6;
const PACE = 800;

export class ConvFigure extends Drawn {
  static numbers = ["in_size", ...PARAMETERS, "step", "pin"];
  static choices = { layer: LAYERS, view: [...VIEWS] };
  static code = "figure";

  layer = select(LAYERS.map((name) => [name]), (layer) => this.#to({ layer }));
  view = select(VIEWS.map((view) => [view, DRAWN[view]]), (view) => this.#to({ view }));
  slider = make("input", { type: "range", min: "0", oninput: () => this.edit({ step: +this.slider.value ? this.slider.value : "" }, true) });
  pinned = make("input", { type: "text", inputMode: "numeric", size: 5, oninput: () => this.edit({ pin: this.pinned.value.trim() }, true) });
  player = button(DRAWN.play, () => (this.#playing ? this.#pause() : this.#play()));
  #playing = 0;

  build() {
    this.bar.append(
      labelled(LABELS.layer, this.layer), labelled(DRAWN.view, this.view), labelled(DRAWN.step, this.slider),
      this.player, labelled(DRAWN.pin, this.pinned), this.saving(),
    );
    this.stage.onclick = ({ target }) => {
      const [what, at] = /** @type {Element} */ (target).closest("[data-at]")?.getAttribute("data-at")?.split(" ") ?? [];
      if (what === "pin") this.edit({ pin: at });
      if (what === "step") this.edit({ step: `${this.#number(at.split("x").map(Number)) + 1}` });
    };
    super.build();
  }

  disconnectedCallback() {
    this.#pause();
    super.disconnectedCallback();
  }

  /** Another layer or view has other steps. @param {Record<string, string>} values */
  #to(values) {
    this.edit({ ...values, step: "", pin: "" });
  }

  #play() {
    this.player.textContent = DRAWN.pause;
    if (this.slider.value === this.slider.max) this.setAttribute("step", "");
    this.#playing = setInterval(() => {
      const next = Number(this.value("step")) + 1;
      if (next > Number(this.slider.max)) this.#pause();
      else this.setAttribute("step", `${next}`);
    }, PACE);
  }

  #pause() {
    clearInterval(this.#playing);
    this.#playing = 0;
    this.player.textContent = DRAWN.play;
  }

  /** How many steps there are on each axis. @type {number[]} */
  #steps = [1];

  /** @param {number[]} place */
  #number(place) {
    return place.reduce((sum, at, axis) => sum * this.#steps[axis] + at, 0);
  }

  /** The place of a step, or nothing. @param {number} step */
  #place(step) {
    if (step < 1 || step > this.#steps.reduce((all, own) => all * own)) return [];
    return this.#steps.length < 2 ? [step - 1] : [Math.floor((step - 1) / this.#steps[1]), (step - 1) % this.#steps[1]];
  }

  show() {
    const layer = this.value("layer");
    const { transposed, dims: axes } = this;
    const view = transposed ? this.value("view") : "gather";
    this.layer.value = layer;
    this.view.value = this.value("view");
    this.view.disabled = !transposed;
    this.fields.show(["in_size", ...this.parameters], axes);
    const ins = this.needed("in_size", axes);
    const given = this.settings(axes);
    const outs = outSizes(transposed, ins, given);
    const records = given.map(transposed ? convTranspose : conv);
    this.#steps = view === "scatter" ? ins : outs;
    this.slider.max = `${this.#steps.reduce((all, own) => all * own)}`;
    this.slider.value = this.value("step") || "0";
    if (this.pinned !== document.activeElement) this.pinned.value = this.value("pin");
    this.pinned.disabled = view !== "scatter";
    const place = this.#place(+this.slider.value);
    const own = this.value("pin").split("x").map(Number);
    const held = own.length === axes && this.value("pin") && own.every((at, axis) => at >= 0 && at < outs[axis]) ? own : [];
    const pin = view === "scatter" ? held : place;
    const step = view === "scatter" ? place : [];
    /** @type {import("./drawing.mjs").Scene[]} */
    const scenes = [];
    const one = (/** @type {number[]} */ at) => at[0] ?? -1;
    if (transposed && view !== "zeros") {
      scenes.push(axes > 1 ? scatterOnPlane(ins, given, { step, pin }) : scatterOnAxis(ins[0], given[0], { step: one(step), pin: one(pin) }));
    }
    if (view !== "scatter") {
      scenes.push(axes > 1 ? gatherOnPlane(records, ins, place) : gatherOnAxis(records[0], ins[0], one(place)));
    }
    const size = (/** @type {number[]} */ sizes) => sizes.join(" × ");
    this.draw(scenes, fill(DRAWN.picture, { layer, in_size: size(ins), out_size: size(outs) }));
    this.said.replaceChildren(
      make("strong", {}, fill(DRAWN.picture, { layer: "", in_size: size(ins), out_size: size(outs) }).replace(/^[:：] ?/, "")),
      make("div", {}, view === "scatter" && step.length ? fill(DRAWN.scattered, { at: shown(axes > 1 ? step : step[0]) }) : ""),
      make("div", {}, pin.length ? sum(pin.map((out, axis) => sourcesOf(records[axis], out, ins[axis])), pin) : ""),
    );
    const kinds = ins.flatMap((in_size, axis) => [
      ...(transposed && view !== "zeros" ? scattered(in_size, given[axis]).kinds : []),
      ...(view === "scatter" ? [] : gathered(records[axis], in_size).kinds),
    ]);
    this.explain([...new Set(/** @type {import("./drawing.mjs").Kind[]} */ (["input", "kernel", "output", ...kinds]))]);
  }
}

/** What one output is made of. @param {{input: number, tap: number}[][]} axes what it reads on each @param {number[]} pin */
function sum([rows, columns], pin) {
  const all = columns
    ? rows.flatMap((row) => columns.map((column) => [[row.input, column.input], [row.tap, column.tap]]))
    : rows.map(({ input, tap }) => [[input], [tap]]);
  const terms = all.slice(0, TERMS_AT_MOST).map(([input, tap]) => `input[${input}]·weight[${tap}]`);
  const more = all.length - TERMS_AT_MOST;
  const text = [...terms, DRAWN.bias].join(" + ") + (more > 0 ? fill(DRAWN.rest, { count: more }) : "");
  return fill(DRAWN.read, { at: pin.join(","), terms: text });
}

customElements.define("conv-figure", ConvFigure);
