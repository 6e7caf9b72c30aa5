// @ts-check
// A drawing is a tree of plain lists, so that a page and a test can have the same.

/** @typedef {[string, Record<string, unknown>, ...(Tree | string)[]]} Tree */

/** As nodes of a page. @param {Tree} tree @returns {SVGElement} */
export function elementOf([tag, given, ...children]) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(given)) node.setAttribute(name, `${value}`);
  node.append(...children.map((child) => (typeof child === "string" ? child : elementOf(child))));
  return node;
}
