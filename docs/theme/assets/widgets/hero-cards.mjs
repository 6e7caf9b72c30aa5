// @ts-check
// Layers that turn one size into another: up to five cards, in the order of convarith.solve.
import { DEFAULTS } from "../convarith/answer.mjs";
import { CARDS } from "../convarith/explanation.mjs";
import { make } from "./controls.mjs";
import { fill, SizeError } from "./errors.mjs";
import { svg } from "./hero-svg.mjs";
import { evenness } from "./ranking.mjs";
import { range } from "./reads.mjs";
import { kindOf, measured, tapsAt } from "./scene.mjs";
import { solve, why } from "./solver.mjs";
import { attribute } from "./typed.mjs";

/** @typedef {import("./record.mjs").Setting} Setting */

const SHARED = ["kernel_size", "stride", "dilation"];
const AT_MOST = 5;
/** The inputs of the small picture on a card. */
const [FEWEST, MOST] = [4, 20];

/** Every layer that turns one size into the other on each axis, the best first; where there is none, the refusal says the nearest size. @param {boolean} transposed @param {number[]} ins @param {number[]} outs */
export function found(transposed, ins, outs) {
  // A convolution is found as the one whose size its transpose restores.
  const pairs = ins.map((in_size, axis) => (transposed ? [in_size, outs[axis]] : [outs[axis], in_size]));
  const answers = solve(pairs, pairs.map(() => ({})), SHARED);
  const all = transposed ? answers.found : answers.found.filter((own) => own.every((one) => one.output_padding < one.stride));
  if (all.length) return all;
  const near = transposed && pairs.length === 1 ? [...answers.nearest[0] ?? []] : [];
  const [nearest] = near.sort((one, other) => Math.abs(one - outs[0]) - Math.abs(other - outs[0]));
  const sizes = { in_size: ins.join(" × "), out_size: outs.join(" × ") };
  const reason = transposed ? why(answers, pairs, SHARED) : fill(CARDS.never, sizes);
  throw new SizeError("no-layer", {}, { name: "out_size", nearest, reason });
}

/** A layer as attributes. @param {Setting[]} own @param {string[]} parameters @returns {Record<string, string>} */
export const attributes = (own, parameters) =>
  Object.fromEntries(parameters.map((name) => [name, attribute(own.map((one) => one[/** @type {"stride"} */ (name)]))]));

/** @param {import("./hero.mjs").ConvHero} hero */
export function show(hero) {
  const { transposed, parameters, cards } = hero;
  const { ins, outs } = /** @type {import("./layer-widget.mjs").Answered} */ (hero.good);
  const wanted = { i: ins.join(" × "), o: outs.join(" × ") };
  let layers;
  try {
    layers = hero.hasAttribute("data-stale") ? [] : found(transposed, ins, outs).slice(0, AT_MOST);
  } catch (error) {
    if (!(error instanceof SizeError)) throw error;
    cards.dataset.said = "";
    return cards.replaceChildren(make("p", {}, error.lines[0]));
  }
  cards.hidden = !layers.length;
  const now = (/** @type {Record<string, string>} */ values) => Object.entries(values).every(([name, value]) => (hero.value(name) || `${DEFAULTS[name]}`) === value);
  const said = JSON.stringify([wanted, layers, layers.map((own) => now(attributes(own, parameters)))]);
  // They stay the same elements between a press and its click.
  if (cards.dataset.said === said) return;
  cards.dataset.said = said;
  const radios = layers.map((own) => {
    const values = attributes(own, parameters);
    return make("button", { type: "button", className: "hero-layer", role: "radio", ariaChecked: `${now(values)}`, onclick: () => hero.take({ ...values, out_size: attribute(outs), axis: hero.getAttribute("axis") ?? "" }) },
      ...(transposed ? [skyline(own[0])] : []), make("strong", {}, ...described(values)), make("span", {}, fact(own, ins, outs, transposed)));
  });
  const group = make("div", { role: "radiogroup", ariaLabel: fill(CARDS.layers, wanted), onkeydown: move }, ...radios);
  rove(radios, radios.find((one) => one.ariaChecked === "true") ?? radios[0]);
  const focused = cards.contains(document.activeElement);
  cards.replaceChildren(make("p", {}, fill(CARDS.layers, wanted)), group);
  if (focused) radios.find((one) => one.tabIndex === 0)?.focus();
}

/** One of them is reached by the tab key. @param {HTMLElement[]} radios @param {HTMLElement} one */
const rove = (radios, one) => radios.forEach((radio) => { radio.tabIndex = radio === one ? 0 : -1; });

/** The others by the arrow keys. @param {KeyboardEvent} event */
function move(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const radios = /** @type {HTMLElement[]} */ ([.../** @type {Element} */ (event.currentTarget).children]);
  const at = radios.indexOf(/** @type {HTMLElement} */ (event.target));
  if (!step || at < 0) return;
  event.preventDefault();
  const next = radios[(at + step + radios.length) % radios.length];
  rove(radios, next);
  next.focus();
}

/** @param {Record<string, string>} values */
const described = (values) => Object.entries(values)
  .filter(([name, value]) => name === "kernel_size" || name === "stride" || value !== (name === "dilation" ? "1" : "0"))
  .flatMap(([name, value], at) => [...(at ? [at === 2 ? make("br") : ", "] : []), `${name} ${value.replaceAll("x", " × ")}`]);

/** @param {Setting[]} own @param {number[]} ins @param {number[]} outs @param {boolean} transposed */
function fact(own, ins, outs, transposed) {
  if (!transposed) return "";
  const exact = own.every((one, axis) => one.stride * ins[axis] === outs[axis]);
  const kinds = own.map(evenness);
  const worst = ["holes", "uneven"].find((kind) => kinds.includes(/** @type {"holes"} */ (kind)));
  const single = own.every(({ kernel_size, stride }) => kernel_size === stride);
  return `${exact ? fill(CARDS.every, { f: attribute(own.map((one) => one.stride)).replace("x", " × ") }) : CARDS.this} · ${CARDS[/** @type {"even"} */ (worst ?? (single ? "single" : "even"))]}`;
}

/** How many products each position sums, for a few inputs. @param {Setting} given */
function skyline(given) {
  const inputs = Math.min(MOST, Math.max(FEWEST, Math.ceil(given.kernel_size / given.stride) + 2));
  const sizes = measured(inputs, given);
  const shown = Math.min(sizes.total, 80);
  const counts = range(0, shown).map((at) => tapsAt(sizes, given, at).length);
  const [most, width] = [Math.max(...counts), 160 / (shown + 1)];
  return svg("svg", { viewBox: "0 0 160 26", preserveAspectRatio: "none", "aria-hidden": "true" }, ...counts.map((count, at) => {
    const height = ((count || 0.25) / most) * 25;
    return svg("rect", { class: kindOf(sizes, at), x: at * width, y: 26 - height, width: Math.max(0.8, width - 1), height });
  }));
}
