// @ts-check
// What a calculator says beside its answer: the formula, the code, what it means.
import { button, DEFAULTS, make } from "./controls.mjs";
import { say, shown } from "./errors.mjs";
import { reasons } from "./reasons.mjs";
import { convInputSizes } from "./sizes.mjs";
import { LANGUAGE } from "./widget.mjs";

// All words of a language; the calculator answers with the first part alone.
/** @typedef {typeof import("./words/more.en.mjs").default} More */

/** @type {{default: import("./errors.mjs").Words}} */
export const { default: words } = await import(`./words/${LANGUAGE}.mjs`);
/** @type {{default: More}} */
export const { default: more } = await import(`./words/more.${LANGUAGE}.mjs`);
Object.assign(words.rules, more.rules);
Object.assign(words.valid, more.valid);
const { labels } = more;

/** @typedef {Record<string, number>} Setting */

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
  return facts.flatMap((own, axis) => own.map((fact) => `${say(words.axis, { axis })} ${fact}`));
}

/** Shown on request, and then also for other numbers. @param {import("./calculator.mjs").ConvCalculator} calculator @param {string} formula */
function folded(calculator, formula) {
  const box = make("details", { open: calculator.unfolded }, make("summary", {}, labels.formula), block(formula));
  box.ontoggle = () => (calculator.unfolded = box.open);
  return box;
}

/** @param {string} text */
const block = (text) => make("pre", {}, make("code", { tabIndex: 0 }, text));

/** A block with a button that copies it and says so. @param {string} text */
function copied(text) {
  const copy = button(labels.copy, async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = labels.copied;
    setTimeout(() => (copy.textContent = labels.copy), 2000);
  });
  return make("div", { className: "cw-code" }, block(text), copy);
}

/** What can be said of a setting and a size, fact by fact. @param {boolean} transposed @param {number} in_size @param {Setting} setting @param {number} out_size */
function meaning(transposed, in_size, setting, out_size) {
  const { output_padding, ...window } = setting;
  const [first, last] = convInputSizes(transposed ? in_size : out_size, /** @type {any} */ (window));
  const sizes = first === last ? `${first}` : say(labels.to, { first, last });
  if (!transposed) {
    const layer = call("ConvTranspose", [window]);
    return [say(first === last ? labels.alone : labels.shares, { sizes, out_size }), say(labels.undone, { layer })];
  }
  const leads = first <= out_size && out_size <= last;
  const undoes = say(leads ? labels.undoes : labels.chosen, { conv: call("Conv", [window]), in_size, out_size, sizes });
  return [undoes, ...reasons(/** @type {any} */ (setting), in_size, out_size, more.reasons)];
}

/** A call as Python writes it: what is the default is left out. @param {string} name @param {Setting[]} settings @param {string} [first] */
export function call(name, settings, first = "") {
  const given = Object.keys(settings[0]).flatMap((key) => {
    const own = settings.map((setting) => setting[key]);
    const alike = own.every((value) => value === own[0]);
    if (alike && own[0] === DEFAULTS[key]) return [];
    const value = shown(alike ? own[0] : own);
    return [key === "kernel_size" ? first + value : `${key}=${value}`];
  });
  return `${name}(${given.join(", ")})`;
}

/** The formula with these numbers, as convarith.explain writes it. @param {boolean} transposed @param {number} i @param {Setting} setting @param {number} o */
export function substitution(transposed, i, { kernel_size: k, stride: s, padding: p, output_padding: a, dilation: d }, o) {
  const lines = transposed
    ? [
      "(in_size - 1) * stride + dilation * (kernel_size - 1) + 1 - 2 * padding + output_padding",
      `(${i} - 1) * ${s} + ${d} * (${k} - 1) + 1 - 2 * ${p} + ${a}`,
      `${(i - 1) * s + d * (k - 1) + 1} - ${2 * p} + ${a}`,
    ]
    : [
      "floor((in_size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1",
      `floor((${i} + 2 * ${p} - ${d} * (${k} - 1) - 1) / ${s}) + 1`,
      `floor(${i + 2 * p - d * (k - 1) - 1} / ${s}) + 1`,
    ];
  return `out_size = ${[...lines, o].join("\n         = ")}`;
}
