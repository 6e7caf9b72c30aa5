// @ts-check
// <conv-lab>: 5 layers enlarge the same two images, and a grid appears or does not.
import { LAB } from "../convarith/lab.mjs";
import { choices, make, stepper } from "./controls.mjs";
import { fill, SizeError } from "./errors.mjs";
import { inputs, linking, plain, scale, slider, toggle } from "./lab-controls.mjs";
import { images } from "./lab-images.mjs";
import { loupe, moved, pointed } from "./lab-loupe.mjs";
import { named, panel, percent } from "./lab-panels.mjs";
import { layersOf, LIMITS, resultOf, SIDE } from "./lab-values.mjs";
import { Widget } from "./widget.mjs";

/** @typedef {import("./lab-values.mjs").Result} Result */
/** @typedef {import("./lab-loupe.mjs").Spot} Spot */
/** @typedef {{kernel_size: number, stride: number, seed: number, equal: boolean, map: boolean, pin?: Spot}} State */

const SPOKEN_AFTER = 400;
/** Up to there a larger image shows more of the grid. */
const LARGEST = 200;
const SLIDERS = /** @type {const} */ (["kernel_size", "stride"]);
/** @type {Spot} */
const MIDDLE = [SIDE / 2 - 1, SIDE / 2 - 1];
/** As near as that, a second click means the same pixel. */
const NEAR = 3;

export class ConvLab extends Widget {
  static numbers = [...SLIDERS, "seed", "pin"];
  static choices = { weights: ["random", "equal"], shows: ["constant", "map"] };
  static code = "lab";

  // Another seed is asked for by those who want to see its weights.
  seed = stepper("seed", LIMITS.seed[0], (seed, typing) => this.edit({ seed, weights: "" }, typing));
  weights = choices([["random", LAB.random], ["equal", LAB.equal]], LAB.weights, (weights) => this.edit({ weights }));
  map = toggle(LAB.map, () => this.edit({ shows: this.value("shows") === "map" ? "" : "map" }));
  loupe = toggle(LAB.loupe, () => this.#hold(this.state?.pin ? undefined : MIDDLE));
  sliders = SLIDERS.map((name) => slider(name, (value, typing) => this.edit({ [name]: value }, typing)));
  panels = [1, 2, 3, 4, 5].map((number) => panel(number, number > 1 ? [] : this.sliders.map(({ root }) => root)));
  images = images(this.panels.map(({ canvases }) => canvases), () => this.#look());
  lenses = loupe(this.panels.flatMap(({ boxes }) => boxes));
  legend = make("div", { className: "lab-legend" });
  stage = make("div", { className: "lab-panels" }, ...this.panels.map(({ root }) => root));
  hint = make("p", { className: "lab-hint", id: "lab-hint" });
  spoken = make("output", { className: "cw-answer cw-sr" });
  /** What is shown; nothing where it is refused. @type {State | undefined} */
  state;
  /** @type {Result[]} */
  results = [];
  /** Where a mouse points. @type {Spot | undefined} */
  #hover;
  /** The side of an image on the page. */
  #side = 0;
  #silence = 0;
  #resized = new ResizeObserver(() => this.#fit());
  #recoloured = new MutationObserver(() => this.images.draw());

  build() {
    const go = plain(LAB.new, () => this.edit({ seed: `${next(Number(this.value("seed")))}`, weights: "" }), "cw-btn--go");
    const bar = make("div", { className: "lab-bar" }, go, this.seed.root, this.weights.root, this.map, this.loupe);
    const foot = make("div", { className: "lab-foot" }, this.hint, linking());
    this.loupe.setAttribute("aria-describedby", this.hint.id);
    this.append(make("div", { className: "lab-head" }, bar, this.legend, inputs()), this.stage, foot, this.spoken);
    // At once, so that nothing moves after the first frame.
    this.#fit();
    this.#listen();
    this.#resized.observe(this.stage);
    this.#keepWhole();
    this.#recoloured.observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  }

  disconnectedCallback() {
    this.#resized.disconnect();
    this.#recoloured.disconnect();
    this.images.stop();
    clearTimeout(this.#silence);
    super.disconnectedCallback();
  }

  update() {
    this.weights.show(this.value("weights"));
    this.map.ariaPressed = `${this.value("shows") === "map"}`;
    try {
      this.#show(this.#read());
    } catch (error) {
      if (!(error instanceof SizeError)) throw error;
      this.#refuse(error);
    }
  }

  /** What the attributes say. @returns {State} */
  #read() {
    const number = (/** @type {"kernel_size" | "stride" | "seed"} */ name) => allowed(name, this.needed(name, 1)[0]);
    const [row, column] = this.value("pin") ? this.needed("pin", 2).map((at) => allowed("pin", at) - 1) : [];
    return {
      kernel_size: number("kernel_size"), stride: number("stride"), seed: number("seed"),
      equal: this.value("weights") === "equal", map: this.value("shows") === "map",
      pin: row === undefined ? undefined : [row, column],
    };
  }

  /** @param {State} state */
  #show(state) {
    const { map, pin, seed } = state;
    const anew = !this.state || drawing(state) !== drawing(this.state);
    if (anew) this.results = layersOf(state).map((layer) => resultOf(layer, state));
    this.state = state;
    this.stage.hidden = this.stage.inert = false;
    this.seed.show(`${seed}`);
    this.loupe.ariaPressed = `${!!pin}`;
    this.sliders.forEach(({ show }, at) => show(state[SLIDERS[at]]));
    this.panels.forEach(({ show }, number) => show(this.results[number], state));
    this.legend.replaceChildren(...(this.unread ? [this.unread] : map ? scale(this.results) : [fill(LAB.legend, { side: SIDE })]));
    this.images.show(this.results, map);
    if (anew) this.#say(fill(LAB.live, { list: this.results.map(({ layer, contrast }) => `${named(layer)} ${percent(contrast)}`).join(LAB.comma) }));
    else if (pin) this.#say(this.#values(pin));
  }

  /** Say what is wrong and offer what is right; the old images stay as a shadow. @param {SizeError} error */
  #refuse(error) {
    const [[name, given] = ["seed", ""]] = Object.entries(error.got);
    const lines = [...error.lines, this.unread].join(" ").trim();
    const value = nearest(/** @type {keyof typeof LIMITS} */ (name), Number(given));
    const fix = plain(fill(LAB.use, { name, value }), () => this.edit({ [name]: `${value}` }));
    this.state = undefined;
    this.stage.hidden = !this.results.length;
    this.stage.inert = true;
    this.seed.show(this.value("seed"), name === "seed");
    this.panels.forEach(({ blank }) => blank());
    this.legend.replaceChildren(make("span", { className: "lab-refused" }, lines), fix);
    this.images.stop();
    this.#look();
    this.#say(lines);
  }

  /** What has changed is said when it rests. @param {string} text */
  #say(text) {
    clearTimeout(this.#silence);
    const say = () => (this.spoken.textContent = text);
    if (this.spoken.textContent) this.#silence = setTimeout(say, SPOKEN_AFTER);
    else say();
  }

  /** An image is as large as it can be while each of its pixels is a whole number of the screen's. */
  #fit() {
    // Nothing is laid out while it is hidden.
    if (!this.stage.clientWidth) return;
    const beside = Number(getComputedStyle(this.stage).getPropertyValue("--beside"));
    const room = Math.min((this.panels[0].root.clientWidth - 10 * (beside - 1)) / beside, LARGEST);
    const times = Math.max(1, Math.floor((room * devicePixelRatio) / SIDE));
    this.#side = (times * SIDE) / devicePixelRatio;
    this.style.setProperty("--side", `${this.#side}px`);
    this.#look();
  }

  /** A window that moves to another screen can keep its width. */
  #keepWhole() {
    const screen = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    screen.addEventListener("change", () => {
      if (!this.isConnected) return;
      this.#fit();
      this.#keepWhole();
    }, { once: true });
  }

  /** Show the loupe where it is pinned, else where a mouse points. */
  #look() {
    const pin = this.state?.pin;
    const spot = this.state && (pin ?? this.#hover);
    this.lenses.show(spot, !!pin, this.#side, this.images.seen());
    const coarse = matchMedia("(pointer: coarse)").matches;
    this.hint.textContent = spot ? this.#values(spot) : coarse ? LAB.hintTouch : LAB.hint;
  }

  /** @param {Spot} spot */
  #values([row, column]) {
    const at = row * SIDE + column;
    const shown = this.results.map(({ counts, outputs }) => (this.state?.map ? counts[at] : outputs[0][at].toFixed(2)));
    const values = shown.map((value, panel) => `${panel + 1}:\u00a0${value}`);
    return `${fill(LAB.at, { row: row + 1, column: column + 1 })} ${values.join(" · ")}`;
  }

  /** @param {Spot | undefined} spot @param {boolean} [typing] */
  #hold(spot, typing) {
    this.#hover = undefined;
    this.edit({ pin: spot ? spot.map((at) => at + 1).join("x") : "" }, typing);
  }

  #listen() {
    const { stage, loupe } = this;
    let dragging = false;
    stage.onpointerdown = (event) => {
      const spot = pointed(event);
      if (!spot) return;
      dragging = event.pointerType === "touch";
      const again = !dragging && this.state?.pin?.every((at, axis) => Math.abs(at - spot[axis]) < NEAR);
      this.#hold(again ? undefined : spot, dragging);
    };
    stage.onpointermove = (event) => {
      const spot = pointed(event);
      if (dragging && spot) this.#hold(spot, true);
      if (event.pointerType === "touch" || this.state?.pin) return;
      this.#hover = spot;
      this.#look();
    };
    stage.onpointerup = stage.onpointercancel = () => (dragging = false);
    stage.onpointerleave = () => {
      this.#hover = undefined;
      this.#look();
    };
    // From then on the keyboard moves what a click has pinned.
    stage.onclick = ({ target }) => /** @type {Element} */ (target).closest(".lab-image") && loupe.focus({ preventScroll: true });
    loupe.onkeydown = (event) => {
      const spot = moved(event, this.state?.pin ?? MIDDLE);
      if (!spot) return;
      event.preventDefault();
      this.#hold(spot, true);
    };
    this.onkeydown = ({ key }) => {
      if (key === "Escape" && this.state?.pin) this.#hold(undefined);
    };
  }
}

/** What the images depend on. @param {State} state */
const drawing = ({ kernel_size, stride, seed, equal }) => [kernel_size, stride, seed, equal].join();

/** @param {number} seed */
const next = (seed) => (Math.trunc(Math.abs(seed)) % LIMITS.seed[1]) + 1 || LIMITS.seed[0];

/** @param {keyof typeof LIMITS} name @param {number} value */
function nearest(name, value) {
  const [least, most] = LIMITS[name];
  return Math.max(least, Math.min(most, Math.round(value) || least));
}

/** @param {keyof typeof LIMITS} name @param {number} value */
function allowed(name, value) {
  const [least, most] = LIMITS[name];
  if (value < least || value > most) throw new SizeError("between", { [name]: value }, { name, least, most });
  return value;
}

customElements.define("conv-lab", ConvLab);
