// @ts-check
// What is said of an answer, to the eye and to who listens, and what is wrong with its cure.
import { HERO } from "../convarith/hero.mjs";
import { button, make } from "./controls.mjs";
import { fill } from "./errors.mjs";

/** How long somebody has to have stopped typing before it is spoken, in ms. */
const QUIET = 400;

export function saidOf() {
  const words = make("span");
  const note = make("p", { className: "hero-note", hidden: true }, make("i"), words);
  const status = make("div", { className: "cw-sr", role: "status" });
  let waiting = 0;
  /** @param {import("./overlap.mjs").Note | undefined} fact @param {Record<string, unknown>} [more] */
  function tell(fact, more) {
    note.hidden = !fact;
    if (!fact) return;
    words.textContent = fill(HERO[fact.key], { ...fact.values, ...more });
    note.toggleAttribute("data-fine", Boolean(fact.fine));
  }
  /** @param {string} text */
  function show(text) {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (status.textContent !== text) status.textContent = text; }, QUIET);
  }
  return { note, status, tell, show };
}

/** @typedef {Record<string, string>} Values */

/** @param {(values: Values) => void} change */
export function problemOf(change) {
  /** @type {Values} */
  let values = {};
  const said = make("span");
  // It stays the same element: leaving a field says the same again, between the press and the click.
  const mend = button("", () => change(values));
  mend.className = "cw-btn";
  const root = make("div", { className: "hero-problem", hidden: true }, said, mend);
  /** @param {import("./errors.mjs").SizeError | undefined} error @param {string} unread what is said of the address @param {{text: string, values: Values} | undefined} cure */
  function show(error, unread, cure) {
    said.textContent = [unread, error?.lines[0]].filter(Boolean).join(" ");
    mend.hidden = !cure;
    if (cure) mend.textContent = fill(HERO.use, { what: cure.text });
    values = cure?.values ?? {};
    root.hidden = !said.textContent;
    root.toggleAttribute("data-missing", error?.message === "line:missing" && !unread && !cure);
  }
  return { root, show };
}
