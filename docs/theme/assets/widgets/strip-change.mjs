// @ts-check
// The line that changes when a layer is fixed, before and after.
import { split } from "./python.mjs";

/** @typedef {import("./strip-sizes.mjs").Layer} Layer */
/** @typedef {import("./strip-sizes.mjs").Fix} Fix */

// Where output_padding stands if it has no name: after both channels, kernel_size, stride and padding.
const PLACE = 5;

/** @param {string} text @param {boolean} printed @param {Layer} layer @param {Fix} fix @returns {[string, string]} */
export function changed(text, printed, layer, { extra }) {
  if (extra !== undefined) {
    const line = written(text, printed, layer);
    return [line, padded(line, layer.apart ? `(${[...Array(layer.dims - 1).fill(0), extra].join(", ")})` : `${extra}`)];
  }
  const name = /^\w[\w.]*$/.test(layer.name) ? "self." + layer.name.replace(/\.(\d+)(?=\.|$)/g, "[$1]") : "layer";
  const size = `skip.shape[-${layer.dims}:]`;
  const mode = /mode=["']?(\w+)/.exec(written(text, printed, layer))?.[1] ?? "nearest";
  return [`x = ${name}(x)`, layer.resizes ? `x = F.interpolate(x, size=${size}, mode="${mode}")` : `x = ${name}(x, output_size=${size})`];
}

/** The line of a layer as code. @param {string} text @param {boolean} printed @param {Layer} layer */
function written(text, printed, { row = [0, 0], name }) {
  const line = text.slice(...row).replace(/\s+/g, " ").trim();
  if (!printed) return (text.slice(text.lastIndexOf("\n", row[0]) + 1, row[0]).match(/(?:self\.)?$/)?.[0] ?? "") + line;
  const call = line.replace(/^\([\w.]+\): /, "").replace(/=(reflect|replicate|circular|zeros|same|valid)\b/g, "='$1'").replace(/^Parametrized/, "");
  return /^[a-z_]\w*$/i.test(name) ? `self.${name} = nn.${call}` : `nn.${call}`;
}

/** @param {string} line @param {string} value */
function padded(line, value) {
  const from = line.indexOf("(") + 1;
  const given = split(line.slice(from));
  const named = given.findIndex((one) => /^output_padding ?=/.test(one));
  if (named >= 0) given[named] = `output_padding=${value}`;
  else if (given.length > PLACE && !/^\w+ ?=(?!=)/.test(given[PLACE])) given[PLACE] = value;
  else given.push(`output_padding=${value}`);
  return `${line.slice(0, from)}${given.join(", ")})`;
}
