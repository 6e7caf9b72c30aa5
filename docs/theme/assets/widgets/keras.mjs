// @ts-check
// A Conv2DTranspose of Keras as the layer of PyTorch with the same sizes: the twin of convarith.porting.keras_crop.
import { PASTED } from "../convarith/pasted.mjs";
import { fill } from "./errors.mjs";
import { numbers, Unread } from "./python.mjs";
import { reach } from "./record.mjs";
import { attribute } from "./typed.mjs";

export const ORDER = "filters kernel_size strides padding output_padding data_format dilation_rate";
/** What has no say in the size. */
export const BESIDES = [
  "activation", "use_bias", "name", "kernel_initializer", "bias_initializer", "kernel_regularizer", "bias_regularizer",
  "activity_regularizer", "kernel_constraint", "bias_constraint", "input_shape",
];

/** What is cut off at both ends; output_padding is -1 where there is none. @param {number} kernel_size @param {number} stride @param {number} dilation @param {boolean} same @param {number} output_padding */
export function crop(kernel_size, stride, dilation, same, output_padding) {
  const extent = reach(kernel_size, dilation) + 1;
  if (!same) return [0, output_padding < 0 ? Math.min(extent - stride, 0) : -output_padding];
  const all = output_padding < 0 ? extent - stride : extent - (extent % 2) - output_padding;
  const begin = Math.max(0, Math.floor(all / 2));
  return [begin, all - begin];
}

/** The numbers that PyTorch takes. @param {string} name @param {Record<string, string>} own @param {number} dims */
export function inTorch(name, own, dims) {
  const lists = ["kernel_size", "strides", "dilation_rate", "output_padding"].map((key) => {
    const values = numbers(key, own[key]);
    if (!values || (values.length > 1 && values.length !== dims)) throw new Unread(fill(PASTED["line:no-number"], { name: key }));
    return values;
  });
  if (!lists[0].length) throw new Unread(fill(PASTED["line:missing"], { name: "kernel_size" }));
  const same = /same/i.test(own.padding ?? "");
  const axes = Array.from({ length: dims }, (_, axis) => {
    const [kernel_size, stride = 1, dilation = 1, given = -1] = lists.map((values) => values[axis] ?? values[0]);
    const [begin, end] = crop(kernel_size, stride, dilation, same, given);
    const output_padding = begin - end;
    const one = begin >= 0 && output_padding >= 0 && output_padding < Math.max(stride, dilation) && (stride === 1 || dilation === 1);
    if (!one) throw new Unread(fill(PASTED.keras, { name }));
    return { kernel_size, stride, padding: begin, output_padding, dilation };
  });
  const names = /** @type {(keyof typeof axes[0])[]} */ (Object.keys(axes[0]));
  return Object.fromEntries(names.map((key) => [key, attribute(axes.map((one) => one[key]))]));
}
