// @ts-check
// What figures say of numbers: calls as Python writes them, and what is said of each axis.
import { DEFAULTS } from "../convarith/answer.mjs";
import { say } from "./errors.mjs";
import { attribute, shown } from "./typed.mjs";

export { attribute, shown };

/** What is said of each axis, and once where it is the same of all. @param {string[][]} facts */
export function together(facts) {
  if (facts.every((own) => own.join() === facts[0].join())) return facts[0];
  return facts.flatMap((own, axis) => own.map((fact) => `${say("axis", { axis })} ${fact}`));
}

/** A call as Python writes it: what is the default is left out. @param {string} name @param {Record<string, number>[]} settings @param {string} [first] */
export function call(name, settings, first = "") {
  const given = Object.keys(settings[0]).flatMap((key) => {
    const own = settings.map((setting) => setting[key]);
    if (attribute(own) === `${DEFAULTS[key]}`) return [];
    const value = attribute(own).includes("x") ? shown(own) : own[0];
    return [key === "kernel_size" ? first + value : `${key}=${value}`];
  });
  return `${name}(${given.join(", ")})`;
}
