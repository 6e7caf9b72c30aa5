// @ts-check
// The loupe: the same pixels of every image of the lab, 16 times as large.
import { make } from "./controls.mjs";
import { grey } from "./lab-images.mjs";
import { SIDE } from "./lab-values.mjs";
import { range } from "./reads.mjs";

/** @typedef {[number, number]} Spot row and column, from 0 on */
/** @typedef {import("./lab-images.mjs").Seen} Seen */

const TIMES = 16;
/** A smaller image has a smaller loupe. */
const SMALL = 150;
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const within = (/** @type {number} */ at) => Math.max(0, Math.min(SIDE - 1, at));

/** Where an arrow key leads. @param {KeyboardEvent} event @param {Spot} spot @returns {Spot | undefined} */
export function moved({ key, shiftKey }, [row, column]) {
  const [down, right] = ARROWS[/** @type {keyof typeof ARROWS} */ (key)] ?? [0, 0];
  const far = shiftKey ? 8 : 1;
  return down || right ? [within(row + down * far), within(column + right * far)] : undefined;
}

/** One lens over each image. @param {HTMLElement[]} boxes */
export function loupe(boxes) {
  const lenses = boxes.map((box) => {
    const lens = make("canvas", { className: "lab-lens", hidden: true, ariaHidden: "true" });
    box.append(lens);
    return lens;
  });

  /** @param {Spot | undefined} spot @param {boolean} pinned @param {number} side of an image on the page @param {Seen[]} seen */
  function show(spot, pinned, side, seen) {
    const style = getComputedStyle(boxes[0]);
    lenses.forEach((lens, number) => {
      lens.hidden = !spot;
      lens.toggleAttribute("data-pinned", pinned);
      if (spot) draw(lens, spot, side, seen[number], style);
    });
  }

  /** @param {HTMLCanvasElement} lens @param {Spot} spot @param {number} side @param {Seen} seen @param {CSSStyleDeclaration} style */
  function draw(lens, spot, side, { values, counted }, style) {
    const across = side < SMALL ? 5 : 7;
    const width = across * TIMES;
    const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
    const [top, left] = spot.map((at) => at - (across >> 1));
    lens.width = lens.height = width * devicePixelRatio;
    const [down, right] = spot.map((at) => `${edge(at, side, width)}px`);
    Object.assign(lens.style, { width: `${width}px`, height: `${width}px`, translate: `${right} ${down}` });
    const context = /** @type {CanvasRenderingContext2D} */ (lens.getContext("2d"));
    context.scale(devicePixelRatio, devicePixelRatio);
    context.fillStyle = colour("sunken");
    context.fillRect(0, 0, width, width);
    Object.assign(context, { textAlign: "center", textBaseline: "middle", font: `700 11px ${style.fontFamily}` });
    for (const row of range(Math.max(0, top), Math.min(SIDE, top + across))) {
      for (const column of range(Math.max(0, left), Math.min(SIDE, left + across))) {
        const value = values[row * SIDE + column];
        const [x, y] = [(column - left) * TIMES, (row - top) * TIMES];
        context.fillStyle = counted ? colour(`heat-${value}`) : `rgb(${Array(3).fill(grey(value))})`;
        context.fillRect(x, y, TIMES, TIMES);
        if (!counted) continue;
        context.fillStyle = colour(onHeat(value));
        context.fillText(`${value}`, x + TIMES / 2, y + TIMES / 2 + 0.5);
      }
    }
    frame(context, (across >> 1) * TIMES, counted ? [[onHeat(values[spot[0] * SIDE + spot[1]]), 1.6]] : [["white", 4], ["frame", 1.6]], colour);
  }
  return { show };
}

/** The colour that can be seen on that of a count. @param {number} count */
const onHeat = (count) => (count > 4 ? "heat-on-strong" : "heat-on");

/** Where a lens stands, so that it leaves its image by its frame only. @param {number} at @param {number} side @param {number} width */
const edge = (at, side, width) => Math.max(-4, Math.min(side - width, ((at + 0.5) * side) / SIDE - width / 2 - 2));

/**
 * The pixel in the middle.
 * @param {CanvasRenderingContext2D} context @param {number} at @param {[string, number][]} lines @param {(name: string) => string} colour
 */
function frame(context, at, lines, colour) {
  for (const [name, width] of lines) {
    context.strokeStyle = colour(name) || name;
    context.lineWidth = width;
    context.strokeRect(at, at, TIMES, TIMES);
  }
}

/** The pixel under a pointer, if there is one. @param {PointerEvent} event @returns {Spot | undefined} */
export function pointed({ target, clientX, clientY }) {
  const box = /** @type {Element} */ (target).closest(".lab-image")?.getBoundingClientRect();
  if (!box) return;
  const at = (/** @type {number} */ from, /** @type {number} */ width) => within(Math.floor((from / width) * SIDE));
  return [at(clientY - box.top, box.height), at(clientX - box.left, box.width)];
}
