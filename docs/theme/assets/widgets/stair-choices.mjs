// @ts-check
// The sizes that output_padding can choose, as cards; with too many of them, those near the chosen one.
import { STAIRS } from "../convarith/stairs.mjs";
import { make } from "./controls.mjs";
import { fill } from "./errors.mjs";
import { conv, sizeOf } from "./record.mjs";
import { listed } from "./stair-words.mjs";
import { choicesOf, runsOf } from "./stairs.mjs";
import { grouped } from "./typed.mjs";

// How many cards there may be, gaps included.
const CARDS = 8;
// From how many digits on a card is as wide as its numbers.
const LONG = 5;

/** @param {(output_padding: number) => void} choose */
export function choicesFor(choose) {
  const legend = make("legend");
  const row = make("div");
  const root = make("fieldset", { className: "cw-pick" }, legend, row);
  const name = `choice-${Math.random()}`;
  /** @type {ReturnType<typeof card>[]} */
  let cards = [];

  function card() {
    const input = make("input", { type: "radio", name, onchange: () => choose(Number(input.value)) });
    const [size, value, away] = [make("em"), make("code"), make("small")];
    const out = make("span");
    return { input, out, size, value, away, root: make("label", {}, input, make("strong", {}, out, " → ", size), value, away) };
  }

  /** @param {import("./stairs.mjs").Stairs} stairs */
  function show(stairs) {
    const { front, output_padding, out_size, window } = stairs;
    const [least, most] = choicesOf(stairs);
    const near = [output_padding - 1, output_padding, output_padding + 1].filter((value) => value > least && value < most);
    const runs = most - least < CARDS ? runsOf([least, most], [], CARDS) : runsOf([least, most], [least, ...near, most], 1);
    const values = runs.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at));
    const inside = root.contains(document.activeElement);
    // The same buttons stay, so that the arrow keys can walk along them.
    while (cards.length < values.length) cards.push(card());
    cards = cards.slice(0, values.length);
    values.forEach((value, at) => {
      const { input, out, size, value: code, away } = cards[at];
      const on = sizeOf(conv(window), front + value);
      input.value = `${value}`;
      input.checked = value === output_padding;
      out.textContent = grouped(out_size);
      size.textContent = grouped(front + value);
      code.textContent = `output_padding=${value}`;
      away.textContent = on === out_size ? "" : fill(STAIRS.becomes, { size: grouped(front + value), on: grouped(on) });
    });
    const gap = (/** @type {number} */ from, /** @type {number} */ to) => make("span", {}, fill(STAIRS.hidden, { count: grouped(to - from) }));
    row.replaceChildren(...runs.flatMap(([from, to], at) => [
      ...(at ? [gap(runs[at - 1][1] + 1, from)] : []),
      ...cards.filter(({ input }) => from <= Number(input.value) && Number(input.value) <= to).map(({ root }) => root),
    ]));
    row.style.setProperty("--cards", `${Math.min(row.childElementCount, 4)}`);
    row.toggleAttribute("data-long", runs.length > 1 || grouped(front + most).length > LONG);
    legend.textContent = fill(least === most ? STAIRS.single : STAIRS.pick, {
      out_size: grouped(out_size), list: listed(front + least, front + most, STAIRS.or), size: grouped(front + least),
    });
    if (inside) cards.find(({ input }) => input.checked)?.input.focus();
  }
  return { root, show, count: CARDS };
}
