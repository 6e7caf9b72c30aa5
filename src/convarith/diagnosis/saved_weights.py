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
    saved, layer = shapes(found)
    for long, short in ((saved, layer), (layer, saved)):
        if framework == "flax" and long[1:] == short:
            return [_replicated(long)]
    en = f"The saved parameter is {Shape(saved)}, and the layer has {Shape(layer)}."
    zh = f"保存的参数是 {Shape(saved)}，而这一层是 {Shape(layer)}。"
    why, why_zh = _differs(saved, layer, framework)
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
        return "They are layers of different kinds.", "它们不是同一种层。"
    apart = [at for at in range(len(saved)) if saved[at] != layer[at]]
    last = len(saved) - 1
    out, into = (0, 1) if framework == "torch" else (last, last - 1)
    if last == 0 or apart == [out]:
        return (
            "The number of output channels, or of classes, differs.",
            "输出通道数（或类别数）不同。",
        )
    if apart == [into]:
        return (
            "The number of input channels or features differs.",
            "输入的通道数或特征数不同。",
        )
    return "", ""


def _replicated(shape: Sizes) -> Cause:
    return Cause(
        f"The shape {Shape(shape)} has one axis more in front, of {shape[0]}: these parameters were replicated for `pmap`, and the model is called without it.",
        "Take the copy of one device with `flax.jax_utils.unreplicate`, or call the model in `pmap`.",
        f"形状 {Shape(shape)} 的最前面多了一个大小为 {shape[0]} 的维度：这些参数为 `pmap` 复制过，而调用模型时没有用它。",
        "用 `flax.jax_utils.unreplicate` 取一个设备的那份；或者在 `pmap` 里调用模型。",
        "flax.jax_utils.unreplicate(params)",
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
                "keras",
                rf"Layer weight shape {SECOND} not compatible with provided weight shape {FIRST}"
                rf"|Weight expects shape {SECOND}\. Received saved weight with shape {FIRST}"
                rf"|Assign requires shapes of both tensors to match\. lhs shape= ?{SECOND} rhs shape= ?{FIRST}",
                LINES["keras"],
            ),
        ),
    ),
)
