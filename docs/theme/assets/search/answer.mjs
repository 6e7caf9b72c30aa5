// @ts-check
// What the theme's search box is given to show: pages, sections, and a sentence of each.
import { ranking } from "./ranking.mjs";
import { HAN, NUMBER, PIECE } from "./tokens.mjs";

/**
 * @typedef {import("./ranking.mjs").Hit} Hit
 * @typedef {{ location: string, title: string, text: string, score: number, terms: Record<string, boolean> }} Item
 */

const MOST_PAGES = 10;
const MOST_SECTIONS = 5;
const LONGEST = 220;
const SHORT = 90;
// Between two sentences of a line, and inside of no code.
const SENTENCE = /(?:(?<=[.?!:])\s+|(?<=[。？！：]))(?=(?:[^`]*`[^`]*`)*[^`]*$)/u;

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @param {string} text */
const marked = (text) => `<mark data-md-highlight>${escaped(text)}</mark>`;

/** @param {import("./ranking.mjs").Known} known */
export function answering(known) {
  const { find, read, sections } = ranking(known);

  /**
   * The sentence in which most is said of what was asked for.
   * @param {string} text
   * @param {Map<string, number>} says
   */
  function teaser(text, says) {
    const sentences = text.split("\n").flatMap((line) => line.split(SENTENCE)).filter(Boolean);
    let [best, most] = [0, 0];
    sentences.forEach((sentence, at) => {
      let worth = 0;
      for (const token of new Set(read(sentence, false).map(([token]) => token))) worth += says.get(token) ?? 0;
      if (worth > most) [best, most] = [at, worth];
    });
    let shown = sentences[best] ?? "";
    if (shown.length < SHORT && best + 1 < sentences.length) shown += ` ${sentences[best + 1]}`;
    if (shown.length <= LONGEST) return shown;
    const begun = `${shown.slice(0, LONGEST)}…`;
    return begun.split("`").length % 2 ? begun : `${begun}\``;
  }

  /**
   * A text with its code and the words that were asked for, as the box shows it.
   * @param {string} text
   * @param {Map<string, number>} says
   */
  function dressed(text, says) {
    const wanted = (/** @type {string} */ word) => read(word, false).some(([token]) => says.has(token));
    const dress = (/** @type {string} */ part) => {
      let [out, end] = ["", 0];
      for (const { 0: word, index } of part.matchAll(PIECE)) {
        out += escaped(part.slice(end, index)) + (HAN.test(word) ? pairs(word) : wanted(word) ? marked(word) : escaped(word));
        end = index + word.length;
      }
      return out + escaped(part.slice(end));
    };
    const pairs = (/** @type {string} */ run) => {
      const two = [...run].map((_, at) => wanted(run.slice(at, at + 2)));
      const on = two.map((here, at) => here || two[at - 1]);
      return run.replace(/./gu, (sign, at) => (on[at] ? marked(sign) : escaped(sign))).replaceAll("</mark><mark data-md-highlight>", "");
    };
    return text.split("`").map((part, at) => (at % 2 && part ? `<code>${dress(part)}</code>` : dress(part))).join("");
  }

  /**
   * @param {Hit[]} hits of one page
   * @param {Map<string, number>} says
   * @param {Record<string, boolean>} terms
   * @returns {Item[]}
   */
  function group(hits, says, terms) {
    const shown = hits.slice(0, MOST_SECTIONS);
    const { page } = hits[0].section;
    // The box looks for the page itself, and sets it above its sections.
    const first = shown.some(({ section }) => section.url === page)
      ? []
      : sections.filter(({ url }) => url === page).map((section) => ({ section, score: 0 }));
    return [...shown, ...first].map(({ section, score }) => ({
      location: section.url,
      title: dressed(section.heading, says),
      text: dressed(teaser(section.text || section.description, says), says),
      score,
      terms,
    }));
  }

  /**
   * What is shown for a text; an entry that is known to answer it comes first.
   * @param {string} text
   * @param {{ page: string, fix: string }} [entry]
   * @returns {Item[][]}
   */
  return (text, entry) => {
    const { pages, says } = find(text);
    const words = (text.match(PIECE) ?? []).filter((word) => !NUMBER.test(word) && read(word, false).some(([token]) => says.has(token)));
    const terms = Object.fromEntries(words.map((word) => [word, true]));
    const found = pages.slice(0, MOST_PAGES).map((hits) => group(hits, says, terms));
    const section = entry && sections.find(({ url }) => url === entry.page);
    if (!entry || !section) return found;
    const [answer, ...rest] = group([{ section, score: 1000 }], says, {});
    const others = found.filter(([{ location }]) => !location.startsWith(section.page));
    return [[{ ...answer, text: dressed(entry.fix, new Map()) }, ...rest], ...others];
  };
}
