// @ts-check
// The picture as a file of its own, with the colours that it has here.

/** @param {SVGElement} picture @param {string} name @param {"svg" | "png"} kind */
export async function save(picture, name, kind) {
  const text = standing(picture);
  const drawn = new Blob([text], { type: "image/svg+xml" });
  const file = kind === "svg" ? drawn : await painted(drawn, picture.clientWidth, picture.clientHeight);
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${name}.${kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** @param {SVGElement} picture */
function standing(picture) {
  const colours = getComputedStyle(picture);
  const copy = /** @type {SVGElement} */ (picture.cloneNode(true));
  delete copy.dataset.lit;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", `${picture.clientWidth}`);
  copy.setAttribute("height", `${picture.clientHeight}`);
  copy.style.background = "var(--card)";
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = [...document.styleSheets].flatMap(rules).filter((rule) => rule.startsWith(".hero-picture")).join("\n");
  copy.prepend(style);
  return new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, (_, name) => colours.getPropertyValue(name).trim());
}

/** A sheet from elsewhere may not be read. @param {CSSStyleSheet} sheet */
function rules(sheet) {
  try {
    return [...sheet.cssRules].map((rule) => rule.cssText);
  } catch {
    return [];
  }
}

/** Twice as large, for a screen with fine pixels. @param {Blob} drawn @param {number} width @param {number} height @returns {Promise<Blob>} */
async function painted(drawn, width, height) {
  const image = Object.assign(new Image(), { src: URL.createObjectURL(drawn) });
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture")))));
}
