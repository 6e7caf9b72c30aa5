// @ts-check
// A network in a pasted text: code of PyTorch or Keras, or a printed model. One scan reads the calls of both.
import { KEEP_SIZES, STRIP } from "../convarith/strip.mjs";
import { fill } from "./errors.mjs";
import { Unread } from "./python.mjs";
import { layerOf } from "./strip-layers.mjs";

/** @typedef {import("./strip-sizes.mjs").Layer} Layer */
/** @typedef {import("./strip-sizes.mjs").Pair} Pair */
/** @typedef {"code" | "printed" | "keras" | "onnx" | "summary"} Source */
/**
 * What a text says; joins are known where the text says them, else they are guessed. `only` is the one input of a summary.
 * @typedef {{source: Source, layers: Layer[], joins?: Pair[], chain: boolean, cat: boolean, unknown: string[], beside: string[], cut: boolean, dims: number, channels: number, twice?: boolean, only?: number}} Read
 */
/** @typedef {{type: string, key: string, from: number, start: number, count: number, args: number, beside: [number, number, string][], inside: boolean}} Frame */

const READ_AT_MOST = 300_000;
const LAYERS_AT_MOST = 600;
// Code has fewer brackets in so much text; what has more is no network, and would be read too slowly.
const CALLS_AT_MOST = 30_000;
// Nobody's model is deeper, and no name longer.
const [DEEPEST, LONGEST] = [200, 120];
const KEY = /\([\w.]+\):/y;
// What often runs beside its neighbours.
const BESIDE = /^(?:downsample|shortcut|skip\w*|residual|identity\w*|conv_shortcut|proj\w*)$/;
const KNOWN = new RegExp(`^(?:${KEEP_SIZES})$`);
const PASSED = /^(?:Linear|Embedding|Bilinear|LSTM|GRU|RNN|MultiheadAttention|ModuleList|ModuleDict|Sequential|ParametrizationList|_WeightNorm|_SpectralNorm|Parameter\w*|DropPath|LayerScale|Dropout\w*|FrozenBatchNorm2d|Dense|Input\w*|Concatenate|Add|BatchNormalization|Activation|Rescaling)$/;

/** What is no call: the nodes of a graph, and the rows of a summary. @param {string} text */
export const isForeign = (text) => /Output Shape|=\s*(?:onnx::)?(?:Conv|ConvTranspose|MaxPool|AveragePool)\s*[[<]/.test(text.slice(0, READ_AT_MOST));

/** @param {string} whole @param {(text: string) => Omit<Read, "cut" | "dims" | "channels" | "chain" | "cat" | "unknown" | "beside"> | undefined} [foreign] what reads such a text @returns {Read | undefined} */
export function networkIn(whole, foreign) {
  const text = whole.slice(0, READ_AT_MOST);
  const read = foreign?.(text) ?? callsIn(text);
  if (!read) return undefined;
  const layers = /** @type {Layer[]} */ (read.layers);
  return {
    chain: false, cat: false, unknown: [], beside: [], ...read, layers, cut: whole.length > READ_AT_MOST || layers.length >= LAYERS_AT_MOST,
    dims: Math.max(1, ...layers.map(({ dims }) => dims)), channels: layers[0]?.channels?.[0] ?? 3,
  };
}

/** @param {string} text @returns {Omit<Read, "dims" | "channels" | "cut"> | undefined} */
function callsIn(text) {
  /** @type {Layer[]} */
  const layers = [];
  /** @type {Frame[]} */
  const frames = [];
  /** @type {Set<string>} */
  const unknown = new Set();
  /** @type {Set<string>} */
  const beside = new Set();
  let [printed, ended, outer, calls] = [false, false, "", 0];
  const brackets = /[()#]/g;
  for (let found; (found = brackets.exec(text)) && layers.length < LAYERS_AT_MOST;) {
    const at = found.index;
    if (found[0] === "#") {
      brackets.lastIndex = (text.indexOf("\n", at) + 1) || text.length;
    } else if (found[0] === "(") {
      if (frames.length > DEEPEST || ++calls > CALLS_AT_MOST) break;
      const frame = opened(text, at, frames, layers.length);
      printed ||= frame.key !== "" && text[frame.from] === "(";
      frames.push(frame);
    } else {
      const frame = frames.pop();
      if (!frame || !frame.type || ended) continue;
      const args = text.slice(frame.args, frame.inside ? childAt(text, frame.args, at) : at);
      const read = called(frame, args, frames);
      if (read === "end") ended = layers.length > 0;
      else if (read) {
        layers.push({ ...read, from: layers.length, row: [frame.from, at + 1] });
        outer ||= frames.find(({ type }) => type)?.type ?? "-";
        if (outer !== (frames.find(({ type }) => type)?.type ?? "-")) outer = "-";
      } else if (frame.key && !frame.inside && layers.length === frame.start && !isKnown(frame.type)) unknown.add(frame.type);
      sides(frame, frames, layers, beside);
    }
  }
  if (!layers.length) return undefined;
  for (const [n, layer] of layers.entries()) layer.from = n;
  return {
    source: layers.some(({ keras }) => keras) ? "keras" : printed ? "printed" : "code",
    layers, chain: outer === "Sequential", cat: concatenates(layers), unknown: [...unknown], beside: [...beside],
    twice: !printed && /\bfor\b[^\n]*:|\bclass\b[\s\S]*\bclass\b/.test(text),
  };
}

/** @param {string} text @param {number} at @param {Frame[]} frames @param {number} start @returns {Frame} */
function opened(text, at, frames, start) {
  KEY.lastIndex = at;
  const parent = frames[frames.length - 1];
  const { type, from, key, written } = KEY.test(text) ? { type: "", from: at, key: "", written: false } : before(text, at);
  if (type && parent) {
    // What belongs to a module that is written anew begins on its own line.
    parent.inside ||= written;
    parent.count++;
  }
  return {
    type, from, start, count: 0, args: at + 1, beside: [], inside: false,
    key: key || (type && parent?.type === "Sequential" ? `${parent.count - 1}` : ""),
  };
}

/** What stands before a bracket: what is called, and the name or the key that it is given. @param {string} text @param {number} at */
function before(text, at) {
  const first = startOf(text, at, at);
  const type = text.slice(first, at).split(".").at(-1) ?? "";
  let end = first;
  while (end > at - LONGEST && /\s/.test(text[end - 1] ?? "-")) end--;
  const [sign, near] = [text[end - 1], text[end - 2]];
  if (type && sign === ":" && near === ")" && first - end < 3) {
    const start = startOf(text, end - 2, at);
    // A key in brackets stands for itself, and is no call.
    if (text[start - 1] === "(" && !/[\w)]/.test(text[start - 2] ?? " ")) return { type, from: start - 1, key: text.slice(start, end - 2), written: true };
  }
  if (type && sign === "=") {
    const last = end - 1 - (/\s*$/.exec(text.slice(Math.max(0, end - 9), end - 1))?.[0].length ?? 0);
    const start = startOf(text, last, at);
    if (start < last) return { type, from: start, key: text.slice(start, last).replace(/^self\./, ""), written: false };
  }
  if (type && (sign === ":" || sign === ",") && /["']/.test(near ?? "")) {
    const start = startOf(text, end - 2, at);
    return { type, from: first, key: text.slice(start, end - 2), written: false };
  }
  return { type: /^[A-Za-z_]/.test(type) ? type : "", from: first, key: "", written: false };
}

/** Where the word begins that ends here. @param {string} text @param {number} end @param {number} at */
function startOf(text, end, at) {
  let start = end;
  while (start > at - LONGEST && start > 0 && /[\w.]/.test(text[start - 1])) start--;
  return start;
}

/** Where the modules of a module begin. @param {string} text @param {number} from @param {number} to */
function childAt(text, from, to) {
  const found = /\n\s*\([\w.]+\):/.exec(text.slice(from, Math.min(to, from + 2000)));
  return found ? from + found.index : to;
}

/** @param {Frame[]} frames */
const pathOf = (frames) => frames.filter(({ key }) => key).map(({ key }) => key).join(".");

/** @param {Frame} frame @param {string} args @param {Frame[]} frames @returns {Layer | "end" | undefined} */
function called(frame, args, frames) {
  const { type, key } = frame;
  if (type === "Flatten") return "end";
  const plain = type.replace(/^Parametrized/, "");
  const name = () => nameOf(pathOf([...frames, frame]), key, plain);
  try {
    const made = layerOf(plain, args);
    if (!made) return undefined;
    const [, ins, outs] = /^\s*(\d+),\s*(\d+)/.exec(args) ?? [];
    return { ...made, name: name(), from: 0, channels: ins && !made.keras && /^(Lazy)?Conv/.test(plain) ? [Number(ins), Number(outs)] : undefined };
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    throw new Unread(fill(STRIP.unreadLayer, { name: name(), why: error.message }));
  }
}

/** A name as Python would call it. @param {string} path @param {string} key @param {string} type */
const nameOf = (path, key, type) => (path ? (/^[\d.]+$/.test(path) ? `[${path.split(".").join("][")}]` : path) : key || type);

/** @param {string} type */
const isKnown = (type) => KNOWN.test(type) || PASSED.test(type) || /^[a-z]/.test(type) || /^(?:Conv|.*Pool|Pixel)/.test(type);

/** A branch that makes smaller what its neighbours make smaller, too, runs beside them. @param {Frame} frame @param {Frame[]} frames @param {Layer[]} layers @param {Set<string>} beside */
function sides(frame, frames, layers, beside) {
  const parent = BESIDE.test(frame.key) ? frames.filter(({ type }) => type).at(-1) : undefined;
  if (parent) parent.beside.push([frame.start, layers.length, pathOf([...frames, frame])]);
  for (const [start, end, path] of frame.beside.reverse()) {
    const own = layers.slice(start, end);
    const others = [...layers.slice(frame.start, start), ...layers.slice(end)];
    const ratio = (/** @type {Layer[]} */ all) => all.reduce((product, { up, down }) => (product * up) / down, 1);
    if (ratio(own) === 1 || ratio(own) !== ratio(others)) continue;
    layers.splice(start, end - start);
    beside.add(path);
  }
}

/** Whether a convolution behind a layer that makes larger reads more channels than that one gives. @param {Layer[]} layers */
function concatenates(layers) {
  const found = layers.flatMap((layer, n) => {
    const next = layers.slice(n + 1).find(({ channels }) => channels);
    return layer.up > layer.down && layer.channels && next?.channels && !/Transpose/.test(next.kind) ? [next.channels[0] > layer.channels[1]] : [];
  });
  return !found.length || found.some(Boolean);
}

/** The pairs that a U-Net joins: each layer that makes larger, and the size before the last one that made smaller. @param {Layer[]} layers @returns {Pair[]} */
export function guessed(layers) {
  /** @type {number[]} */
  const before = [];
  return layers.flatMap(({ up, down, fixed }, n) => {
    if (fixed) return [];
    if (down > up) before.push(n);
    const skip = up > down ? before.pop() : undefined;
    return skip === undefined ? [] : [/** @type {Pair} */ ([skip, n + 1])];
  });
}
