// @ts-check
// The twin of convarith._strip: blocks, brackets and a ruler as marks, each in its place.
import { fill } from "./errors.mjs";
import { grouped } from "./typed.mjs";

/** @typedef {import("./svg.mjs").Tree} Tree */
/** @typedef {{size: number, name: string, detail: string}} Bar */
/** @typedef {{start: number, end: number, one: number, other: number}} Join */
/** @typedef {{bars: Bar[], joins: Join[], broken: number}} Strip broken is the join that breaks first, or -1 */
/** @typedef {ReturnType<typeof placeOf>} Place */

// Sizes that lie further apart are drawn on a logarithmic scale.
const LINEAR_UP_TO = 40;
// How wide a block is at most, how far apart blocks are at least, and the gap in a cut.
const [WIDEST, NEAREST, CUT] = [64, 8, 64];
const ROWS_AT_MOST = 6;

/** @param {Strip} strip @param {number} width @param {boolean} narrow @param {{hidden: string, log: string}} words @returns {{marks: Tree[], height: number}} */
export function sceneOf(strip, width, narrow, words) {
  const place = placeOf(strip, width, narrow);
  const hidden = fill(words.hidden, { count: grouped(strip.bars.length - place.shown.length) });
  return {
    marks: [
      ["path", { d: `M0 ${px(place.base + 0.5)}H${px(width)}`, class: "floor" }],
      ...blocks(strip, place), ...names(strip, place), ...brackets(strip, place),
      ...(place.cut ? [text("middle", place.cut, place.base - 8, hidden)] : []),
      ...(place.curved ? [text("scale", 0, 12, words.log)] : []),
    ],
    height: place.base + (narrow ? 34 : 44),
  };
}

/** Where blocks and rows stand. @param {Strip} strip @param {number} width @param {boolean} narrow */
function placeOf(strip, width, narrow) {
  const count = strip.bars.length;
  const all = count <= Math.floor(width / NEAREST);
  const half = all ? count : Math.floor((width - CUT) / 2 / NEAREST);
  const gap = all ? 0 : CUT;
  const shown = strip.bars.map((_, bar) => bar).filter((bar) => all || bar < half || bar >= count - half);
  const pitch = (width - gap) / shown.length;
  const middle = new Map(shown.map((bar, n) => [bar, n * pitch + pitch / 2 + (n >= half ? gap : 0)]));
  const rows = rowsOf(strip, middle);
  const many = Math.max(-1, ...rows.values()) + 1;
  const [row, high] = narrow ? [20, 118] : [24, 150];
  const top = many ? 56 + (many - 1) * row : 28;
  const sizes = strip.bars.map(({ size }) => size);
  const [most, least] = [Math.max(...sizes), Math.min(...sizes)];
  const curved = most > LINEAR_UP_TO * least;
  const tall = (/** @type {number} */ size) => {
    const part = curved ? Math.log((size / least) * 1.6) / Math.log((most / least) * 1.6) : size / most;
    return Math.max(5, part * high);
  };
  return {
    narrow, width, shown, pitch, middle, rows, row, top, base: top + high, curved, tall,
    wide: Math.min(WIDEST, pitch / 1.75), cut: gap && half * pitch + gap / 2,
    // Down to the smallest size it goes down, and up behind it.
    turn: sizes.lastIndexOf(least),
    stop: strip.joins[strip.broken]?.end ?? count,
  };
}

/** The row of each bracket, the shortest ones below; what finds none is not drawn. @param {Strip} strip @param {Map<number, number>} middle */
function rowsOf({ joins, broken }, middle) {
  const seen = joins.map((_, n) => n).filter((n) => middle.has(joins[n].start) && middle.has(joins[n].end) && joins[n].start < joins[n].end);
  seen.sort((one, other) => joins[one].end - joins[one].start - joins[other].end + joins[other].start || one - other);
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const n of seen) {
    const below = [...found].filter(([other]) => joins[other].start < joins[n].end && joins[n].start < joins[other].end);
    const row = Math.max(-1, ...below.map(([, row]) => row)) + 1;
    if (row < ROWS_AT_MOST || n === broken) found.set(n, Math.min(row, ROWS_AT_MOST));
  }
  return found;
}

/** @param {Place} place @param {number} bar */
const kindOf = ({ turn, stop }, bar) => (bar === stop ? "bad" : bar > stop ? "off" : bar <= turn ? "in" : "out");

/** @param {Strip} strip @param {Place} place @returns {Tree[]} */
function blocks({ bars, joins, broken }, place) {
  const { shown, middle, wide, base, tall, pitch, turn, stop } = place;
  const says = shown.map((bar) => {
    const said = grouped(bars[bar].size);
    const small = widthOf(said, 15) > pitch - 4;
    const room = widthOf(said, small ? 12 : 15);
    return { bar, said, small, room, at: inside(place, at(middle, bar), room) };
  });
  const ends = [0, bars.length - 1, turn, ...(broken < 0 ? [] : [joins[broken].start])];
  const rank = (/** @type {number} */ bar) => (bar === stop ? 0 : ends.includes(bar) ? 1 : 2);
  /** @type {[number, number][]} */
  const taken = [];
  // The numbers that find room, those that matter most before the others.
  const kept = [...says].sort((one, other) => rank(one.bar) - rank(other.bar) || one.bar - other.bar).filter(({ at, room }) => {
    const [start, end] = [at - room / 2 - 3, at + room / 2 + 3];
    const free = taken.every(([one, other]) => end <= one || other <= start);
    if (free) taken.push([start, end]);
    return free;
  });
  return [
    ...shown.map((bar) => /** @type {Tree} */ (["rect", {
      x: px(at(middle, bar) - wide / 2), y: px(base - tall(bars[bar].size)), width: px(wide), height: px(tall(bars[bar].size)),
      rx: wide > 16 ? 5 : 2, class: `bar ${kindOf(place, bar)}`, "data-key": `bar ${bar}`,
    }])),
    ...says.filter((one) => kept.includes(one)).map(({ bar, said, small, at }) =>
      text(`size t-${kindOf(place, bar)}` + (small ? " small" : ""), at, base - tall(bars[bar].size) - 7, said)),
  ];
}

/** The middle of something so wide, moved until it is in sight. @param {{width: number}} place @param {number} middle @param {number} wide */
const inside = ({ width }, middle, wide) => Math.max(wide / 2, Math.min(middle, width - wide / 2));

/** What leads from one block to the next, where there is room to read it. @param {Strip} strip @param {Place} place @returns {Tree[]} */
function names({ bars }, { shown, middle, pitch, wide, base, narrow }) {
  const [gap, room] = [pitch - wide, Math.floor((pitch - 8) / 7.3)];
  return shown.slice(1).filter((bar) => middle.has(bar - 1)).flatMap((bar) => {
    const x = (at(middle, bar - 1) + at(middle, bar)) / 2;
    const arrow = `M${px(x - gap * 0.28)} ${px(base - 14)}h${px(gap * 0.5)}m-4 -4l4 4l-4 4`;
    const lines = [bars[bar].name, narrow ? "" : bars[bar].detail];
    return [
      ...(gap > 14 ? [/** @type {Tree} */ (["path", { d: arrow, class: "arrow" }])] : []),
      ...lines.flatMap((said, n) => {
        const short = said.length <= room ? said : `…${said.slice(said.length - room + 1)}`;
        return said && (room >= said.length || (room > 4 && !n)) ? [text("led", x, base + 19 + 18 * n, short)] : [];
      }),
    ];
  });
}

/** @param {Strip} strip @param {Place} place @returns {Tree[]} */
function brackets({ bars, joins, broken }, place) {
  const { rows, middle, top, row, base, tall, stop } = place;
  const order = [...rows.keys()].sort((one, other) => Number(one === broken) - Number(other === broken) || one - other);
  return order.flatMap((n) => {
    const { start, end, one, other } = joins[n];
    const [left, right] = [at(middle, start), at(middle, end)];
    const y = top - 42 - at(rows, n) * row;
    const [from, to] = [start, end].map((bar) => px(base - tall(bars[bar].size) - 24));
    const [bad, off] = [n === broken, end > stop];
    const kind = bad ? "bad" : off ? "off" : "good";
    const turn = Math.min(8, (right - left) / 2);
    const d = `M${px(left)} ${from}V${px(y + turn)}Q${px(left)} ${y} ${px(left + turn)} ${y}`
      + `H${px(right - turn)}Q${px(right)} ${y} ${px(right)} ${px(y + turn)}V${to}`;
    const said = `${grouped(one)} ${bad ? "≠" : "="} ${grouped(other)}`;
    const wide = said.length * (bad ? 9 : 7.6) + 12;
    const x = inside(place, (left + right) / 2, wide);
    return /** @type {Tree[]} */ ([
      ["path", { d, class: `skip is-${kind}` }],
      ...(bad || (!off && wide < right - left - 16) ? [
        ["rect", { x: px(x - wide / 2), y: y - 10, width: px(wide), height: 20, class: "under" }],
        text(`meet t-${kind}`, x, y + 5, said),
      ] : []),
    ]);
  });
}

/** The sizes around one: those that fit are thick; the handle stays in the middle. @param {number} size @param {((size: number) => boolean) | undefined} fits @param {number} width @param {boolean} narrow @returns {Tree[]} */
export function rulerOf(size, fits, width, narrow) {
  const span = narrow ? 24 : 48;
  const [step, start] = [width / span, size - span / 2];
  const ruled = Array.from({ length: span + 1 }, (_, n) => start + n).filter((one) => one >= 1);
  const room = widthOf(grouped(size + span), 12) + 12;
  let last = -width;
  return [["path", { d: `M0 40H${px(width)}`, class: "line" }], ...ruled.flatMap((one) => {
    const x = (one - start) * step;
    const fit = fits?.(one);
    const named = fits ? fit : one % 4 === 0;
    const marks = [/** @type {Tree} */ (["path", { d: `M${px(x)} ${fit ? 26 : 34}V40`, class: fit ? "fit" : "tick" }])];
    if (named && x - last >= room && room <= 2 * x && 2 * x <= 2 * width - room) {
      last = x;
      marks.push(text(fit ? "fits" : "number", x, 57, grouped(one)));
    }
    return marks;
  })];
}

/** @template T @param {Map<number, T>} map @param {number} key */
const at = (map, key) => /** @type {T} */ (map.get(key));

/** @param {string} kind @param {number} x @param {number} y @param {string} said @returns {Tree} */
const text = (kind, x, y, said) => ["text", { class: kind, x: px(x), y: px(y) }, said];

/** About as wide as a number is, in pixels. @param {string} said @param {number} size */
const widthOf = (said, size) => said.length * size * 0.6;

/** To a tenth of a pixel. @param {number} value */
const px = (value) => Math.floor(value * 10 + 0.5) / 10;
