// @ts-check
// The networks that a strip offers.

const LEVELS = [512, 256, 128, 64];
/** @type {[number, number, number, number][]} */
const VOCODER = [[512, 16, 8, 4], [256, 16, 8, 4], [128, 4, 2, 1], [64, 4, 2, 1]];

/** @type {Record<string, {size: string, text: string}>} */
export const EXAMPLES = {
  unet2: {
    size: "222",
    text: [
      "self.pool = nn.MaxPool2d(2)", "self.down = nn.MaxPool2d(2)",
      "self.up1 = nn.ConvTranspose2d(128, 64, 2, stride=2)", "self.up2 = nn.ConvTranspose2d(64, 32, 2, stride=2)",
    ].join("\n"),
  },
  unet4: {
    size: "350",
    text: [
      ...LEVELS.map((_, n) => `self.pool${n + 1} = nn.MaxPool2d(2)`),
      ...LEVELS.map((channels, n) => `self.up${n + 1} = nn.ConvTranspose2d(${channels}, ${channels / 2}, 4, stride=2, padding=1)`),
    ].join("\n"),
  },
  vocoder: {
    size: "32",
    text: VOCODER.map(([channels, kernel, stride, padding], n) => `self.ups${n} = nn.ConvTranspose1d(${channels}, ${channels / 2}, ${kernel}, stride=${stride}, padding=${padding})`).join("\n"),
  },
};
