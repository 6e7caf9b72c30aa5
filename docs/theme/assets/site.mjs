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
const WIDGETS = ["conv-calculator", "conv-figure", "size-range", "tap-map"];
const near = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    import(`./widgets/${target.localName.replace("conv-", "")}.mjs`).catch((mistake) => {
      target.dataset.failed = "";
      throw mistake;
    });
  }
}, { rootMargin: "400px" });
const widgets = () => {
  for (const found of document.querySelectorAll(`:is(${WIDGETS}):not(:defined)`)) near.observe(found);
};

// What a reader changed in a widget stays when the language changes.
document.addEventListener("click", ({ target }) => {
  const link = target instanceof Element && target.closest(".md-select__link[hreflang]");
  if (link) link.search = location.search;
}, true);

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
