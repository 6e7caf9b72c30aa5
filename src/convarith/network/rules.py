"""What each operator does to sizes, and what its outputs read: one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from convarith._errors import Refusal
from convarith.network import joins, picking, reshaping, windows
from convarith.network.lengths import Length
from convarith.network.rule import Rule, flat, sizes
from convarith.network.traced import Part, Run, Step

RULES: dict[str, Callable[[Rule], Any]] = {
    "convolution": windows.convolution,
    **dict.fromkeys(("max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "avg_pool2d", "avg_pool3d", "max_pool2d_with_indices", "max_pool3d_with_indices"), windows.pool),
    **dict.fromkeys((f"{kind}adaptive_{which}_pool{n}d" for kind in ("", "_") for which in ("avg", "max") for n in (1, 2, 3)), windows.adaptive_pool),
    **dict.fromkeys(("upsample_nearest1d", "upsample_nearest2d", "upsample_nearest3d", "_upsample_nearest_exact1d", "_upsample_nearest_exact2d", "_upsample_nearest_exact3d", "upsample_linear1d", "upsample_bilinear2d", "upsample_trilinear3d", "upsample_bicubic2d", "_upsample_bilinear2d_aa", "_upsample_bicubic2d_aa"), windows.upsample),
    **dict.fromkeys(("constant_pad_nd", "reflection_pad1d", "reflection_pad2d", "reflection_pad3d", "replication_pad1d", "replication_pad2d", "replication_pad3d"), windows.padded),
    **dict.fromkeys(("where", "masked_fill", "masked_fill_", "rrelu_with_noise", "bernoulli", "lerp", "addcmul", "_prelu_kernel", "mse_loss", "l1_loss", "smooth_l1_loss"), joins.pointwise),
    "_native_multi_head_attention": joins.multi_head,
    "_transformer_encoder_layer_fwd": joins.keeps(1),
    **dict.fromkeys(("_euclidean_dist", "_cdist_forward"), joins.distances),
    "glu": joins.glu,
    "cat": joins.cat,
    "stack": joins.stack,
    **dict.fromkeys(("mm", "bmm", "addmm", "baddbmm"), joins.product_of),
    **dict.fromkeys(("clone", "detach", "_to_copy", "alias", "contiguous", "lift_fresh", "lift_fresh_copy", "native_dropout", "empty_like", "zeros_like", "ones_like", "rand_like", "randn_like", "full_like", "tril", "triu", "zero_", "fill_", "copy_", "fill", "copy", "_resize_output_", "normal_", "uniform_", "bernoulli_", "_conj", "_neg_view", "resolve_conj", "nan_to_num", "alpha_dropout"), joins.keeps()),
    **dict.fromkeys(("_softmax", "_log_softmax", "_safe_softmax", "cumsum", "cumprod", "sort", "logcumsumexp"), joins.along("dim")),
    **dict.fromkeys(("flip", "roll"), joins.along("dims")),
    "native_group_norm": joins.group_norm,
    **dict.fromkeys(("native_layer_norm", "_fused_rms_norm"), joins.layer_norm),
    **dict.fromkeys(("native_batch_norm", "_native_batch_norm_legit", "_native_batch_norm_legit_no_training", "_native_batch_norm_legit_functional", "cudnn_batch_norm"), joins.batch_norm),
    **dict.fromkeys(("sum", "mean", "amax", "amin", "max", "min", "var", "std", "var_mean", "std_mean", "linalg_vector_norm", "logsumexp", "argmax", "argmin", "any", "all", "prod", "norm", "median"), joins.reduced),
    **dict.fromkeys(("_scaled_dot_product_flash_attention_for_cpu", "_scaled_dot_product_flash_attention", "_scaled_dot_product_efficient_attention"), joins.attention),
    **dict.fromkeys(("view", "_unsafe_view", "_reshape_alias", "reshape", "_reshape_copy", "view_copy"), reshaping.view),
    "permute": reshaping.permute,
    "transpose": reshaping.transpose,
    "t": reshaping.turned,
    "unsqueeze": reshaping.unsqueeze,
    "squeeze": reshaping.squeeze,
    "expand": reshaping.expand,
    "repeat": reshaping.repeat,
    "slice": picking.slice_,
    "select": picking.select,
    **dict.fromkeys(("split", "split_with_sizes", "unsafe_split", "unsafe_split_with_sizes"), picking.split),
    "unbind": picking.unbind,
    **dict.fromkeys(("zeros", "ones", "full", "empty", "rand", "randn", "new_zeros", "new_ones", "new_full", "new_empty", "randint"), picking.made),
    "arange": picking.arange,
    "linspace": picking.linspace,
    **dict.fromkeys(("index", "_unsafe_index"), picking.index),
    "index_select": picking.index_select,
    "gather": picking.gather,
    "embedding": picking.embedding,
    "unfold": windows.unfold,
    "as_strided": picking.as_strided,
    "im2col": windows.im2col,
    "col2im": windows.col2im,
    **dict.fromkeys(("_fft_r2c", "_fft_c2r", "_fft_c2c"), picking.fft),
    **dict.fromkeys(("grid_sampler_2d", "grid_sampler_3d"), picking.grid_sampler),
    **dict.fromkeys(("view_as_real", "view_as_complex"), reshaping.real),
    "pixel_shuffle": windows.pixel_shuffle,
    "pixel_unshuffle": windows.pixel_unshuffle,
    "polar": joins.pointwise,
    "complex": joins.pointwise,
}  # fmt: skip


def rule_of(func: Any, step: Step, args: Any, kwargs: Any, run: Run) -> Rule:
    """What is known of this call; nothing where no rule stands in the table."""
    rule = Rule(func, step, args, kwargs, run)
    first = rule.tensors[0] if rule.tensors else None
    step.before = tuple(sizes(first)) if first is not None else ()
    found = RULES.get(step.op)
    if found is None and torch.Tag.pointwise in func.tags:
        found = joins.pointwise
    if found is None and step.op.endswith("_") and func._schema.is_mutable:
        found = RULES.get(step.op[:-1], joins.pointwise)
    if not _depends(rule):
        rule.static = True
        return rule
    if found is None:
        step.unknown = step.op
        return rule
    try:
        outputs = found(rule)
    except (
        Refusal,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
    ):
        step.unknown, outputs = step.op, []
    rule.outputs = list(outputs) if isinstance(outputs, list) else [outputs]
    if not all(_sized(p) for out in rule.outputs if out for p in out):
        step.unknown = step.op
    return rule


def _depends(rule: Rule) -> bool:
    """Whether any size or number of the call depends on the input."""
    numbers = [
        one
        for one in flat(rule.args, {})
        if isinstance(one, (torch.SymInt, torch.SymFloat))
    ]
    return bool(numbers) or any(
        isinstance(size, Length) for one in rule.tensors for size in sizes(one)
    )


def _sized(part: Part) -> bool:
    return part.size is None or isinstance(part.size, (int, Length))
