// @ts-check
// The controls of every widget: made by calls, never from strings of HTML.
import { LABELS } from "../convarith/answer.mjs";
import { fill } from "./errors.mjs";

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, unknown>} [properties] @param {...(Node | string)} children
 */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** @param {string} text @param {() => void} onclick */
export const button = (text, onclick) => make("button", { type: "button", onclick }, text);

/**
 * A number between two buttons; the arrow keys do what the buttons do.
 * @param {string} name the parameter, which is its label
 * @param {number} least @param {(text: string, typing: boolean) => void} change what was typed or stepped to
 */
export function stepper(name, least, change) {
  const input = make("input", { inputMode: "numeric", autocomplete: "off", ariaLabel: name });
  // Leaving the field tells of a change also where the way back has written another number since.
  let typed = "";
  // There may be one number for each axis.
  const by = (/** @type {number} */ step) => {
    const values = (input.value || input.placeholder).split("x").map(Number);
    if (values.every(Number.isSafeInteger)) change(values.map((value) => Math.max(least, value + step)).join("x"), false);
  };
  input.oninput = () => {
    typed = input.value.trim();
    change(typed, true);
  };
  input.onchange = () => { if (input.value.trim() === typed) change(typed, false); };
  input.onkeydown = (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    by(step);
  };
  const [less, more] = [["\u2212", -1, LABELS.less], ["+", 1, LABELS.more]].map(([text, step, label]) =>
    make("button", { type: "button", tabIndex: -1, ariaLabel: fill(`${label}`, { name }), onclick: () => by(Number(step)) }, `${text}`));
  const root = make("div", { className: "cw-step" }, make("code", {}, name), make("span", {}, less, input, more));
  /** A field that says the same already keeps what its reader wrote. @param {string} value @param {boolean} [bad] whether it breaks a rule @param {number} [most] the largest legal value */
  function show(value, bad = false, most = Infinity) {
    if (input.value.trim() !== value) input.value = value;
    root.toggleAttribute("data-bad", bad);
    input.ariaInvalid = `${bad}`;
    less.disabled = Number(value) <= least;
    more.disabled = Number(value) >= most;
  }
  return { root, input, show };
}

/** Buttons of which one is pressed. @param {[string, string][]} options values, and what is read @param {string} label @param {(value: string) => void} choose */
export function choices(options, label, choose) {
  const buttons = options.map(([value, text]) => make("button", { type: "button", value, onclick: () => choose(value) }, text));
  const root = make("div", { className: "cw-seg", role: "group", ariaLabel: label }, ...buttons);
  /** @param {string} chosen */
  const show = (chosen) => buttons.forEach((one) => { one.ariaPressed = `${one.value === chosen}`; });
  return { root, show };
}
