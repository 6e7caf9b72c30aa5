// @ts-check
// What a text cannot say, how it was read instead, and the lines that find out.
import { STRIP } from "../convarith/strip.mjs";
import { make } from "./controls.mjs";
import { fill } from "./errors.mjs";
import { copying } from "./strip-fixes.mjs";
import { linesFor } from "./strip-net.mjs";

const NAMED_AT_MOST = 6;
const [LARGEST_TENSOR, USUAL] = [4096, 224];

/** @param {import("./strip-net.mjs").Asked} asked @param {import("./strip-net.mjs").Joined} joined @returns {Node[]} */
export function notesFor({ read, size }, { meets, never }) {
  const { source, chain, unknown, beside, cut, twice } = read;
  const how = read.only ? STRIP.summary : { skips: STRIP.guessed, graph: STRIP.graph, ends: chain ? "" : STRIP.endsOnly, "": chain || source === "onnx" ? "" : STRIP.chain }[meets];
  const said = [
    how, never ? STRIP.never : "", twice ? STRIP.twice : "", cut ? fill(STRIP.cut, { count: read.layers.length }) : "",
    unknown.length ? fill(STRIP.unknown, { names: listed(unknown) }) : "", beside.length ? fill(STRIP.beside, { names: listed(beside) }) : "",
  ].filter(Boolean);
  const sure = (chain && !unknown.length) || source === "onnx" || source === "keras";
  return [
    ...(said.length ? [make("p", {}, said.join(STRIP.space))] : []),
    // What is drawn at a very large size is asked at an ordinary one.
    ...(sure ? [] : asking(linesFor(read, size > LARGEST_TENSOR ? USUAL : size))),
  ];
}

/** @param {string} lines @param {boolean} [open] */
export const asking = (lines, open = false) => [
  make("details", { open }, make("summary", {}, STRIP.ask), make("pre", {}, make("code", { tabIndex: 0 }, lines)), copying(STRIP.copyCode, lines)),
];

/** @param {string[]} names */
const listed = (names) => names.slice(0, NAMED_AT_MOST).join(", ") + (names.length > NAMED_AT_MOST ? " …" : "");
