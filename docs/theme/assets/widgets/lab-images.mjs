// @ts-check
// The canvases of the lab: brightness or counts as colours, and new images that melt into the old ones.
import { range } from "./reads.mjs";

/** @typedef {import("./lab-values.mjs").Result} Result */
/** @typedef {{values: ArrayLike<number>, counted: boolean}} Seen what a canvas shows: brightness, or counts */
/** @typedef {number[]} Colour red, green, blue */

const MELTING = 200;
/** The counts that have a colour: all that the layers of the lab can have. */
export const COUNTS = [0, 1, 2, 3, 4, 6, 9];

/** Brightness as a part of a colour. @param {number} value */
export const grey = (value) => Math.max(0, Math.min(255, Math.round(value * 255)));
const SHADES = range(0, 256).map((part) => [part, part, part]);
export const shade = (/** @type {number} */ value) => SHADES[grey(value)];

/** Every value as a pixel. @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} values @param {(value: number) => Colour} colour */
export function paint(canvas, values, colour) {
  const data = new ImageData(canvas.width, canvas.height);
  for (let at = 0; at < values.length; at++) {
    const [red, green, blue] = colour(values[at]);
    data.data[4 * at] = red;
    data.data[4 * at + 1] = green;
    data.data[4 * at + 2] = blue;
    data.data[4 * at + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(data, 0, 0);
}

/** A colour as the style writes it, #EBA63A. @param {string} text */
const colourOf = (text) => (text.match(/[\dA-F]{2}/gi) ?? []).map((part) => parseInt(part, 16));

/** The colours of the counts in the palette of the page. @param {Element} element */
function heat(element) {
  const style = getComputedStyle(element);
  const colours = new Map(COUNTS.map((count) => [count, colourOf(style.getPropertyValue(`--heat-${count}`))]));
  return (/** @type {number} */ count) => colours.get(count) ?? [];
}

/**
 * The two images of every layer; the first can be its map.
 * @param {HTMLCanvasElement[][]} canvases @param {() => void} painted
 */
export function images(canvases, painted) {
  /** What is on the canvases, which is in between while they melt. @type {Float64Array[][]} */
  let now = [];
  /** @type {Result[]} */
  let results = [];
  let map = false;
  let frame = 0;

  function draw() {
    const colour = heat(canvases[0][0]);
    now.forEach((pair, layer) => pair.forEach((output, at) => {
      if (map && !at) paint(canvases[layer][at], results[layer].counts, colour);
      else paint(canvases[layer][at], output, shade);
    }));
    painted();
  }

  /** @param {Float64Array[][]} goal @param {Float64Array[][]} old @param {number} start */
  function melt(goal, old, start) {
    frame = requestAnimationFrame((time) => {
      const part = Math.min(1, Math.max(0, time - start) / MELTING);
      const share = part * part * (3 - 2 * part);
      now = part < 1 ? goal.map((pair, layer) => pair.map((output, at) => between(old[layer][at], output, share))) : goal;
      draw();
      if (part < 1) melt(goal, old, start);
    });
  }

  /** @param {Result[]} given @param {boolean} counted whether the map takes the place of the first image */
  function show(given, counted) {
    const goal = given.map(({ outputs }) => outputs);
    const anew = given !== results;
    [results, map] = [given, counted];
    if (anew) {
      cancelAnimationFrame(frame);
      if (now.length && !matchMedia("(prefers-reduced-motion: reduce)").matches) return melt(goal, now, performance.now());
      now = goal;
    }
    draw();
  }

  /** Canvas for canvas. @returns {Seen[]} */
  const seen = () => now.flatMap((pair, layer) =>
    pair.map((values, at) => (map && !at ? { values: results[layer].counts, counted: true } : { values, counted: false })));
  const stop = () => cancelAnimationFrame(frame);
  return { show, draw, seen, stop };
}

/** @param {Float64Array} from @param {Float64Array} to @param {number} share */
const between = (from, to, share) => to.map((value, at) => value * share + from[at] * (1 - share));
