// @ts-check
// An error message in place of a network: the two sizes that should be equal, its cause and its fix.
import { CURES } from "../convarith/cures.mjs";
import { STRIP } from "../convarith/strip.mjs";
import { known } from "../known.mjs";
import { make } from "./controls.mjs";
import { fill } from "./errors.mjs";
import { linesFor } from "./strip-net.mjs";
import { asking } from "./strip-notes.mjs";

/** @param {string} text @param {number} size */
export function explained(text, size) {
  const message = known(text);
  if (!message) return undefined;
  const { found, page } = message;
  const [cause, fix] = CURES[page];
  const part = (/** @type {string} */ name, /** @type {string} */ said) => make("p", {}, make("b", {}, name), " ", ...marked(said));
  const [one, other] = [Number(found.wanted), Number(found.got)];
  const two = one >= 1 && other >= 1 && one !== other;
  return {
    said: two ? fill(STRIP.differ, { one, other }) : STRIP.message,
    strip: two ? { bars: [one, other].map((size) => ({ size, name: "", detail: "" })), joins: [{ start: 0, end: 1, one, other }], broken: 0 } : undefined,
    fixes: [part(STRIP.fix, fix), part(STRIP.cause, cause), make("p", {}, make("a", { href: new URL(`../../${page}`, import.meta.url).href }, STRIP.entry))],
    notes: asking(linesFor({ dims: 2, channels: 3 }, size), true),
  };
}

/** Code stands between backticks. @param {string} text */
const marked = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));
