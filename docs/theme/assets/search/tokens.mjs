// @ts-check
// What a text speaks of: its words, joined and taken apart, and the things that it names.

const WRITTEN = String.raw`(?:(?!\p{Script=Han})[\p{L}\p{M}\d_])+`;
export const PIECE = RegExp(String.raw`\p{Script=Han}+|\d+(?:\.\d+)*(?:x\d+)*(?![\p{Script=Latin}\d_])|${WRITTEN}(?:[-.'’]${WRITTEN})*`, "gu");
export const HAN = /^\p{Script=Han}/u;
export const NUMBER = /^\d[\d.x]*$/;
// k - 1 - p is one name, as k-1-p is, and 3 × 3 one number.
const SPACED = /(?<![\p{L}\d])([a-z\d]) - (?=[a-z\d](?![\p{L}\d]))/gu;
const TIMES = /(\d)\s*[×*]\s*(?=\d)/g;
// A name such as ConvTranspose2d says the same for any number of axes.
const AXES = /(?<=[a-z])[123]d$/i;
const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+/gu;

const WORD = 1;
export const NAMED = 1.2;
const PAIR = 0.6;
const PART = 0.5;
const NUMERAL = 0.25;
// Who names a thing is answered in any of its words, hardly sooner in the same.
const AS_SAID = 0.35;
// A slip of the hand is one letter; shorter words have too many neighbours.
const SLIP = 0.8;
const FEWEST_LETTERS = 4;

/** @typedef {[token: string, weight: number]} Token */
/** @typedef {{ tokens: Token[], words: string[], others: string[], whole: string }} Piece */

/** @param {string} word in small letters */
export function stem(word) {
  let rest = word;
  if (rest.length > 4 && rest.endsWith("ies")) rest = `${rest.slice(0, -3)}y`;
  else if (/(?:ss|sh|ch|x)es$/.test(rest)) rest = rest.slice(0, -2);
  else if (rest.length > 3 && /[^siu]s$/.test(rest)) rest = rest.slice(0, -1);
  const short = rest.replace(/(?:ing|ed)$/, "");
  if (short !== rest && short.length > 2 && /[aeiouy]/.test(short)) rest = short.replace(/([^aeiouls])\1$/, "$1");
  return rest.length > 4 ? rest.replace(/e$/, "") : rest;
}

/**
 * @param {Record<string, string[]>} things what is asked for, each in all its words
 * @param {string[]} silent words that say nothing
 */
export function reader(things, silent) {
  const mute = new Set(silent.map(stem));
  /** @type {Map<string, Piece>} */
  let taken = new Map();
  /** @type {Map<string, Set<string>>} */
  const names = new Map();
  // The words, or the characters, with which a name begins, and the most that may follow.
  /** @type {Map<string, number>} */
  const begins = new Map();
  for (const [thing, forms] of Object.entries(things)) {
    for (const form of forms) {
      const words = pieces(form).flatMap((piece) => piece.words);
      const name = words.join(" ");
      names.set(name, (names.get(name) ?? new Set()).add(thing));
      const parts = HAN.test(name) ? [...name] : words;
      begins.set(parts[0], Math.max(begins.get(parts[0]) ?? 0, parts.length));
    }
  }
  taken = new Map();
  const spelled = [...new Set([...names.keys()].filter((name) => !HAN.test(name)).flatMap((name) => name.split(" ")))]
    .filter((word) => word.length >= FEWEST_LETTERS && /^[a-z]+$/.test(word));
  // Who says "dilated convolution" speaks of dilation, too.
  for (const [long, meant] of names) {
    for (const short of within(long)) {
      for (const thing of names.get(short) ?? []) meant.add(thing);
    }
  }

  /**
   * @param {string} text
   * @returns {Piece[]}
   */
  function pieces(text) {
    const even = text.normalize("NFKC").replace(SPACED, "$1-").replace(TIMES, "$1x");
    return (even.match(PIECE) ?? []).map((piece) => {
      const known = taken.get(piece);
      if (known) return known;
      const made = HAN.test(piece) ? run(piece) : NUMBER.test(piece) ? numeral(piece) : word(piece);
      taken.set(piece, made);
      return made;
    });
  }

  /**
   * Chinese characters: each with the next.
   * @param {string} piece
   * @returns {Piece}
   */
  function run(piece) {
    /** @type {Token[]} */
    const tokens = piece.length === 1 ? [[code(piece), PART]] : [];
    for (let at = 0; at + 1 < piece.length; at += 1) {
      const two = piece.slice(at, at + 2);
      if (!mute.has(two)) tokens.push([code(two), WORD]);
    }
    name([...piece], "", tokens);
    return { tokens, words: [piece], others: [], whole: "" };
  }

  /**
   * @param {string} piece
   * @returns {Piece}
   */
  function numeral(piece) {
    return { tokens: [[`#${piece}`, NUMERAL]], words: [piece], others: [], whole: "" };
  }

  /**
   * @param {string} piece
   * @returns {Piece}
   */
  function word(piece) {
    const name = piece.replace(/['’]s$/, "");
    const whole = name.replace(/[-_.'’]/g, "").toLowerCase();
    const root = stem(whole);
    const any = stem(whole.replace(AXES, ""));
    const found = (name.replace(AXES, "").match(PARTS) ?? []).map((part) => part.toLowerCase());
    const parts = found.length > 1 ? found : [];
    /** @type {Token[]} */
    const tokens = [];
    const says = whole.length > 1 && !mute.has(root);
    if (says) tokens.push([root, WORD]);
    if (any !== root && any.length > 1) tokens.push([any, WORD]);
    for (const part of parts.map(stem)) {
      if (NUMBER.test(part)) tokens.push([`#${part}`, NUMERAL]);
      else if (part.length > 1 && !mute.has(part)) tokens.push([part, PART]);
    }
    return {
      tokens,
      words: (parts.length ? parts : [whole]).map(stem),
      others: [...(parts.length ? [root] : []), ...(any === root ? [] : [any])],
      whole: says ? whole : "",
    };
  }

  /**
   * What is named in a row of words, or of characters: of names that overlap, the longest.
   * @param {string[]} row
   * @param {string} between
   * @param {Token[]} found
   * @param {Set<string>} [said] the words of the names
   */
  function name(row, between, found, said) {
    for (let at = 0; at < row.length; at += 1) {
      let many = Math.min(begins.get(row[at]) ?? 0, row.length - at);
      if (!many) continue;
      let meant;
      while (many && !(meant = names.get(row.slice(at, at + many).join(between)))) many -= 1;
      for (const thing of meant ?? []) found.push([`~${thing}`, NAMED]);
      for (const word of row.slice(at, at + many)) said?.add(word);
      at += Math.max(many - 1, 0);
    }
  }

  /**
   * The one name that a word is a slip of.
   * @param {string} word
   */
  function mend(word) {
    if (word.length < FEWEST_LETTERS || spelled.includes(word) || !/^[a-z]+$/.test(word)) return undefined;
    const near = spelled.filter((other) => slipped(word, other));
    return near.length === 1 ? near[0] : near.find((other) => other.length === word.length && other[0] === word[0]);
  }

  /**
   * Each token of a text with its weight.
   * @param {string} text
   * @param {boolean} paired whether neighbouring words count as one, too
   * @param {(word: string) => boolean} [unknown] whether a word is looked for as a slip
   * @returns {Token[]}
   */
  return (text, paired, unknown) => {
    /** @type {Token[]} */
    const found = [];
    const row = [];
    const others = [];
    let before = "";
    for (const { tokens, words, others: more, whole } of pieces(text)) {
      for (const token of tokens) found.push(token);
      for (const one of words) {
        const meant = unknown?.(one) ? mend(one) : undefined;
        if (meant) found.push([meant, SLIP]);
        row.push(meant ?? one);
      }
      for (const one of more) others.push(one);
      if (paired && before && whole) found.push([stem(before + whole), PAIR]);
      before = whole;
    }
    /** @type {Set<string>} */
    const said = new Set();
    name(row, " ", found, said);
    name(others, " ", found, said);
    return found.map(([token, weight]) => [token, said.has(token) ? weight * AS_SAID : weight]);
  };
}

/**
 * Chinese characters by their numbers: an index that goes from letter to letter would
 * have to look through thousands for the first.
 * @param {string} signs
 */
const code = (signs) => [...signs].map((sign) => sign.charCodeAt(0).toString(16)).join("-");

/**
 * The shorter forms that a form contains.
 * @param {string} form
 */
function* within(form) {
  const between = HAN.test(form) ? "" : " ";
  const words = form.split(between);
  // A character alone means too much: 倍数 speaks of no 倍.
  const least = HAN.test(form) ? 2 : 1;
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + least; to <= words.length; to += 1) yield words.slice(from, to).join(between);
  }
}

/**
 * Whether two words differ by one letter, or by the order of two neighbours.
 * @param {string} one
 * @param {string} other
 */
function slipped(one, other) {
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  const [rest, more] = [one.slice(from), other.slice(from)];
  return rest.slice(1) === more.slice(1) || rest.slice(1) === more || rest === more.slice(1)
    || (rest[0] === more[1] && rest[1] === more[0] && rest.slice(2) === more.slice(2));
}
