// @ts-check
// The layer as a line of code, and what can be done with it and with the picture.
import { DEFAULTS, PARAMETERS } from "../convarith/answer.mjs";
import { HERO, INSTALL } from "../convarith/hero.mjs";
import { make } from "./controls.mjs";
import { icon } from "./hero-svg.mjs";
import { attribute, shown } from "./typed.mjs";

/** A button that says what it has done. @param {Parameters<typeof icon>[0]} sign @param {string} text @param {string} done @param {() => void | Promise<unknown>} act */
export function acting(sign, text, done, act) {
  const label = make("span", {}, text);
  const button = make("button", { type: "button", className: "cw-btn", ariaLabel: text, onclick: press }, icon(sign), label);
  async function press() {
    await act();
    button.dataset.done = "";
    button.ariaLabel = label.textContent = done;
    button.firstChild?.replaceWith(icon("done"));
    setTimeout(() => {
      delete button.dataset.done;
      button.ariaLabel = label.textContent = text;
      button.firstChild?.replaceWith(icon(sign));
    }, 1400);
  }
  return button;
}

/** @param {string} text */
export const copy = (text) => navigator.clipboard.writeText(text);

/** A call as Python writes it: what is the default is left out. @param {string} layer @param {import("./record.mjs").Setting[]} settings @param {string} channels @param {string} more what else was pasted */
export function line(layer, settings, channels, more) {
  const pool = layer.startsWith("Max");
  const given = PARAMETERS.filter((name) => !layer.startsWith("Max") || name !== "output_padding").flatMap((name) => {
    const own = settings.map((setting) => setting[/** @type {"stride"} */ (name)]);
    const usual = pool && name === "stride" ? attribute(settings.map((one) => one.kernel_size)) : `${DEFAULTS[name]}`;
    if (own.includes(/** @type {any} */ (undefined)) || attribute(own) === usual) return [];
    const value = attribute(own).includes("x") ? shown(own) : `${own[0]}`;
    return [name === "kernel_size" ? value : `${name}=${value}`];
  });
  return `nn.${layer}(${[...(pool ? [] : [channels]), ...given, ...(more ? [more] : [])].join(", ")})`;
}

/** @param {import("./hero.mjs").ConvHero} hero */
export function codeOf(hero) {
  const code = make("code");
  const layer = acting("copy", HERO.copyLayer, HERO.copied, () => copy(`${code.textContent}`));
  layer.classList.add("cw-btn--go");
  const save = async (/** @type {"svg" | "png"} */ kind) => {
    const name = [hero.value("layer"), hero.good?.ins.join("x"), hero.good?.outs.join("x")].join("-");
    await (await import("./hero-save.mjs")).save(hero.picture.root, name, kind);
  };
  const ofPicture = [
    acting("save", HERO.saveSvg, HERO.saved, () => save("svg")),
    acting("save", HERO.savePng, HERO.saved, () => save("png")),
    make("button", { type: "button", className: "cw-btn hero-play", ariaLabel: HERO.replay, onclick: () => hero.play() }, icon("play"), make("span", {}, HERO.replay)),
  ];
  const link = acting("link", HERO.copyLink, HERO.copied, () => copy(location.href));
  const root = make("div", { className: "hero-code" }, code, make("div", { className: "hero-acts" }, layer, link, ...ofPicture));
  /** @param {string} text @param {boolean} drawn whether there is a picture @param {boolean} right whether it is the answer */
  function show(text, drawn, right) {
    code.textContent = text;
    root.toggleAttribute("data-stale", !right);
    for (const one of ofPicture) one.hidden = !drawn;
    for (const one of [layer, ...ofPicture]) one.disabled = !right;
  }
  return { root, show };
}

/** The command that installs the library, where a clone of it is. */
export function installed() {
  const button = acting("copy", HERO.copyInstall, HERO.copied, () => copy(INSTALL));
  const guide = new URL("../../getting-started/#install", import.meta.url).href;
  return make("p", { className: "hero-install" }, make("code", {}, INSTALL), button, make("a", { href: guide }, HERO.clone));
}
