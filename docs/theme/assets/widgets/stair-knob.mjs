// @ts-check
// The knob that rides on a step: output_padding as a slider.
import { sizeAt, widthOf, xOf, yOf } from "./stair-layout.mjs";
import { choicesOf } from "./stairs.mjs";
import { elementOf } from "./svg.mjs";
import { grouped } from "./typed.mjs";

/** @typedef {import("./stairs.mjs").Stairs} Stairs */
/** @typedef {import("./stair-layout.mjs").Layout} Layout */

// How far the knob rides above its step.
const ABOVE = 21;
const FAR = 10;

/**
 * @param {(output_padding: number, dragging: boolean) => void} choose
 * @param {(size: number | undefined) => void} hold the size that the picture stays around while the knob is dragged
 */
export function knobOf(choose, hold) {
  const root = elementOf(["g", { class: "knob", role: "slider", tabindex: 0, "aria-label": "output_padding" },
    ["path", { class: "rail" }], ["g", { class: "ticks" }], ["text", { class: "name" }],
    ["g", { class: "grip" }, ["circle", { class: "ring", r: 18 }], ["circle", { class: "handle", r: 13 }], ["path", { d: "M-4 -3.5L-7.5 0L-4 3.5M4 -3.5L7.5 0L4 3.5" }], ["circle", { class: "touch", r: 24 }]]]);
  const [rail, ticks, name, grip] = /** @type {SVGElement[]} */ ([...root.children]);
  /** @type {[Stairs, Layout] | undefined} */
  let shown;

  /** @param {Stairs} stairs @param {Layout} layout */
  function show(stairs, layout) {
    shown = [stairs, layout];
    const { front, output_padding, out_size, size, window: { stride } } = stairs;
    const [least, most] = choicesOf(stairs);
    const y = yOf(layout, out_size) - ABOVE;
    const x = (/** @type {number} */ value) => Math.min(xOf(layout, front + value), layout.right);
    // Left of the rail, or above it where there is no room; without its name where that covers other steps.
    const [long, short] = ["output_padding", "="].map((name) => `${name} ${grouped(output_padding)}`);
    const fits = (/** @type {string} */ text) => x(least) - 24 - widthOf(text, 12.5) > layout.left;
    const text = fits(long) || layout.left + widthOf(long, 12.5) < x(Math.min(most, stride - 1)) ? long : short;
    const beside = fits(text);
    const set = (/** @type {Element} */ node, /** @type {Record<string, unknown>} */ given) => {
      for (const [key, value] of Object.entries(given)) node.setAttribute(key, `${value}`);
    };
    set(root, { "aria-valuemin": least, "aria-valuemax": most, "aria-valuenow": output_padding, "aria-valuetext": `${out_size} → ${size}` });
    set(rail, { d: `M${x(least)} ${y}H${x(most)}` });
    set(name, beside ? { x: x(least) - 24, y: y + 4.5, "text-anchor": "end" } : { x: layout.left + 4, y: y - 20, "text-anchor": "start" });
    name.textContent = text;
    const sizes = layout.treads.flatMap((tread) => tread.sizes).filter((at) => least <= at - front && at - front <= most);
    ticks.replaceChildren(...sizes.map((at) => elementOf(["circle", { cx: xOf(layout, at), cy: y, r: 3.5 }])));
    grip.style.transform = `translate(${x(output_padding)}px, ${y}px)`;
  }

  root.onkeydown = (event) => {
    if (!shown) return;
    const { output_padding } = shown[0];
    const [least, most] = choicesOf(shown[0]);
    const value = /** @type {Record<string, number>} */ ({
      ArrowLeft: output_padding - 1, ArrowDown: output_padding - 1, ArrowRight: output_padding + 1, ArrowUp: output_padding + 1,
      PageDown: output_padding - FAR, PageUp: output_padding + FAR, Home: least, End: most,
    })[event.key];
    if (value === undefined) return;
    event.preventDefault();
    choose(Math.min(Math.max(value, least), most), false);
  };
  const drag = (/** @type {PointerEvent} */ event) => {
    if (!shown || !root.ownerSVGElement) return;
    const [stairs, layout] = shown;
    const [least, most] = choicesOf(stairs);
    const box = root.ownerSVGElement.getBoundingClientRect();
    const size = sizeAt(layout, ((event.clientX - box.left) / box.width) * layout.width);
    choose(Math.min(Math.max(size - stairs.front, least), most), true);
  };
  root.onpointerdown = (event) => {
    if (!shown) return;
    event.preventDefault();
    root.focus();
    root.setPointerCapture(event.pointerId);
    hold(shown[0].size);
    root.onpointermove = drag;
    root.onlostpointercapture = () => {
      root.onpointermove = null;
      hold(undefined);
    };
  };
  root.onclick = (event) => event.stopPropagation();
  return { root, show };
}
