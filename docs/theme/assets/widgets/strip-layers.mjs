// @ts-check
// One call of PyTorch or Keras as a layer on the last axis: its arguments are parsed, and never evaluated.
import { ORDERS, STRIP } from "../convarith/strip.mjs";
import { fill } from "./errors.mjs";
import { crop } from "./keras.mjs";
import { numbers, split, Unread } from "./python.mjs";

/** @typedef {import("./strip-sizes.mjs").Layer} Layer */

const NAME = /^(?:Lazy)?([A-Za-z]+?)(?:([123])([dD])(Transpose)?)?$/;
// What the arguments of other names are called here.
/** @type {Record<string, string>} */
const SYNONYMS = { upscale_factor: "factor", scale_factor: "factor", downscale_factor: "factor", strides: "stride", dilation_rate: "dilation", pool_size: "kernel_size" };
/** @type {Record<string, string>} */
const KERAS = {
  Conv: "filters kernel_size stride padding data_format dilation", SeparableConv: "filters kernel_size stride padding data_format dilation",
  DepthwiseConv: "kernel_size stride padding", ConvTranspose: "filters kernel_size stride padding output_padding data_format dilation",
  MaxPooling: "kernel_size stride padding", MaxPool: "kernel_size stride padding", AveragePooling: "kernel_size stride padding", AvgPool: "kernel_size stride padding",
  UpSampling: "factor", ZeroPadding: "padding", Cropping: "padding",
};
const RESIZING = ["Upsample", "UpsamplingNearest", "UpsamplingBilinear"];
// A factor is one that a double holds exactly.
const PARTS = 64;

/** The layer that a call is: undefined where it is none that has sizes. @param {string} type @param {string} args @returns {Omit<Layer, "from" | "name"> | undefined} */
export function layerOf(type, args) {
  const [, plain, digit, letter, transposed] = NAME.exec(type) ?? [];
  const keras = letter === "D";
  const family = plain + (transposed ?? "");
  const order = keras ? KERAS[family] : ORDERS[type.startsWith("Lazy") ? `Lazy${family}` : family];
  if (!order || (letter === "d") !== (!keras && !/^(Pixel|Upsampl(e$))/.test(family))) return undefined;
  const own = given(args, order);
  const made = keras ? ofKeras(family, own) : ofTorch(family, own);
  return made && { kind: type, dims: Number(digit ?? 2), detail: "", keras, ...made };
}

/** Arguments by name; what has no say in the size is passed over. @param {string} args @param {string} order */
function given(args, order) {
  const names = order.split(" ");
  /** @type {Record<string, string>} */
  const own = {};
  for (const [at, argument] of split(args.replace(/\s+/g, " ")).entries()) {
    const [, key, value] = /^(?:([a-zA-Z_]\w*) ?= ?(?!=))?(.*)$/.exec(argument) ?? [];
    const name = key ?? names[at];
    if (name) own[SYNONYMS[name] ?? name] = value;
  }
  return own;
}

/** The number of the last axis. @param {Record<string, string>} own @param {string} name @param {number} [usual] */
function one(own, name, usual) {
  const found = numbers(name, own[name]);
  const value = found?.length ? found[found.length - 1] : found && usual;
  if (value === undefined) throw new Unread(fill(STRIP.noNumber, { name }));
  return value;
}

/** @param {Record<string, number>} values @param {[string, string][]} letters */
const short = (values, letters) => letters.filter(([name, letter]) => values[name] || "ks".includes(letter)).map(([name, letter]) => letter + values[name]).join(" ");

/** @type {[string, string][]} */
const LETTERS = [["kernel_size", "k"], ["stride", "s"], ["padding", "p"], ["output_padding", "op"]];

/** @param {string} family @param {Record<string, string>} own @returns {Partial<Layer> & {up: number, down: number, slack: number} | undefined} */
function ofTorch(family, own) {
  if (RESIZING.includes(family)) return resized(own);
  if (family === "PixelShuffle") return enlarged(one(own, "factor"));
  if (family === "PixelUnshuffle") return { up: 1, down: one(own, "factor"), slack: 0, multiples: true, detail: `÷${one(own, "factor")}` };
  if (family.startsWith("Adaptive")) return own.output_size === "None" ? undefined : fixed(lastOf(own.output_size));
  if (family.endsWith("Pad")) return padded(family, own);
  if (family === "Unfold" || family === "Fold") return undefined;
  const pool = family.endsWith("Pool");
  const kernel_size = one(own, "kernel_size");
  const stride = one(own, "stride", pool || family === "MaxUnpool" ? kernel_size : 1);
  const dilation = one(own, "dilation", 1);
  if (/^["']?same["']?$/.test(own.padding ?? "")) return { up: 1, down: 1, slack: 0, detail: `k${kernel_size}` };
  const [padding, output_padding] = [one(own, "padding", 0), one(own, "output_padding", 0)];
  const reach = dilation * (kernel_size - 1);
  const values = { kernel_size, stride, padding, output_padding };
  areLegal({ ...values, dilation });
  const detail = short(values, LETTERS);
  if (family === "MaxUnpool") return { up: stride, down: 1, slack: reach - 2 * padding, detail };
  if (family.endsWith("Transpose")) {
    const limit = Math.max(stride, dilation);
    if (output_padding >= limit) throw new Unread(fill(STRIP.tooLarge, { name: "output_padding", value: output_padding, most: limit - 1 }));
    return { up: stride, down: 1, slack: reach - 2 * padding + output_padding, limit, output_padding, stride, detail };
  }
  if (pool && 2 * padding > kernel_size) throw new Unread(fill(STRIP.tooLarge, { name: "padding", value: padding, most: Math.floor(kernel_size / 2) }));
  const ceil = pool && own.ceil_mode && own.ceil_mode !== "False";
  const least = ["reflect", "circular"].indexOf((own.padding_mode ?? "").replace(/["']/g, ""));
  return {
    up: 1, down: stride, slack: 2 * padding - reach + (ceil ? stride - 1 : 0), ...(ceil ? { ceil: padding } : {}),
    ...(least < 0 || !padding ? {} : { least: padding + 1 - least }),
    detail: pool && kernel_size === stride && !padding ? `pool ${stride}` : pool ? `pool ${detail}` : detail,
  };
}

/** @param {Record<string, number>} values */
function areLegal(values) {
  for (const [name, value] of Object.entries(values)) {
    const least = name.endsWith("padding") ? 0 : 1;
    if (value < least || value > 10 ** 9) throw new Unread(fill(STRIP.notLegal, { name, value }));
  }
}

/** @param {string | undefined} text */
const lastOf = (text) => Number(/(\d+)\D*$/.exec(text ?? "")?.[1] ?? 1);

/** @param {number} size */
const fixed = (size) => ({ up: 1, down: 1, slack: size - 1, fixed: true, detail: `→ ${size}` });

/** @param {number} factor */
function enlarged(factor) {
  const times = Math.round(factor * PARTS);
  if (!(factor > 0) || times !== factor * PARTS) throw new Unread(fill(STRIP.noNumber, { name: "scale_factor" }));
  return Number.isInteger(factor)
    ? { up: factor, down: 1, slack: factor - 1, detail: `×${factor}` }
    : { up: times, down: PARTS, slack: times - PARTS, detail: `×${factor}` };
}

/** @param {Record<string, string>} own */
function resized(own) {
  if (own.size && own.size !== "None") return { ...fixed(lastOf(own.size)), resizes: true };
  const factor = Number(/([\d.]+)[),\]\s]*$/.exec(own.factor ?? "")?.[1]);
  return { ...enlarged(factor), resizes: true };
}

/** The last axis is named first. @param {string} family @param {Record<string, string>} own */
function padded(family, own) {
  const found = numbers("padding", own.padding);
  if (!found?.length) throw new Unread(fill(STRIP.noNumber, { name: "padding" }));
  const [before, after = before] = found;
  const least = { Reflection: 1, Circular: 0 }[family.slice(0, -3)];
  return {
    up: 1, down: 1, slack: before + after, detail: `pad ${[...new Set([before, after])].join(", ")}`,
    ...(least === undefined ? {} : { least: Math.max(before, after) + least }),
  };
}

/** @param {string} family @param {Record<string, string>} own @returns {Partial<Layer> & {up: number, down: number, slack: number} | undefined} */
function ofKeras(family, own) {
  if (family === "UpSampling") return enlarged(one(own, "factor", 2));
  if (family === "ZeroPadding" || family === "Cropping") return bordered(own.padding ?? "1", family === "Cropping" ? -1 : 1);
  const pool = family.includes("Pool");
  const kernel_size = one(own, "kernel_size", pool ? 2 : undefined);
  const stride = own.stride === "None" || !own.stride ? (pool ? kernel_size : 1) : one(own, "stride");
  const dilation = one(own, "dilation", 1);
  const same = /same/i.test(own.padding ?? "");
  areLegal({ kernel_size, stride, dilation });
  const detail = `k${kernel_size} s${stride}` + (same ? " same" : "");
  if (family.endsWith("Transpose")) {
    const extra = own.output_padding && own.output_padding !== "None" ? one(own, "output_padding") : -1;
    const [begin, end] = crop(kernel_size, stride, dilation, same, extra);
    return { up: stride, down: 1, slack: dilation * (kernel_size - 1) - begin - end, detail };
  }
  const causal = /causal/i.test(own.padding ?? "");
  return { up: 1, down: stride, slack: same || causal ? 0 : -dilation * (kernel_size - 1), detail: pool ? `pool ${stride}` : detail };
}

/** In Keras the last pair is of the last axis; a number is of both its ends. @param {string} text @param {number} sign */
function bordered(text, sign) {
  const pair = /\(([^()]*)\)[\s,)]*$/.exec(text)?.[1];
  const ends = (pair ?? text).match(/\d+/g)?.map(Number) ?? [1];
  // (1, 2) alone is an end each on one axis, and an axis each on two: there the last is on both ends.
  const [before, after] = pair && /\(.*\(/.test(text) ? ends : [ends[ends.length - 1], ends[ends.length - 1]];
  return { up: 1, down: 1, slack: sign * (before + (after ?? before)), detail: `${sign < 0 ? "crop" : "pad"} ${before}` };
}
