// @ts-check
// <conv-staircase>: the sizes of a convolution as steps, and output_padding as the knob that chooses on a step.
// Within .cw-story the steps of the text beside it say what it shows.
import { DEFAULTS, LEAST, PARAMETERS } from "../convarith/answer.mjs";
import { STAIRS } from "../convarith/stairs.mjs";
import { remedy } from "./answers.mjs";
import { button, make, stepper } from "./controls.mjs";
import { fill, SizeError } from "./errors.mjs";
import { glide } from "./glide.mjs";
import { choicesFor } from "./stair-choices.mjs";
import { knobOf } from "./stair-knob.mjs";
import { layoutOf, sizeAt } from "./stair-layout.mjs";
import { pictureOf } from "./stair-picture.mjs";
import { listed, sentencesOf, sumsOf } from "./stair-words.mjs";
import { choicesOf, stairsOf } from "./stairs.mjs";
import { storyOf } from "./story.mjs";
import { elementOf } from "./svg.mjs";
import { typed } from "./typed.mjs";
import { Widget } from "./widget.mjs";

/** @typedef {import("./stairs.mjs").Stairs} Stairs */
/** @typedef {import("./stair-picture.mjs").Way} Way */

const SIZES = ["in_size", "out_size", "output_padding"];
const WINDOW = ["kernel_size", "stride", "padding", "dilation"];
const FIELDS = [...WINDOW, ...SIZES];
/** @type {Way[]} */
const STORY = ["forwards", "shared", "front", "choose"];
const [LEAST_WIDTH, NARROW, LOW, HIGH] = [220, 480, 236, 330];
// The largest number that may be typed.
const LARGEST = 10 ** 12;
// From how many digits on a field has smaller ones.
const LONG = 6;
// How long a reader's edit is left alone before it is read aloud.
const QUIET = 400;

/** The field that a refusal is about, and the nearest number for it. @param {SizeError} error @returns {[string, number | undefined]} */
function broken(error) {
  const { name, value } = remedy(error);
  return [FIELDS.includes(name) ? name : Object.keys(error.got)[0], value];
}

export class ConvStaircase extends Widget {
  static numbers = ["in_size", "out_size", ...PARAMETERS];
  static code = "range";

  fields = Object.fromEntries(FIELDS.map((name) => [name, stepper(name, LEAST[name], (text, typing) => this.#type(name, text, typing))]));
  said = make("div", { className: "cw-answer" });
  refusal = make("div", { className: "cw-refused", hidden: true });
  spoken = make("p", { className: "cw-sr", role: "status" });
  choices = choicesFor((value) => this.#pick(value, false));
  knob = knobOf((value, dragging) => this.#pick(value, dragging), (size) => this.#hold(size));
  scene = elementOf(["g", { "aria-hidden": "true" }]);
  picture = elementOf(["svg", { role: "group" }]);
  stage = make("div", { className: "cw-stairs" }, this.picture);
  /** @type {Stairs | undefined} */
  stairs;
  /** @type {import("./stair-layout.mjs").Layout | undefined} */
  layout;
  /** @type {ReturnType<typeof storyOf>} */
  story;
  /** @type {number | undefined} */
  #anchor;
  /** @type {Stairs | undefined} */
  #drawn;
  #watch = new ResizeObserver(() => this.#drawn && this.stage.clientWidth !== this.layout?.width && this.#draw(this.#drawn));
  #later = 0;

  build() {
    this.story = storyOf(this, () => this.update());
    const shown = this.story ? ["kernel_size", "stride", "out_size"] : FIELDS.slice(0, -1);
    this.picture.append(this.scene, this.knob.root);
    this.picture.onclick = (event) => this.#point(event);
    this.append(
      make("div", { className: "cw-row" }, ...shown.map((name) => this.fields[name].root)),
      this.refusal, this.stage, this.said, this.choices.root, this.fields.output_padding.root, this.spoken,
    );
    this.#watch.observe(this.stage);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
    this.story?.end();
  }

  /** @returns {Way} */
  get way() {
    if (this.story) return STORY[this.story.at()];
    return this.value("in_size") ? "forwards" : "choose";
  }

  update() {
    try {
      this.stairs = stairsOf(this.#given());
      const { stairs, scene } = this;
      glide(scene, () => this.#show(stairs));
    } catch (error) {
      if (!(error instanceof SizeError)) throw error;
      this.#refuse(error);
    }
    this.said.append(this.unread);
  }

  /** What the fields say. @param {Record<string, number>} [fixes] instead of some of them @returns {import("./stairs.mjs").Given} */
  #given(fixes = {}) {
    const one = (/** @type {string} */ name) => {
      const text = this.value(name);
      if (name in fixes) return fixes[name];
      if (!text && name in DEFAULTS) return DEFAULTS[name];
      const value = Number(typed(name, text, 1, "Conv1d"));
      if (Math.abs(value) <= LARGEST) return value;
      throw new SizeError("large", { [name]: text }, { name, most: LARGEST });
    };
    const names = [...WINDOW, ...(this.value("in_size") ? ["in_size"] : ["out_size", "output_padding"])];
    return /** @type {any} */ (Object.fromEntries(names.map((name) => [name, one(name)])));
  }

  /** @param {Stairs} stairs */
  #show(stairs) {
    const { size, out_size, output_padding } = stairs;
    this.refusal.hidden = true;
    this.removeAttribute("data-refused");
    this.stage.inert = false;
    for (const [name, value] of Object.entries({ in_size: size, out_size, output_padding })) this.#showField(name, value);
    for (const name of WINDOW) this.#showField(name);
    this.dataset.way = this.way;
    this.#draw(stairs);
    this.choices.show(stairs);
    const [least, most] = choicesOf(stairs);
    // The cards offer every value, or a field does.
    this.fields.output_padding.root.hidden = most - least < this.choices.count;
    const sums = sumsOf(stairs, this.way).map((parts) => make("code", {}, ...parts.map(([text, kind]) => (kind ? make("b", { className: kind }, text) : text))));
    const sentences = sentencesOf(stairs, this.way);
    // A story has its sentences beside it.
    this.said.replaceChildren(...sums, ...(this.story ? [] : sentences.map((text) => make("p", {}, text))));
    this.#speak(`${sums.at(-1)?.textContent} ${sentences[0] ?? ""}`);
  }

  /** A field that is being emptied stays empty. @param {string} name @param {number | string} other what it says where its reader said nothing @param {boolean} [bad] */
  #showField(name, other = DEFAULTS[name] ?? "", bad = false) {
    const { root, input, show } = this.fields[name];
    input.placeholder = `${other}` || "—";
    show(this.value(name) || (input === document.activeElement && !input.value ? "" : `${other}`), bad);
    root.toggleAttribute("data-long", input.value.length > LONG);
  }

  /** @param {Stairs} stairs */
  #draw(stairs) {
    this.#drawn = stairs;
    const width = Math.max(this.stage.clientWidth, LEAST_WIDTH);
    this.layout = layoutOf(stairs, width, width < NARROW ? LOW : HIGH, this.#anchor);
    const { height } = this.layout;
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.setAttribute("height", `${height}`);
    this.picture.ariaLabel = fill(STAIRS.picture, { list: listed(stairs.step[0], stairs.step[1], STAIRS.and), out_size: stairs.out_size });
    this.scene.replaceChildren(elementOf(pictureOf(stairs, this.layout, this.way, STAIRS)));
    const [least, most] = choicesOf(stairs);
    this.knob.root.toggleAttribute("hidden", least === most || !this.stairs || (!!this.story && this.way !== "choose"));
    this.knob.show(stairs, this.layout);
  }

  /** Say why there is no answer, and how to get one; the old picture stays, dimmed. @param {SizeError} error */
  #refuse(error) {
    const [name, value] = broken(error);
    const fix = button(fill(STAIRS.use, { name, value }), () => {
      this.edit({ [name]: `${value}` });
      const { root, input } = this.fields[name];
      // Once the answer stands there.
      queueMicrotask(() => (root.isConnected && !root.hidden ? input : this.knob.root).focus());
    });
    fix.className = "cw-btn";
    for (const field of FIELDS) this.#showField(field, undefined, field === name);
    this.dataset.refused = "";
    this.stage.inert = true;
    this.fields.output_padding.root.hidden = name !== "output_padding";
    this.refusal.hidden = false;
    this.refusal.replaceChildren(...error.lines.map((line) => make("p", {}, line)), ...(value === undefined ? [] : [fix]));
    if (!this.stairs) {
      this.said.textContent = "—";
      this.#draw(this.#fixed());
    }
    this.#speak(error.lines.join(" "));
  }

  /** What there will be once every fault is fixed. @param {Record<string, number>} [fixes] @returns {Stairs} */
  #fixed(fixes = {}) {
    try {
      return stairsOf(this.#given(fixes));
    } catch (error) {
      const [name, value = LEAST[name]] = broken(/** @type {SizeError} */ (error));
      return this.#fixed({ ...fixes, [name]: value });
    }
  }

  /** @param {string} name @param {string} text @param {boolean} typing */
  #type(name, text, typing) {
    const { stairs } = this;
    const forwards = name === "in_size" && text;
    // Whoever leaves the way forwards starts from where it led.
    const back = stairs && this.value("in_size") && SIZES.includes(name) && !forwards;
    this.edit({
      ...(forwards ? { out_size: "", output_padding: "" } : {}),
      ...(back ? { in_size: "", out_size: `${stairs.out_size}`, output_padding: `${stairs.output_padding || ""}` } : {}),
      [name]: text,
    }, typing);
  }

  /** @param {number} output_padding @param {boolean} dragging */
  #pick(output_padding, dragging) {
    if (!this.stairs) return;
    this.edit({ in_size: "", out_size: `${this.stairs.out_size}`, output_padding: output_padding ? `${output_padding}` : "" }, dragging);
    this.story?.choose(STORY.length - 1);
  }

  /** @param {number | undefined} size */
  #hold(size) {
    this.#anchor = size;
    if (this.stairs) this.#draw(this.stairs);
  }

  /** A size that is pointed at is taken. @param {MouseEvent} event */
  #point(event) {
    if (!this.stairs || !this.layout || this.hasAttribute("data-refused")) return;
    const box = this.picture.getBoundingClientRect();
    const size = sizeAt(this.layout, event.clientX - box.left);
    const { out_size, output_padding } = stairsOf({ ...this.stairs.window, in_size: size });
    if (this.value("in_size")) this.edit({ in_size: `${size}` });
    else this.edit({ out_size: `${out_size}`, output_padding: `${output_padding || ""}` });
  }

  /** @param {string} text */
  #speak(text) {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.spoken.textContent = text, QUIET);
  }
}

customElements.define("conv-staircase", ConvStaircase);
