// @ts-check
// Numbers as people write them: 14, 14x20, "14, 20", [1, 64, 14, 14]; and as they are read.
import { SizeError } from "./errors.mjs";

/**
 * One number for each axis, or one for all, as an attribute keeps them: 14, or 14x20.
 * @param {string} name @param {string} text @param {number} dims @param {string} layer whose axes they are
 */
export function typed(name, text, dims, layer) {
  const plain = text.normalize("NFKC").trim();
  if (!plain) throw new SizeError("line:missing", {}, { name });
  const inner = /^(?:torch\.Size)?[([]+(.*?),?[)\]]+$/.exec(plain)?.[1] ?? plain;
  // What ends in a separator is still being typed.
  const parts = inner.trim().replace(/\s*[x×*,、]$/, "").split(/\s*[x×*,、]\s*|\s+/);
  if (!parts.every((part) => /^[-+\u2212]?\d{1,99}$/.test(part))) throw new SizeError("whole", { [name]: text.trim() }, { name });
  const numbers = parts.map((part) => Number(part.replace("\u2212", "-")));
  // The shape of a tensor has a batch or channels before its sizes.
  const before = numbers.length - dims;
  const shape = name.endsWith("_size") && name !== "kernel_size" && /[,、\s]/.test(inner) && (before === 1 || before === 2);
  if (shape && numbers.length > 1) numbers.splice(0, before);
  if (numbers.length > 1 && numbers.length !== dims) {
    throw new SizeError("line:axes", { [name]: text.trim() }, { name: layer, own: dims, several: numbers.length });
  }
  return attribute(numbers);
}

/** The numbers of the axes as one attribute. @param {(string | number)[]} numbers */
export const attribute = (numbers) =>
  (numbers.every((number) => number === numbers[0]) ? `${numbers[0] ?? ""}` : numbers.join("x"));

/** A number for the eye; what is copied has no spaces. @param {number} number */
export const grouped = (number) =>
  (Math.abs(number) < 10000 ? `${number}` : `${number}`.replace(/\B(?=(\d{3})+$)/g, "\u202f"));

/** A value as Python would write it. @param {unknown} value */
export const shown = (value) => (Array.isArray(value) ? `(${value.join(", ")})` : `${value}`);
