"""How losses say that prediction and target do not fit, beside torch's plainest words."""

from __future__ import annotations

from convarith.diagnosis.kind import Wording
from convarith.diagnosis.pairs import alone, marked
from convarith.diagnosis.values import sizes

FIRST, SECOND = sizes("first"), sizes("second")
KERAS_FIX = "Print both shapes. The target needs the shape of the output, or for a loss whose name begins with `sparse` the shape without the classes."
KERAS_FIX_ZH = "打印两个形状。目标的形状要和输出相同；名字以 `sparse` 开头的损失，目标没有类别这一维。"
LOSSES = (
    Wording(
        "torch",
        rf"input and target batch or spatial sizes don't match: target {SECOND}, input {FIRST}"
        rf"|size mismatch \(got input: {FIRST} ?, target: {SECOND}",
        read=marked("indices"),
    ),
    Wording(
        "torch",
        r"must have the same number of elements\. target nelement \((?P<got>\d+)\) != input nelement \((?P<wanted>\d+)\)",
        read=marked("elements"),
    ),
    Wording(
        "torch", rf"Expected target size {FIRST}, got {SECOND}", read=marked("expected")
    ),
    Wording(
        "keras",
        rf"A target array with shape {SECOND} was passed for an output of shape {FIRST}"
        rf"|[Ll]ogits`? and `?labels`? must have the same shape,? (?:received )?\({FIRST} vs {SECOND}"
        rf"|must have the same shape(?: up until the last dimension)?[.:] (?:Received: )?target\.shape={SECOND}, output\.shape={FIRST}"
        rf"|Shapes {SECOND} and {FIRST} are incompatible"
        rf"|logits and labels must be (?:broadcastable|same size): logits_size={FIRST} labels_size={SECOND}"
        r"|You are passing a target array of shape .{1,40}? while using as loss",
        "print(model.output_shape, target.shape)",
        KERAS_FIX,
        KERAS_FIX_ZH,
    ),
    Wording(
        "keras",
        rf"Error when checking (?:model )?target: expected \S{{1,60}} to have shape {FIRST} but got array with shape {SECOND}",
        "print(model.output_shape, target.shape)",
        KERAS_FIX,
        KERAS_FIX_ZH,
        read=alone,
    ),
    Wording(
        "keras",
        rf"The shape of labels \(received {SECOND}\) should equal the shape of logits except for the last dimension \(received {FIRST}\)"
        rf"|must have the same first dimension, got logits shape {FIRST} and labels shape {SECOND}"
        rf"|must have rank \(ndim\) `target\.ndim - 1`\. Received: target\.shape={SECOND}, output\.shape={FIRST}",
        "print(model.output_shape, target.shape)",
        KERAS_FIX,
        KERAS_FIX_ZH,
        read=marked("rows"),
    ),
    Wording(
        "keras",
        r"Data cardinality is ambiguous(?:\. Make sure all arrays contain the same number of samples\.|:) ?'?x'? sizes: (?P<wanted>\d+) '?y'? sizes: (?P<got>\d+)"
        r"|same number of samples as target arrays\. Found (?P<wanted>\d+) input samples and (?P<got>\d+) target samples"
        r"|input variables with inconsistent numbers of samples: \[(?P<wanted>\d+), (?P<got>\d+)\]"
        r"|Data cardinality is ambiguous",
        "print(x.shape, y.shape)",
        "Print both shapes. The first axis of each must be the examples, and their numbers must be equal.",
        "打印两个形状。两者的第一维都必须是样本，而且样本数要相同。",
        read=marked("datasets"),
    ),
)
