// @ts-check
// Pointing at a cell: what it has to do with lights up, with threads, and the note says it.
import { placed, svg } from "./hero-svg.mjs";
import { noteOfPosition } from "./overlap.mjs";

/** @param {import("./hero.mjs").ConvHero} hero @param {PointerEvent} event */
export function point(hero, event) {
  const { picture, said } = hero;
  const cell = event.target instanceof Element && event.target.closest("[data-input], [data-at]");
  if (hero.hasAttribute("data-stale") || picture.root.getAnimations({ subtree: true }).some(({ id }) => id === "play")) return;
  hero.point("");
  for (const lit of picture.root.querySelectorAll(".lit")) lit.classList.remove("lit");
  picture.layers.threads.replaceChildren();
  if (!(cell instanceof SVGElement)) return;
  const { input, at } = cell.dataset;
  const ofInput = cell.parentNode === picture.layers.inputs || at === undefined;
  const products = [...picture.layers.products.children].filter((one) => one instanceof SVGElement && (ofInput ? one.dataset.input === input : one.dataset.at === at));
  const inputs = new Set(products.map((one) => /** @type {SVGElement} */ (one).dataset.input));
  const places = new Set(products.map((one) => /** @type {SVGElement} */ (one).dataset.at));
  const tied = [...picture.root.querySelectorAll(".m")].filter((one) => {
    if (!(one instanceof SVGElement)) return false;
    const { parentNode: layer } = one;
    if (layer === picture.layers.products) return products.includes(one);
    if (layer === picture.layers.columns) return ofInput ? one.dataset.at !== undefined && places.has(one.dataset.at) : one.dataset.at === at;
    return one.dataset.input !== undefined && (ofInput ? one.dataset.input === input : inputs.has(one.dataset.input) && layer === picture.layers.inputs);
  });
  for (const one of [cell, ...tied]) one.classList.add("lit");
  picture.root.dataset.lit = "one";
  picture.layers.threads.append(...threads(picture, products));
  const { in_size, given, columns } = picture.shown;
  if (ofInput) return said.tell({ key: "one-input", values: {} }, { i: Number(input) + 1, n: given.kernel_size });
  const from = columns.find((column) => `${column.at}` === at)?.taps.map((tap) => tap.input) ?? [];
  const list = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" });
  said.tell(noteOfPosition(in_size, given, Number(at), from), { l: list.format(from.map((one) => `${one + 1}`)) });
}

/** From each input in sight to each of its products. @param {import("./hero-picture.mjs").Picture} picture @param {Element[]} products */
function* threads({ layers, at, shown }, products) {
  const half = Math.max(5, shown.fit.cell - 3) / 2;
  for (const product of products) {
    const { input, at: place } = /** @type {SVGElement} */ (product).dataset;
    const from = layers.inputs.querySelector(`[data-input="${input}"]`);
    if (!from || place === undefined) continue;
    const [[x, y], [end, below]] = [from, product].map(placed);
    const [start, top] = [x + half, y + at.cell - 2];
    yield svg("path", { d: `M${start} ${top}C${start} ${top + 20} ${end + half} ${below - 18} ${end + half} ${below}` });
  }
}
