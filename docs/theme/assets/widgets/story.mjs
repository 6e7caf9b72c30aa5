// @ts-check
// A text in steps beside a picture: the step that is read says what the picture shows.

/**
 * @param {Element} picture within .cw-story, beside .cw-steps
 * @param {() => void} changed
 */
export function storyOf(picture, changed) {
  const steps = /** @type {HTMLElement[]} */ ([...picture.closest(".cw-story")?.querySelectorAll(".cw-steps > div") ?? []]);
  if (!steps.length) return;
  let current = 0;

  /** @param {number} at */
  function choose(at) {
    if (at === current) return;
    current = at;
    mark();
    changed();
  }
  const mark = () => steps.forEach((step, at) => {
    if (at === current) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  });

  // The step that crosses a line of the window is the one that is read; on a phone the picture stands above the line.
  const line = matchMedia("(min-width: 45em)").matches ? 42 : 78;
  const seen = new IntersectionObserver((entries) => {
    const met = entries.find(({ isIntersecting }) => isIntersecting);
    if (met) choose(steps.indexOf(/** @type {HTMLElement} */ (met.target)));
  }, { rootMargin: `-${line}% 0px -${100 - line}% 0px` });
  const ended = new AbortController();
  steps.forEach((step, at) => {
    step.tabIndex = 0;
    step.role = "group";
    step.ariaLabel = step.querySelector("strong")?.textContent ?? "";
    step.addEventListener("focus", () => choose(at), ended);
    seen.observe(step);
  });
  mark();
  return {
    at: () => current,
    choose,
    end() {
      seen.disconnect();
      ended.abort();
    },
  };
}
