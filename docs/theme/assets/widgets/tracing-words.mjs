// @ts-check
// What a figure says of what is pointed out: numbers, names with subscripts, the sum of an output.
import { TRACING } from "../convarith/tracing.mjs";
import { make } from "./controls.mjs";
import { fill } from "./errors.mjs";
import { kindOf, placeIn, productOf, resultPlace, shown } from "./tracing-values.mjs";

/** @typedef {import("./tracing-values.mjs").Traced} Traced */
/** @typedef {import("./tracing-values.mjs").Link} Link */
/** @typedef {import("./tracing-values.mjs").End} End */

const COMMA = document.documentElement.lang.startsWith("zh") ? "\u3001" : ", ";
const TERMS_AT_MOST = 12;
const NAMED_AT_MOST = 6;
/** How each end of a product is called. @type {Record<End, string>} */
const LETTER = { input: "x", tap: "w", out: "y" };

/** @param {number} number */
const subscript = (number) => `${number}`.replace(/\d/g, (digit) => String.fromCharCode(0x2080 + Number(digit))).replace("-", "\u208b");
/** x\u2080, or y\u2081\u2080 on two axes: counted from 0, as torch does. @param {End} end @param {number[]} at */
export const nameOf = (end, at) => LETTER[end] + at.map(subscript).join(at.every((own) => own >= 0 && own < 10) ? "" : ",");

/** @param {Traced} traced @param {Link} link */
const factors = ({ inputs, weights, ins, kernel }, { input, tap }) => [inputs[placeIn(input, ins)], weights[placeIn(tap, kernel)]];

/** A part of the sum: its value, and its name below. @param {string} name @param {...(Node | string)} value */
const part = (name, ...value) => make("span", {}, make("span", {}, ...value), make("small", {}, name || "\u00a0"));
/** @param {string} look @param {number} value */
const number = (look, value) => make("b", { className: `tr-${look}` }, value < 0 ? `(${shown(value)})` : shown(value));

/** The sum of an output as it is written out, and as it is read aloud. @param {Traced} traced @param {number[]} out @param {Link[]} links @returns {{parts: Node[], spoken: string}} */
function sumOf(traced, out, links) {
  const cropped = kindOf(traced.outs, out) === "cropped";
  const value = traced.values[resultPlace(traced.outs, out)];
  const listed = links.slice(0, TERMS_AT_MOST);
  const rest = links.slice(TERMS_AT_MOST);
  const name = cropped ? TRACING.cropped : nameOf("out", out);
  const written = listed.map((link) => factors(traced, link).map((own) => (own < 0 ? `(${shown(own)})` : shown(own))).join(" \u00b7 "));
  const terms = listed.map((link) => {
    const [input, weight] = factors(traced, link);
    return part(`${nameOf("input", link.input)} ${nameOf("tap", link.tap)}`, number("in", input), "\u00b7", number("ker", weight));
  });
  if (rest.length) {
    const sum = rest.reduce((all, link) => all + productOf(traced, link), 0);
    const text = fill(TRACING.more, { count: rest.length });
    terms.push(part(text, number("ker", sum)));
    written.push(`${shown(sum)} (${text})`);
  }
  if (!links.length) terms.push(make("p", {}, TRACING.alone));
  terms.push(part("bias", number("bias", traced.bias)));
  const joined = terms.flatMap((term, at) => (at && links.length ? [part("", "+"), term] : [term]));
  const bias = traced.bias < 0 ? `(${shown(traced.bias)})` : shown(traced.bias);
  return {
    parts: [...joined, part("", "="), part(name, make("b", { className: "tr-out" }, shown(value)))],
    spoken: `${links.length ? "" : TRACING.alone} ${name} = ${[...written, bias].join(" + ")} = ${shown(value)}`.trim(),
  };
}

/** How high the longest sum is, so that nothing below it moves from one output to the next. @param {Traced} traced @param {number} room */
export function roomFor(traced, room) {
  const digit = room > 500 ? 14 : 12;
  /** @type {Map<string, number>} */
  const widths = new Map();
  for (const link of traced.links) {
    const value = factors(traced, link).map((own) => shown(own).length + (own < 0 ? 2 : 0)).reduce((all, own) => all + own);
    widths.set(`${link.out}`, (widths.get(`${link.out}`) ?? 0) + Math.max((value + 1) * digit, 40) + digit + 18);
  }
  const most = Math.min(Math.max(0, ...widths.values()), TERMS_AT_MOST * 100) + 140;
  return 24 + 50 * Math.ceil(most / (room - 24));
}

/** Some names, or the first and the last of many. @param {string[]} names */
const list = (names) => (names.length > NAMED_AT_MOST
  ? fill(TRACING.many, { count: names.length, first: names[0], last: names[names.length - 1] })
  : names.join(COMMA));

/** What is said of what is pointed out. @param {Traced} traced @param {End} end @param {number[]} at @param {Link[]} links @returns {{parts: Node[], spoken: string}} */
export function saidOf(traced, end, at, links) {
  if (end === "out") return sumOf(traced, at, links);
  const name = nameOf(end, at);
  const outs = links.map(({ out }) => out);
  const kept = outs.filter((out) => kindOf(traced.outs, out) !== "cropped").map((out) => nameOf("out", out));
  const cropped = outs.length - kept.length;
  const { lands, landsCropped, nowhere, read, unreadCell, takes } = TRACING;
  const [some, none] = traced.transposed ? [cropped ? landsCropped : lands, nowhere] : [read, unreadCell];
  const text = end === "tap"
    ? fill(takes, { name, count: links.length })
    : fill(kept.length ? some : none, { name, outs: list(kept), count: cropped });
  return { parts: [make("p", {}, text)], spoken: text };
}

/** What the marks in a picture mean that do not stand beside it. @param {string[]} looks */
export const legendOf = (looks) => /** @type {const} */ (["cropped", "kept", "bias", "hole", "unread"]).filter((kind) =>
  looks.some((look) => look.split(" ").includes(kind))).map((kind) =>
  make("span", {}, make("i", { className: `tr-cell ${kind === "unread" ? "" : "tr-out "}tr-${kind}` }), ` ${TRACING[kind]}`));
