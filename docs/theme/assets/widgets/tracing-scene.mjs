// @ts-check
// Which picture shows a layer: on one axis or on two, of what the inputs give or of what the outputs read.
import { gatherLine, scatterLine } from "./tracing-line.mjs";
import { gatherPlane, scatterPlane } from "./tracing-plane.mjs";

/** @typedef {import("./tracing-line.mjs").Scene} Scene */

/**
 * @param {import("./tracing-values.mjs").Traced} traced @param {import("./tracing-line.mjs").Frame} frame
 * @param {boolean} scatters @param {import("./tracing-pointing.mjs").Pointed} pointed
 * @param {number[]} chosen the output that the kernel stands over
 * @returns {Scene}
 */
export function sceneOf(traced, frame, scatters, { end, at }, chosen) {
  if (traced.ins.length < 2) return scatters ? scatterLine(traced, frame) : gatherLine(traced, frame, chosen[0]);
  if (scatters) return scatterPlane(traced, frame, end === "input" ? at : undefined);
  return gatherPlane(traced, frame, chosen, end === "out");
}
