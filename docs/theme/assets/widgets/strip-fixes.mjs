// @ts-check
// Below a strip: why the first skip does not fit, what fixes it, and the line that changes.
import { STRIP } from "../convarith/strip.mjs";
import { button, make } from "./controls.mjs";
import { fill } from "./errors.mjs";
import { reachesAll, whyOf } from "./strip-net.mjs";

/** @typedef {import("./strip-net.mjs").Asked} Asked */
/** @typedef {import("./strip.mjs").ConvStrip} ConvStrip */

/** @param {ConvStrip} strip @param {Asked} asked @returns {Node[]} */
export function fixesFor(strip, asked) {
  if (asked.first >= 0) return [make("p", {}, ...told(...whyOf(asked))), make("div", { className: "strip-row" }, ...offered(strip, asked))];
  const { last } = strip;
  const fix = last === undefined ? undefined : strip.fixes.get(last);
  return last === undefined || !fix || !strip.changed ? [] : mended(strip, asked, last, fix, strip.changed(strip.text, asked.read.source === "printed", asked.read.layers[last], fix));
}

/** A sentence in which names are code, and the sizes that differ are bold. @param {string} text @param {Record<string, string>} values */
const told = (text, values) => text.split(/\{(\w+)\}/).map((part, at) => {
  if (at % 2 === 0) return part;
  return ["layer", "down"].includes(part) ? make("code", {}, values[part]) : ["got", "wanted"].includes(part) ? make("b", {}, values[part]) : values[part];
});

/** @param {ConvStrip} strip @param {Asked} asked */
function offered(strip, asked) {
  const { read, pairs, first, sizes, cure, near } = asked;
  const [early, late] = pairs[first];
  const wanted = sizes[early];
  const said = fill(STRIP.forThis, { wanted });
  const layer = read.layers[late - 1];
  /** @type {HTMLButtonElement[]} */
  const found = [];
  const torch = read.source !== "keras" && read.source !== "onnx";
  if (cure && torch) {
    const { number, extra, within } = cure;
    found.push(choice(`output_padding=${extra}`, number === late - 1 ? said : `${read.layers[number].name}: ${said}`, () => strip.fix(number, { extra })));
    if (within && number === late - 1) {
      const all = reachesAll(asked, strip.fixes, number) ? STRIP.forAll : said;
      found.push(choice(`output_size=skip.shape[-${layer.dims}:]`, all, () => strip.fix(number, { sized: early })));
    }
  } else if (layer.resizes && torch) {
    found.push(choice(`size=skip.shape[-${layer.dims}:]`, STRIP.forAll, () => strip.fix(late - 1, { sized: early })));
  }
  if (near) found.push(choice(`${STRIP.inSize} ${near}`, STRIP.near, () => strip.take(near)));
  return found;
}

/** @param {string} code @param {string} said @param {() => void} act */
function choice(code, said, act) {
  const one = button("", act);
  one.className = "cw-btn";
  one.append(make("code", {}, code), make("small", {}, said));
  return one;
}

/** @param {ConvStrip} strip @param {Asked} asked @param {number} number @param {import("./strip-sizes.mjs").Fix} fix @param {[string, string]} lines @returns {Node[]} */
function mended(strip, { pairs, sizes }, number, fix, [before, after]) {
  const pair = pairs.find(([, late]) => late > number) ?? pairs[0];
  const undo = Object.assign(button(STRIP.undo, () => strip.undo()), { className: "cw-btn" });
  return [
    make("p", {}, fill(STRIP.mended, { got: sizes[pair[1]], wanted: sizes[pair[0]] })),
    make("div", { className: "strip-diff", tabIndex: 0, role: "region", ariaLabel: STRIP.mended.split("{wanted}")[1].slice(2) }, make("del", {}, before), make("ins", {}, after)),
    make("div", { className: "strip-row" }, copying(STRIP.copyLine, after), undo),
  ];
}

/** @param {string} label @param {string} text */
export function copying(label, text) {
  const one = button(label, async () => {
    await navigator.clipboard.writeText(text);
    one.textContent = STRIP.copied;
    setTimeout(() => { one.textContent = label; }, 1400);
  });
  one.className = "cw-btn cw-btn--go";
  return one;
}
