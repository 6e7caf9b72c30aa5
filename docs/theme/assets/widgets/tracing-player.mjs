// @ts-check
// One step after the other, on request: the button, and where it has come to.
import { TRACING } from "../convarith/tracing.mjs";
import { make } from "./controls.mjs";

const PACE = 620;
/** Where motion is not wanted, each step is a new picture, with time to look at it. */
const STILL_PACE = 1200;
/** So long may it all take, in milliseconds. */
const ALL = 18_000;
const ICONS = { play: "M7 5v14l11-7z", pause: "M7 5h4v14H7zM14 5h4v14h-4z" };

export class Player {
  /** Which step is shown, -1 for none. */
  at = -1;
  /** How many there are. */
  count = 0;
  button = make("button", { type: "button", className: "cw-btn", onclick: () => (this.#timer ? this.#pause() : this.#play()) });
  #timer = 0;
  #show;

  /** @param {() => void} show what follows each step */
  constructor(show) {
    this.#show = show;
    this.#name();
  }

  get runs() {
    return this.#timer > 0;
  }

  /** Leave the steps. */
  stop() {
    this.at = -1;
    this.#pause();
  }

  #play() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const pace = still ? STILL_PACE : Math.max(200, Math.min(PACE, ALL / this.count));
    this.#timer = setInterval(() => this.#next(), pace);
    this.#name();
    this.#next();
  }

  #next() {
    this.at += 1;
    if (this.at >= this.count) this.stop();
    this.#show();
  }

  #pause() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#name();
  }

  #name() {
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[this.runs ? "pause" : "play"]);
    icon.append(path);
    this.button.replaceChildren(icon, this.runs ? TRACING.pause : TRACING.play);
  }
}
