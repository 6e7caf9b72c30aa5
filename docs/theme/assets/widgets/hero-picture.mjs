// @ts-check
// The scene as a picture. What stays keeps its element, so that a change can glide.
import { HERO } from "../convarith/hero.mjs";
import { fill } from "./errors.mjs";
import { marks } from "./hero-marks.mjs";
import { svg } from "./hero-svg.mjs";
import { columnOf, scene } from "./scene.mjs";
import { grouped } from "./typed.mjs";

/** @typedef {import("./scene.mjs").Scene} Scene */
/** @typedef {ReturnType<typeof layout>} Layout */

const LAYERS = ["funnels", "products", "threads", "inputs", "columns", "still"];
/** To which terms of the formula a cell belongs. */
const TERMS = { output: "t-out", hole: "t-out", cropped: "t-crop", back: "t-give t-out", bias: "t-give t-out" };
const GUTTER = 92;

/** @param {number} least @param {number} value @param {number} most */
const between = (least, value, most) => Math.max(least, Math.min(value, most));

/** Where things are, in px. @param {Scene} shown @param {number} width */
function layout(shown, width) {
  const wide = width > 820;
  const { fit, total, height } = shown;
  const left = wide ? GUTTER : 0;
  const columns = fit.head + fit.gap + fit.tail;
  const start = left + 4 + Math.max(0, (width - left - 8 - columns * fit.cell) / 2);
  const cell = between(14, fit.cell, wide ? 30 : 24);
  const rows = fit.bars ? Math.min(height, 6) : height;
  const brick = between(3, Math.floor((wide ? 92 : 74) / rows), wide ? 17 : 15);
  const inputs = wide ? 6 : 20;
  const floor = inputs + cell + (wide ? 26 : 36) + rows * brick;
  const result = floor + 5;
  const ruler = result + cell + 10;
  const bracket = ruler + 30;
  return {
    width, wide, start, columns, cell, rows, brick, inputs, floor, result, ruler, bracket,
    peak: floor - rows * brick, height: bracket + 34,
    x: (/** @type {number} */ at) => start + columnOf(fit, total, at) * fit.cell,
  };
}

export class Picture {
  root = svg("svg", { role: "img", class: "hero-picture" });
  /** @type {Record<string, SVGElement>} */
  layers = Object.fromEntries(LAYERS.map((name) => [name, svg("g", { class: `l-${name}` })]));
  /** @type {Map<string, SVGElement>} */
  #kept = new Map();
  /** @type {Set<string>} */
  #used = new Set();
  /** @type {Scene} */
  shown = /** @type {any} */ (undefined);
  /** @type {Layout} */
  at = /** @type {any} */ (undefined);

  constructor() {
    const hatch = svg("pattern", { id: "hero-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { class: "hatched", width: 5, height: 5 }), svg("rect", { class: "hatch", width: 1.6, height: 5 }));
    this.root.append(svg("defs", {}, hatch), ...Object.values(this.layers));
  }

  /** @param {number} in_size @param {import("./record.mjs").Setting} given @param {number} width in px */
  draw(in_size, given, width) {
    const wide = width > 820;
    const caption = wide ? fill(HERO.hidden, { n: grouped(in_size) }) : `… ${grouped(in_size)}`;
    const gap = Math.max(wide ? 60 : 39, widthOf(caption) + 12);
    const room = { width: width - (wide ? GUTTER : 0) - 8, most: wide ? 36 : 30, least: wide ? 20 : 13, gap };
    const shown = (this.shown = scene(in_size, given, room));
    const at = (this.at = layout(shown, width));
    this.root.setAttribute("viewBox", `0 0 ${width} ${at.height}`);
    this.root.style.height = `${at.height}px`;
    // Where many footprints lie on each other, each is paler.
    this.root.style.setProperty("--funnel", `${Math.min(0.16, 0.64 / shown.height)}`);
    const { stride, extent, full, out_size, begin, end } = shown;
    this.root.setAttribute("aria-label", fill(HERO.picture, { i: in_size, s: stride, e: extent, l: full, c: Math.min(begin, full) + Math.max(0, full - end), o: out_size }));
    this.#used.clear();
    this.#inputs();
    if (shown.fit.bars) this.#bars();
    else this.#cells();
    for (const [key, node] of this.#kept) {
      if (!this.#used.has(key)) node.remove(), this.#kept.delete(key);
    }
    this.layers.threads.replaceChildren();
    this.layers.still.replaceChildren(...marks(shown, at));
  }

  /** An element in its place; what is new is there at once. @param {string} layer @param {string} key @param {number} x @param {number} y @param {string} terms @param {() => SVGElement[]} make */
  #put(layer, key, x, y, terms, make) {
    const name = `${layer} ${key}`;
    let node = this.#kept.get(name);
    if (!node) {
      node = svg("g", {}, ...make());
      this.#kept.set(name, node);
      this.layers[layer].append(node);
    }
    this.#used.add(name);
    node.setAttribute("class", `m ${terms}`);
    node.style.transform = `translate(${x}px,${y}px)`;
    return node;
  }

  /** The same input keeps its name when others come or go: it is counted from its own end. @param {number} input */
  #name(input) {
    const { in_size, fit } = this.shown;
    return fit.gap && input > in_size / 2 ? `r${in_size - 1 - input}` : `l${input}`;
  }

  #inputs() {
    const { inputs, fit, in_size, stride, extent } = this.shown;
    const { x, cell, peak, inputs: top, brick, rows, floor, wide } = this.at;
    const width = fit.bars ? between(5, fit.cell - 3, 14) : Math.max(5, fit.cell - 3);
    inputs.forEach((input, place) => {
      const last = input === in_size - 1 ? " t-scatter" : "";
      const [from, to] = [x(input * stride), x(input * stride + extent)];
      const node = this.#put("inputs", this.#name(input), from + 1.5, top, `t-place${last}`, () => [svg("rect", { class: "in", rx: 4 }), svg("text")]);
      size(node, width, cell - 2, fit.cell >= 19 ? `${input + 1}` : "");
      mark(node, { input, place });
      const y = top + cell - 1;
      const [end, deep] = [to - from - 1.5, peak - 3 - y];
      const funnel = this.#put("funnels", this.#name(input), from, y, last, () => [svg("path")]);
      funnel.firstElementChild?.setAttribute("d",
        `M2.5 0H${width + 0.5}C${width + 0.5} ${deep * 0.6} ${end} ${deep * 0.4} ${end} ${deep}H1.5Z`);
      mark(funnel, { input });
      if (!fit.bars) return;
      const bar = this.#put("products", this.#name(input), from, floor - ((place % rows) + 1) * brick, last, () => [svg("rect", { rx: 2.5 })]);
      shape(bar, input, Math.max(2, to - from), Math.max(2, brick - (wide ? 1.6 : 1)));
      mark(bar, { input });
    });
  }

  #cells() {
    const { columns, fit, in_size, total } = this.shown;
    const { x, cell, brick, floor, result } = this.at;
    for (const { at, kind, output, taps } of columns) {
      const cut = kind === "cropped";
      taps.forEach(({ input, tap }, level) => {
        const terms = `${cut ? "cut t-crop" : ""}${input === in_size - 1 ? " t-scatter" : ""}`;
        const node = this.#put("products", `${this.#name(input)}-${tap}`, x(at) + 1.5, floor - (level + 1) * brick, terms, () => [svg("rect", { rx: 2.5 })]);
        shape(node, input, Math.max(1, fit.cell - 3), Math.max(1.6, brick - 1.6));
        mark(node, { input, at });
      });
      const key = fit.gap && at >= total - fit.tail ? `r${total - 1 - at}` : `l${at}`;
      const node = this.#put("columns", key, x(at) + 1, result, TERMS[kind], () => [svg("rect", { rx: 4 }), svg("text")]);
      node.classList.add(kind);
      const fits = `${output}`.length * 7 + 4 < fit.cell && fit.cell >= (output < 10 ? 17 : 19);
      size(node, Math.max(1.5, fit.cell - 2), cell, cut ? "" : kind === "bias" ? "b" : fits ? `${output}` : "");
      mark(node, { at });
    }
  }

  #bars() {
    const { x, cell, result } = this.at;
    this.shown.segments.forEach(([from, to, kind], part) => {
      const node = this.#put("columns", `s${part}`, x(from) + 1, result, TERMS[kind], () => [svg("rect", { rx: 4 }), svg("text")]);
      node.classList.add(kind);
      size(node, Math.max(4, x(to) - x(from) - 2), cell, "");
      mark(node, { from, to });
    });
  }
}

/** About how wide a text of 12 px is. @param {string} text */
const widthOf = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e00" ? 12 : 6.6), 0);

/** @param {SVGElement} node @param {Record<string, number>} data */
function mark(node, data) {
  for (const [name, value] of Object.entries(data)) node.dataset[name] = `${value}`;
}

/** @param {SVGElement} node @param {number} width @param {number} height @param {string} text */
function size({ firstElementChild: rect, lastElementChild: label }, width, height, text) {
  rect?.setAttribute("width", `${width}`);
  rect?.setAttribute("height", `${height}`);
  if (!label) return;
  label.textContent = text;
  label.setAttribute("x", `${width / 2}`);
  label.setAttribute("y", `${height / 2 + 4}`);
}

/** Products of neighbouring inputs differ. @param {SVGElement} node @param {number} input @param {number} width @param {number} height */
function shape({ firstElementChild: rect }, input, width, height) {
  rect?.setAttribute("class", input % 2 ? "odd" : "even");
  rect?.setAttribute("width", `${width}`);
  rect?.setAttribute("height", `${height}`);
}
