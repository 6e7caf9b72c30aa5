// @ts-check
// What the lab shows of one layer: its name, its code, the products, two images, the contrast, a sentence.
import { LAB, LAYERS } from "../convarith/lab.mjs";
import { make } from "./controls.mjs";
import { fill } from "./errors.mjs";
import { sentence, SIDE, sources, sums } from "./lab-values.mjs";
import { range } from "./reads.mjs";

/** @typedef {import("./lab-values.mjs").Layer} Layer */
/** @typedef {import("./lab-values.mjs").Result} Result */

/** Calls as Python writes them, each in parts that may stand on lines of their own. @type {Record<string, string[][]>} */
const CODE = {
  transposed: [["ConvTranspose2d(", "1, 1, 4, stride=2, ", "padding=1)"]],
  resized: [["Upsample(", "scale_factor=2)"], ["Conv2d(1, 1, 3, ", "padding=1)"]],
  shuffled: [["Conv2d(1, 4, 3, ", "padding=1)"], ["PixelShuffle(2)"]],
  icnr: [["Conv2d(1, 4, 3, ", "padding=1)"], ["PixelShuffle(2)"]],
};
/** What follows from the sliders. @param {Layer} layer */
const rest = ({ padding, output_padding }) => [[`padding=${padding}`], [`output_padding=${output_padding}`]];

/** How many bricks of each kind stand side by side. */
const BRICKS = 24;
const BRICK = { width: 7, height: 9 };
const TALLEST = 3;

/** @param {number} contrast */
export const percent = (contrast) => (contrast ? `${(contrast * 100).toFixed(1)} %` : "0 %");

/** Numbers as a sentence lists them. @param {number[]} values */
const listed = (values) =>
  (values.length < 2 ? `${values}` : values.slice(0, -1).join(LAB.comma) + LAB.or + values[values.length - 1]);

/** What a layer is called in a sentence. @param {Layer} layer */
export const named = ({ kind, kernel_size, stride }) =>
  (kind === "transposed" ? `ConvTranspose2d(kernel_size=${kernel_size}, stride=${stride})` : LAB[kind]);

/** @param {number} number of the panel @param {Node[]} controls what a reader can change; without them the code is shown */
export function panel(number, controls) {
  const id = `lab-${number}`;
  const title = make("strong", { id });
  const [from, to] = [make("b"), make("b", {}, `${SIDE}`)];
  const chosen = controls.length > 0;
  const written = make("code", { className: chosen ? "" : "lab-code" });
  const setting = make("div", { className: "lab-setting" }, ...controls, written);
  const bricks = element("svg", { class: "lab-bricks", "aria-hidden": "true", preserveAspectRatio: "none" });
  const canvases = range(0, 2).map(() => make("canvas", { width: SIDE, height: SIDE, role: "img" }));
  const boxes = canvases.map((canvas) => make("div", { className: "lab-image" }, canvas));
  const contrast = make("b");
  const said = make("p");
  const root = make(
    "div", { className: "lab-panel", role: "group" },
    make("div", { className: "lab-name" }, make("span", {}, `${number}`), title, make("code", {}, from, " \u2192 ", to)),
    setting, bricks, make("div", { className: "lab-images" }, ...boxes),
    make("div", { className: "lab-contrast" }, contrast, make("span", {}, LAB.contrast)), said,
  );
  root.setAttribute("aria-labelledby", id);

  /** @param {Result} result @param {{equal: boolean, map: boolean}} state */
  function show({ layer, contrast: value }, { equal, map }) {
    const [key, values] = sentence(layer, equal);
    const name = named(layer);
    title.textContent = name.split("(")[0];
    from.textContent = `${layer.in_size}`;
    const lines = chosen ? rest(layer) : CODE[layer.kind];
    written.replaceChildren(...lines.map((parts) => make("span", {}, ...parts.map((part) => make("span", {}, part)))));
    bricks.replaceChildren(...skyline(layer));
    bricks.setAttribute("viewBox", `0 0 ${BRICKS * BRICK.width} ${TALLEST * BRICK.height + 2}`);
    contrast.textContent = percent(value);
    said.textContent = fill(LAYERS[key], { ...values, counts: listed(sums(layer)) });
    root.toggleAttribute("data-grid", value > 0);
    canvases[0].ariaLabel = fill(map ? LAB.mapImage : LAB.constantImage, { name, counts: listed(sums(layer)), contrast: percent(value) });
    canvases[1].ariaLabel = fill(LAB.pictureImage, { name });
  }

  /** Nothing is known of a setting that is refused. */
  function blank() {
    contrast.textContent = "\u2014";
    said.textContent = "";
  }
  return { root, boxes, canvases, show, blank };
}

/** The products of each of some outputs in the middle, in two shades for odd and even inputs. @param {Layer} layer */
function skyline(layer) {
  const { width, height } = BRICK;
  const brick = (/** @type {number} */ column, /** @type {number} */ level, /** @type {string} */ kind) => element("rect", {
    class: kind, x: column * width + 0.6, y: (TALLEST - 1 - level) * height + 1.5, width: width - 1.2, height: height - 1.6, rx: 1.6,
  });
  return range(0, BRICKS).flatMap((column) => {
    const inputs = sources(layer, (SIDE - BRICKS) / 2 + column).map(({ input }) => input);
    return inputs.length ? inputs.map((input, level) => brick(column, level, input % 2 ? "odd" : "even")) : [brick(column, 0, "none")];
  });
}

/** @param {string} tag @param {Record<string, unknown>} attributes */
function element(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, `${value}`);
  return node;
}
