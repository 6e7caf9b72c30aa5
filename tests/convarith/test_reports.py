"""Messages as people report them: what the answer has to say beyond the kind."""

import pytest

from convarith import diagnose
from convarith.diagnosis import arguments, channels, joining, pairs, resizing

# The message, its kind, what of its numbers is read, and how the line to write begins.
REPORTS = [
    (
        "`output_padding` must be strictly less than `strides` for all dimensions. At dimension 0, `output_padding` is 2 but `strides` is 2. Received: output_padding=(2,), strides=(2,)",
        "output-padding-not-below-stride", {"output_padding": 2, "stride": 2}, "keras.layers.Conv2DTranspose(",
    ),
    (
        "output_padding[0] (2) must be less than max(stride, dilation) (2) for spatial dimension 0.",
        "output-padding-not-below-stride", {"output_padding": 2, "largest": 1}, "output_padding=1",
    ),
    (
        "expected stride to be a single integer value or a list of 1 values to match the convolution dimensions, but got stride=[1, 1]",
        "weight-axes", {"wanted": 1}, "weight.unsqueeze(-1)",
    ),
    (
        "The size of tensor a (16) must match the size of tensor b (8) at non-singleton dimension 2",
        "sizes-differ", {"factor": 2, "axis": 2}, "F.interpolate(x, scale_factor=2)",
    ),
    (
        "The size of tensor a (1067) must match the size of tensor b (1066) at non-singleton dimension 2",
        "sizes-differ", {"apart": 1, "axis": 2}, "up(x, output_size=skip.shape[2:])",
    ),
    (
        "The size of tensor a (64) must match the size of tensor b (96) at non-singleton dimension 1",
        "sizes-differ", {"axis": 1}, "nn.Conv2d(96, 64, kernel_size=1)",
    ),
    (
        "The size of tensor a (12700) must match the size of tensor b (12800) at non-singleton dimension 1",
        "sizes-differ", {"apart": 100}, "y[:, :12700]",
    ),
    (
        "The size of tensor a (4) must match the size of tensor b (3) at non-singleton dimension 0",
        "sizes-differ", {"axis": 0}, "x[:3]",
    ),
    (
        "    x = self.up(x)  # nn.Upsample(scale_factor=2)\nRuntimeError: Sizes of tensors must match except in dimension 1. Expected size 61 but got size 60 for tensor number 1 in the list.",
        "skip-does-not-fit", {"apart": 1, "layer": "Upsample"}, "F.interpolate(x, size=skip.shape[2:])",
    ),
    (
        "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. Received: input_shape=[(None, 88, 88, 128), (None, 89, 89, 128)]",
        "skip-does-not-fit", {"axis": 1, "wanted": 88, "got": 89}, "keras.layers.ZeroPadding2D(((0, 1), (0, 1)))(x)",
    ),
    (
        "Given input size: (256x1x1). Calculated output size: (256x0x0). Output size is too small",
        "pool-output-too-small", {"before": (1, 1), "after": (0, 0), "axes": "0, 1"}, "a smaller kernel_size",
    ),
    (
        "Expected 3-dimensional input for 3-dimensional weight[1, 2, 2], but got 4-dimensional input of size [1, 1, 4, 4] instead",
        "input-axes", {"weight": (1, 2, 2), "input": (1, 1, 4, 4)}, "x.squeeze(0)",
    ),
    (
        "Input type (torch.FloatTensor) and weight type (torch.DoubleTensor) should be the same or input should be a MKLDNN tensor and weight is a dense tensor",
        "dtype-differs", {"input": "torch.FloatTensor"}, "x.to(layer.weight.dtype)",
    ),
    (
        "Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the same",
        "other-device", {}, "x.to(layer.weight.device)",
    ),
    (
        "Using a target size (torch.Size([2, 6])) that is different to the input size (torch.Size([2, 1, 6]))",
        "loss-shape", {"first": (2, 1, 6)}, "x.squeeze(1)",
    ),
    ("indices and input shapes do not match", "unpool-index", {}, "unpool(x, indices, output_size="),
    ("stride should not be zero", "stride-not-positive", {}, "stride=1"),
    ("max_pool1d() stride must be greater than zero, but got 0", "stride-not-positive", {"stride": 0}, "stride=1"),
    (
        "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=6 is not divisible by 4",
        "shuffle-channels", {"next": 8}, "nn.Conv2d(in_channels, 8,",
    ),
    (
        "pixel_unshuffle expects height to be divisible by downscale_factor, but input.size(-2)=5 is not divisible by 2",
        "unshuffle-size", {"missing": 1}, "F.pad(x, (0, 0, 0, 1))",
    ),
    ("input and out_backprop must have the same batch size", "output-shape-layout", {}, "tf.nn.conv2d_transpose("),
    (
        "Cannot convert a partially known TensorShape to a Tensor: (?, 40, 40, 32)",
        "output-shape-layout", {}, "tf.nn.conv2d_transpose(",
    ),
    (
        "conv_general_dilated lhs feature dimension size divided by feature_group_count must equal the rhs input feature dimension size, but 1 // 1 != 3.",
        "channels", {"got": 1, "channels": 3}, "dimension_numbers=",
    ),
    ("C_in / groups = 1/1 != weight[1] (2)", "channels", {"got": 1, "channels": 2}, "weight.transpose("),
    ("ConvTranspose has no attribute output_padding", "converter-refuses", {}, "y[..., 1:-1, 1:-1]"),
    (
        "requested an output size of [50, 50], but valid sizes range from [45, 45] to [48, 48] (for an input of torch.Size([12, 12]))",
        "output-size-out-of-range", {"stride": (4, 4), "kernel_less_padding": (1, 1)}, "output_size=[48, 48]",
    ),
    (
        "add got incompatible shapes for broadcasting: (1, 8, 8, 2), (1, 9, 9, 2).",
        "skip-does-not-fit", {"axis": 1}, "jnp.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0)))",
    ),
    (
        "The operator 'aten::max_unpool2d' is not currently implemented for the MPS device",
        "backend-lacks-operator", {"backend": "MPS"}, "x.to_dense()",
    ),
    (  # A decoder made for a map of 1 x 1 got one of 5 x 5.
        "ValueError: Target size (torch.Size([8, 3, 128, 128])) must be the same as input size (torch.Size([8, 3, 320, 320]))",
        "loss-shape", {}, "print(x.shape, target.shape)",
    ),
    (  # A transposed convolution of stride 3 stood where a convolution belonged.
        "RuntimeError: input and target batch or spatial sizes don't match: target [4 x 512 x 1024], input [4 x 20 x 1534 x 3070] at /pytorch/torch/lib/THCUNN/generic/SpatialClassNLLCriterion.cu:24",
        "loss-shape", {}, "print(x.shape, target.shape)",
    ),
    (
        "Status Message: Input channels C is not equal to kernel channels * group. C: 1024 kernel channels: 1024 group: 0",
        "channels", {"groups": 0}, "group=1",
    ),
    (
        "RuntimeError: Invalid argument: Convolution arguments must have same number of dimensions. Got: f32[2,1,1,1,1,1] and f32[2,2,1,1]: @ 0x5616141822ee xla::ConvGeneralDilated()",
        "input-axes", {"kernel": (2, 2, 1, 1)}, "print(x.shape, kernel.shape)",
    ),
    (
        "RuntimeError: shape '[32, 128, 9, 9]' is invalid for input of size 802816",
        "linear-features", {"size": 802816}, "x.view(32, 128, 14, 14)",
    ),
    (
        "Input and output sizes should be greater than 0, but got input (H: 0, W: 21) output (H: 64, W: 64)",
        "resized-to-nothing", {}, "print(x.shape)",
    ),
    (
        "ConcatOp : Dimensions of inputs should match: shape[0] = [1,64,35,35] vs. shape[1] = [1,64,34,34]",
        "skip-does-not-fit", {"axis": 2}, "keras.layers.ZeroPadding2D(((0, 1), (0, 1)))(x)",
    ),
    (
        "The size of tensor a (34) must match the size of tensor b (35) at non-singleton dimension 2",
        "sizes-differ", {"axis": 2}, "y[:, :, :34]",
    ),
    (  # Those weights are patches of another map.
        "yi = F.conv_transpose2d(yi, wi_center)\nRuntimeError: Given transposed=1, weight of size 1632 128 6 6, expected input[1, 1584, 96, 67] to have 1632 channels, but got 1584 channels instead",
        "transposed-channels", {"got": 1584}, "print(x.shape, w.shape)",
    ),
    (
        "TypeError: add got incompatible shapes for broadcasting: (512, 50, 1024), (1, 145, 1024).",
        "skip-does-not-fit", {"axis": 1}, "jax.image.resize(image,",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "found", "call"), REPORTS)
def test_a_report_is_answered_with_its_own_numbers(
    text: str, kind: str, found: dict[str, object], call: str
) -> None:
    diagnosis = diagnose(text)

    assert diagnosis.kind == kind
    assert found.items() <= diagnosis.found.items()
    assert diagnosis.call.startswith(call)
    assert diagnosis.page.startswith("errors/")


def test_several_causes_each_have_their_sign_and_their_cure() -> None:
    diagnosis = diagnose(
        "The size of tensor a (1067) must match the size of tensor b (1066) at non-singleton dimension 2"
    )

    assert len(diagnosis.causes) == len(diagnosis.cures) == 3
    assert all(cause.startswith("If ") for cause in diagnosis.causes[1:])
    assert (diagnosis.cause, diagnosis.call) == (
        diagnosis.causes[0],
        diagnosis.cures[0],
    )
    assert str(diagnosis).count("\n") == 8


def test_a_whole_factor_is_not_called_rounding() -> None:
    text = "The size of tensor a (16) must match the size of tensor b (8) at non-singleton dimension 3"

    assert "16 is 2 times 8" in diagnose(text).cause
    assert "output_size" not in " ".join(diagnose(text).cures)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The size of tensor a (1026) must match the size of tensor b (1024) at non-singleton dimension 1",
            "an even kernel_size with stride=1",
        ),
        (
            "Using a target size (torch.Size([16, 1, 128, 201])) that is different to the input size (torch.Size([16, 1, 129, 201]))",
            "do not mirror those of its encoder layer",
        ),
        (
            "The size of tensor a (12) must match the size of tensor b (96) at non-singleton dimension 3",
            "one of the two has a fixed size",
        ),
    ],
)
def test_a_cause_that_the_numbers_leave_open_is_named(text: str, told: str) -> None:
    assert told in " ".join(diagnose(text).causes)


def test_an_unknown_message_has_its_numbers_read_back() -> None:
    diagnosis = diagnose("something 3 x 4 is wrong with [5, 6]")

    assert diagnosis.found == {"numbers": (3, 4, 5, 6)}
    assert diagnosis.cause.endswith("Its numbers are 3, 4, 5, 6.")
    assert not diagnosis.nearest


def test_what_a_message_leaves_out_is_left_out_of_the_answer() -> None:
    assert arguments._as_many({})[0] == "one value for each spatial axis"
    assert channels._with_next({}) == channels._of_all_groups({}) == {}
    assert resizing._next_multiple({}) == {}
    assert "factor" in resizing._padded({})
    assert joining.pad({}, "keras").startswith("keras.layers.ZeroPadding2D(")
    assert joining.pad({}, "onnx").startswith("np.pad(")
    assert joining.sum_line({"layer": "Upsample"}).startswith("F.interpolate(")
    shapes = {"first": "None, 4", "second": "2, 4"}
    assert "axis" not in pairs.differing(shapes)
