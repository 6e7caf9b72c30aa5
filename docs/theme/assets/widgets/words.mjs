// @ts-check
// All words of a language. The calculator answers with the first part alone.
import { LANGUAGE } from "./widget.mjs";

/** @typedef {typeof import("./words/more.en.mjs").default} More */

/** @type {{default: import("./errors.mjs").Words}} */
export const { default: words } = await import(`./words/${LANGUAGE}.mjs`);
/** @type {{default: More}} */
export const { default: more } = await import(`./words/more.${LANGUAGE}.mjs`);
Object.assign(words.rules, more.rules);
Object.assign(words.valid, more.valid);
