// @ts-check
// Elements of a drawing, and the signs on the buttons.
const NAMESPACE = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {Record<string, string | number>} [attributes] @param {...(Node | string)} children @returns {SVGElement} */
export function svg(tag, attributes = {}, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(NAMESPACE, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  element.append(...children);
  return element;
}

const ICONS = {
  arrow: "M3 12h17m-7-7 7 7-7 7",
  copy: "M9 9h10v11H9zM5 15V4h10",
  done: "m5 13 4 4L19 7",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.6-5.6L12 7.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.6 5.6l1.4-1.4",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  paste: "M8 5H6v15h12V5h-2M9 3h6v4H9z",
  play: "M7 5v14l11-7z",
  save: "M12 4v11m-5-4 5 5 5-5M5 20h14",
};

/** @param {keyof typeof ICONS} name */
export const icon = (name) => svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));

/** Where a group stands that a style has moved. @param {Element} group */
export const placed = (group) => (/** @type {SVGElement} */ (group).style.transform.match(/-?[\d.e-]+(?=px)/g) ?? ["0", "0"]).map(Number);
