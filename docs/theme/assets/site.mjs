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

// A browser that shows a page again may remember that the menu was open.
for (const toggle of document.querySelectorAll("#__drawer, #__search")) toggle.checked = false;

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

// Both languages keep the palette where the theme would.
document.addEventListener("click", ({ target }) => {
  const scheme = target instanceof Element && target.closest(".site-palette")?.dataset.scheme;
  if (!scheme) return;
  document.body.dataset.mdColorScheme = scheme;
  globalThis.__md_set("__palette", { color: { scheme, primary: "custom", accent: "custom" } });
  document.querySelector(`.site-palette:not([data-scheme=${scheme}])`).focus();
});

// The theme's switches are labels, which keys do not reach by themselves.
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("label[tabindex]") || !["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  event.target.click();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("article [for=__search]")) setTimeout(() => document.querySelector(".md-search__input").focus());
});

// The search is made ready while nobody waits for it; its worker listens. The theme looks at
// its field when a key goes up, and what is pasted or dropped there comes without a key.
const ready = new BroadcastChannel("search");
const field = ({ target }) => target instanceof HTMLInputElement && target.matches(".md-search__input");
const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 2000));
document.addEventListener("focusin", (event) => field(event) && ready.postMessage(""));
addEventListener("load", () => idle(() => navigator.connection?.saveData || ready.postMessage("")));
document.addEventListener("input", (event) => field(event) && event.target.dispatchEvent(new KeyboardEvent("keyup")));

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
