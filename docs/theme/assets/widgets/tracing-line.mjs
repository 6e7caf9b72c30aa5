// @ts-check
// Where everything stands on one axis: the products of each input in a row of its own, as in long
// multiplication, or the kernel over a row of cells. Columns are the same in both.
import { range } from "./reads.mjs";
import { kindOf, productOf, resultPlace, shown, stretched } from "./tracing-values.mjs";

/** @typedef {import("./tracing-values.mjs").Traced} Traced */
/** @typedef {import("./tracing-values.mjs").Link} Link */
/** @typedef {import("./tracing-values.mjs").End} End */
/** A cell: `end` says what of a product it is, and `at` which. @typedef {{key: string, look: string, x: number, y: number, w: number, h: number, text: string, end?: End, at?: number[]}} Cell */
/** @typedef {{key: string, text: string, note?: string, x: number, y: number}} Name */
/** @typedef {{d: string, look: "in" | "ker"}} Thread */
/** @typedef {{x: number, y: number, w: number, h: number}} Plate */
/** @typedef {{cells: Cell[], names: Name[], width: number, height: number, threads: (links: Link[], end: End) => Thread[], plate?: Plate}} Scene */
/** @typedef {{room: number, narrow: boolean, words: Record<string, string>, values: number[]}} Frame how wide the figure may be, and what the outputs hold just now */

const GAP = 6;
const GUTTER = 104;
const CAPTION = 24;
/** A digit in a cell of full size. */
const DIGIT = 9;

/** How wide a cell is with the space after it: as wide as fits, but never too narrow for its numbers. @param {Frame} frame @param {number} columns @param {string[]} texts */
function unitFor({ room, narrow }, columns, texts) {
  const needed = Math.max(...texts.map(({ length }) => length)) * DIGIT + GAP + 8;
  const fits = (room - (narrow ? 0 : GUTTER)) / columns;
  return Math.max(Math.min(fits, 56), fits < 31 ? 40 : 31, needed);
}

/** What every picture of one axis has: its columns, its rows, and its names. @param {Frame} frame @param {number} first @param {number} columns @param {string[]} texts */
function sheet(frame, first, columns, texts) {
  const { room, narrow, words } = frame;
  const unit = unitFor(frame, columns, texts);
  const side = Math.min(unit - GAP, 48);
  const left = narrow ? 2 : GUTTER + Math.max(0, (room - GUTTER - columns * unit) / 2);
  const x = (/** @type {number} */ column) => left + (column - first) * unit;
  const top = narrow ? CAPTION : 6;
  const width = Math.max(room, left + columns * unit);
  /** @param {string} key @param {number} y @param {number} height @param {string} [note] @returns {Name} */
  const name = (key, y, height, note) =>
    ({ key, text: words[key], note, x: narrow ? 2 : 0, y: narrow ? y - 23 : y + height / 2 - (note ? 19 : 10) });
  /** @param {number} column */
  const middle = (column) => x(column) + (unit - GAP) / 2;
  return { narrow, side, top, width, x, middle, name, w: unit - GAP, next: narrow ? CAPTION + 4 : 0 };
}

/** @param {number} x @param {number} y @param {number} toX @param {number} toY */
const curve = (x, y, toX, toY) => {
  const bend = (toY - y) / 2;
  return `M${x} ${y}C${x} ${y + bend} ${toX} ${toY - bend} ${toX} ${toY}`;
};

/** The output cells, from one column on. @param {Traced} traced @param {number[]} values @param {(out: number) => boolean} wanted */
const results = (traced, values, wanted) => {
  const [{ first, kinds }] = traced.outs;
  return range(first, first + kinds.length).filter(wanted).map((out) => ({
    key: `o${out}`, end: /** @type {const} */ ("out"), at: [out], look: `out ${kindOf(traced.outs, [out])}`,
    text: shown(values[resultPlace(traced.outs, [out])]),
  }));
};

/** Long multiplication: a row of products for each input, the full result below. @param {Traced} traced @param {Frame} frame @returns {Scene} */
export function scatterLine(traced, frame) {
  const { ins: [in_size], kernel: [kernel_size], given: [{ stride, dilation, padding }], inputs, weights, links } = traced;
  const { kinds } = traced.outs[0];
  const products = links.map((link) => ({ link, text: shown(productOf(traced, link)) }));
  const results_ = results(traced, frame.values, () => true);
  const page = sheet(frame, 0, Math.max(kinds.length, (kernel_size - 1) * dilation + 1), [...products, ...results_].map(({ text }) => text));
  const { x, side, w } = page;
  const low = Math.min(side, 40);
  const atKernel = page.top;
  const atInput = atKernel + side + (page.next || 18);
  const atProduct = (/** @type {number} */ input) => atInput + side + (page.next || 20) + 6 + input * (low + 6);
  const atResult = atProduct(in_size) + (page.next || 18);
  const column = (/** @type {number} */ out) => out + padding;
  const cropped = kinds.includes("cropped") || kinds.length !== kinds.filter((kind) => kind === "output").length;
  const kept = kinds.filter((kind) => kind !== "cropped").length;
  return {
    width: page.width,
    height: atResult + side + 10,
    names: [
      page.name("kernel", atKernel, side), page.name("input", atInput, side), page.name("products", atProduct(0), low),
      { ...page.name(cropped ? "full" : "output", atResult, side, cropped ? `${frame.words.output}: ${kept}` : ""), key: "result" },
    ],
    cells: [
      ...weights.map((own, tap) => ({ key: `w${tap}`, end: /** @type {const} */ ("tap"), at: [tap], look: "ker", x: x(tap * dilation), y: atKernel, w, h: side, text: `${own}` })),
      ...inputs.map((own, at) => ({ key: `i${at}`, end: /** @type {const} */ ("input"), at: [at], look: "in", x: x(at * stride), y: atInput, w, h: side, text: `${own}` })),
      ...products.map(({ link: { input: [input], tap: [tap], out: [out] }, text }) => ({
        key: `p${input}-${tap}`, look: "prod", x: x(column(out)), y: atProduct(input), w, h: low, text,
      })),
      ...results_.map((cell) => ({ ...cell, x: x(column(cell.at[0])), y: atResult, w, h: side })),
    ],
    threads: (chosen, end) => {
      const lowest = Math.max(...chosen.map(({ input: [input] }) => input));
      return chosen.flatMap(({ input: [input], out: [out] }) => {
        const [from, to] = [page.middle(input * stride), page.middle(column(out))];
        /** @type {Thread[]} */
        const own = [{ look: "in", d: curve(from, atInput + side, to, atProduct(input)) }];
        if (end !== "out" || input === lowest) own.push({ look: "ker", d: curve(to, atProduct(input) + low, to, atResult) });
        return own;
      });
    },
  };
}

/** The kernel over a row of cells, at what one output reads. @param {Traced} traced @param {Frame} frame @param {number} chosen which output @returns {Scene} */
export function gatherLine(traced, frame, chosen) {
  const { transposed, ins: [in_size], given: [given], inputs, weights, links } = traced;
  const { up, all, read, window } = stretched(transposed, in_size, given);
  const first = all[0];
  const results_ = results(traced, frame.values, (out) => kindOf(traced.outs, [out]) !== "cropped");
  const own = links.filter(({ out: [out] }) => out === chosen);
  const terms = own.map((link) => ({ link, text: shown(productOf(traced, link)) }));
  const page = sheet(frame, first, all.length, [...terms, ...results_].map(({ text }) => text));
  const { x, side, w } = page;
  const atInput = page.top;
  const atKernel = atInput + side + (page.next || 26);
  const atProduct = atKernel + side + (page.next || 24);
  const atResult = atProduct + side + (page.next || 24) + 12;
  const here = window(chosen);
  /** An output stands under the middle of what it reads; with zeros between, in the column that it has. @param {number} out */
  const column = (out) => (transposed ? out + given.padding : (window(out)[0] + window(out)[given.kernel_size - 1]) / 2);
  const inputAt = (/** @type {number} */ place) => (place % up === 0 && place >= 0 && place / up < in_size ? place / up : -1);
  const met = new Map(own.map(({ input: [input], tap: [tap] }) => [tap, input]));
  const unread = (/** @type {number} */ place) => (read.has(place) ? "" : " unread");
  const [left, right] = [Math.min(...here), Math.max(...here)];
  return {
    width: page.width,
    height: atResult + side + 10,
    names: [
      { ...page.name(transposed ? "stretched" : given.padding ? "padded" : "input", atInput, side), key: "input" },
      { ...page.name(transposed ? "flipped" : "kernel", atKernel, side), key: "kernel" },
      page.name("products", atProduct, side), { ...page.name("output", atResult, side), key: "result" },
    ],
    plate: { x: x(left) - 5, y: atKernel - 5, w: x(right) - x(left) + w + 10, h: side + 10 },
    cells: [
      ...all.map((place) => {
        const input = inputAt(place);
        const cell = { x: x(place), y: atInput, w, h: side };
        if (input < 0) return { ...cell, key: `z${place}`, look: `zero${unread(place)}`, text: "0" };
        return { ...cell, key: `i${input}`, end: /** @type {const} */ ("input"), at: [input], look: `in${unread(place)}`, text: `${inputs[input]}` };
      }),
      ...weights.map((weight, tap) => ({ key: `w${tap}`, end: /** @type {const} */ ("tap"), at: [tap], look: "ker", x: x(here[tap]), y: atKernel, w, h: side, text: `${weight}` })),
      ...here.flatMap((place, tap) => (met.has(tap) ? [] : [{ key: `n${tap}`, look: "zero", x: x(place), y: atProduct, w, h: side, text: "0" }])),
      ...terms.map(({ link: { input: [input], tap: [tap] }, text }) => ({ key: `p${input}-${tap}`, look: "prod", x: x(here[tap]), y: atProduct, w, h: side, text })),
      ...results_.map((cell) => ({ ...cell, x: x(column(cell.at[0])), y: atResult, w, h: side })),
    ],
    threads: (links, end) => links.flatMap(({ input: [input], tap: [tap], out: [out] }) => {
      const [from, under, to] = [page.middle(input * up), page.middle(here[tap]), page.middle(column(out))];
      if (end === "tap") return [];
      if (end === "input") return [{ look: /** @type {const} */ ("in"), d: curve(from, atInput + side, to, atResult) }];
      return [
        { look: /** @type {const} */ ("in"), d: curve(from, atInput + side, from, atKernel) },
        { look: /** @type {const} */ ("ker"), d: curve(under, atKernel + side, under, atProduct) },
        { look: /** @type {const} */ ("ker"), d: curve(under, atProduct + side, to, atResult) },
      ];
    }),
  };
}
