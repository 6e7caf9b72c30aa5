// @ts-check
// A drawing is a tree of plain lists, so that a page, a file and a test can have the same.

/** @typedef {[string, Record<string, unknown>, ...(Tree | string)[]]} Tree */

/** As the text of a file. @param {Tree} tree @returns {string} */
export function textOf([tag, given, ...children]) {
  const escaped = (/** @type {unknown} */ text) => `${text}`.replace(/[&<"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  const own = Object.entries(given).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const inner = children.map((child) => (typeof child === "string" ? escaped(child) : textOf(child)));
  return `<${tag}${own.join("")}>${inner.join("")}</${tag}>\n`;
}

/** As nodes of a page. @param {Tree} tree @returns {SVGElement} */
export function elementOf([tag, given, ...children]) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(given)) node.setAttribute(name, `${value}`);
  node.append(...children.map((child) => (typeof child === "string" ? child : elementOf(child))));
  return node;
}
