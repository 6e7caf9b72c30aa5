// @ts-check
// What pasted code says: the layer that it makes, and what it computes.

/** @typedef {[token: string, weight: number]} Token */

const GROUPED = String.raw`(?:[^()]|\([^()]*\))*`;
const CALL = RegExp(String.raw`(?<name>\b\w*conv\w*)\s*\((?<given>${GROUPED})\)`, "giu");
// Where two numbers of channels stand before kernel_size, where one does, and where none.
const CHANNELS = [[/[123]d$/, 2], [/[123]D/, 1]];
const PLACES = ["k", "s", "p", "op"];
/** @type {Record<string, string>} */
const KEYS = {
  kernel_size: "k", kernel: "k", ksize: "k", ks: "k", k: "k", stride: "s", strides: "s", s: "s", padding: "p", pad: "p", p: "p",
  output_padding: "op", out_padding: "op", op: "op", dilation: "d", dilation_rate: "d", dilations: "d", d: "d",
};
const VALUE = String.raw`[\[(]?(?<value>\d+)(?:, ?\k<value>)*(?![.\d])`;
const SETTING = RegExp(String.raw`(?<![\p{Script=Latin}\d_])(?<key>${Object.keys(KEYS).join("|")}) ?= ?${VALUE}`, "gu");
// k4s2p1, as tables write it, and 7x7 s2 p3.
const SHORT = /(?<![\p{Script=Latin}\d_])(?:k(?<k>\d+)|(?<square>\d+)x\k<square>)[\s_,-]*s(?<s>\d+)(?:[\s_,-]*p(?<p>\d+))?(?:[\s_,-]*op(?<op>\d+))?(?:[\s_,-]*d(?<d>\d+))?(?![a-z\d])/gu;
const DEFAULT = { s: "1", p: "0", op: "0", d: "1" };
const NEAR = 24;
const DIVIDED = /(\/\/|(?<![%\d])%) ?(\w+)/g;
const SUM = /[\w)\]] ?(?:\/\/|[-+*/×]) ?[\w(]/g;
const MANY = 4;
const ASSERTED = /\bassert\w*\b.*(?:shape|size)/s;

const ONE = 0.3;
const SEVERAL = 0.8;
const ALL = 1;
// Who types no word besides code asks for what it says.
const BESIDE = 1.2;
const ALONE = 2;

/**
 * The settings of each layer that a text names.
 * @param {string} text
 * @returns {Record<string, string>[]}
 */
function layers(text) {
  const found = [];
  const rest = text.replace(CALL, (call, name, given) => {
    const layer = read(name, given);
    if (Object.keys(layer).length) found.push(layer);
    return " ".repeat(call.length);
  });
  for (const { groups } of rest.matchAll(SHORT)) {
    const { square, ...short } = /** @type {Record<string, string>} */ (groups);
    found.push({ k: square, ...Object.fromEntries(Object.entries(short).filter(([, value]) => value)) });
  }
  let end = -Infinity;
  /** @type {Record<string, string>} */
  let layer = {};
  for (const { index, 0: all, groups } of rest.matchAll(SETTING)) {
    const key = KEYS[groups?.key ?? ""];
    if (index - end > NEAR || key in layer) found.push(layer = {});
    layer[key] = groups?.value ?? "";
    end = index + all.length;
  }
  return found;
}

/**
 * @param {string} name
 * @param {string} given
 */
function read(name, given) {
  /** @type {Record<string, string>} */
  const layer = {};
  const values = given.split(/,(?![^([]*[)\]])/).map((value) => value.trim());
  const bare = values.filter((value) => !value.includes("="));
  const tuple = bare.slice(1).some((value) => /^[[(]/.test(value));
  const before = CHANNELS.find(([ending]) => /** @type {RegExp} */ (ending).test(name))?.[1] ?? (tuple ? 1 : 0);
  bare.slice(Number(before)).forEach((value, at) => {
    const number = RegExp(`^${VALUE}`, "u").exec(value)?.groups?.value;
    if (number && at < PLACES.length) layer[PLACES[at]] = number;
  });
  for (const { groups } of given.matchAll(SETTING)) layer[KEYS[groups?.key ?? ""]] = groups?.value ?? "";
  return layer;
}

/**
 * @param {string} text
 * @returns {Token[]}
 */
export function coded(text) {
  /** @type {Token[]} */
  const tokens = [];
  for (const layer of layers(text)) {
    const said = ["k", "s", "p", "op", "d"].filter((key) => layer[key] && layer[key] !== DEFAULT[/** @type {keyof DEFAULT} */ (key)]).map((key) => `${key}=${layer[key]}`);
    for (const one of said) tokens.push([one, ONE]);
    if (layer.k && layer.s) tokens.push([`k=${layer.k},s=${layer.s}`, SEVERAL]);
    if (layer.k && said.length) tokens.push([said.join(), ALL]);
  }
  for (const [, sign, by] of text.matchAll(DIVIDED)) tokens.push([`${sign}${by}`, SEVERAL]);
  return tokens;
}

/**
 * What is asked with code alone: a layer, which size it gives; a remainder, which sizes divide.
 * @param {string} text
 * @returns {Token[]}
 */
export function meant(text) {
  /** @type {Token[]} */
  const tokens = [];
  const called = text.replace(CALL, "");
  /** @param {string} rest @param {string[]} things */
  const add = (rest, ...things) => {
    const weight = /\p{Script=Han}|[a-z]{3,} [a-z]{3,}/u.test(rest) ? BESIDE : ALONE;
    for (const thing of things) tokens.push([`~${thing}`, weight]);
  };
  if ([...text.matchAll(CALL)].some(({ groups }) => Object.keys(read(groups?.name ?? "", groups?.given ?? "")).length)) add(called, "calculator");
  if (/[^%\d]% ?(?:[3-9]|\d\d)\b/.test(called)) add(called, "multiple", "accepted-size");
  if (called.includes("(") && (called.match(SUM) ?? []).length >= MANY) add(called, "compute", "out-size");
  if (ASSERTED.test(text)) add("", "shape-test");
  return tokens;
}
