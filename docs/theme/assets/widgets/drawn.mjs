// @ts-check
// What the widgets that draw have in common: boxes, a stage, a legend, a sentence.
import { PARAMETERS } from "../convarith/answer.mjs";
import { DRAWN, CELLS } from "../convarith/explanation.mjs";
import { button, fields, make } from "./controls.mjs";
import { fileOf, cell, nodeOf, picture, UNIT } from "./drawing.mjs";
import { fill, SizeError } from "./errors.mjs";
import { Widget } from "./widget.mjs";

const CELLS_AT_MOST = 1500;

export class Drawn extends Widget {
  static numbers = ["in_size", ...PARAMETERS];

  fields = fields(this, /** @type {typeof Widget} */ (this.constructor).numbers);
  bar = make("div", { className: "cw-bar" });
  stage = make("div", { className: "cw-stage" });
  said = make("output", { className: "cw-answer" });
  legend = make("div", { className: "cw-legend" });
  /** @type {import("./drawing.mjs").Tree | undefined} */
  tree;

  build() {
    this.append(this.bar, this.fields.root, this.stage, this.said, this.legend);
  }

  /** Draw, and say what is drawn; or say why there is nothing to draw. */
  update() {
    try {
      this.show();
    } catch (error) {
      if (!(error instanceof SizeError)) throw error;
      this.stage.replaceChildren();
      this.legend.replaceChildren();
      this.said.replaceChildren(...error.lines.map((line) => make("div", {}, line)));
    }
    this.said.append(this.unread);
  }

  show() {}

  /** @param {import("./drawing.mjs").Scene[]} scenes @param {string} name */
  draw(scenes, name) {
    const count = scenes.reduce((sum, { columns, rows }) => sum + columns * rows, 0);
    this.tree = undefined;
    this.stage.replaceChildren();
    this.legend.replaceChildren();
    if (count > CELLS_AT_MOST) {
      this.stage.append(fill(DRAWN.many, { count: Math.ceil(count), most: CELLS_AT_MOST }));
      return;
    }
    if (!scenes.length) return;
    let top = 0;
    const trees = scenes.map((scene) => {
      const group = /** @type {import("./drawing.mjs").Tree} */ (["g", { transform: `translate(0 ${top * UNIT})` }, ...scene.trees]);
      top += scene.rows + 1;
      return group;
    });
    this.tree = picture({ trees, columns: Math.max(...scenes.map(({ columns }) => columns)), rows: top - 1 }, name);
    this.stage.append(nodeOf(this.tree));
  }

  /** @param {import("./drawing.mjs").Kind[]} kinds */
  explain(kinds) {
    this.legend.replaceChildren(...kinds.map((kind) => {
      const sample = nodeOf(["svg", { viewBox: `0 0 ${UNIT} ${UNIT}`, width: 18, height: 18, "aria-hidden": true }, cell(0, 0, kind)]);
      return make("span", {}, sample, ` ${CELLS[kind]}`);
    }));
  }

  /** A button that saves the picture as it stands. */
  saving() {
    return button(DRAWN.save, () => {
      if (!this.tree) return;
      // A file stands alone: it takes the colours of the page with it.
      const colours = getComputedStyle(this);
      const file = fileOf(this.tree).replace(/var\((--conv-\w+)\)/g, (_, name) => colours.getPropertyValue(name).trim());
      const href = URL.createObjectURL(new Blob([file], { type: "image/svg+xml" }));
      make("a", { href, download: "convolution.svg" }).click();
      setTimeout(() => URL.revokeObjectURL(href));
    });
  }
}
