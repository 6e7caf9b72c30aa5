// @ts-check
// The picture of a staircase: up and to the left is the convolution, right and down the way back.
import { fill } from "./errors.mjs";
import { widthOf, xOf, yOf } from "./stair-layout.mjs";
import { choicesOf } from "./stairs.mjs";
import { grouped } from "./typed.mjs";

/** @typedef {import("./svg.mjs").Tree} Tree */
/** @typedef {import("./stairs.mjs").Stairs} Stairs */
/** @typedef {import("./stair-layout.mjs").Layout} Layout */
/** @typedef {"forwards" | "shared" | "front" | "choose"} Way what the picture tells */

/**
 * @param {Stairs} stairs @param {Layout} layout @param {Way} way
 * @param {{input: string, output: string, hidden: string}} words
 * @returns {Tree}
 */
export function pictureOf(stairs, layout, way, words) {
  return ["g", { class: `stairs stairs--${way}` },
    ...ground(stairs, layout), ...gaps(layout, words.hidden), ...ways(stairs, layout, way),
    ...dots(stairs, layout, way), ...numbers(stairs, layout, way), ...captions(layout, words)];
}

/** @param {Stairs} stairs @param {Layout} layout @returns {Tree[]} */
function ground({ out_size }, { left, right, base, treads }) {
  const solid = treads.filter(({ sizes }) => sizes.length);
  const start = solid.length ? `M${px(solid[0].left)} ${base}` : "";
  const edge = start + solid.map(({ right, y }) => `V${px(y)}H${px(right)}`).join("");
  return [
    ...treads.map(({ y }) => /** @type {Tree} */ (["path", { class: "level", d: `M${left} ${px(y)}H${right}` }])),
    ...solid.map(({ out, left, right, y }) => /** @type {Tree} */ (["rect", {
      class: out === out_size ? "tread here" : "tread", "data-key": `tread ${out}`,
      x: px(left), y: px(y), width: px(right - left), height: px(base - y),
    }])),
    ["path", { class: "edge", "data-key": "edge", d: edge }],
    ["path", { class: "axis", d: `M${left - 4} ${base}H${right}` }],
  ];
}

/** Strips torn out of the picture, with how many sizes they take away. @param {Layout} layout @param {string} hidden @returns {Tree[]} */
function gaps({ spans, treads, base }, hidden) {
  return spans.filter(({ gap }) => gap).flatMap(({ from, to, left, right }) => {
    const inside = treads.find((tread) => tread.left < left && right < tread.right);
    const top = (inside?.y ?? Math.min(...treads.map(({ y }) => y))) - 5;
    const [one, other, middle] = [left + 3, right - 3, (left + right) / 2];
    const text = fill(hidden, { count: grouped(to - from + 1) });
    const words = widthOf(text, 12) < other - one ? [text] : text.split(" ");
    const lines = words.every((word) => widthOf(word, 12) < other - one + 8) ? words : ["\u22ef"];
    return [
      ["path", { class: "torn", d: `M${torn(one, top, base + 4)}L${torn(other, base + 4, top)}Z` }],
      ...lines.map((line, at) => /** @type {Tree} */ (["text", { class: "middle", x: px(middle), y: px(base - 8 - 15 * (lines.length - 1 - at)) }, line])),
    ];
  });
}

/** A ragged line down or up. @param {number} x @param {number} from @param {number} to */
function torn(x, from, to) {
  const teeth = Math.max(2, Math.round(Math.abs(to - from) / 7));
  return Array.from({ length: teeth + 1 }, (_, at) => `${px(x + (at % 2 ? 2 : -2))} ${px(from + ((to - from) * at) / teeth)}`).join("L");
}

/** @param {Stairs} stairs @param {Layout} layout @param {Way} way @returns {Tree[]} */
function ways(stairs, layout, way) {
  const { out_size, on, size, front, step: [first] } = stairs;
  const { left, base } = layout;
  const y = px(yOf(layout, way === "forwards" ? on : out_size));
  const at = (/** @type {number} */ size) => px(xOf(layout, size));
  const go = (/** @type {string} */ name, /** @type {string} */ d) => /** @type {Tree} */ (["path", { class: `way ${name}`, ...(name === "back" ? { "data-key": name } : {}), d }]);
  const toLeft = (/** @type {number} */ y) => `M${left + 9} ${y - 5}L${left + 2} ${y}L${left + 9} ${y + 5}`;
  const down = (/** @type {number} */ x) => `M${x - 5} ${base - 9}L${x} ${base - 2}L${x + 5} ${base - 9}`;
  if (way === "forwards" || way === "shared") {
    const from = way === "shared" ? here(stairs, layout) : [size];
    const far = from.length ? from[from.length - 1] : first;
    return [...from.map((size) => go("forth", `M${at(size)} ${base}V${y + 1}`)), go("forth", `M${at(far)} ${y}H${left + 2}${toLeft(y)}`)];
  }
  const target = way === "front" ? front : size;
  if (target < 1) return [];
  const others = way === "choose" ? offered(stairs, layout).filter((size) => size !== target) : [];
  // The convolution takes a size of another step up to that one.
  const away = px(yOf(layout, on));
  const elsewhere = way === "choose" && on !== out_size ? [go("forth other", `M${at(size)} ${y}V${away}H${left + 2}`), go("forth", toLeft(away))] : [];
  return [
    ...elsewhere, ...others.map((size) => go("back other", `M${at(size)} ${y + 14}V${base - 2}`)),
    go("back", `M${left} ${y}H${at(target)}V${base - 2}${down(at(target))}`),
  ];
}

/** The sizes in sight on the chosen step. @param {Stairs} stairs @param {Layout} layout */
const here = ({ out_size }, { treads }) => treads.find(({ out }) => out === out_size)?.sizes ?? [];

/** The sizes in sight that output_padding can choose. @param {Stairs} stairs @param {Layout} layout */
function offered(stairs, { treads }) {
  const [least, most] = choicesOf(stairs).map((value) => stairs.front + value);
  return treads.flatMap(({ sizes }) => sizes.filter((size) => least <= size && size <= most));
}

/** How a size is marked: it goes in, it comes out, or neither. @param {Stairs} stairs @param {Layout} layout @param {Way} way */
function marked(stairs, layout, way) {
  const { size, front } = stairs;
  const lit = way === "forwards" ? [size] : way === "shared" ? here(stairs, layout) : [];
  const picked = way === "front" ? front : way === "choose" ? size : undefined;
  return (/** @type {number} */ at) => (lit.includes(at) ? "lit" : at === picked ? "picked" : "");
}

/** @param {Stairs} stairs @param {Layout} layout @param {Way} way @returns {Tree[]} */
function dots(stairs, layout, way) {
  const { treads, unit } = layout;
  const mark = marked(stairs, layout, way);
  const dot = (/** @type {number} */ size, /** @type {number} */ y, key = "") => /** @type {Tree} */ (["circle", {
    class: `dot ${mark(size)}`.trim(), "data-key": `dot ${key}`, "data-size": size,
    cx: px(xOf(layout, size)), cy: px(y), r: px(Math.min(6.5, unit * 0.28)),
  }]);
  // A knob that is being drawn over a gap has a dot there, too.
  const hidden = mark(stairs.size) && !treads.some(({ sizes }) => sizes.includes(stairs.size));
  return [...treads.flatMap(({ out, sizes, y }) => sizes.map((size, at) => dot(size, y, `${out} ${at}`))), ...(hidden ? [dot(stairs.size, yOf(layout, stairs.on))] : [])];
}

/** The numbers at the axes, of which the sizes that matter come first and none covers another. @param {Stairs} stairs @param {Layout} layout @param {Way} way @returns {Tree[]} */
function numbers(stairs, layout, way) {
  const { treads, left, base, breaks } = layout;
  const { out_size, size } = stairs;
  const mark = marked(stairs, layout, way);
  const choices = way === "choose" ? offered(stairs, layout) : [];
  const rank = (/** @type {number} */ at) => (mark(at) ? 0 : choices.includes(at) ? 1 : here(stairs, layout).includes(at) ? 2 : 3);
  const all = [...new Set([...treads.flatMap(({ sizes }) => sizes), ...(mark(size) ? [size] : [])])].sort((one, other) => rank(one) - rank(other) || one - other);
  /** @type {number[][]} */
  const taken = [];
  const kept = all.filter((at) => {
    const half = widthOf(grouped(at), rank(at) ? 12 : 15) / 2 + 4;
    const x = xOf(layout, at);
    const free = !rank(at) || x + half < layout.width && taken.every(([from, to]) => x + half <= from || to <= x - half);
    if (free) taken.push([x - half, x + half]);
    return free;
  });
  return [
    ...kept.map((at) => /** @type {Tree} */ (["text", { class: `middle ${["", "offered", "", ""][rank(at)]}${mark(at)}`.trim(), x: px(xOf(layout, at)), y: base + 20 }, grouped(at)])),
    ...treads.map(({ out, y }) => /** @type {Tree} */ (["text", { class: out === out_size ? "end height" : "end", x: px(left - 10), y: px(y + 5) }, grouped(out)])),
    ...breaks.map((y) => /** @type {Tree} */ (["text", { class: "end", x: px(left - 10), y: px(y + 5) }, "\u22ee"])),
  ];
}

/** @param {Layout} layout @param {{input: string, output: string}} words @returns {Tree[]} */
const captions = ({ right, height }, { input, output }) => [
  ["text", { class: "end caption", x: right, y: height - 4 }, input],
  ["text", { class: "end caption", transform: "translate(12 40) rotate(-90)" }, output],
];

/** To a tenth of a pixel. @param {number} value */
const px = (value) => Math.round(value * 10) / 10;
