// @ts-check
// What a calculator says of two sizes: the parameters that lead from one to the other.
import { MORE } from "../convarith/explanation.mjs";
import { button, make } from "./controls.mjs";
import { fill, say } from "./errors.mjs";
import { attribute, call, together } from "./explanation.mjs";
import { reasons } from "./ranking.mjs";
import { solve, why } from "./solver.mjs";

const SHARED = ["kernel_size", "stride", "dilation"];
const SHOWN_AT_MOST = 4;

/** @param {import("./calculator.mjs").ConvCalculator} calculator @param {number} axes */
export function show(calculator, axes) {
  const { transposed, parameters } = calculator;
  const ins = calculator.needed("in_size", axes);
  const outs = calculator.needed("out_size", axes);
  // A convolution is found as the one that its transpose undoes.
  const pairs = ins.map((in_size, axis) => (transposed ? [in_size, outs[axis]] : [outs[axis], in_size]));
  const columns = parameters.map((name) => calculator.axes(name, axes));
  const given = pairs.map((_, axis) => Object.fromEntries(parameters.map((name, at) => [name, columns[at][axis]])));
  const shared = SHARED.filter((name) => !calculator.value(name).includes("x"));
  const answers = solve(pairs, given, shared);
  const kind = transposed ? "ConvTranspose" : "Conv";
  const found = transposed ? answers.found : answers.found.filter((own) => own.every((one) => one.output_padding < one.stride));
  const layers = found.map((own) => own.map((one) => Object.fromEntries(parameters.map((name) => [name, one[/** @type {"stride"} */ (name)]]))));

  /** @param {number} at */
  function solution(at) {
    const use = button(MORE.use, () => calculator.edit({ ...attributes(layers[at]), wish: "" }));
    const facts = transposed ? together(found[at].map((one, axis) => reasons(one, pairs[axis][0], pairs[axis][1]))) : [];
    const list = make("ul", {}, ...facts.map((fact) => make("li", {}, fact)));
    return make("li", {}, make("code", {}, call(kind, layers[at])), " ", use, list);
  }

  if (found.length) {
    const others = found.length - SHOWN_AT_MOST;
    calculator.answer.replaceChildren(make("code", {}, call(kind, layers[0])));
    calculator.rest.replaceChildren(
      make("ol", {}, ...layers.slice(0, SHOWN_AT_MOST).map((_, at) => solution(at))),
      others > 0 ? say("more", { count: others }) : "",
    );
    return;
  }
  const sizes = { in_size: ins.join(" × "), out_size: outs.join(" × ") };
  const reason = transposed ? why(answers, pairs, shared) : fill(MORE.never, sizes);
  calculator.answer.replaceChildren(say("nothing", { reason }));
  calculator.rest.replaceChildren();
}

/** The numbers of a layer as attributes. @param {Record<string, number>[]} own */
const attributes = (own) => Object.fromEntries(Object.keys(own[0]).map((name) => [name, attribute(own.map((one) => one[name]))]));
