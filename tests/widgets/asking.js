// What a vector asks, asked of the widgets' modules: `answer(modules, vector)`.
// The engine of the suite and the browser run this same file.
globalThis.answer = (modules, [name, values, given]) => {
  const { SizeError, taps, solve, reasons, why } = modules;
  const names = ["kernel_size", "stride", "padding", "output_padding", "dilation"];
  const asked = {
    taps: () => {
      modules.convTransposeSize(values[0], given);
      const at = taps(values[0], given);
      return [at.counts, at.holes, at.tail, at.overlap, at.flat, at.shift];
    },
    solve: () => {
      const answers = solve([values], [given], names);
      const first = answers.found.slice(0, 3).map(([one]) => [names.map((key) => one[key]), reasons(one, ...values)]);
      const none = answers.found.length ? "" : why(answers, [values], names);
      return [answers.found.length, first, none, answers.nearest[0] ?? []];
    },
  };
  try {
    return (asked[name] ?? (() => modules[name](...values, given)))();
  } catch (error) {
    if (error instanceof SizeError) return error.lines.join("\n");
    throw error;
  }
};
