// @ts-check
// <conv-hero>: one question, its answer and its picture, in both directions.
import { HERO } from "../convarith/hero.mjs";
import { familyOf, remedy } from "./answers.mjs";
import { make } from "./controls.mjs";
import { SizeError } from "./errors.mjs";
import { answerOf } from "./hero-answer.mjs";
import { codeOf, installed, line } from "./hero-code.mjs";
import { CHANNELS, fieldsOf, knownOf, moreOf, pasteOf } from "./hero-fields.mjs";
import { play, stop } from "./hero-motion.mjs";
import { Picture } from "./hero-picture.mjs";
import { problemOf, saidOf } from "./hero-said.mjs";
import { termsOf } from "./hero-terms.mjs";
import { LayerWidget } from "./layer-widget.mjs";
import { note } from "./overlap.mjs";
import { attribute, typed } from "./typed.mjs";

/** @typedef {import("./layer-widget.mjs").Answered} Answered */

export class ConvHero extends LayerWidget {
  static code = "calculator";
  static largest = 10 ** 12;

  /** What a pasted line had besides its numbers. */
  channels = CHANNELS;
  others = "";
  /** What was answered last: it stays in sight, dimmed, when something is wrong. @type {Answered | undefined} */
  good;
  /** What was typed and is no number. @type {{name: string, text: string, error: SizeError} | undefined} */
  #wrong;
  /** The field that is being written in, and what it says. */
  #writing = { name: "", text: "" };
  #changed = "";
  /** Of the picture; asked for once, since asking makes the browser lay out the page. */
  #width = 0;
  #fact = /** @type {import("./overlap.mjs").Note | undefined} */ (undefined);
  #plays = false;
  #asked = 0;
  /** Both come with the first question for them. */
  #solver = /** @type {typeof import("./hero-cards.mjs") | undefined} */ (undefined);
  #leaving = new AbortController();

  picture = new Picture();
  terms = termsOf((term) => this.point(term));
  answer = answerOf(this);
  fields = fieldsOf(this);
  known = knownOf(this);
  more = moreOf(this);
  written = codeOf(this);
  cards = make("div", { className: "hero-cards", hidden: true });
  reading = make("div", { className: "hero-reading" });
  problem = problemOf((values) => this.edit(values));
  stage = make("div", { className: "hero-stage" }, this.picture.root);
  said = saidOf();
  formula = make("pre", { className: "hero-formula", hidden: true });

  connectedCallback() {
    this.#leaving = new AbortController();
    addEventListener("popstate", () => this.#forget(), { capture: true, signal: this.#leaving.signal });
    super.connectedCallback();
  }

  build() {
    // The rules of the smaller widgets are not for this one.
    this.classList.remove("cw");
    const bar = make("div", { className: "hero-bar" }, pasteOf(this), this.known.root, this.more.open);
    const card = make("section", { className: "cw-card hero-card", ariaLabel: HERO.calculator },
      bar, this.more.root, this.reading, this.cards, this.fields.root, this.problem.root,
      this.stage, this.said.note, this.formula, this.terms.root, this.written.root);
    this.querySelector(".hero-ask")?.append(installed());
    this.append(this.answer.root, card, this.said.status);
    const leaving = this.#leaving;
    const resized = new ResizeObserver(([{ contentRect: { width } }]) => {
      if (!width || width === this.#width) return;
      this.#width = width;
      if (this.good) this.#draw(this.good);
    });
    const seen = new IntersectionObserver(([{ isIntersecting }]) => { if (isIntersecting) seen.disconnect(), this.play(); }, { threshold: 0.4 });
    resized.observe(this.stage);
    seen.observe(this.stage);
    // Something is there to dim, also where an address begins with a mistake.
    this.good ??= this.answered();
    leaving.signal.onabort = () => [resized, seen].forEach((one) => one.disconnect());
    addEventListener("keydown", (event) => { if (event.key === "Escape") this.point(""), stop(); }, leaving);
    this.stage.addEventListener("pointerover", async (event) => (await import("./hero-pointing.mjs")).point(this, event), leaving);
    this.stage.addEventListener("pointerleave", () => this.point(""), leaving);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#leaving.abort();
    stop();
  }

  /** What stands in a field that is no number yet, or another writing of it. @param {string} name */
  draft(name) {
    return [this.#wrong, this.#writing].find((one) => one?.name === name)?.text;
  }

  /** What somebody wrote or stepped to. @param {string} name @param {string} text @param {boolean} typing */
  type(name, text, typing) {
    if (name !== this.#changed) super.edit({});
    this.#changed = name;
    this.#forget();
    try {
      const value = typed(name, text, this.axis === undefined ? this.dims : 1, this.value("layer"));
      // A wish stays for another input, and follows every other number.
      const wish = this.value("wish") !== "backwards" ? "" : name === "in_size" ? this.value("out_size") || attribute(this.good?.outs ?? []) : "";
      this.edit({ out_size: wish, [name]: this.on(name, value) }, true);
      if (typing) this.#writing = { name, text };
    } catch (error) {
      if (!(error instanceof SizeError)) throw error;
      this.#wrong = { name, text, error };
      this.update();
    }
  }

  /** What stands in a field is what the attributes say. */
  #forget() {
    this.#wrong = undefined;
    this.#writing = { name: "", text: "" };
  }

  /** @param {Record<string, string>} values @param {boolean} [typing] */
  edit(values, typing) {
    const names = Object.keys(values);
    if (names.length) this.#forget();
    const same = names.every((name) => (this.getAttribute(name) ?? "") === values[name]);
    super.edit(values, typing);
    if (same) this.update();
  }

  /** A layer that was chosen or read, as a whole. @param {Record<string, string>} values */
  take(values) {
    super.edit({});
    this.#plays = true;
    this.edit({ axis: "", out_size: "", ...values });
  }

  /** Another question of the same layer. @param {string} wish */
  ask(wish) {
    this.edit({ wish: wish === "backwards" ? wish : "", out_size: "" });
  }

  /** Another layer with the numbers of the first axis. @param {string} layer */
  change(layer) {
    const first = ConvHero.numbers.map((name) => [name, this.value(name).split("x")[0]]);
    const wish = layer.startsWith("Max") ? "" : this.getAttribute("wish") ?? "";
    this.edit({ ...Object.fromEntries(first), layer, wish, axis: "", out_size: "" });
  }

  /** What was pasted. @param {string} text */
  async read(text) {
    const asked = ++this.#asked;
    const { take } = await import("./hero-paste.mjs");
    if (asked === this.#asked) this.reading.replaceChildren(...take(this, text));
  }

  update() {
    stop();
    const backwards = this.value("wish") === "backwards";
    let error;
    try {
      const wanted = backwards && !this.#wrong && this.value("out_size");
      if (wanted && this.#missed(wanted)) return;
      if (this.#wrong) throw this.#wrong.error;
      this.good = this.answered();
    } catch (caught) {
      if (!(caught instanceof SizeError)) throw caught;
      error = caught;
    }
    this.#show(error);
    this.#cards(backwards);
    if (this.#plays && !error) this.play();
    this.#plays = false;
  }

  /** Take the first layer that gives what is wanted, where this one does not. @param {string} wanted */
  #missed(wanted) {
    const [ins, outs] = ["in_size", "out_size"].map((name) => this.needed(name, this.several));
    try {
      if (attribute(this.answered().outs) === attribute(outs)) return false;
    } catch {
      // Then another layer has to be found all the more.
    }
    if (!this.#solver) {
      import("./hero-cards.mjs").then((solver) => { this.#solver = solver; this.update(); });
      return true;
    }
    const [first] = this.#solver.found(this.transposed, ins, outs);
    for (const [name, value] of Object.entries(this.#solver.attributes(first, this.parameters))) this.setAttribute(name, value);
    return true;
  }

  /** @param {boolean} backwards */
  async #cards(backwards) {
    this.cards.hidden = !backwards;
    if (!backwards || !this.good) return;
    this.#solver ??= await import("./hero-cards.mjs");
    this.#solver.show(this);
  }

  /** @param {SizeError | undefined} error */
  #show(error) {
    const { good } = this;
    const mend = error && { axis: error.axis, ...remedy(error) };
    if (mend && this.#wrong) mend.value ??= /** @type {any} */ (this.shownValue(mend.name));
    const blank = error?.message === "line:missing" && !this.#wrong;
    const here = mend && !blank && [undefined, mend.axis].includes(this.axis ?? mend.axis) ? mend.name : "";
    const wanted = this.draft("out_size") ?? (this.value("out_size") || attribute(good?.outs ?? []));
    const ins = this.#wrong?.name === "in_size" || !this.value("in_size") ? ["?"] : this.each("in_size");
    this.answer.show(ins, error ? undefined : good?.outs, wanted);
    this.fields.show(here);
    this.known.show();
    this.more.show();
    this.problem.show(error, this.unread, mend && mend.value !== undefined
      ? { text: `${mend.name} = ${mend.value}`, values: { [mend.name]: this.on(mend.name, `${mend.value}`, mend.axis) } } : undefined);
    this.toggleAttribute("data-stale", Boolean(error));
    this.stage.ariaHidden = `${Boolean(error)}`;
    this.terms.root.inert = Boolean(error);
    if (!good) return;
    this.said.show(error ? error.lines[0] : `${good.ins.join(" × ")} → ${good.outs.join(" × ")}`);
    this.written.show(line(good.layer, good.settings, this.channels, this.others), familyOf(good.layer) === "ConvTranspose", !error);
    this.#draw(good);
  }

  /** @param {Answered} good */
  #draw({ layer, ins, settings, outs }) {
    const at = Math.min(this.axis ?? 0, ins.length - 1);
    const drawn = familyOf(layer) === "ConvTranspose";
    for (const one of [this.stage, this.terms.root]) one.hidden = !drawn;
    this.formula.hidden = drawn;
    this.#fact = drawn ? note(ins[at], settings[at]) : undefined;
    this.said.tell(this.#fact);
    if (!drawn) return void import("./hero-window.mjs").then(({ formula }) => { this.formula.textContent = formula(ins, settings, outs); });
    this.terms.show(ins[at], settings[at]);
    this.#width ||= this.stage.clientWidth;
    this.picture.draw(ins[at], settings[at], this.#width || 360);
  }

  /** Light what belongs to a term of the formula, or nothing any more. @param {string} term */
  point(term) {
    if (term) this.picture.root.dataset.lit = term;
    else delete this.picture.root.dataset.lit;
    this.terms.light(term);
    if (!term) this.said.tell(this.#fact);
  }

  play() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || this.hasAttribute("data-stale") || this.stage.hidden) return;
    play(this.picture, this.terms.light);
  }
}

customElements.define("conv-hero", ConvHero);
