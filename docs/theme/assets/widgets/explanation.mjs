// @ts-check
// What a calculator says beside its answer: the formula, the code, what it means.
import { DEFAULTS } from "../convarith/answer.mjs";
import { FORMULAS, MORE } from "../convarith/explanation.mjs";
import { button, make } from "./controls.mjs";
import { fill, say } from "./errors.mjs";
import { reasons } from "./ranking.mjs";
import { conv } from "./record.mjs";
import { convInputSizes } from "./sizes.mjs";

/** @typedef {import("./record.mjs").Setting} Setting */

/** @param {import("./calculator.mjs").ConvCalculator} calculator @param {Setting[]} settings @param {number[]} ins @param {number[]} outs */
export function show(calculator, settings, ins, outs) {
  const { transposed, channels } = calculator;
  const kind = transposed ? "ConvTranspose" : "Conv";
  const line = call(calculator.value("layer"), settings, `${channels}, kernel_size=`);
  const code = [
    `import torch\nlayer = torch.nn.${line}`,
    `from convarith import ${kind}\nprint(${call(kind, settings)}.out_size(${shown(ins.length > 1 ? ins : ins[0])}))`,
  ];
  const formulas = ins.map((in_size, axis) => substitution(transposed, in_size, settings[axis], outs[axis]));
  const facts = ins.map((in_size, axis) => meaning(transposed, in_size, settings[axis], outs[axis]));
  calculator.rest.replaceChildren(
    make("ul", {}, ...together(facts).map((fact) => make("li", {}, fact))),
    ...code.map(copied),
    folded(calculator, [...new Set(formulas)].join("\n")),
  );
}

/** What is said of each axis, and once where it is the same of all. @param {string[][]} facts */
export function together(facts) {
  if (facts.every((own) => own.join() === facts[0].join())) return facts[0];
  return facts.flatMap((own, axis) => own.map((fact) => `${say("axis", { axis })} ${fact}`));
}

/** Shown on request, and then also for other numbers. @param {import("./calculator.mjs").ConvCalculator} calculator @param {string} formula */
function folded(calculator, formula) {
  const box = make("details", { open: calculator.unfolded }, make("summary", {}, MORE.formula), block(formula));
  box.ontoggle = () => (calculator.unfolded = box.open);
  return box;
}

/** @param {string} text */
const block = (text) => make("pre", {}, make("code", { tabIndex: 0 }, text));

/** A block with a button that copies it and says so. @param {string} text */
function copied(text) {
  const copy = button(MORE.copy, async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = MORE.copied;
    setTimeout(() => (copy.textContent = MORE.copy), 2000);
  });
  return make("div", { className: "cw-code" }, block(text), copy);
}

/** What can be said of a setting and a size, fact by fact. @param {boolean} transposed @param {number} in_size @param {Setting} setting @param {number} out_size */
function meaning(transposed, in_size, setting, out_size) {
  const { output_padding, ...window } = setting;
  const [first, last] = convInputSizes(transposed ? in_size : out_size, window);
  if (!transposed) {
    const layer = call("ConvTranspose", [window]);
    return [say(first === last ? "alone" : "shared", { first, last, o: out_size }), fill(MORE.undone, { layer })];
  }
  const sizes = first === last ? `${first}` : fill(MORE.to, { first, last });
  const leads = first <= out_size && out_size <= last;
  const undoes = fill(leads ? MORE.undoes : MORE.chosen, { conv: call("Conv", [window]), in_size, out_size, sizes });
  return [undoes, ...reasons(setting, in_size, out_size)];
}

/** The numbers of the axes as one attribute. @param {(string | number)[]} numbers */
export const attribute = (numbers) =>
  (numbers.every((number) => number === numbers[0]) ? `${numbers[0] ?? ""}` : numbers.join("x"));

/** A value as Python would write it. @param {unknown} value */
export const shown = (value) => (Array.isArray(value) ? `(${value.join(", ")})` : `${value}`);

/** A call as Python writes it: what is the default is left out. @param {string} name @param {Record<string, number>[]} settings @param {string} [first] */
export function call(name, settings, first = "") {
  const given = Object.keys(settings[0]).flatMap((key) => {
    const own = settings.map((setting) => setting[key]);
    if (attribute(own) === `${DEFAULTS[key]}`) return [];
    const value = attribute(own).includes("x") ? shown(own) : own[0];
    return [key === "kernel_size" ? first + value : `${key}=${value}`];
  });
  return `${name}(${given.join(", ")})`;
}

/** The formula with these numbers, as convarith.explain writes it. @param {boolean} transposed @param {number} i @param {Setting} setting @param {number} o */
function substitution(transposed, i, setting, o) {
  const { kernel_size: k, stride: s, padding: b, output_padding: a, dilation: d } = setting;
  const crop = 2 * b;
  const numbers = { i, k, s, b, a, d, crop, full: o + crop - a, rest: i + conv(setting).slack - 1 };
  const steps = FORMULAS[transposed ? "transposed" : "window"].map((step) => fill(step, numbers));
  return `out_size = ${[...steps, o].join("\n         = ")}`;
}
