// @ts-check
// The grammar of every figure: a kind of cell has its colour and, without colour, its mark.
// A drawing is a tree of plain lists, so that a page, a file and a test can have the same.

/** @typedef {[string, Record<string, unknown>, ...(Tree | string)[]]} Tree */
/** @typedef {{trees: Tree[], columns: number, rows: number}} Scene parts of a picture, and how many units they take */
/** @typedef {"input" | "kernel" | "output" | "back" | "bias" | "cropped" | "padding" | "zero" | "unused"} Kind */

export const UNIT = 30;
/** A colour by the name it has in figures.css. @param {string} name */
const colour = (name) => `var(--conv-${name})`;

/** @type {Record<Kind, string>} */
const FILL = {
  input: "input", kernel: "kernel", output: "output", back: "back", bias: "plain", cropped: "dull",
  padding: "plain", zero: "plain", unused: "dull",
};

/**
 * One cell, at a column and a row counted in units.
 * @param {number} column @param {number} row @param {Kind} kind @param {string | number} [label]
 * @param {{strong?: boolean, at?: string}} [more] whether it is pointed out, and what a click on it means
 * @returns {Tree}
 */
export function cell(column, row, kind, label = "", { strong = false, at = "" } = {}) {
  const [x, y, side] = [column * UNIT + 1, row * UNIT + 1, UNIT - 2];
  const frame = { x, y, width: side, height: side, rx: 3 };
  const line = (/** @type {string} */ d) => /** @type {Tree} */ (["path", { d, stroke: colour("ink"), opacity: 0.45 }]);
  /** @type {Record<string, Tree[]>} */
  const marks = {
    cropped: [line(`M${x} ${y + side}L${x + side} ${y}M${x} ${y + side / 2}L${x + side / 2} ${y}M${x + side / 2} ${y + side}L${x + side} ${y + side / 2}`)],
    unused: [line(`M${x} ${y}L${x + side} ${y + side}M${x} ${y + side}L${x + side} ${y}`)],
    back: [["rect", { ...frame, x: x + 3, y: y + 3, width: side - 6, height: side - 6, fill: "none", stroke: colour("ink") }]],
  };
  const dashed = kind === "bias" || kind === "padding" ? { "stroke-dasharray": "3 2" } : {};
  const text = label === "" && kind === "bias" ? "b" : label === "" && (kind === "zero" || kind === "padding") ? "0" : `${label}`;
  return [
    "g", at ? { "data-at": at } : {},
    ["rect", { ...frame, fill: colour(FILL[kind]), stroke: colour(strong ? "strong" : "ink"), "stroke-width": strong ? 3 : 1, ...dashed }],
    ...(marks[kind] ?? []),
    ...(text ? [words(column + 0.5, row + 0.66, text, "middle", text.length > 3 ? 9 : 12)] : []),
  ];
}

/** @param {number} column @param {number} row @param {string} text @param {string} [anchor] @param {number} [size] @returns {Tree} */
export const words = (column, row, text, anchor = "start", size = 13) =>
  ["text", { x: column * UNIT, y: +(row * UNIT).toFixed(1), "text-anchor": anchor, "font-size": size, fill: colour("ink") }, text];

/** A line from one point to another, in units. @param {number[]} from @param {number[]} to @returns {Tree} */
export const line = (from, to) =>
  ["path", { d: `M${from.map((at) => at * UNIT).join(" ")}L${to.map((at) => at * UNIT).join(" ")}`, stroke: colour("ink"), fill: "none" }];

/** @param {Scene} scene @param {string} name what a reader who does not see it is told @returns {Tree} */
export function picture({ trees, columns, rows }, name) {
  const [width, height] = [columns * UNIT + 4, rows * UNIT + 4];
  return [
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg", viewBox: `-2 -2 ${width} ${height}`, width, height,
      role: "img", "aria-label": name, "font-family": "system-ui, sans-serif",
    },
    ...trees,
  ];
}

/** As the text of a file, which has a ground of its own. @param {Tree} tree @returns {string} */
export function fileOf([tag, given, ...children]) {
  const ground = /** @type {Tree[]} */ (tag === "svg" ? [["rect", { x: -2, y: -2, width: "100%", height: "100%", fill: colour("plain") }]] : []);
  const escaped = (/** @type {unknown} */ text) => `${text}`.replace(/[&<"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  const own = Object.entries(given).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const inner = [...ground, ...children].map((child) => (typeof child === "string" ? escaped(child) : fileOf(child)));
  return `<${tag}${own.join("")}>${inner.join("")}</${tag}>${tag === "text" || tag === "g" ? "\n" : ""}`;
}

/** As nodes of a page. @param {Tree} tree @returns {SVGElement} */
export function nodeOf([tag, given, ...children]) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(given)) name === "xmlns" || node.setAttribute(name, `${value}`);
  node.append(...children.map((child) => (typeof child === "string" ? child : nodeOf(child))));
  return node;
}
