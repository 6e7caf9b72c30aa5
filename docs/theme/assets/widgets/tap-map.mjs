// @ts-check
// <tap-map>: how many kernel elements land on each output.
import { labelled, make, PARAMETERS, select } from "./controls.mjs";
import { Drawn, told } from "./drawn.mjs";
import { say } from "./errors.mjs";
import { taps } from "./arrangement.mjs";
import { reasons } from "./reasons.mjs";
import { countsOnAxis, countsOnPlane } from "./scenes.mjs";
import { more, together, words } from "./explanation.mjs";

const LAYERS = ["ConvTranspose1d", "ConvTranspose2d"];

export class TapMap extends Drawn {
  static choices = { layer: LAYERS };
  static code = "taps";

  layer = select(LAYERS.map((name) => [name]), (layer) => this.edit({ layer }));

  build() {
    this.bar.append(labelled(words.labels.layer, this.layer), this.saving());
    super.build();
  }

  show() {
    const layer = this.value("layer");
    const axes = Number(layer.at(-2));
    this.layer.value = layer;
    this.fields.show(["in_size", ...PARAMETERS], axes);
    const ins = this.needed("in_size", axes);
    const given = this.settings(axes);
    const found = ins.map((in_size, axis) => taps(in_size, given[axis]));
    const outs = found.map(({ counts }) => counts.length);
    const scene = axes > 1
      ? countsOnPlane(found.map(({ counts }) => counts), found.map(({ tail }) => tail))
      : countsOnAxis(found[0].counts, found[0].tail);
    this.draw([scene], say(told.picture, { layer, in_size: ins.join(" × "), out_size: outs.join(" × ") }));
    const facts = found.map(({ flat, holes, overlap }, axis) => {
      const why = reasons(given[axis], ins[axis], outs[axis], more.reasons).slice(1);
      const ends = flat ? [told.flat] : overlap === "holes" ? [] : [told.ends];
      return [...why, ...ends, ...(holes.length ? [say(told.holes, { places: holes.slice(0, 12).join(", ") + (holes.length > 12 ? ", …" : "") })] : [])];
    });
    this.said.replaceChildren(...together(facts).map((text) => make("div", {}, text)));
    const tail = found.some((own) => own.tail < own.counts.length);
    const holes = found.some((own) => own.holes.length);
    this.explain(["kernel", "output", ...(tail ? [/** @type {const} */ ("bias")] : []), ...(holes ? [/** @type {const} */ ("unused")] : [])]);
  }
}

TapMap.define("tap-map");
