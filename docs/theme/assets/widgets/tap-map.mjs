// @ts-check
// <tap-map>: how many kernel elements land on each output.
import { LABELS } from "../convarith/answer.mjs";
import { DRAWN } from "../convarith/explanation.mjs";
import { labelled, make, select } from "./controls.mjs";
import { Drawn } from "./drawn.mjs";
import { fill } from "./errors.mjs";
import { together } from "./explanation.mjs";
import { reasons } from "./ranking.mjs";
import { countsOnAxis, countsOnPlane } from "./scenes.mjs";
import { outSizes } from "./sizes.mjs";
import { taps } from "./taps.mjs";

const LAYERS = ["ConvTranspose1d", "ConvTranspose2d"];

export class TapMap extends Drawn {
  static choices = { layer: LAYERS };
  static code = "taps";

  layer = select(LAYERS.map((name) => [name]), (layer) => this.edit({ layer }));

  build() {
    this.bar.append(labelled(LABELS.layer, this.layer), this.saving());
    super.build();
  }

  show() {
    const layer = this.value("layer");
    const axes = this.dims;
    this.layer.value = layer;
    this.fields.show(["in_size", ...this.parameters], axes);
    const ins = this.needed("in_size", axes);
    const given = this.settings(axes);
    const outs = outSizes(true, ins, given);
    const found = ins.map((in_size, axis) => taps(in_size, given[axis]));
    const scene = axes > 1
      ? countsOnPlane(found.map(({ counts }) => counts), found.map(({ tail }) => tail))
      : countsOnAxis(found[0].counts, found[0].tail);
    this.draw([scene], fill(DRAWN.picture, { layer, in_size: ins.join(" × "), out_size: outs.join(" × ") }));
    const facts = found.map(({ flat, holes, overlap }, axis) => {
      const why = reasons(given[axis], ins[axis], outs[axis]).slice(1);
      const ends = flat ? [DRAWN.flat] : overlap === "holes" ? [] : [DRAWN.ends];
      return [...why, ...ends, ...(holes.length ? [fill(DRAWN.holes, { places: holes.slice(0, 12).join(", ") + (holes.length > 12 ? ", …" : "") })] : [])];
    });
    this.said.replaceChildren(...together(facts).map((text) => make("div", {}, text)));
    const tail = found.some((own) => own.tail < own.counts.length);
    const holes = found.some((own) => own.holes.length);
    this.explain(["kernel", "output", ...(tail ? [/** @type {const} */ ("bias")] : []), ...(holes ? [/** @type {const} */ ("unused")] : [])]);
  }
}

customElements.define("tap-map", TapMap);
