// Runs after every page, also when the theme swaps pages without a reload.
const refresh = () => {
  // What scrolls must be reachable by keyboard.
  for (const box of document.querySelectorAll(".maths__scroll, .md-typeset__scrollwrap")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
  // The theme gives the copy buttons of every block the same landmark name.
  document.querySelectorAll(".md-code__nav").forEach((nav, index) => {
    nav.setAttribute("aria-label", `Code ${index + 1}`);
  });
  // The search dialog has no name of its own; its input's is in the page's language.
  const search = document.querySelector("[data-md-component=search]");
  const input = search?.querySelector("input");
  if (input) search.setAttribute("aria-label", input.getAttribute("aria-label"));
};

// A widget is fetched where a page has one, when it comes into view.
const fetched = (found) => import(`./widgets/${found.localName.replace("conv-", "")}.mjs`).catch((mistake) => {
  found.dataset.failed = "";
  throw mistake;
});
const near = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    fetched(target);
  }
}, { rootMargin: "400px" });
const widgets = () => {
  for (const found of document.querySelectorAll(".cw:not(:defined)")) near.observe(found);
};

// What a reader changed in a widget stays when the language changes, and so does the place
// on the page: both languages have the same. The page of languages asks what was chosen.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest(".md-select__link[hreflang]");
  if (!link) return;
  try {
    localStorage.setItem("convarith.language", link.hreflang);
  } catch {
    // Without storage, the page of languages goes by the browser's own.
  }
  if (event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  event.stopPropagation();
  location.assign(link.href + location.search + location.hash);
}, true);

// The theme's switches are labels, which keys do not reach by themselves.
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("label[tabindex]") || !["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  event.target.click();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("article [for=__search]")) setTimeout(() => document.querySelector(".md-search__input").focus());
});

// A message that diagnose knows leads to its entry, and its fix is read without a visit.
document.addEventListener("input", async ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.matches(".md-search__input")) return;
  const text = target.value;
  const [{ known }, { CURES }] = text.split(/\s+/).length < 3
    ? [{ known: () => undefined }, { CURES: {} }]
    : await Promise.all([import("./known.mjs"), import("./convarith/pasted.mjs")]);
  if (text !== target.value) return;
  document.querySelector(".known")?.remove();
  const entry = known(text);
  if (!entry) return;
  const [, fix] = CURES[entry.page];
  const link = Object.assign(document.createElement("a"), { className: "known", href: new URL(`../${entry.page}`, import.meta.url).href });
  link.textContent = fix.replaceAll("`", "");
  document.querySelector(".md-search-result").prepend(link);
});

// A copied sentence has its formulas as TeX; MathML in between would break its lines.
document.addEventListener("copy", () => {
  document.documentElement.classList.add("copying");
  setTimeout(() => document.documentElement.classList.remove("copying"));
});

// The theme wraps tables and adds buttons first.
globalThis.document$.subscribe(() => {
  widgets();
  setTimeout(refresh, 100);
});
addEventListener("resize", refresh);
