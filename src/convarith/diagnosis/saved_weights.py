"""Messages about parameters that were saved for a layer of another shape."""

from __future__ import annotations

from convarith.diagnosis.kind import Cause, Kind, Wording
from convarith.diagnosis.pairs import shapes
from convarith.diagnosis.values import Found, Shape, Sizes, sizes

LINES = {
    "torch": "model.load_state_dict(dict((k, v) for k, v in saved.items() if v.shape == model.state_dict()[k].shape), strict=False)",
    "keras": "model.load_weights(path, skip_mismatch=True)",
    "flax": "jax.tree.map(jnp.shape, variables)",
}
FIRST, SECOND = sizes("first"), sizes("second")


def _of_weights(found: Found, framework: str) -> list[Cause]:
    """The first shape was saved, the second one is the layer's."""
    if framework == "tensorrt":
        return _counted(found)
    saved, layer = shapes(found)
    for long, short in ((saved, layer), (layer, saved)):
        if framework == "flax" and long[1:] == short:
            return [_replicated(long)]
    en = f"The saved parameter is {Shape(saved)}, and the layer has {Shape(layer)}."
    zh = f"保存的参数是 {Shape(saved)}，而这一层是 {Shape(layer)}。"
    why, why_zh = _differs(saved, layer, framework)
    if len(saved) != len(layer) and _without_ones(saved) == _without_ones(layer):
        return [
            Cause(
                f"{en} {why}",
                "Use the version that saved it, or reshape the saved parameter.",
                f"{zh}{why_zh}",
                "换成保存时的版本，或者用 reshape 改变保存的参数的形状。",
                f"saved.reshape({Shape(layer)})",
            )
        ]
    return [
        Cause(
            f"{en} {why}",
            "Build the model with the arguments that it was saved with. To keep the other parameters, leave out those whose shapes differ, and train them again.",
            f"{zh}{why_zh}",
            "按保存时的参数创建模型。如果只想保留其余参数，就跳过形状不同的那些，再重新训练它们。",
            LINES[framework],
        )
    ]


def _differs(saved: Sizes, layer: Sizes, framework: str) -> tuple[str, str]:
    if len(saved) != len(layer):
        if _without_ones(saved) == _without_ones(layer):
            return (
                "They differ by axes of 1 alone: usually another version of the library, or of the model, saved the file.",
                "只差大小为 1 的维度：多半是另一个版本的库（或模型）保存的文件。",
            )
        return "They are layers of different kinds.", "它们不是同一种层。"
    apart = [at for at in range(len(saved)) if saved[at] != layer[at]]
    last = len(saved) - 1
    out, into = (0, 1) if framework == "torch" else (last, last - 1)
    if last == 0 or apart == [out]:
        return (
            "The number of output channels, or of classes, differs.",
            "输出通道数（或类别数）不同。",
        )
    if apart == [into] and framework == "flax":
        modes = {1: "grey", 3: "RGB", 4: "RGBA"}
        a, b = saved[into], layer[into]
        if a in modes and b in modes:
            return (
                f"Flax takes the number of input channels from the input: for an image, {a} is {modes[a]} and {b} is {modes[b]}. Feed the image as it was fed before.",
                "Flax 的输入通道数取自输入：对图像来说，灰度图 1 个，RGB 3 个，RGBA 4 个。输入图像要和保存时的一样。",
            )
    if apart == [into]:
        return (
            "The number of input channels or features differs.",
            "输入的通道数或特征数不同。",
        )
    return "", ""


def _without_ones(shape: Sizes) -> list[int | None]:
    return [size for size in shape if size != 1]


def _replicated(shape: Sizes) -> Cause:
    return Cause(
        f"The shape {Shape(shape)} has one axis more in front, of {shape[0]}: these parameters were replicated for `pmap`, and the model is called without it.",
        "Take the copy of one device with `flax.jax_utils.unreplicate`, or call the model in `pmap`.",
        f"形状 {Shape(shape)} 的最前面多了一个大小为 {shape[0]} 的维度：这些参数为 `pmap` 复制过，而调用模型时没有用它。",
        "用 `flax.jax_utils.unreplicate` 取一个设备的那份；或者在 `pmap` 里调用模型。",
        "flax.jax_utils.unreplicate(params)",
    )


def _counted(found: Found) -> list[Cause]:
    """TensorRT says how many weights the file has, and how many the network takes."""
    got, wanted = found["got"], found["wanted"]
    en = f"The file has {got} weights for this layer, and the network that you build takes {wanted}."
    zh = f"文件里这一层有 {got} 个权重，而你构建的网络要 {wanted} 个。"
    outputs = found.get("outputs", 0)
    each = wanted // outputs if outputs else 0
    groups, inputs = found.get("groups", 1), found.get("inputs", 0)
    if got == wanted * groups > wanted:
        return [_other_inputs(f"{en} That is", f"{zh}即", inputs, groups)]
    if each and got % each == 0:
        own = got // each
        en += f" That is {own} filters of {each} against {outputs}: the number of output channels, or of classes, differs."
        zh += f"即 {own} 个滤波器（每个 {each} 个权重），而网络有 {outputs} 个：输出通道数（或类别数）不同。"
        if own % 3 == outputs % 3 == 0 and min(own, outputs) > 15:
            en += f" In a YOLO head, {own} = 3 * ({own // 3 - 5} + 5) and {outputs} = 3 * ({outputs // 3 - 5} + 5) classes."
            zh += f"如果是 YOLO 的输出层，{own} = 3 * ({own // 3 - 5} + 5)，{outputs} = 3 * ({outputs // 3 - 5} + 5)，括号里的第一个数是类别数。"
    return [
        Cause(
            en,
            "Build the network with the arguments of the model that was trained, such as its number of classes, and write the weights to the file again.",
            zh,
            "按训练好的模型的参数（例如类别数）构建网络，再重新写出权重文件。",
            "print(weights.size)",
        )
    ]


def _other_inputs(en: str, zh: str, inputs: int, groups: int) -> Cause:
    return Cause(
        f"{en} {groups} times as many, and {groups} is the number of groups: the weights fit {groups} * {inputs} = {groups * inputs} input channels in {groups} groups, or {inputs} in 1 group.",
        "Look at the tensor in front of this layer, for example at a Concat or a Reshape: the network may find fewer channels there than the model has. Otherwise, `groups` is wrong.",
        f"{zh} {groups} 倍，而组数正是 {groups}：这些权重适合 {groups} * {inputs} = {groups * inputs} 个输入通道分成 {groups} 组，或者 {inputs} 个输入通道只有 1 组。",
        "检查这一层之前的张量（例如 Concat 或 Reshape）：网络在那里得到的通道可能比模型的少。否则就是 `groups` 写错了。",
        "print(layer.get_input(0).shape, layer.num_groups)",
    )


KINDS = (
    Kind(
        "saved-weight-shape",
        rf"size mismatch for [\w.]{{1,120}}: copying a param with shape {FIRST} from checkpoint, the shape in current model is {SECOND}",
        LINES["torch"],
        "A saved parameter does not have the shape of the parameter in the layer that it is loaded into.",
        "Build the model with the arguments that it was saved with: channels, kernel_size, classes.",
        "保存的参数和要载入的那一层，形状不同。",
        "按保存时的参数创建模型：通道数、kernel_size、类别数。",
        causes=_of_weights,
        also=(
            Wording(
                "flax",
                rf"Initializer expected to generate shape {FIRST} but got shape {SECOND} instead for parameter"
                rf"|the given initializer is expected to generate shape {SECOND}, but the existing parameter it received has shape {FIRST}"
                rf"|Inconsistent shapes between value and initializer for parameter .{{1,120}}?: {FIRST}, {SECOND}",
                LINES["flax"],
            ),
            Wording(
                "tensorrt",
                r"count of (?P<got>\d+) weights in kernel, but kernel dimensions \([\d,x]{1,20}\) with (?P<inputs>\d+) input channels, (?P<outputs>\d+) output channels and (?P<groups>\d+) groups were specified\. Expected Weights count is .{1,60}? = (?P<wanted>\d+)"
                r"|kernel weights has count (?P<got>\d+) but (?P<wanted>\d+) was expected",
            ),
            Wording(
                "keras",
                rf"Layer weight shape {SECOND} not compatible with provided weight shape {FIRST}"
                rf"|Weight expects shape {SECOND}\. Received saved weight with shape {FIRST}"
                rf"|Assign requires shapes of both tensors to match\. lhs shape= ?{SECOND} rhs shape= ?{FIRST}",
                LINES["keras"],
            ),
        ),
    ),
)
