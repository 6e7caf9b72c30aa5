// What the page says besides the library. Its sentences are refusals, as in convarith._sentences.
export default {
  sentences: {
    "large": "{name} is counted up to {most} here",
  },
  labels: {
    layer: "layer",
    perAxis: "each axis its own",
    axis: "axis {axis}",
    any: "any",
    wish: "find",
    forwards: "the output size",
    backwards: "the parameters",
    paste: "Paste a layer or an error message",
    unread: "Cannot be read: {what}.",
    address: "the part {what} of the address",
  },
};
