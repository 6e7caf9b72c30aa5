// @ts-check
// The controls of every widget: made by calls, never from strings of HTML.
import { DEFAULTS, LABELS } from "../convarith/answer.mjs";
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

/** A control under its label. @param {string} text @param {Node} control */
export const labelled = (text, control) => make("label", {}, make("span", {}, text), control);

/** @param {string[][]} options values, and what is read @param {(value: string) => void} choose */
export function select(options, choose) {
  const box = make("select", { onchange: () => choose(box.value) });
  box.append(...options.map(([value, text]) => new Option(text ?? value, value)));
  return box;
}

/** @param {string} text @param {() => void} onclick */
export const button = (text, onclick) => make("button", { type: "button", onclick }, text);

/**
 * One box for each parameter, or one for each axis of it.
 * @param {import("./widget.mjs").Widget} widget whose attributes the boxes show and change
 * @param {string[]} names attributes
 */
export function fields(widget, names) {
  const groups = new Map(names.map((name) => [name, make("div", {}, make("code", {}, name))]));
  const root = make("div", { className: "cw-fields" }, ...groups.values());

  /** @param {string} name */
  const boxes = (name) => [...groups.get(name)?.querySelectorAll("input") ?? []];
  // What is no number has no value; the question mark makes it be refused.
  const typed = (/** @type {string} */ name) =>
    boxes(name).map((input) => (input.validity.badInput ? "?" : input.value)).join("x").replace(/x+$/, "");

  /** @param {string} name */
  const box = (name) => groups.get(name)?.append(make("input", {
    type: "number",
    oninput: () => widget.edit({ [name]: typed(name) }, true),
    onchange: () => widget.edit({}),
  }));

  /** @param {string[]} used which to show @param {number} axes @param {string} [blank] what an empty box means */
  function show(used, axes, blank) {
    for (const [name, group] of groups) {
      group.hidden = !used.includes(name);
      if (group.hidden) continue;
      const values = widget.value(name).split("x");
      boxes(name).slice(axes).forEach((input) => input.remove());
      for (let axis = boxes(name).length; axis < axes; axis++) box(name);
      // A box that says the same already keeps what its reader wrote.
      const stale = typed(name) !== widget.value(name);
      boxes(name).forEach((input, axis) => {
        if (stale) input.value = values[axis] ?? "";
        input.placeholder = (axis && values[0]) || blank || `${DEFAULTS[name] ?? ""}`;
        input.ariaLabel = axes > 1 ? `${name}, ${fill(LABELS.axis, { axis })}` : name;
      });
    }
  }
  return { root, show };
}
