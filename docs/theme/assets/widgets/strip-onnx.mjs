// @ts-check
// The nodes of a graph of ONNX, as its tools and PyTorch print it: here it is known what is joined.
import { layerOf } from "./strip-layers.mjs";

/** @typedef {import("./strip-sizes.mjs").Layer} Layer */
/** @typedef {import("./strip-sizes.mjs").Pair} Pair */

const NODE = /^\s*%?"?([^\s=:",%]{1,200})"?[^=\n]{0,200}=\s*(?:onnx::)?([A-Z]\w*)\s*(?:[[<](.*)[\]>])?\s*\(([^()]*)\)/;
const LONGEST = 4000;
/** @type {Record<string, string>} */
const TYPES = { Conv: "Conv", ConvTranspose: "ConvTranspose", MaxPool: "MaxPool", AveragePool: "AvgPool", GlobalAveragePool: "AdaptiveAvgPool", GlobalMaxPool: "AdaptiveMaxPool" };

/** @param {string} text */
export function nodesIn(text) {
  if (!/=\s*(?:onnx::)?(?:Conv|ConvTranspose|MaxPool|AveragePool)\s*[[<]/.test(text)) return undefined;
  /** @type {Layer[]} */
  const layers = [];
  /** @type {Pair[]} */
  const joins = [];
  const unknown = new Set();
  // At which place each value stands: the input's is 0.
  /** @type {Map<string, number>} */
  const places = new Map();
  for (const line of text.split("\n")) {
    if (!line.includes("=")) continue;
    const [, name, type, attributes = "", values] = NODE.exec(line.slice(0, LONGEST)) ?? [];
    if (!name) continue;
    const ins = values.split(",").map((one) => one.trim().replace(/^%|"/g, "").split(/\s/)[0]);
    const known = ins.filter((one) => places.has(one));
    const from = Math.max(0, ...known.map((one) => places.get(one) ?? 0));
    const made = layer(type, attributes, ins);
    if (made) layers.push({ ...made, name: `%${name}`, from });
    else if (["Resize", "Upsample", "Pad", "Slice"].includes(type)) unknown.add(type);
    const place = made ? layers.length : from;
    places.set(name, place);
    const met = [...new Set(known.map((one) => places.get(one) ?? 0))].sort((one, other) => one - other);
    const joined = type === "Add" || type === "Sub" || (type === "Concat" && /axis\s*=\s*1\b/.test(attributes));
    if (joined && met.length > 1) joins.push([met[0], met[met.length - 1]]);
  }
  const distinct = joins.filter(([one, other], n) => joins.findIndex(([a, b]) => a === one && b === other) === n);
  return layers.length ? { source: /** @type {const} */ ("onnx"), layers, joins: distinct, unknown: [...unknown] } : undefined;
}

/** The layer that a node is, in the words of PyTorch. @param {string} type @param {string} attributes @param {string[]} ins */
function layer(type, attributes, ins) {
  const list = (/** @type {string} */ name) => new RegExp(`\\b${name}\\s*=\\s*\\[?([\\d,\\s]+)`).exec(attributes)?.[1].split(",").map(Number).filter(Number.isFinite) ?? [];
  const last = (/** @type {string} */ name, usual = 1) => list(name).at(-1) ?? usual;
  if (type === "DepthToSpace") return layerOf("PixelShuffle", `${last("blocksize")}`);
  if (!TYPES[type] || !ins.length) return undefined;
  if (type.startsWith("Global")) return layerOf(`${TYPES[type]}2d`, "1");
  const dims = list("kernel_shape").length;
  const pads = list("pads");
  const made = layerOf(`${TYPES[type]}${dims}d`, [
    ...(type.startsWith("Conv") ? ["1", "1"] : []), `kernel_size=${last("kernel_shape")}`, `stride=${last("strides")}`, ...(type === "AveragePool" ? [] : [`dilation=${last("dilations")}`]),
    ...(type === "ConvTranspose" ? [`output_padding=${last("output_padding", 0)}`] : []), ...(last("ceil_mode", 0) ? ["ceil_mode=True"] : []),
  ].join(", "));
  if (!made || !dims) return undefined;
  const all = (pads[dims - 1] ?? 0) + (pads[2 * dims - 1] ?? 0);
  // What a graph says of output_padding is changed where it was made.
  return { ...made, slack: made.slack + (type === "ConvTranspose" ? -all : all), ...(made.ceil === undefined ? {} : { ceil: pads[dims - 1] ?? 0 }), limit: 0, detail: made.detail + (all ? ` pads ${all}` : "") };
}
