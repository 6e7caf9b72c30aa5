// Speaks with the theme's search box in the theme's own way, in the place of its worker.
const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const FEWEST_WORDS = 3;

let loaded;
let asked = 0;

// Nothing is fetched before somebody asks, or the page has nothing else to do.
function load() {
  // All at once: what imports what would be found out one after the other.
  loaded ??= Promise.all([
    fetch(new URL("../../../search/sections.json", location)).then((got) => got.json()),
    import("../../search/answer.mjs"),
    import("../../search/ranking.mjs"),
    import("../../search/tokens.mjs"),
    import("../../search/code.mjs"),
    import("../../search/minisearch.mjs"),
  ])
    .then(([known, { answering }]) => answering(known))
    .catch((mistake) => {
      loaded = undefined;
      throw mistake;
    });
  return loaded;
}

// A message that diagnose knows, and its fix.
async function entry(text) {
  if (text.trim().split(/\s+/).length < FEWEST_WORDS) return undefined;
  const [{ known }, { CURES }] = await Promise.all([import("../../known.mjs"), import("../../convarith/cures.mjs")]);
  const found = known(text);
  return found && { page: found.page, fix: CURES[found.page][1] };
}

async function answer(text) {
  if (!text.trim()) return [];
  const [say, found] = await Promise.all([load(), entry(text)]);
  return say(text, found);
}

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) postMessage({ type: READY });
  if (type !== QUERY) return;
  asked += 1;
  const now = asked;
  const items = await answer(data).catch(() => []);
  // The box shows whatever comes: an answer to older words must not come last.
  if (now === asked) postMessage({ type: RESULT, data: { items } });
});

new BroadcastChannel("search").addEventListener("message", () => load().catch(() => undefined));
