// @ts-check
// What is drawn anew glides from where it was; everything is in its final place from the first frame.

const LENGTHS = ["x", "y", "width", "height", "cx", "cy"];
const [TIME, SPRING] = [200, "cubic-bezier(.3,1.45,.5,1)"];

/** @param {Element} node @returns {Record<string, string>} */
function places(node) {
  const lengths = LENGTHS.filter((name) => node.hasAttribute(name)).map((name) => [name, `${node.getAttribute(name)}px`]);
  const path = node.getAttribute("d");
  return Object.fromEntries(path ? [["d", `path("${path}")`]] : lengths);
}

/** @param {Element} root whose parts with a data-key are drawn anew @param {() => void} draw */
export function glide(root, draw) {
  const parts = () => /** @type {SVGElement[]} */ ([...root.querySelectorAll("[data-key]")]);
  const before = new Map(parts().map((node) => [node.dataset.key, places(node)]));
  draw();
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const node of parts()) {
    const [from, to] = [before.get(node.dataset.key), places(node)];
    if (from && Object.entries(from).some(([name, value]) => to[name] !== value)) node.animate([from, to], { duration: TIME, easing: SPRING });
  }
}
