// @ts-check
// The ruler below a strip: a slider that stays in the middle while the scale moves.
import { STRIP } from "../convarith/strip.mjs";
import { rulerOf } from "./strip-scene.mjs";
import { elementOf } from "./svg.mjs";
import { grouped } from "./typed.mjs";

const FAR = 16;
const STEPS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -FAR, PageUp: FAR });

/** @param {(size: number, dragging: boolean) => void} choose @param {number} most */
export function rulerFor(choose, most) {
  const handle = elementOf(["g", { class: "handle", role: "slider", tabindex: 0, "aria-valuemin": 1, "aria-valuemax": most, "aria-label": STRIP.inSize },
    ["path", { class: "stem", d: "M0 24V42" }], ["rect", { y: -2, height: 28, rx: 9 }], ["text", { y: 17 }], ["rect", { class: "touch", x: -30, y: -10, width: 60, height: 56 }]]);
  const scale = elementOf(["g", { "aria-hidden": "true" }]);
  const root = elementOf(["svg", { class: "ruler", height: 62 }, ["g", { transform: "translate(0 0)" }]]);
  root.replaceChildren(scale, handle);
  let [shown, pixels] = [1, 1];

  /** @param {number} size @param {((size: number) => boolean) | undefined} fits @param {number} width @param {boolean} narrow @param {string} said */
  function show(size, fits, width, narrow, said) {
    [shown, pixels] = [size, width / (narrow ? 24 : 48)];
    root.setAttribute("viewBox", `0 0 ${width} 62`);
    scale.replaceChildren(...rulerOf(size, fits, width, narrow).map(elementOf));
    const [, box, number] = /** @type {SVGElement[]} */ ([...handle.children]);
    const half = Math.max(46, grouped(size).length * 9 + 22) / 2;
    box.setAttribute("x", `${-half}`);
    box.setAttribute("width", `${2 * half}`);
    number.textContent = grouped(size);
    handle.setAttribute("transform", `translate(${width / 2} 0)`);
    handle.setAttribute("aria-valuenow", `${size}`);
    handle.setAttribute("aria-valuetext", `${size}: ${said}`);
  }
  const to = (/** @type {number} */ size, /** @type {boolean} */ dragging) => {
    const next = Math.min(Math.max(size, 1), most);
    if (next !== shown) choose(next, dragging);
  };
  handle.onkeydown = (event) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    to(shown + step, false);
  };
  root.onpointerdown = (event) => {
    if (event.button) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    root.setPointerCapture(event.pointerId);
    const [start, from] = [event.clientX, shown];
    // The handle goes with the hand, and so does the scale: the other way round.
    const sign = handle.contains(/** @type {Node} */ (event.target)) ? 1 : -1;
    root.onpointermove = (moved) => to(from + sign * Math.round((moved.clientX - start) / pixels), true);
    root.onlostpointercapture = () => {
      root.onpointermove = null;
    };
  };
  return { root, handle, show };
}
