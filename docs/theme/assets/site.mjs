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

// A copied sentence has its formulas as TeX; MathML in between would break its lines.
document.addEventListener("copy", () => {
  document.documentElement.classList.add("copying");
  setTimeout(() => document.documentElement.classList.remove("copying"));
});

// The theme wraps tables and adds buttons first.
globalThis.document$.subscribe(() => setTimeout(refresh, 100));
addEventListener("resize", refresh);
