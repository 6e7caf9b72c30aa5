// @ts-check
// <conv-tracing>: a layer with numbers in its cells. What is pointed at shows what it is made of.
import { DEFAULTS, LEAST, PARAMETERS } from "../convarith/answer.mjs";
import { TRACING } from "../convarith/tracing.mjs";
import { choices, make, stepper } from "./controls.mjs";
import { fill, SizeError } from "./errors.mjs";
import { outSizes } from "./sizes.mjs";
import { Player } from "./tracing-player.mjs";
import { exists, linksOfPointed, listen, pinOf, pointedOf, resting } from "./tracing-pointing.mjs";
import { fixOf, Refused } from "./tracing-refused.mjs";
import { sceneOf } from "./tracing-scene.mjs";
import { Stage } from "./tracing-stage.mjs";
import { cellsOf, LARGEST, numbers, placeIn, places, product, outPlaces, resized, shown, sumsUntil, trace, typed } from "./tracing-values.mjs";
import { legendOf, nameOf, roomFor, saidOf } from "./tracing-words.mjs";
import { Widget } from "./widget.mjs";

/** @typedef {import("./tracing-values.mjs").Traced} Traced */
/** @typedef {import("./tracing-pointing.mjs").Pointed} Pointed */
/** @typedef {"inputs" | "weights"} Held */

const CELLS_AT_MOST = 500;
const NARROW = 560;

export class ConvTracing extends Widget {
  static numbers = ["in_size", ...PARAMETERS, "inputs", "weights", "bias", "pin"];
  static choices = { layer: ["ConvTranspose1d", "ConvTranspose2d", "Conv1d", "Conv2d"], view: ["scatter", "zeros"] };
  static code = "tracing";

  stage = new Stage();
  axis = choices([["1", TRACING.one], ["2", TRACING.two]], TRACING.axes, (dims) => this.#turn(dims));
  view = choices([["scatter", TRACING.scatter], ["zeros", TRACING.zeros]], TRACING.view, (view) => this.#change({ view }, true, "morph"));
  sum = make("div", { className: "tr-sum", ariaHidden: "true" });
  spoken = make("output", { className: "cw-sr" });
  note = make("p", { className: "tr-note", role: "status" });
  legend = make("p", { className: "tr-legend" });
  player = new Player(() => this.#paint());
  steppers = ["in_size", ...PARAMETERS, "bias"].map((name) => ({
    name, ...stepper(name, name === "bias" ? -LARGEST : LEAST[name], (text, typing) => this.#change({ [name]: text.replace(/\s*[,x\u00d7]\s*/g, "x") }, typing)),
  }));
  /** What is drawn now; nothing where nothing can be. @type {Traced | undefined} */
  #traced;
  /** How many numbers each attribute held when there was last a drawing. @type {Record<Held, number[]>} */
  #held = { inputs: [], weights: [] };
  /** @type {Partial<Record<"mouse" | "focus", Pointed>>} */
  #at = {};
  /** What was typed into a cell and is no number, by the cell's name. @type {Map<string, string>} */
  #wrong = new Map();
  /** The output that was pointed out last, and the last pin that there was a cell for. @type {Pointed | undefined} */
  #last;
  #pin = "";
  /** Whether the page speaks of dilation. */
  #dilated = false;
  /** How wide the stage was when it was last drawn. */
  #room = 0;
  #watch = new ResizeObserver(() => {
    if (this.stage.room !== this.#room) this.#paint();
  });

  build() {
    this.#dilated = this.hasAttribute("dilation");
    const hint = make("p", { className: "tr-hint" });
    hint.append(...TRACING.hint.split(/[[\]]/).map((text, at) => (at % 2 ? make("kbd", {}, text) : text)));
    this.append(
      make("div", { className: "tr-bar" }, this.axis.root, this.view.root, this.player.button),
      make("div", { className: "tr-steps" }, ...this.steppers.map(({ root }) => root)),
      this.stage.root, this.sum, this.spoken, this.legend, this.note, hint,
    );
    listen(this.stage, {
      point: (by, pointed) => {
        this.#at[by] = pointed;
        if (by === "focus" && pointed) this.player.stop();
        this.#paint();
      },
      press: (pointed) => {
        const pin = pinOf(pointed);
        this.#change({ pin: this.value("pin") === pin ? "" : pin }, true);
      },
    });
    this.stage.root.oninput = ({ target }) => this.#write(/** @type {HTMLInputElement} */ (target));
    this.onkeydown = ({ key }) => {
      if (key === "Escape") this.#change({ pin: "" }, true);
    };
    this.#watch.observe(this.stage.root);
  }

  disconnectedCallback() {
    this.player.stop();
    this.#watch.disconnect();
    super.disconnectedCallback();
  }

  /** What a reader changes; numbers stay in their cells where there come to be more or fewer. @param {Record<string, string>} values @param {boolean} [typing] @param {string} [moves] how it moves there */
  #change(values, typing, moves = "") {
    this.dataset.moves = moves;
    this.player.stop();
    for (const [held, name] of /** @type {[Held, string][]} */ ([["inputs", "in_size"], ["weights", "kernel_size"]])) {
      const own = values[name]?.split("x").map(Number) ?? [];
      const sizes = this.#held[held].map((_, axis) => own[axis] || own[0]);
      const before = this.#held[held];
      if (this.value(held) && sizes.every((size) => size > 0) && product(sizes) <= CELLS_AT_MOST) {
        values[held] = resized(held, this.value(held), before, sizes);
      }
    }
    const says = Object.entries(values).some(([name, value]) => (this.getAttribute(name) ?? "") !== value);
    this.edit(values, typing);
    // An attribute that changes shows itself.
    if (!says) this.update();
  }

  /** To one axis or to two. @param {string} dims */
  #turn(dims) {
    if (dims === `${this.dims}`) return;
    this.#wrong.clear();
    this.#change({ layer: this.value("layer").replace(/\d/, dims), pin: "", inputs: "", weights: "" });
  }

  /** What is typed into a cell. @param {HTMLInputElement} cell */
  #write(cell) {
    const pointed = this.stage.pointed(cell);
    if (!pointed || !this.#traced) return;
    const { end, at } = pointed;
    const name = end === "tap" ? "weights" : "inputs";
    const value = typed(cell.value.trim());
    if (Number.isNaN(value)) this.#wrong.set(nameOf(end, at), cell.value.trim());
    else this.#wrong.delete(nameOf(end, at));
    const own = numbers(name, this.value(name), this.#held[name]);
    if (!Number.isNaN(value)) own[placeIn(at, this.#held[name])] = value;
    this.#change({ [name]: own.join("_") }, true);
  }

  /** The numbers of the cells; those that are being typed are none yet. @param {Held} name @param {number[]} sizes */
  #numbers(name, sizes) {
    const text = this.value(name);
    const own = numbers(name, text, sizes);
    const count = own.length;
    if (count !== product(sizes)) throw new Refused(fill(TRACING.count, { name, count, needed: product(sizes) }));
    const wrong = own.findIndex(Number.isNaN);
    if (wrong >= 0) throw new Refused(fill(TRACING.number, { name: `${name}[${wrong}]`, value: text.split("_")[wrong], most: LARGEST }));
    this.#held[name] = sizes;
    const end = name === "weights" ? "tap" : "input";
    const names = places(sizes).map((at) => nameOf(end, at));
    for (const cell of this.#wrong.keys()) {
      if (names.includes(cell)) own[names.indexOf(cell)] = NaN;
      else if (cell[0] === nameOf(end, [])) this.#wrong.delete(cell);
    }
    return own;
  }

  /** What the attributes say, with numbers. */
  #trace() {
    const { transposed, dims, parameters } = this;
    for (const name of ["in_size", ...parameters]) {
      const text = this.value(name);
      if (text.split("x").length > dims) throw new SizeError("whole", { [name]: text }, { name });
    }
    const ins = this.needed("in_size", dims);
    const given = this.settings(dims);
    const outs = outSizes(transposed, ins, given);
    const count = cellsOf(transposed, ins, given);
    const size = (/** @type {number[]} */ sizes) => sizes.map(shown).join(" × ");
    if (count > CELLS_AT_MOST) throw new Refused(fill(TRACING.large, { in_size: size(ins), out_size: size(outs), count: shown(count), most: CELLS_AT_MOST }));
    const bias = this.value("bias") ? typed(this.value("bias")) : 0;
    if (Number.isNaN(bias)) throw new Refused(fill(TRACING.number, { name: "bias", value: this.value("bias"), most: LARGEST }), { bias });
    const kernel = given.map(({ kernel_size }) => kernel_size);
    return trace({ transposed, ins, given, inputs: this.#numbers("inputs", ins), weights: this.#numbers("weights", kernel), bias });
  }

  update() {
    /** @type {SizeError | undefined} */
    let refused;
    this.#traced = undefined;
    try {
      this.#traced = this.#trace();
    } catch (error) {
      if (!(error instanceof SizeError)) throw error;
      refused = error;
    }
    const bad = Object.keys(refused?.got ?? {});
    this.axis.show(`${this.dims}`);
    this.view.show(this.value("view"));
    this.view.root.hidden = !this.transposed;
    for (const { name, root, input, show } of this.steppers) {
      const given = this.value(name) || `${DEFAULTS[name] ?? (name === "bias" ? 0 : "")}`;
      root.hidden = name !== "in_size" && name !== "bias" && !this.parameters.includes(name) || (name === "dilation" && given === "1" && !this.#dilated);
      // A field that was emptied stays empty for as long as somebody writes in it.
      show(input === document.activeElement && !input.value.trim() ? "" : given, bad.includes(name));
    }
    const fix = refused && fixOf(refused);
    this.stage.refuse([
      ...refused?.lines.map((line) => make("p", {}, line)) ?? [],
      ...fix ? [make("button", { type: "button", className: "cw-btn", onclick: () => this.#change({ [fix.name]: fix.value }) }, fill(TRACING.use, fix))] : [],
    ]);
    this.toggleAttribute("data-refused", Boolean(refused));
    this.player.button.disabled = Boolean(refused);
    this.#paint();
  }

  /** The pin, where it names a cell; one that has gone with its cell is taken out. @param {Traced} traced @param {boolean} whole */
  #pinned(traced, whole) {
    const pin = this.value("pin");
    const pointed = pointedOf(pin);
    const there = exists(traced, pointed, true);
    const wrong = [...this.#wrong].filter(([, value]) => value && value !== "-").map(([name, value]) => fill(TRACING.number, { name, value, most: LARGEST }));
    const nopin = pin && !there && pin !== this.#pin ? [fill(TRACING.nopin, { pin })] : [];
    this.note.textContent = [this.unread, ...nopin, ...wrong].join(" ").trim();
    if (pin && !there && pin === this.#pin) this.edit({ pin: "" }, true);
    this.#pin = there ? pin : "";
    return there && exists(traced, pointed, whole) ? pointed : undefined;
  }

  /** Draw what there is, and light what is pointed at. */
  #paint() {
    const traced = this.#traced;
    if (!traced) {
      this.note.textContent = this.unread;
      this.spoken.value = "";
      return;
    }
    const scatters = this.transposed && this.value("view") === "scatter";
    const held = (/** @type {Pointed | undefined} */ one) => (exists(traced, one, scatters) ? one : undefined);
    const rest = resting(traced);
    const pinned = this.#pinned(traced, scatters);
    /** @type {"input" | "out"} */
    const end = scatters ? "input" : "out";
    /** What the kernel comes to, one after the other. */
    const steps = scatters ? places(traced.ins) : outPlaces(traced.outs);
    this.player.count = steps.length;
    const step = steps[this.player.at] && { end, at: steps[this.player.at] };
    const pointed = step ?? pinned ?? held(this.#at.mouse) ?? held(this.#at.focus) ?? held(pointedOf(this.getAttribute("at") ?? "")) ?? rest;
    if (pointed.end === "out") this.#last = pointed;
    const links = linksOfPointed(traced, pointed);
    const chosen = (held(this.#last) ?? rest).at;
    const values = step ? sumsUntil(traced, end, steps.slice(0, this.player.at + 1)) : traced.values;
    const room = (this.#room = this.stage.room) || NARROW;
    const frame = { room, narrow: room < NARROW, words: TRACING, values };
    const drawn = sceneOf(traced, frame, scatters, pointed, chosen);
    this.stage.draw(drawn, this.#wrong);
    // Where the kernel reads, what is cropped is not computed.
    const seen = links.filter(({ out }) => exists(traced, { end: "out", at: out }, scatters));
    this.stage.light(drawn, seen, pointed, pointed === pinned, rest.at);
    const { parts, spoken } = saidOf(traced, pointed.end, pointed.at, links);
    this.sum.replaceChildren(...parts);
    this.sum.style.setProperty("--tr-sum", `${roomFor(traced, room)}px`);
    // A step every second would talk without end.
    if (!this.player.runs && this.spoken.value !== spoken) this.spoken.value = spoken;
    this.legend.replaceChildren(...legendOf(drawn.cells.map(({ look }) => look)));
  }
}

customElements.define("conv-tracing", ConvTracing);
