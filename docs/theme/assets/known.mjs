// @ts-check
// Which message a text holds, of those that convarith.diagnose knows, and read as it reads.
import { MESSAGES } from "./convarith/messages.mjs";

const READ_AT_MOST = 50000;
const READ_IN_FRONT = 10000;
const TYPED_AT_MOST = 5000;

/** Both ends of a long text; on one line, also as it was before a window's edge broke it inside a word. @param {string} text */
function lines(text) {
  const both = `${text.slice(0, READ_IN_FRONT)} ... ${text.slice(READ_IN_FRONT - READ_AT_MOST)}`;
  const ends = text.length <= READ_AT_MOST ? text : both;
  const bare = ends.replace(/\u001b\[[\d;]*m/g, "").replace(/^[ \t>|]+/gm, "").replace(/\d{100,}/g, "").replaceAll("×", "x");
  return new Set([bare, bare.replaceAll("\n", "")].map((one) => one.trim().split(/\s+/).join(" ")));
}

/** @param {string} text */
export function known(text) {
  for (const line of lines(text)) {
    const lowered = line.toLowerCase();
    for (const flags of line.length > TYPED_AT_MOST ? [""] : ["", "i"]) {
      for (const [kind, pattern, page, words, said] of MESSAGES) {
        if (!lowered.includes(said)) continue;
        const found = RegExp(pattern, flags).exec(line);
        if (found) return { kind, found: found.groups ?? {}, page, words };
      }
    }
  }
  return undefined;
}
