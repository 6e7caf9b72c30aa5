// @ts-check
// Which message a text holds, of those that convarith.diagnose knows.
import { MESSAGES } from "./convarith/messages.mjs";

/** @param {string} text */
export function known(text) {
  const line = text.slice(-100000).split(/\s+/).join(" ");
  for (const [kind, pattern, page, words, said] of MESSAGES) {
    if (!line.includes(said)) continue;
    const found = RegExp(pattern).exec(line);
    if (found) return { kind, found: found.groups ?? {}, page, words };
  }
  return undefined;
}
