// @ts-check
// Which pages answer what is typed, and with which of their sections.
import MiniSearch from "./minisearch.mjs";
import { coded, meant } from "./code.mjs";
import { NAMED, reader } from "./tokens.mjs";

/**
 * @typedef {[anchor: string, heading: string, text: string]} Part
 * @typedef {{ pages: [url: string, description: string, parts: Part[], code: string][], things: Record<string, string[]>, silent: string[], slips: Record<string, string> }} Known
 * @typedef {{ page: string, url: string, title: string, description: string, heading: string, text: string, code: string }} Section
 * @typedef {{ section: Section, score: number }} Hit
 */

const WEIGHTS = { heading: 3, title: 1.5, description: 1.5, text: 1, code: 0.6 };
// Two words that stand beside each other count as one where little is said.
const PAIRED = ["heading", "title"];
// Where layers stand with their numbers.
const CODED = ["text", "code"];
// A word that no page has is a slip, or begins one that they have.
const FEWEST_LETTERS = 4;
const A_WORD = 0.9;
const SWAPPED = 0.7;
// Of two such sizes that differ by one, one is wanted and the other is there.
const SMALLEST = 5;
// Who pastes no message wants a page that explains, sooner than one about an error.
const MESSAGE = /error|exception|expect|must|\bgot\b|not supported|invalid|报错|:.*:|'.*'|".*"/iu;
const NO_MESSAGE = 0.8;
// What other sections of a page add to its best one.
const OTHERS = 0.2;
const MOST_OTHERS = 3;

/** @param {Known} known */
export function ranking({ pages, things, silent, slips }) {
  const read = reader(things, silent);
  /** @type {Set<string>} */
  const vocabulary = new Set();
  const index = new MiniSearch({
    fields: Object.keys(WEIGHTS),
    tokenize: (/** @type {string} */ text, /** @type {string} */ place) => (
      [...read(text, PAIRED.includes(place)), ...(CODED.includes(place) ? coded(text) : [])].map(([token]) => token)
    ),
    processTerm: (/** @type {string} */ token) => {
      vocabulary.add(token);
      return token;
    },
  });
  const sections = pages.flatMap(([page, description, parts, code]) => parts.map(([anchor, heading, text], at) => (
    { page, url: at ? `${page}#${anchor}` : page, title: parts[0][1], description, heading, text, code: at ? "" : code }
  )));
  index.addAll(sections.map((section, id) => ({ id, ...section })));

  /**
   * Each page that answers as a list of its sections, the best page and its best section
   * first, and what each token of the question says: the more, the rarer it is.
   * @param {string} typed
   */
  function find(typed) {
    const text = Object.entries(slips).reduce((so, [slip, right]) => so.replaceAll(slip, right), typed);
    /** @type {Map<string, number>} */
    const weights = new Map();
    const add = (/** @type {string} */ token, /** @type {number} */ weight) => weights.set(token, Math.max(weights.get(token) ?? 0, weight));
    const mended = (/** @type {string} */ word) => !vocabulary.has(word);
    for (const [token, weight] of [...read(text, true, mended), ...coded(text), ...meant(text)]) {
      add(token, weight);
      for (const other of vocabulary.has(token) ? [] : swapped(token)) if (vocabulary.has(other)) add(other, weight * SWAPPED);
    }
    const sizes = new Set((text.match(/\d+/g) ?? []).map(Number));
    if ([...sizes].some((size) => size >= SMALLEST && sizes.has(size + 1))) add("~off-by-one", NAMED);
    const unknown = (/** @type {string} */ token) => (weights.get(token) ?? 0) >= A_WORD && token.length >= FEWEST_LETTERS
      && /^[a-z]/.test(token) && !vocabulary.has(token);
    const found = index.search(text, {
      tokenize: () => [...weights.keys()],
      processTerm: (/** @type {string} */ token) => token,
      boost: WEIGHTS,
      boostTerm: (/** @type {string} */ token) => weights.get(token) ?? 0,
      fuzzy: (/** @type {string} */ token) => (unknown(token) ? 1 : false),
      prefix: unknown,
    });
    const says = told(found, weights);
    const all = sum([...says.values()]);
    const usual = MESSAGE.test(text) ? 1 : NO_MESSAGE;
    /** @type {Map<string, Hit[]>} */
    const grouped = new Map();
    for (const { id, score, queryTerms } of found) {
      const section = sections[id];
      const covered = sum(queryTerms.map((/** @type {string} */ token) => says.get(token) ?? 0)) / all;
      const hit = { section, score: score * covered * (section.page.startsWith("errors/") ? usual : 1) };
      grouped.set(section.page, [...grouped.get(section.page) ?? [], hit]);
    }
    const ranked = [...grouped.values()].map((hits) => hits.sort((one, other) => other.score - one.score));
    return { says, pages: ranked.sort((one, other) => worth(other) - worth(one)) };
  }

  /**
   * What was found for a slip says nothing by itself.
   * @param {{ queryTerms: string[], terms: string[] }[]} found
   * @param {Map<string, number>} weights
   */
  function told(found, weights) {
    /** @type {Map<string, number>} */
    const many = new Map();
    for (const { queryTerms, terms } of found) {
      for (const token of new Set([...queryTerms, ...terms])) many.set(token, (many.get(token) ?? 0) + 1);
    }
    return new Map([...many].map(([token, n]) => (
      [token, (weights.get(token) ?? 0) * Math.log(1 + (sections.length - n + 0.5) / (n + 0.5))]
    )));
  }

  return { find, read, sections };
}

/**
 * A word with each two neighbouring letters in the other order.
 * @param {string} word
 */
const swapped = (word) => [...word].slice(1).map((letter, at) => word.slice(0, at) + letter + word[at] + word.slice(at + 2));

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

/** @param {Hit[]} hits of one page */
const worth = ([best, ...others]) => best.score + OTHERS * sum(others.slice(0, MOST_OTHERS).map(({ score }) => score));
