// What a vector asks, asked of the widgets' modules: `answer(modules, words, vector)`.
// The engine of the suite and the browser run this same file.
globalThis.all = (language, first = globalThis[language], more = globalThis[`more_${language}`]) => {
  return { ...more, ...first, rules: { ...first.rules, ...more.rules }, valid: { ...first.valid, ...more.valid } };
};
globalThis.answer = (modules, words, [name, values, given]) => {
  const { SizeError, tell, taps, solve, reasons, why } = modules;
  const names = ["kernel_size", "stride", "padding", "output_padding", "dilation"];
  const full = { stride: 1, padding: 0, output_padding: 0, dilation: 1, ...given };
  const asked = {
    taps: () => {
      const at = taps(values[0], full);
      return [at.counts, at.holes, at.tail, at.overlap, at.flat, at.shift];
    },
    kernelExtent: () => modules.kernelExtent(values[0], given.dilation),
    solve: () => {
      const shared = ["kernel_size", "stride", "dilation"];
      const choices = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, [value]]));
      const answers = solve([values], [choices], shared);
      const first = answers.found.slice(0, 3).map(([one]) => [
        names.map((key) => one[key]), reasons(one, ...values, words.reasons),
      ]);
      const none = answers.found.length ? "" : why(answers, [values], shared, words.reasons);
      return [answers.found.length, first, none, answers.nearest[0] ?? []];
    },
  };
  try {
    return (asked[name] ?? (() => modules[name](...values, given)))();
  } catch (error) {
    if (error instanceof SizeError) return tell(error, words).join("\n");
    throw error;
  }
};
