// @ts-check
// A pasted line of Python: its arguments and whole numbers are parsed, and never evaluated.
import { PASTED } from "../convarith/pasted.mjs";
import { fill } from "./errors.mjs";

/** Why a line could not be read. */
export class Unread extends Error {}

/** The arguments up to the closing bracket, apart. @param {string} text */
export function split(text) {
  const found = [""];
  let depth = 0;
  for (const letter of text) {
    if ("([{".includes(letter)) depth++;
    if (")]}".includes(letter) && --depth < 0) break;
    if (letter === "," && !depth) found.push("");
    else found[found.length - 1] += letter;
  }
  return found.map((argument) => argument.trim()).filter(Boolean);
}

/** Arguments by name. @param {string} layer @param {string[]} given @param {string} order @param {string[]} [more] names without a place */
export function named(layer, given, order, more = []) {
  const names = order.split(" ");
  /** @type {Record<string, string>} */
  const own = {};
  for (const [at, argument] of given.entries()) {
    const [, key, value] = /^(?:([a-zA-Z_]\w*) ?= ?(?!=))?(.*)$/.exec(argument) ?? [];
    const name = key ?? names[at];
    if (!name) throw new Unread(fill(PASTED.tooMany, { layer }));
    if (!names.includes(name) && !more.includes(name)) throw new Unread(fill(PASTED.unknownName, { name, layer }));
    own[name] = value;
  }
  return own;
}

/** The numbers of a parameter: none where it is not written, undefined where only running the code would tell. @param {string} name @param {string | undefined} text */
export function numbers(name, text) {
  if (text === undefined || text === "None") return [];
  if (name === "padding" && /^["']?same["']?$/.test(text)) throw new Unread(PASTED.same);
  if (name === "padding" && /^["']?valid["']?$/.test(text)) return [];
  const inner = /^[([]([^()]*)[)\]]$/.exec(text)?.[1] ?? text;
  const sums = inner.split(",").map((part) => part.trim()).filter(Boolean).map(sum);
  return sums.length && sums.every(Number.isInteger) ? sums : undefined;
}

/** A sum of whole numbers such as (16 - 8) // 2, as Python reads it; not a number if something else stands there. @param {string} text */
export function sum(text) {
  const parts = text.slice(0, 80).match(/\d{1,12}|\/\/|[-+*()]|\S/g) ?? [];
  let at = 0;
  /** @returns {number} */
  const value = () => {
    const part = parts[at++];
    if (part === "-") return -value();
    if (part !== "(") return /^\d+$/.test(part ?? "") ? Number(part) : NaN;
    const inner = added();
    return parts[at++] === ")" ? inner : NaN;
  };
  const times = () => {
    let left = value();
    while (parts[at] === "*" || parts[at] === "//") left = parts[at++] === "*" ? left * value() : Math.floor(left / value());
    return left;
  };
  /** @returns {number} */
  const added = () => {
    let left = times();
    while (parts[at] === "+" || parts[at] === "-") left = parts[at++] === "+" ? left + times() : left - times();
    return left;
  };
  const whole = added();
  return at === parts.length ? whole : NaN;
}
