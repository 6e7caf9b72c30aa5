// 页面自己的话；其余的话来自 convarith。
export default {
  sentences: {
    "large": "{name} 这里最多算到 {most}",
  },
  labels: {
    layer: "层",
    perAxis: "各轴分别设置",
    axis: "轴 {axis}",
    any: "任意",
    wish: "求",
    forwards: "输出尺寸",
    backwards: "参数",
    paste: "粘贴一行层的代码，或一条报错",
    unread: "读不懂：{what}。",
    address: "地址里的 {what}",
  },
};
