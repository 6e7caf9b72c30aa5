// @ts-check
// The cells on the page: each keeps its element for as long as it is there, so that it can move.
import { TRACING } from "../convarith/tracing.mjs";
import { make } from "./controls.mjs";
import { fill } from "./errors.mjs";
import { nameOf } from "./tracing-words.mjs";

/** @typedef {import("./tracing-line.mjs").Scene} Scene */
/** @typedef {import("./tracing-line.mjs").Cell} Cell */
/** @typedef {import("./tracing-values.mjs").Link} Link */
/** @typedef {import("./tracing-values.mjs").End} End */
/** @typedef {import("./tracing-pointing.mjs").Pointed} Pointed */

const SVG = "http://www.w3.org/2000/svg";
/** In the order of the rows, and of the tab stops. @type {[End, string][]} */
const GROUPS = [["tap", "kernel"], ["input", "input"], ["out", "output"]];

/** @param {Pointed | undefined} one @param {Pointed | undefined} other */
export const same = (one, other) => one?.end === other?.end && `${one?.at}` === `${other?.at}`;

/** Leaving a field may show anew what is to go: it is left before. @param {Element} element */
function remove(element) {
  if (element.contains(document.activeElement)) /** @type {HTMLElement} */ (document.activeElement).blur();
  element.remove();
}

export class Stage {
  #threads = document.createElementNS(SVG, "svg");
  #plate = make("div", { className: "tr-plate", hidden: true });
  #dot = make("div", { className: "tr-dot", hidden: true });
  #products = make("div", { ariaHidden: "true" });
  /** @type {Map<End, HTMLElement>} */
  #groups = new Map(GROUPS.map(([end, name]) => [end, make("div", { role: "group", ariaLabel: TRACING[/** @type {"input"} */ (name)] })]));
  #names = make("div", { className: "tr-names", ariaHidden: "true" });
  #sheet = make("div", { className: "tr-sheet" }, this.#names, this.#plate, this.#products, ...this.#groups.values(), this.#dot);
  root = make("div", { className: "tr-stage" }, this.#sheet);
  /** @type {Map<string, HTMLElement>} */
  #known = new Map();
  /** Where each cell that can be pointed at is. @type {WeakMap<Element, Pointed>} */
  #places = new WeakMap();
  /** The one cell of each group that the tab key stops at. @type {Map<End, string>} */
  #stops = new Map();

  constructor() {
    this.#threads.setAttribute("aria-hidden", "true");
    this.#sheet.prepend(this.#threads);
    this.root.addEventListener("focusin", ({ target }) => {
      const pointed = this.pointed(target);
      if (pointed) this.#stop(pointed.end, `${pointed.at}`);
    });
  }

  /** @param {End} end @param {string} at */
  #stop(end, at) {
    this.#stops.set(end, at);
    for (const cell of this.#groups.get(end)?.children ?? []) {
      /** @type {HTMLElement} */ (cell).tabIndex = `${this.#places.get(cell)?.at}` === at ? 0 : -1;
    }
  }

  /** How wide the cells may be together before they scroll. */
  get room() {
    const { paddingLeft, paddingRight } = getComputedStyle(this.root);
    return this.root.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  }

  /** What a cell stands for. @param {EventTarget | null} target */
  pointed(target) {
    const cell = target instanceof Element && target.closest(".tr-cell");
    return cell ? this.#places.get(cell) : undefined;
  }

  /** @param {Pointed} wanted */
  cell({ end, at }) {
    return [...this.#groups.get(end)?.children ?? []].find((cell) => `${this.#places.get(cell)?.at}` === `${at}`);
  }

  /** Draw a scene; what of it is lit follows. @param {Scene} scene @param {Map<string, string>} wrong what was typed and is no number, by the cell's name */
  draw(scene, wrong) {
    this.#sheet.style.width = `${scene.width}px`;
    this.#sheet.style.height = `${scene.height}px`;
    this.#fill(this.#names, scene.names.map(({ key, x, y, text, note }) => {
      const name = this.#at(`name-${key}`, "div", "tr-name", x, y);
      name.replaceChildren(text, ...(note ? [make("small", {}, note)] : []));
      return name;
    }));
    this.#fill(this.#products, scene.cells.filter(({ end }) => !end).map((cell) => this.#cell(cell, wrong)));
    for (const [end, group] of this.#groups) this.#fill(group, scene.cells.filter((cell) => cell.end === end).map((cell) => this.#cell(cell, wrong)));
    this.#plate.hidden = !scene.plate;
    if (!scene.plate) return;
    const { x, y, w, h } = scene.plate;
    Object.assign(this.#plate.style, { transform: `translate(${x}px,${y}px)`, width: `${w}px`, height: `${h}px` });
  }

  /** @param {string} key @param {"div" | "button" | "input"} tag @param {string} look @param {number} x @param {number} y */
  #at(key, tag, look, x, y) {
    const element = this.#known.get(key) ?? make(tag, tag === "div" ? {} : tag === "button" ? { type: "button" } : { inputMode: "numeric", autocomplete: "off", maxLength: 4 });
    this.#known.set(key, element);
    element.className = look;
    element.style.transform = `translate(${x}px,${y}px)`;
    return element;
  }

  /** @param {Cell} cell @param {Map<string, string>} wrong */
  #cell({ key, look, x, y, w, h, text, end, at }, wrong) {
    const tag = !end ? "div" : end === "out" ? "button" : "input";
    const element = this.#at(key, tag, ["cell", ...look.split(" ")].map((word) => `tr-${word}`).join(" "), x, y);
    element.style.width = `${w}px`;
    element.style.height = `${h}px`;
    if (element instanceof HTMLInputElement) {
      const bad = end && at && wrong.get(nameOf(end, at));
      // The cell that is being written in keeps what its writer wrote.
      if (element !== document.activeElement || bad === undefined) this.#write(element, bad ?? text);
      element.ariaInvalid = `${bad !== undefined}`;
    } else if (element.textContent !== text) element.replaceChildren(make("span", {}, text));
    if (!end || !at) return element;
    this.#places.set(element, { end, at });
    const name = nameOf(end, at);
    const said = end === "tap" ? TRACING.weightCell : end === "input" ? TRACING.inputCell : look.endsWith("cropped") ? TRACING.croppedCell : TRACING.outputCell;
    element.ariaLabel = fill(said, { name, value: text });
    return element;
  }

  /** @param {HTMLInputElement} field @param {string} text */
  #write(field, text) {
    const written = field.value.trim().replace("\u2212", "-").replace(/^\+/, "");
    if (field === document.activeElement && Number(written) === Number(text) && written) return;
    if (field.value !== text) field.value = text;
  }

  /** What stays is not moved: that would take the focus from it. @param {HTMLElement} parent @param {HTMLElement[]} wanted */
  #fill(parent, wanted) {
    const keep = new Set(wanted);
    for (const child of [...parent.children]) if (!keep.has(/** @type {HTMLElement} */ (child))) remove(child);
    for (const [key, element] of this.#known) if (!element.parentElement && !keep.has(element)) this.#known.delete(key);
    let next = parent.firstElementChild;
    for (const element of wanted) {
      if (element === next) next = next.nextElementSibling;
      else parent.insertBefore(element, next);
    }
  }

  /** Light what belongs to what is pointed out, and draw its threads. @param {Scene} scene @param {Link[]} links @param {Pointed} pointed @param {boolean} pinned @param {number[]} rest the output that is pointed out at rest */
  light(scene, links, pointed, pinned, rest) {
    const lit = new Set(links.flatMap(({ input, tap, out }) => [`input ${input}`, `tap ${tap}`, `out ${out}`, `p${input}-${tap}`]));
    lit.add(`${pointed.end} ${pointed.at}`);
    for (const cell of scene.cells) {
      const element = this.#known.get(cell.key);
      if (!element) continue;
      const { key, end, at } = cell;
      const on = lit.has(end ? `${end} ${at}` : key);
      if (!key.startsWith("z") && !key.startsWith("n")) element.classList.add(on ? "tr-lit" : "tr-dim");
      if (!end || !at) continue;
      const own = same(pointed, { end, at });
      element.classList.toggle("tr-own", own);
      if (own) this.#dot.style.transform = `translate(${cell.x + cell.w - 6}px,${cell.y - 6}px)`;
      if (end === "out") element.ariaPressed = `${own && pinned}`;
    }
    for (const [end] of GROUPS) {
      const first = end === "out" ? rest : rest.map(() => 0);
      const old = this.#stops.get(end);
      this.#stop(end, scene.cells.some((cell) => cell.end === end && `${cell.at}` === old) ? `${old}` : `${first}`);
    }
    this.#dot.hidden = !pinned;
    this.#sheet.dataset.axes = `${pointed.at.length}`;
    this.#threads.replaceChildren(...scene.threads(links, pointed.end).map(({ d, look }) => {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", d);
      path.setAttribute("class", `tr-${look}`);
      return path;
    }));
  }

  /** Instead of a drawing: why there is none. @param {Node[]} lines */
  refuse(lines) {
    this.#sheet.hidden = lines.length > 0;
    const old = this.root.querySelector(".tr-refused");
    // A field that is left says again what it said; a button that is being pressed must not go meanwhile.
    if (old?.textContent === lines.map(({ textContent }) => textContent).join("")) return;
    if (old) remove(old);
    if (lines.length) this.root.append(make("div", { className: "tr-refused", role: "alert" }, ...lines));
  }
}
