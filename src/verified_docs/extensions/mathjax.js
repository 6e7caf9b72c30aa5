// What MathJax is asked to do, inside QuickJS: one formula in, SVG and MathML out.
const parts = MathJax._;
const adaptor = parts.adaptors.liteAdaptor.liteAdaptor();
parts.handlers.html_ts.RegisterHTMLHandler(adaptor);
const input = new parts.input.tex_ts.TeX({
  // 'noundefined' is left out, so that an unknown command is an error.
  packages: ["base", "ams", "newcommand", "mathtools", "textmacros"],
  formatError(_, error) { throw Error(error.message); },
});
const output = new parts.output.svg_ts.SVG({
  font: new parts.output.svg.fonts.tex_ts.TeXFont(),
  fontCache: "local",
});
const page = parts.mathjax.mathjax.document("", {InputJax: input, OutputJax: output});
const serialise = new parts.core.MmlTree.SerializedMmlVisitor.SerializedMmlVisitor();

globalThis.typeset = (tex, display) => {
  const formula = new page.options.MathItem(tex, input, display);
  formula.start.node = adaptor.body(page.document);
  formula.setMetrics(16, 8, 1280, 1e6, 1);
  formula.compile(page);
  const mathml = serialise.visitTree(formula.root, page);
  formula.typeset(page);
  return JSON.stringify([adaptor.innerHTML(formula.typesetRoot), mathml]);
};
