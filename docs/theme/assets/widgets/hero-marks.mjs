// @ts-check
// What is drawn around the cells: the names of the rows, rulers, bracket, blades and the gap.
import { HERO } from "../convarith/hero.mjs";
import { fill } from "./errors.mjs";
import { svg } from "./hero-svg.mjs";
import { grouped } from "./typed.mjs";

/** @typedef {import("./scene.mjs").Scene} Scene */
/** @typedef {import("./hero-picture.mjs").Layout} Layout */

/** @param {Scene} shown @param {Layout} at */
export const marks = (shown, at) => [...names(shown, at), ...rulers(shown, at), ...brackets(shown, at), ...blades(shown, at), ...gap(shown, at)];

const MIDDLE = { "text-anchor": "middle" };

/** @param {number} x @param {number} y @param {string} words @param {Record<string, string>} [more] */
const text = (x, y, words, more = {}) => svg("text", { x, y, ...more }, words);

/** @param {Scene} shown @param {Layout} at */
function names({ in_size, full }, { wide, start, inputs, cell, floor, rows, brick, result, ruler }) {
  const name = { class: "name" };
  if (!wide) return [text(start, inputs - 7, `${HERO.input} · ${grouped(in_size)}`, name)];
  return [
    text(0, inputs + cell / 2 + 4, HERO.input, name),
    text(0, floor - (rows * brick) / 2 + 4, HERO.products, name),
    text(0, result + cell / 2 + 4, HERO.full, name),
    // The number is longer than the gutter is wide from ten digits on.
    ...(full < 1e10 ? [text(0, ruler + 14, full < 1e6 ? fill(HERO.length, { n: grouped(full) }) : grouped(full), name)] : []),
  ];
}

/** How far the last input stands, and how far its footprint goes. @param {Scene} shown @param {Layout} at */
function rulers({ in_size, stride, extent, full }, { x, wide, ruler }) {
  const placed = (in_size - 1) * stride;
  const ruled = (/** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ term, /** @type {string} */ words) => {
    const [left, width] = [x(from) + 1, Math.max(2, x(to) - x(from) - 2)];
    const label = width > words.length * 6.4 + 4 ? [text(left + width / 2, ruler + 14, words, MIDDLE)] : [];
    return svg("g", { class: `m ruler t-${term}` }, svg("rect", { x: left, y: ruler, width, height: 19, rx: 5 }), ...label);
  };
  const sum = wide ? `(${grouped(in_size)} − 1) × ${grouped(stride)} = ${grouped(placed)}` : grouped(placed);
  return [...(placed ? [ruled(0, placed, "place", sum)] : []), ruled(placed, full, "scatter", grouped(extent))];
}

/** @param {Scene} shown @param {Layout} at */
function brackets({ begin, end, back, out_size, given }, { x, bracket }) {
  const [from, to] = [x(begin) + 1, x(end) - 1];
  const output = svg("g", { class: "m bracket t-out" }, svg("path", { d: `M${from} ${bracket - 2}v9H${to}v-9` }),
    text((from + to) / 2, bracket + 25, `${HERO.output} ${grouped(out_size)}`, MIDDLE));
  if (!given.output_padding) return [output];
  return [output, svg("g", { class: "m given t-give" }, svg("path", { d: `M${x(Math.max(back, begin)) + 1} ${bracket + 7}H${to}` }),
    text(to, bracket + 25, `+${grouped(given.output_padding)}`, { "text-anchor": "end" }))];
}

/** The right one says what it cuts only once output_padding has moved it. @param {Scene} shown @param {Layout} at */
function blades({ begin, end, full }, { x, peak, bracket }) {
  const blade = (/** @type {number} */ position, /** @type {-1 | 1} */ side, /** @type {number} */ cut) => {
    const left = x(position);
    const label = text(left + side * 6, bracket + 22, `−${grouped(cut)}`, { "text-anchor": side < 0 ? "end" : "start" });
    return svg("g", { class: `m blade t-crop ${side < 0 ? "left" : "right"}` },
      svg("line", { x1: left, x2: left, y1: peak - 16, y2: bracket + 5 }),
      svg("path", { d: `M${left} ${peak - 16}h${side * 11}l${-side * 11} 12z` }),
      ...(cut ? [label] : []));
  };
  if (!begin) return [];
  return [blade(begin, -1, begin), ...(full >= end ? [blade(end, 1, full - end)] : [])];
}

/** @param {Scene} shown @param {Layout} at */
function gap({ fit, in_size, inputs: seen }, { wide, start, inputs, cell, result }) {
  if (!fit.gap) return [];
  const centre = start + (fit.head + fit.gap / 2) * fit.cell;
  const [top, bottom] = [inputs + cell + 4, result + cell + 4];
  const zigzag = (/** @type {number} */ by) => {
    const points = Array.from({ length: Math.ceil((bottom - top) / 7) }, (_, step) => `${centre + by + (step % 2 ? 4 : -4)} ${top + step * 7}`);
    return svg("path", { d: `M${points.join("L")}` });
  };
  const hidden = in_size - seen.length;
  const words = wide ? fill(HERO.hidden, { n: grouped(hidden) }) : `… ${grouped(hidden)}`;
  const label = hidden ? [text(centre, inputs + cell / 2 + 4, words, MIDDLE)] : [];
  return [svg("g", { class: "m gap t-place t-scatter t-crop t-give t-out" }, zigzag(-9), zigzag(9), ...label)];
}
