// @ts-check
// What every widget is: attributes are its state, and the address keeps what was changed.
// An address reads ?calculator=convtranspose2d,i14,k4,s2,p1
import { DEFAULTS, LABELS, PARAMETERS } from "../convarith/answer.mjs";
import { fill, SizeError } from "./errors.mjs";

/** @type {Record<string, string>} */
const LETTERS = {
  i: "in_size", o: "out_size", k: "kernel_size", s: "stride", p: "padding", op: "output_padding", d: "dilation",
  x: "inputs", w: "weights", b: "bias", pin: "pin", seed: "seed",
};

export class Widget extends HTMLElement {
  /** The attributes that hold numbers, one or one for each axis: 5, or 5x7. @type {string[]} */
  static numbers = [];
  /** The attributes that hold one of some words; the first where they hold none. @type {Record<string, string[]>} */
  static choices = {};
  /** What it is called in an address, unless it has a name. */
  static code = "";
  /** The largest number that may be typed. */
  static largest = 10 ** 9;

  static get observedAttributes() {
    return [...this.numbers, ...Object.keys(this.choices)];
  }

  /** @type {Record<string, string>} */
  #written = {};
  #listening = new AbortController();
  #waits = false;
  #typing = false;
  /** What is said of an address that cannot be read. */
  unread = "";

  /** Make the controls. */
  build() {}
  /** Show what the attributes say. */
  update() {}

  connectedCallback() {
    for (const name of this.#own.observedAttributes) this.#written[name] ??= this.value(name);
    this.#listening = new AbortController();
    // Before the theme hears of it and takes the focus away, which would say the old numbers again.
    addEventListener("popstate", () => this.#restore(), { capture: true, signal: this.#listening.signal });
    this.replaceChildren(...this.querySelectorAll(":scope > .cw-kept"));
    this.build();
    this.#restore();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  attributeChangedCallback() {
    if (this.#waits || !this.isConnected) return;
    this.#waits = true;
    queueMicrotask(() => {
      this.#waits = false;
      this.update();
    });
  }

  get #own() {
    return /** @type {typeof Widget} */ (this.constructor);
  }

  get code() {
    return this.getAttribute("name") ?? this.#own.code;
  }

  /** @param {string} name */
  value(name) {
    const value = this.getAttribute(name) ?? "";
    const words = this.#own.choices[name];
    return !words || words.includes(value) ? value : words[0];
  }

  /** What a reader changes. @param {Record<string, string>} values @param {boolean} [typing] whether it goes on */
  edit(values, typing = false) {
    this.#set(values);
    const address = this.#address();
    // A number that is being typed is one step for the way back, not one a key.
    if (address !== location.href) history[this.#typing ? "replaceState" : "pushState"](history.state, "", address);
    this.#typing = typing;
  }

  /** @param {Record<string, string>} values */
  #set(values) {
    this.unread = "";
    for (const [name, value] of Object.entries(values)) {
      if (value) this.setAttribute(name, value);
      else this.removeAttribute(name);
    }
  }

  #address() {
    const { numbers, choices, observedAttributes } = this.#own;
    const { code } = this;
    const words = Object.keys(choices).filter((name) => name === "layer" || this.value(name) !== choices[name][0]);
    const letters = Object.entries(LETTERS).filter(([, name]) => numbers.includes(name) && this.value(name));
    const parts = [...words.map((name) => this.value(name).toLowerCase()), ...letters.map(([letter, name]) => letter + this.value(name))];
    const url = new URL(location.href);
    const search = url.search.slice(1).split("&").filter((part) => part && !part.startsWith(`${code}=`));
    if (observedAttributes.some((name) => this.value(name) !== this.#written[name])) search.push(`${code}=${parts}`);
    url.search = search.join("&");
    return url.href;
  }

  /** Take what the address says, else what the page wrote. */
  #restore() {
    const { choices, numbers, observedAttributes } = this.#own;
    const { code } = this;
    const held = new URLSearchParams(location.search).get(code);
    const values = held ? Object.fromEntries(observedAttributes.map((name) => [name, ""])) : this.#written;
    const words = Object.entries(choices).flatMap(([name, all]) => all.map((word) => [name, word]));
    let unread = "";
    for (const part of held?.split(",") ?? []) {
      const [, letter, number] = /^([a-z]+)(-?\d.*)$/.exec(part) ?? [];
      const [name, word] = words.find(([, word]) => word.toLowerCase() === part) ?? [];
      if (name) values[name] = word;
      else if (numbers.includes(LETTERS[letter])) values[LETTERS[letter]] = number;
      else unread = part;
    }
    this.#typing = false;
    this.#set(values);
    this.unread = unread && fill(LABELS.unread, { what: fill(LABELS.address, { what: unread }) });
    this.update();
  }

  /** One number on each axis; an axis without one has that of the first. @param {string} name @param {number} axes */
  axes(name, axes) {
    const own = this.value(name).split("x");
    return Array.from({ length: axes }, (_, axis) => whole(name, own[axis] || own[0], this.#own.largest));
  }

  /** The same, where there must be one unless it has a default. @param {string} name @param {number} axes */
  needed(name, axes) {
    return this.axes(name, axes).map((value = DEFAULTS[name]) => {
      if (value === undefined) throw new SizeError("line:missing", {}, { name });
      return value;
    });
  }

  get transposed() {
    return this.value("layer").includes("Transpose");
  }

  /** On how many axes the layer works. */
  get dims() {
    return Number(this.value("layer").at(-2));
  }

  /** The parameters that the layer has. */
  get parameters() {
    return PARAMETERS.filter((name) => this.transposed || name !== "output_padding");
  }

  /** The parameters on each axis. @param {number} axes @returns {import("./record.mjs").Setting[]} */
  settings(axes, names = this.parameters) {
    const columns = names.map((name) => this.needed(name, axes));
    return columns[0].map((_, axis) => /** @type {any} */ (Object.fromEntries(names.map((name, at) => [name, columns[at][axis]]))));
  }
}

/** A typed number: what counts things is whole. @param {string} name @param {string} text @param {number} most */
function whole(name, text, most) {
  if (!text) return;
  const value = Number(text);
  if (!Number.isInteger(value)) throw new SizeError("whole", { [name]: text }, { name });
  if (Math.abs(value) > most) throw new SizeError("large", { [name]: text }, { name, most });
  return value;
}
