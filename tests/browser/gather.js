// One article after another in the window of a page that stays, and one block of each kind.
//
// What keeps somebody from using a page lies in what its elements are, not in what they say:
// of all blocks that have the same kinds of elements, one is kept and asked about.

// Nobody is told what is drawn within these, or it is the same in all of them.
const DRAWN = "svg, math";
// Of these it matters what they say; of the others, that they are there and not empty.
const SPOKEN = ["class", "style", "role", "type", "tabindex", "scope", "aria-hidden"];
const NAMING = /^(alt|title|for|href|aria-.*)$/;
const NAMED = "a, button, th, summary, label, h1, h2, h3, h4, h5, h6";
const FEW = 30;

const texts = new Map();
const known = new Set();
const kept = document.createElement("article");

function described(element) {
  const said = [...element.attributes].flatMap(({ name, value }) => {
    if (SPOKEN.includes(name)) return [`${name}=${value}`];
    return NAMING.test(name) ? [`${name}: ${Boolean(value)}`] : [];
  });
  const silent = element.matches(NAMED) && !element.textContent.trim();
  return [element.localName, ...said.sort(), silent && "silent"].join();
}

function kind(element) {
  return `${described(element.parentElement)} > ${described(element)}`;
}

function kinds(element) {
  const all = [element, ...element.querySelectorAll("*")];
  return all.filter((one) => !one.parentElement.closest(DRAWN)).map(kind);
}

// What names something on its own page has another name here.
function renamed(element, page) {
  for (const one of [element, ...element.querySelectorAll("*")]) {
    for (const name of ["id", "for", "name", "aria-labelledby", "aria-describedby", "aria-controls"]) {
      if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(/\S+/g, `${page}-$&`));
    }
  }
  return element;
}

// Of a large block only the parts are kept that are of a kind of their own.
function keep(element, into, page) {
  if (kinds(element).every((one) => known.has(one))) return;
  const large = element.querySelectorAll("*").length > FEW && !element.matches(DRAWN);
  const copy = renamed(element.cloneNode(!large), page);
  into.append(copy);
  if (!large) return kinds(element).forEach((one) => known.add(one));
  known.add(kind(element));
  for (const node of element.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE) keep(node, copy, page);
    else copy.append(node.cloneNode());
  }
}

// As the theme opens a page: its styles, and its tables in boxes that scroll.
async function show(address) {
  if (!texts.has(address)) texts.set(address, await (await fetch(address)).text());
  const page = new DOMParser().parseFromString(texts.get(address), "text/html");
  history.replaceState(null, "", address);
  const there = [...document.styleSheets].map((sheet) => sheet.href);
  for (const link of page.querySelectorAll("link[rel=stylesheet]")) {
    const style = document.importNode(link);
    if (there.includes(style.href)) continue;
    document.head.append(style);
    await new Promise((loaded) => { style.onload = loaded; });
  }
  for (const side of document.querySelectorAll(".md-sidebar")) {
    side.hidden = page.querySelector(`.md-sidebar[data-md-type=${side.dataset.mdType}]`).hidden;
  }
  const article = document.importNode(page.querySelector("article"), true);
  document.querySelector("article").replaceWith(article);
  for (const table of article.querySelectorAll("table:not([class])")) {
    const [scroll, box] = ["md-typeset__scrollwrap", "md-typeset__table"].map((name) => {
      return Object.assign(document.createElement("div"), { className: name });
    });
    table.replaceWith(scroll);
    scroll.append(box);
    box.append(table);
  }
  return article;
}

// What of each page is cut in this window, the page itself too, and what is no typeset formula.
globalThis.wrong = async (addresses, boxes, signs) => {
  const found = [];
  for (const [place, address] of addresses.entries()) {
    const first = !texts.has(address);
    const article = await show(address);
    if (first) for (const block of article.children) keep(block, kept, `p${place}`);
    const all = [document.documentElement, ...article.querySelectorAll(boxes.join())];
    const cut = all.filter((box) => box.scrollWidth > box.clientWidth);
    found.push(...cut.map((box) => [address, box.localName, box.scrollWidth, box.clientWidth]));
    article.querySelectorAll(".maths__tex, .maths__mathml, pre").forEach((part) => part.remove());
    found.push(...signs.filter((sign) => article.textContent.includes(sign)).map((sign) => [address, sign]));
  }
  return found;
};

globalThis.showKept = () => {
  document.querySelector(".md-skip").setAttribute("href", `#${kept.querySelector("h1").id}`);
  document.querySelector("article").replaceChildren(...kept.childNodes);
  // So does the theme's script, on pages that it has opened itself.
  const code = [...document.querySelectorAll("article pre > code")];
  code.filter((one) => one.scrollWidth > one.clientWidth).forEach((one) => { one.tabIndex = 0; });
};
