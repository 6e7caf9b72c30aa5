// @ts-check
// Above the card, on the right: which question, and the answer.
import { HERO } from "../convarith/hero.mjs";
import { choices, make, stepper } from "./controls.mjs";
import { fill } from "./errors.mjs";
import { icon } from "./hero-svg.mjs";
import { grouped } from "./typed.mjs";

/** @param {import("./hero.mjs").ConvHero} hero */
export function answerOf(hero) {
  const wish = choices([["forwards", HERO.get], ["backwards", HERO.want]], HERO.question, (value) => hero.ask(value));
  const from = make("b", { className: "hero-in" });
  const to = make("b", { className: "hero-out" });
  const wanted = stepper("out_size", 1, (text, typing) => hero.type("out_size", text, typing));
  const big = make("div", { className: "hero-big" }, from, icon("arrow"), make("span", { className: "cw-sr" }, " → "), to, wanted.root);
  const each = make("div", { className: "hero-each" });
  const root = make("div", { className: "hero-answer" }, wish.root, big, each);
  wanted.root.querySelector("code")?.classList.add("cw-sr");

  /** @param {string[]} ins as they stand in the field @param {number[] | undefined} outs nothing where there is no answer @param {string} field what the field for the wanted size shows */
  function show(ins, outs, field) {
    const backwards = hero.value("wish") === "backwards";
    wish.show(hero.value("wish"));
    for (const one of wish.root.querySelectorAll("button")) one.disabled = one.value === "backwards" && hero.value("layer").startsWith("Max");
    from.textContent = ins.map((size) => (/^\d+$/.test(size) ? grouped(Number(size)) : "?")).join(" × ");
    to.textContent = outs?.map(grouped).join(" × ") ?? "—";
    to.hidden = backwards;
    wanted.root.hidden = !backwards;
    wanted.show(field, backwards && !outs);
    const digits = `${from.textContent}${backwards ? field : to.textContent}`.length;
    big.dataset.size = digits > 12 ? "huge" : digits > 7 ? "long" : "";
    each.textContent = !outs || hero.dims === 1 || outs.length > 1 ? "\u00a0" : said(ins[0], outs[0]);
  }

  /** @param {string} size @param {number} out_size */
  function said(size, out_size) {
    if (`${size}${out_size}`.length * hero.dims > 19) return HERO.each;
    const all = (/** @type {number} */ one) => Array(hero.dims).fill(grouped(one)).join(" × ");
    return fill(HERO.all, { i: all(Number(size)), o: all(out_size) });
  }

  return { root, show, input: wanted.input };
}
