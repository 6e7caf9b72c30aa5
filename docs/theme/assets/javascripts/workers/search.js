// Stands before the theme's search, which it is told the name of. People paste whole messages:
// a known one leads to its entry, by the words of its heading. In others the marks would be
// read as operators, and the numbers say nothing of the page that answers.
const QUERY = 2;
const NUMBER = /^(?:[\d.x]+|[a-z]'?\d*)$/i;
const FEWEST_WORDS = 3;

async function words(text) {
  const all = text.replaceAll("*", " ").split(/[^\p{L}\p{M}\d_.]+|\.(?!\w)|(?<!\w)\./u).filter(Boolean);
  const { known } = all.length < FEWEST_WORDS ? {} : await import("../../known.mjs");
  const entry = known?.(text)?.words.split(" ").map((word) => `title:${word}`);
  return (entry ?? all.filter((word) => !NUMBER.test(word))).join(" ") || text;
}

addEventListener("message", async (event) => {
  const { type, data } = event.data;
  // What is dispatched below comes here again, and goes on to the theme.
  if (type !== QUERY || !event.isTrusted) return;
  event.stopImmediatePropagation();
  dispatchEvent(new MessageEvent("message", { data: { type, data: await words(data) } }));
});

importScripts(location.search.slice(1));
