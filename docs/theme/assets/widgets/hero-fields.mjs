// @ts-check
// The numbers of a layer, and what fills them in: a pasted text, a known layer.
import { DEFAULTS, LEAST, PARAMETERS } from "../convarith/answer.mjs";
import { HERO } from "../convarith/hero.mjs";
import { choices, make, stepper } from "./controls.mjs";
import { icon } from "./hero-svg.mjs";
import { outputPaddingLimit } from "./sizes.mjs";

/** @typedef {import("./hero.mjs").ConvHero} ConvHero */

export const NAMES = ["in_size", ...PARAMETERS];
/** Which term of the formula a number belongs to. @type {Record<string, string>} */
const TERMS = { in_size: "place", stride: "place", kernel_size: "scatter", dilation: "scatter", padding: "crop", output_padding: "give" };

/** Of a layer of which only the sizes were said. */
export const CHANNELS = "64, 32";

/** Layers that people know: what in_size, kernel_size, stride, padding and output_padding are. @type {[string, string, number[]][]} */
const KNOWN = [
  ["DCGAN", "ConvTranspose2d", [14, 4, 2, 1, 0]],
  ["U-Net", "ConvTranspose2d", [14, 2, 2, 0, 0]],
  ["HiFi-GAN", "ConvTranspose1d", [32, 16, 8, 4, 0]],
  [HERO.checkerboard, "ConvTranspose2d", [7, 3, 2, 1, 1]],
];

/** @param {ConvHero} hero */
export function fieldsOf(hero) {
  const fields = NAMES.map((name) => {
    const field = stepper(name, LEAST[name], (text, typing) => hero.type(name, text, typing));
    field.input.onfocus = () => {
      field.input.select();
      hero.terms.light(TERMS[name]);
    };
    field.input.onblur = () => hero.terms.light("");
    return { name, ...field };
  });
  const root = make("div", { className: "hero-fields" }, ...fields.map((field) => field.root));
  root.addEventListener("focusout", () => hero.edit({}));

  /** A number that nobody gave is its default; where the message that was pasted says no more, it is blank. @param {string} bad the name of what breaks a rule */
  function show(bad) {
    const blank = !hero.value("in_size") || !hero.value("kernel_size");
    for (const { name, root, input, show } of fields) {
      root.hidden = name === "output_padding" && !hero.transposed;
      const value = hero.shownValue(name) || (blank ? "" : `${DEFAULTS[name] ?? ""}`);
      const [stride, dilation] = ["stride", "dilation"].map((other) => Number(hero.shownValue(other) || 1));
      input.placeholder = `${DEFAULTS[name] ?? ""}`;
      show(hero.draft(name) ?? value, name === bad, name === "output_padding" ? outputPaddingLimit({ stride, dilation }) - 1 : Infinity);
      root.dataset.long = `${[3, 4, 8].filter((most) => value.length > most).length}`;
    }
  }
  return { root, show };
}

/** @param {ConvHero} hero */
export function knownOf(hero) {
  const chips = KNOWN.map(([text, layer, numbers]) => {
    /** @type {Record<string, string>} */
    const values = { layer, dilation: "1", ...Object.fromEntries(NAMES.slice(0, 5).map((name, at) => [name, `${numbers[at]}`])) };
    const small = numbers.slice(1).join(", ").replace(/(, 0)+$/, "");
    const chip = make("button", { type: "button", className: "cw-chip", onclick: choose }, text, make("small", {}, small));
    function choose() {
      Object.assign(hero, { channels: CHANNELS, others: "" });
      hero.take(values);
    }
    const chosen = () => Object.entries(values).every(([name, value]) => name === "in_size" || (hero.value(name) || `${DEFAULTS[name]}`) === value);
    return { chip, chosen };
  });
  const root = make("div", { className: "hero-known" }, ...chips.map(({ chip }) => chip));
  function show() {
    for (const { chip, chosen } of chips) {
      const now = `${chosen()}`;
      // On a phone the row scrolls.
      if (now === "true" && chip.ariaPressed !== now) root.scrollLeft = chip.offsetLeft - root.offsetLeft - 40;
      chip.ariaPressed = now;
    }
  }
  return { root, show };
}

/** @param {ConvHero} hero */
export function pasteOf(hero) {
  const box = make("textarea", {
    rows: 1, spellcheck: false, autocapitalize: "off", autocomplete: "off", placeholder: HERO.paste, ariaLabel: HERO.paste,
    oninput: () => hero.read(box.value),
    // The beginning of a text says more than its end.
    onblur: () => { box.scrollLeft = 0; },
  });
  return make("div", { className: "hero-paste" }, icon("paste"), box);
}

/** Other layers, other numbers of axes, and numbers of one axis alone. @param {ConvHero} hero */
export function moreOf(hero) {
  const kind = choices([["ConvTranspose", "ConvTranspose"], ["Conv", "Conv"], ["MaxPool", HERO.pool]], HERO.layer, (value) => hero.change(`${value}${hero.dims}d`));
  const dims = choices(["1", "2", "3"].map((one) => [one, `${one}d`]), HERO.dims, (value) => hero.change(hero.value("layer").replace(/\dd$/, `${value}d`)));
  const axis = choices(["alike", "axis0", "axis1", "axis2"].map((one) => [one, HERO[one]]), HERO.axes, (value) => hero.edit({ axis: value }));
  const root = make("div", { className: "hero-more", hidden: true }, kind.root, dims.root, axis.root);
  const open = make("button", {
    type: "button", className: "cw-chip hero-open", ariaLabel: HERO.more, title: HERO.more, ariaExpanded: "false",
    onclick: () => { root.hidden = !root.hidden; open.ariaExpanded = `${!root.hidden}`; },
  }, icon("more"));

  /** What is not the default is never out of sight. */
  function show() {
    kind.show(hero.value("layer").slice(0, -2));
    dims.show(`${hero.dims}`);
    axis.show(hero.value("axis"));
    axis.root.hidden = hero.dims === 1;
    [...axis.root.children].forEach((one, at) => /** @type {HTMLElement} */ (one).toggleAttribute("hidden", at > hero.dims));
    if (!hero.value("layer").startsWith("ConvTranspose") || hero.apart) {
      root.hidden = false;
      open.ariaExpanded = "true";
    }
  }
  return { root, open, show };
}
