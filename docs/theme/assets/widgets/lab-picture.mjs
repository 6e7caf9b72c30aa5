// @ts-check
// The two images of the lab, as formulas: the same numbers in every browser, at every size.
import { range } from "./reads.mjs";

/** What the constant image has everywhere. */
const GREY = 0.4;
/** The picture is drawn on a square of this width; brightness counts from 0 to 255. */
const WIDTH = 48;
/** Points that are asked along each dimension of a pixel. */
const SAMPLES = 4;

/**
 * A brightness that changes from one height to another.
 * @param {number} y @param {number} top @param {number} bottom @param {number} from @param {number} to
 */
function fading(y, top, bottom, from, to) {
  const share = Math.min(1, Math.max(0, (y - top) / (bottom - top)));
  return from + (to - from) * share;
}

const RIDGE = [[0, 31], [13, 15], [22, 26], [29, 19], [48, 34]];
/** The height of the mountains. @param {number} x */
function ridge(x) {
  const right = Math.max(1, RIDGE.findIndex(([at]) => at >= x));
  const [[x0, y0], [x1, y1]] = [RIDGE[right - 1], RIDGE[right]];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** @param {number} x @param {number} y */
const fence = (x, y) => y > 38 && y < 47 && range(0, 4).some((post) => Math.abs(x - (27 + 5 * post + (47 - y) / 4.5)) < 0.75);

/** What stands at a point, from the front to the back. @param {number} x @param {number} y */
function brightness(x, y) {
  if (fence(x, y)) return 36;
  if (x > 12.5 && x < 15.5 && y > 35.5 && y < 41) return 44;
  if (x > 9 && x < 19 && y > 33 && y < 41) return 170;
  if (y < 33 && y > 27.5 + Math.abs(x - 14) * 0.92) return 34;
  if (y > 35.6 - 1.6 * Math.sin((2 * Math.PI * x) / WIDTH)) return fading(y, 33, 48, 136, 88);
  if (y > ridge(x)) return fading(y, 18, 40, 88, 48);
  if (Math.hypot(x - 35, y - 12) < 6.5) return 186;
  return fading(y, 0, 30, 46, 152);
}

/** @type {Map<number, Float64Array>} */
const drawn = new Map();
/** A landscape with a moon, a house and a fence. @param {number} size */
export function picture(size) {
  const image = drawn.get(size) ?? landscape(size);
  drawn.set(size, image);
  return image;
}

/** @param {number} size */
function landscape(size) {
  const points = size * SAMPLES;
  const image = new Float64Array(size ** 2);
  for (let row = 0; row < points; row++) {
    for (let column = 0; column < points; column++) {
      const at = Math.floor(row / SAMPLES) * size + Math.floor(column / SAMPLES);
      const [x, y] = [column, row].map((place) => ((place + 0.5) * WIDTH) / points);
      image[at] += brightness(x, y) / 255 / SAMPLES ** 2;
    }
  }
  return image;
}

/** @param {number} size */
export const constant = (size) => new Float64Array(size ** 2).fill(GREY);
