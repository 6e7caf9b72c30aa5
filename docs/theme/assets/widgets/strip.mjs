// @ts-check
// <conv-strip>: a pasted network as blocks with heights by size; what does not meet is red, and can be fixed.
import { STRIP } from "../convarith/strip.mjs";
import { button, choices, make, stepper } from "./controls.mjs";
import { fill, SizeError } from "./errors.mjs";
import { glide } from "./glide.mjs";
import { Unread } from "./python.mjs";
import { EXAMPLES } from "./strip-examples.mjs";
import { fixesFor } from "./strip-fixes.mjs";
import { askedAt, joinedIn, ruleText, stripOf, verdictOf } from "./strip-net.mjs";
import { notesFor } from "./strip-notes.mjs";
import { isForeign, networkIn } from "./strip-read.mjs";
import { rulerFor } from "./strip-ruler.mjs";
import { sceneOf } from "./strip-scene.mjs";
import { elementOf } from "./svg.mjs";
import { Widget } from "./widget.mjs";

/** @typedef {import("./strip-net.mjs").Asked} Asked */
/** @typedef {import("./strip-sizes.mjs").Fix} Fix */

// The largest input: what comes out of a few layers is still a whole number here.
const LARGEST = 10 ** 12;
const [LEAST_WIDTH, NARROW] = [240, 520];
// From how many digits on the field is wider, with smaller ones.
const LONG = 6;
// How long a reader's edit is left alone before it is read aloud.
const QUIET = 400;
const SIGNS = { yes: "m5 13 4 4L19 7", no: "M6 6l12 12M18 6 6 18" };

export class ConvStrip extends Widget {
  static numbers = ["in_size"];
  static choices = { model: Object.keys(EXAMPLES), joins: ["auto", "skips", "ends"] };
  static code = "network";
  static largest = LARGEST;

  /** What a reader has pasted; an example otherwise. @type {string | undefined} */
  pasted;
  /** @type {Map<number, Fix>} */
  fixes = new Map();
  /** The layer that was fixed last. @type {number | undefined} */
  last;
  /** @type {Asked | undefined} */
  asked;
  /** What comes when it is needed. @type {Parameters<typeof networkIn>[1]} */
  foreign;
  /** @type {typeof import("./strip-change.mjs").changed | undefined} */
  changed;

  box = make("textarea", { rows: 5, spellcheck: false, autocapitalize: "off", autocomplete: "off", ariaLabel: STRIP.paste, placeholder: STRIP.paste });
  chips = Object.keys(EXAMPLES).map((name) => Object.assign(button(STRIP[name], () => this.#example(name)), { className: "cw-chip", value: name }));
  size = stepper("in_size", 1, (text, typing) => this.edit({ in_size: text }, typing));
  verdict = make("p", { className: "strip-verdict" });
  meets = choices([["skips", STRIP.skips], ["ends", STRIP.ends]], STRIP.joins, (joins) => this.#join(joins));
  refusal = make("div", { className: "cw-refused", hidden: true });
  picture = elementOf(["svg", { class: "strip", role: "img" }]);
  scene = elementOf(["g", { "aria-hidden": "true" }]);
  stage = make("div", { className: "strip-stage" }, this.picture);
  fixing = make("div", { className: "strip-fixes", hidden: true });
  rule = make("b");
  ruler = rulerFor((size, dragging) => this.edit({ in_size: `${size}` }, dragging), LARGEST);
  ruled = make("div", { className: "strip-ruler" }, make("p", {}, make("span", {}, `${STRIP.inSize} · ${STRIP.drag}`), this.rule), this.ruler.root);
  notes = make("div", { className: "strip-notes" });
  spoken = make("p", { className: "cw-sr", role: "status" });
  #watch = new ResizeObserver(() => this.asked && this.stage.clientWidth !== this.#width && this.#draw(this.asked));
  #width = 0;
  #later = 0;

  build() {
    const source = make("div", { className: "strip-source" }, this.box, make("div", { role: "group", ariaLabel: STRIP.examples }, ...this.chips));
    this.box.oninput = () => this.#paste(this.box.value);
    this.picture.append(
      elementOf(["defs", {}, ["pattern", { id: "strip-bad", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        ["rect", { width: 7, height: 7, class: "bad-ground" }], ["rect", { width: 2.4, height: 7, class: "bad-line" }]]]), this.scene);
    this.append(source, make("div", { className: "strip-fit" }, this.size.root, this.verdict), this.refusal, this.stage, this.fixing, this.ruled, this.meets.root, this.notes, this.spoken);
    this.#watch.observe(this.stage);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  get text() {
    return this.pasted ?? EXAMPLES[this.value("model")].text;
  }

  /** @param {string} text */
  async #paste(text) {
    this.dataset.used = "";
    this.pasted = text;
    this.#begin();
    if (isForeign(text)) this.foreign ??= (await import("./strip-summary.mjs")).foreign;
    this.update();
  }

  /** @param {string} name */
  #example(name) {
    this.dataset.used = "";
    this.pasted = undefined;
    this.#begin();
    this.edit({ model: name, joins: "", in_size: EXAMPLES[name].size });
    // Where the attributes stay as they are.
    this.update();
  }

  #begin() {
    this.fixes.clear();
    this.last = undefined;
  }

  /** @param {string} joins */
  #join(joins) {
    this.#begin();
    this.edit({ joins });
  }

  /** @param {number} number @param {Fix} fix */
  async fix(number, fix) {
    this.changed ??= (await import("./strip-change.mjs")).changed;
    this.fixes.set(number, fix);
    this.last = number;
    this.update();
    this.fixing.querySelector("button")?.focus();
  }

  /** @param {number} size */
  take(size) {
    this.edit({ in_size: `${size}` });
    queueMicrotask(() => this.ruler.handle.focus());
  }

  undo() {
    this.#begin();
    this.update();
    this.fixing.querySelector("button")?.focus();
  }

  update() {
    this.size.root.toggleAttribute("data-long", this.value("in_size").length > LONG);
    if (this.box.value !== this.text) this.box.value = this.text;
    for (const chip of this.chips) chip.ariaPressed = `${this.pasted === undefined && chip.value === this.value("model")}`;
    try {
      const [size] = this.axes("in_size", 1);
      if (!size || size < 1) return this.#refuseSize();
      const read = networkIn(this.text, this.foreign);
      if (!read) return void this.#explain();
      this.toggleAttribute("data-only", read.only !== undefined);
      const joined = joinedIn(read, this.value("joins"));
      this.meets.root.hidden = !joined.choice;
      this.meets.show(joined.meets);
      const asked = askedAt(read, joined, read.only ?? size, this.fixes);
      if (asked.stopped >= 0) return this.#stops(asked);
      this.#show(asked, notesFor(asked, joined));
    } catch (error) {
      if (error instanceof SizeError && error.message === "inexact") this.#refuse(fill(STRIP.inexact, error.values));
      else if (error instanceof SizeError) this.#refuseSize();
      else if (error instanceof Unread) this.#refuse(error.message);
      else throw error;
    }
  }

  /** @param {Asked} asked @param {Node[]} notes */
  #show(asked, notes) {
    this.asked = asked;
    this.size.show(this.value("in_size"));
    this.#answer(asked.first < 0 ? "yes" : "no", verdictOf(asked), fixesFor(this, asked), notes);
    this.#draw(asked);
  }

  /** @param {"yes" | "no"} sign @param {string} said @param {Node[]} fixes @param {Node[]} notes */
  #answer(sign, said, fixes, notes) {
    this.removeAttribute("data-refused");
    this.refusal.hidden = true;
    this.#say(sign, said);
    this.fixing.replaceChildren(...fixes);
    this.fixing.hidden = !fixes.length;
    this.fixing.toggleAttribute("data-good", sign === "yes");
    this.notes.replaceChildren(...notes);
    this.#speak([said, this.fixing.querySelector("p")?.textContent].filter(Boolean).join(". "));
  }

  /** @param {"yes" | "no"} sign @param {string} said */
  #say(sign, said) {
    this.verdict.className = `strip-verdict is-${sign}`;
    this.verdict.replaceChildren(elementOf(["svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, ["path", { d: SIGNS[sign] }]]), said);
  }

  /** @param {Asked} asked */
  #draw(asked) {
    const [width, narrow] = this.#picture(stripOf(asked));
    const { rule, size, pairs } = asked;
    this.rule.textContent = pairs.length && rule ? fill(STRIP["strip-fit"], { sizes: ruleText(rule) }) : "";
    this.ruler.show(size, pairs.length ? asked.fits : undefined, width, narrow, `${this.verdict.textContent}`);
  }

  /** @param {import("./strip-scene.mjs").Strip} strip @returns {[number, boolean]} */
  #picture(strip) {
    const width = Math.max(this.stage.clientWidth, LEAST_WIDTH);
    const narrow = width < NARROW;
    this.#width = this.stage.clientWidth;
    const { marks, height } = sceneOf(strip, width, narrow, { hidden: STRIP.hidden, log: STRIP["strip-log"] });
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.setAttribute("height", `${height}`);
    this.picture.ariaLabel = fill(STRIP["strip-alt"], { sizes: strip.bars.map(({ size }) => size).join(", ") });
    glide(this.scene, () => this.scene.replaceChildren(...marks.map(elementOf)));
    return [width, narrow];
  }

  /** A layer that has no output at this size. @param {Asked} asked */
  #stops({ read, sizes, stopped, least, near }) {
    const layer = read.layers[stopped];
    const use = near ?? least;
    const fix = use && button(`${STRIP.inSize} ${use}`, () => this.take(use));
    if (fix) fix.className = "cw-btn";
    const more = least === undefined ? "" : ` ${fill(STRIP.stopsFrom, { least })}`;
    this.#refuse(fill(STRIP.stops, { layer: layer.name, got: sizes[layer.from] }) + more, ...(fix ? [fix] : []));
  }

  /** No layers: perhaps a message that is known. */
  async #explain() {
    const { text } = this;
    if (!text.trim()) return this.#refuse(STRIP.none);
    const { explained } = await import("./strip-message.mjs");
    if (text !== this.text) return;
    const found = explained(text, Number(this.value("in_size")));
    if (!found) return this.#refuse(STRIP.none);
    this.asked = undefined;
    this.toggleAttribute("data-only", true);
    this.#answer("no", found.said, found.fixes, found.notes);
    if (found.strip) this.#picture(found.strip);
    else this.scene.replaceChildren();
  }

  #refuseSize() {
    this.#refuse(fill(STRIP.whole, { most: LARGEST }));
    this.size.show(this.value("in_size"), true);
  }

  /** Why there is no answer; the old picture stays, dimmed. @param {string} why @param {...Node} more */
  #refuse(why, ...more) {
    this.dataset.refused = "";
    this.size.show(this.value("in_size"));
    this.verdict.className = "strip-verdict";
    this.verdict.textContent = "—";
    this.refusal.hidden = false;
    this.refusal.replaceChildren(...(why ? [make("p", {}, why)] : []), ...more);
    this.#speak(why || `${this.refusal.textContent}`);
  }

  /** @param {string} text */
  #speak(text) {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.spoken.textContent = text, QUIET);
  }
}

customElements.define("conv-strip", ConvStrip);
