// @ts-check
// What is pasted seldom: a graph of ONNX, and the rows of a summary by torchinfo, torchsummary or Keras, which has sizes at one input and no strides.
import { nodesIn } from "./strip-onnx.mjs";

/** @param {string} text */
export const foreign = (text) => nodesIn(text) ?? rowsIn(text);

const FIRST = /[[(](?:None|-?\d+),/;
const SHAPE = /[[(]((?:None|-?\d+)(?:, *(?:None|-?\d+))+)/g;
const LONGEST = 400;

/** @param {string} text */
export function rowsIn(text) {
  if (!/Output Shape/.test(text)) return undefined;
  const header = /^.*Output Shape.*$/m.exec(text)?.[0] ?? "";
  const before = header.slice(0, header.indexOf("Output Shape")).match(/(Input|Kernel) Shape/g)?.length ?? 0;
  const keras = /Layer \(type\)/.test(header) && /None/.test(text);
  const rows = text.split("\n").flatMap((line) => {
    const row = line.slice(0, LONGEST);
    const at = row.search(FIRST);
    if (at < 1) return [];
    const name = row.slice(0, at).replace(/^[\s│┃├└─|+-]+/, "").trim();
    const all = [...row.slice(at).matchAll(SHAPE)].map(([, numbers]) => numbers.split(",").map((one) => Number(one.trim())));
    const shape = all[before];
    // Without a size of the map, as behind Flatten, there is nothing to draw.
    const size = shape && shape.length > 2 ? shape[shape.length - (keras ? 2 : 1)] : NaN;
    return size >= 1 ? [{ size, name, depth: Number(/: ?(\d+)-/.exec(name)?.[1] ?? 0), dims: shape.length - 2 }] : [];
  });
  // A module that has modules says the size behind them before they do.
  const leaves = rows.filter(({ depth }, n) => !(rows[n + 1]?.depth > depth));
  const some = leaves.filter(({ size }, n) => size !== leaves[n - 1]?.size).slice(0, 2000);
  const layers = some.slice(1).map(({ size, name, dims }, from) => ({
    name: name.replace(/ *\(.*|: ?\d+-\d+.*/g, ""), kind: "", detail: "", dims, up: 1, down: 1, slack: size - 1, fixed: true, from,
  }));
  return some.length ? { source: /** @type {const} */ ("summary"), layers, only: some[0].size, joins: /** @type {[number, number][]} */ ([]) } : undefined;
}
