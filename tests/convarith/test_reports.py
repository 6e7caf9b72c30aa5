"""Messages as people report them: what the answer has to say beyond the kind."""

import pytest

from convarith import diagnose
from convarith.diagnosis import arguments, channels, features, joining, pairs, resizing

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
        "sizes-differ", {"axis": 1}, "nn.Conv2d(64, 96, kernel_size=1)",
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
    # The frame names no layer that enlarges; joined along axis 3, the channels.
    (
        "concatenate_1: all concat input tensors must have the same dimensions except on the concatenation axis (3), but dimensions mismatched at input 1 at index 1. Input 0 shape: [1,8,8,256], Input 1 shape: [1,7,7,512]",
        "skip-does-not-fit", {"axis": 1, "joined": 3}, "np.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0)))",
    ),
    (
        'Dimension mismatch in concat ("input.64"): shapes [1, 128, 128, 128] vs. (1, 128, -128, -128)',
        "skip-does-not-fit", {"axis": 2}, "F.pad(x, (0, 1, 0, 1))",
    ),
    (
        "Sizes of tensors must match except in dimension 2. Got 1375 and 1500 in dimension 1 at /pytorch/aten/src/THC/generic/THCTensorMath.cu:87",
        "skip-does-not-fit", {"joined": 2, "axis": 1}, "y[:, :1375]",
    ),
    (
        "`Concatenate` layer requires inputs with matching shapes except for the concat axis. Got inputs shapes: [(None, 16, 16, 16, 512), (None, 16, 16, 16, 256)",
        "skip-does-not-fit", {"axis": 4}, "keras.layers.Concatenate(axis=-1)([x, skip])",
    ),
    (
        "Sizes of tensors must match except in dimension 0. Got 200 and 300 in dimension 2",
        "skip-does-not-fit", {"joined": 0}, "F.interpolate(x, size=y.shape[2:])",
    ),
    (
        "Status Message: Add_1103: right operand cannot broadcast on dim 3 LeftShape: {1,3,20,20,2}, RightShape: {1,1,21,12,2}",
        "sizes-differ", {"axis": 2}, "print(session.get_inputs()[0].shape)",
    ),
    (
        "right operand cannot broadcast on dim 3 LeftShape: {1,16,20,20}, RightShape: {1,16,20,21}",
        "sizes-differ", {"axis": 3}, "np.pad(",
    ),
    (
        "Status Message: concat.cc:157 onnxruntime::ConcatBase::PrepareForCompute Non concat axis dimensions must match: Axis 2 has mismatched dimensions of 135 and 136",
        "skip-does-not-fit", {"axis": 2, "apart": 1}, "np.pad(x, ((0, 0), (0, 0), (0, 1), (0, 0)))",
    ),
    (
        "add got incompatible shapes for broadcasting: (1, 40, 60, 2), (1, 48, 64, 2).",
        "skip-does-not-fit", {"axis": 1}, "jnp.pad(",
    ),
    (
        "add got incompatible shapes for broadcasting: (1, 400, 600, 2), (1, 480, 640, 2).",
        "skip-does-not-fit", {"axis": 1}, "jax.image.resize(x, ",
    ),
    (
        "    up = F.interpolate(x, scale_factor=2)\nRuntimeError: The size of tensor a (61) must match the size of tensor b (60) at non-singleton dimension 3",
        "sizes-differ", {"layer": "interpolate"}, "F.interpolate(x, size=skip.shape[2:])",
    ),
    (
        "could not broadcast input array from shape (224,224,3) into shape (224,224)",
        "sizes-differ", {"first": (224, 224)}, "np.zeros((224, 224, 3))",
    ),
    (
        "A `Concatenate` layer requires inputs with matching shapes except for the concat axis: input_shape=[(None, 512, 2, 2), (None, 256, 1, 1)",
        "skip-does-not-fit", {"factor": 2}, 'keras.layers.UpSampling2D(2, data_format="channels_first")(x)',
    ),
    # Arguments and axes.
    (
        "Window has different number of window dimensions than of window strides\nNumber of window dimensions: 2\nNumber of window strides: 1",
        "list-length", {"wanted": 2}, "window_strides=(1, 1)",
    ),
    (
        "Input 0 is incompatible with layer conv2d: expected ndim=4, found ndim=5",
        "input-axes", {"axes": 5, "wanted": 4}, "keras.ops.squeeze(x, 0)",
    ),
    (
        "Expected 4-dimensional input for 4-dimensional weight [64, 3, 7, 7], but got 3-dimensional input of size [224, 224, 3] instead",
        "input-axes", {"wanted": 4}, "x.permute(2, 0, 1).unsqueeze(0)",
    ),
    (
        "Expected 4-dimensional input for 4-dimensional weight [32, 1, 3, 3], but got 3-dimensional input of size [64, 28, 28] instead",
        "input-axes", {"wanted": 4}, "x.unsqueeze(1)",
    ),
    # Channels and features.
    (
        "Need input of dimension 4 and input.size[1] == 3 but got input to be of shape: [1 x 4 x 512 x 512]",
        "channels", {"got": 4, "wanted": 3}, "x[:, :3]",
    ),
    (
        "Input 0 of layer \"dense_2\" is incompatible with the layer: expected axis -1 of input shape to have value 16384, but received input with shape (None, 65536)",
        "channels", {"wanted": 16384}, "keras.layers.GlobalAveragePooling2D()(x)",
    ),
    (
        "input depth must be evenly divisible by filter depth: 6 vs 4",
        "channels", {"got": 6, "wanted": 4}, "mask[..., :1]",
    ),
    ("mat1 and mat2 shapes cannot be multiplied (64x400 and 256x120)", "linear-features", {"got": 400}, "nn.Linear(400, out_features)"),
    ("mat1 and mat2 shapes cannot be multiplied (64x200 and 400x120)", "linear-features", {"got": 200}, "nn.Linear(200, out_features)"),
    ("shape '[-1, 400]' is invalid for input of size 21632", "linear-features", {"size": 21632}, "x.flatten(1)"),
    ("shape '[32, 2048]' is invalid for input of size 262144", "linear-features", {"size": 262144}, "x.reshape(-1, 2048)"),
    (
        "Input to reshape is a tensor with 65536 values, but the requested shape requires a multiple of 9216",
        "linear-features", {"asked": 9216}, "keras.layers.Flatten()(x)",
    ),
    (
        "The input tensor cannot be reshaped to the requested shape. Input shape:{4,512}, requested shape:{1,512}",
        "linear-features", {"had": (4, 512)}, "torch.onnx.export(model, x, ",
    ),
    (
        "size mismatch for head.weight: copying a param with shape torch.Size([1000, 2048]) from checkpoint, the shape in current model is torch.Size([10, 2048]).",
        "saved-weight-shape", {"first": (1000, 2048)}, "model.load_state_dict(",
    ),
    (
        "size mismatch for stem.weight: copying a param with shape torch.Size([64, 3, 7, 7]) from checkpoint, the shape in current model is torch.Size([64, 1, 7, 7]).",
        "saved-weight-shape", {"second": (64, 1, 7, 7)}, "model.load_state_dict(",
    ),
    (
        "size mismatch for stem.weight: copying a param with shape torch.Size([64, 3, 7, 7]) from checkpoint, the shape in current model is torch.Size([64, 3, 3, 3]).",
        "saved-weight-shape", {"second": (64, 3, 3, 3)}, "model.load_state_dict(",
    ),
    (
        "Layer weight shape (3, 3, 3, 64) not compatible with provided weight shape (64, 3)",
        "saved-weight-shape", {"first": (64, 3)}, "model.load_weights(path, skip_mismatch=True)",
    ),
    (
        'Initializer expected to generate shape (1, 3, 80, 512) but got shape (3, 80, 512) instead for parameter "kernel" in "/model/encoder/conv1".',
        "saved-weight-shape", {"first": (1, 3, 80, 512)}, "flax.jax_utils.unreplicate(params)",
    ),
    # Maps that are too small.
    (
        "Negative dimension size caused by subtracting 7 from 4 for 'Conv2D' (op: 'Conv2D') with input shapes: [?,4,33,33], [7,7,33,64].",
        "kernel-does-not-fit", {"input": (None, 4, 33, 33)}, "keras.Input((33, 33, 4))",
    ),
    (
        "Negative dimension size caused by subtracting 7 from 3 for 'Conv2D' (op: 'Conv2D') with input shapes: [?,3,224,200], [7,7,200,64].",
        "kernel-does-not-fit", {"input": (None, 3, 224, 200)}, "keras.ops.moveaxis(x, 1, -1)",
    ),
    (
        "Negative dimension size caused by subtracting 3 from 2 for 'conv1d_3/convolution/Conv2D' (op: 'Conv2D') with input shapes: [?,1,2,128], [1,3,128,128].",
        "kernel-does-not-fit", {"input": (None, 1, 2, 128)}, 'padding="same"',
    ),
    (
        "Calculated padded input size per channel: (1024 x 2). Kernel size: (16 x 16). Kernel size can't be greater than actual input size",
        "kernel-does-not-fit", {"padded": (1024, 2)}, "print(x.shape)",
    ),
    (
        "input image (T: 1 H: 7 W: 7) smaller than kernel size (kT: 2 kH: 7 kW: 7)",
        "pool-output-too-small", {}, "nn.AdaptiveAvgPool3d(1)",
    ),
    (
        "Conv2DCustomBackpropInput: Size of out_backprop doesn't match computed: actual = 4, computed = 128 spatial_dim: 1 input: 256 filter: 5 output: 4 stride: 2 dilation: 1",
        "output-shape-impossible", {"asked": 256}, "print(x.shape, w.shape)",
    ),
    (
        "Conv2DSlowBackpropInput: Size of out_backprop doesn't match computed: actual = 7, computed = 8 spatial_dim: 1 input: 16 filter: 5 output: 7 stride: 2 dilation: 1",
        "output-shape-impossible", {"asked": 16}, "tf.nn.conv2d_transpose(x, w, output_shape=[batch, 14, 14, channels]",
    ),
    # What was fed to a model.
    (
        "Got invalid dimensions for input: images for the following indices\n index: 2 Got: 960 Expected: 736\n index: 3 Got: 960 Expected: 1088\n Please fix either the inputs or the model.",
        "model-input-shape", {"first": (None, None, 736, 1088)}, "cv2.resize(image, (1088, 736))",
    ),
    (
        "Got invalid dimensions for input: input for the following indices\n index: 0 Got: 4 Expected: 1\n Please fix either the inputs or the model.",
        "model-input-shape", {}, "torch.onnx.export(model, x, ",
    ),
    (
        "Cannot set tensor: Dimension mismatch. Got 480 but expected 224 for dimension 1 of input 0.",
        "model-input-shape", {"axis": 1}, "cv2.resize(image, ",
    ),
    (
        "Input 0 is incompatible with layer model_3: expected shape=(None, None, None, 3), found shape=(1, 499, 552, 4)",
        "model-input-shape", {}, "x[..., :3]",
    ),
    (
        'Input 0 of layer "model" is incompatible with the layer: expected shape=(None, 28, 28, 3), found shape=(32, 28, 28, 1)',
        "model-input-shape", {}, "np.asarray(Image.open(path).convert(",
    ),
    (
        'Input 0 of layer "model" is incompatible with the layer: expected shape=(None, 16, 16, 64), found shape=(32, 16, 16, 32)',
        "model-input-shape", {}, "print(x.shape)",
    ),
    (
        'Input 0 of layer "model" is incompatible with the layer: expected shape=(None, 224, 224, 3), found shape=(32, 3, 224, 224)',
        "model-input-shape", {}, "keras.ops.moveaxis(x, 1, -1)",
    ),
    (
        'Input 0 of layer "model" is incompatible with the layer: expected shape=(None, 224, 224, 3), found shape=(32, 224, 3)',
        "model-input-shape", {}, "keras.ops.expand_dims(x, 0)",
    ),
    (
        'Input 0 of layer "model" is incompatible with the layer: expected shape=(None, 784), found shape=(32, 28, 28)',
        "model-input-shape", {}, "keras.ops.reshape(x, (-1, 784))",
    ),
    (
        'Input 0 of layer "model" is incompatible with the layer: expected shape=(None, 64, 64, 1), found shape=(None, 64, 64, 1)',
        "model-input-shape", {}, "print(model.input_shape)",
    ),
    (
        "Error when checking input: expected conv2d_1_input to have shape (28, 28, 1) but got array with shape (32, 30, 1)",
        "model-input-shape", {}, "keras.ops.image.resize(x, (28, 28))",
    ),
    (
        "Supplied binding dimension [8,3,640,640] for bindings[0] exceed min ~ max range at index 0, maximum dimension in profile is 4, minimum dimension in profile is 1, but supplied dimension is 8.",
        "model-input-shape", {"highest": 4}, "print(engine.get_tensor_shape(name))",
    ),
    # Losses.
    (
        "logits and labels must be same size: logits_size=[36864,2] labels_size=[40000,2].",
        "loss-shape", {"first": (36864, 2)}, "keras.ops.image.resize(x, target.shape[1:3])",
    ),
    (
        "Error when checking target: expected conv2d_11 to have shape (256, 256, 1) but got array with shape (259, 259, 1)",
        "loss-shape", {}, "keras.ops.image.resize(x, target.shape[1:3])",
    ),
    (
        "Error when checking target: expected dense_2 to have shape (1,) but got array with shape (10,)",
        "loss-shape", {}, 'model.compile(loss="categorical_crossentropy")',
    ),
    (
        "logits and labels must have the same first dimension, got logits shape [32,10] and labels shape [320]",
        "loss-shape", {}, 'model.compile(loss="categorical_crossentropy")',
    ),
    (
        "Argument `output` must have rank (ndim) `target.ndim - 1`. Received: target.shape=(32, 10), output.shape=(32, 10)",
        "loss-shape", {}, 'model.compile(loss="categorical_crossentropy")',
    ),
    (
        "logits and labels must have the same first dimension, got logits shape [1568,10] and labels shape [32]",
        "loss-shape", {}, "keras.layers.Flatten()(x)",
    ),
    (
        "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples.'x' sizes: 900 'y' sizes: 1000",
        "loss-shape", {}, "print(x.shape, y.shape)",
    ),
    (
        "must have the same number of elements. target nelement (196608) != input nelement (65536)",
        "loss-shape", {}, "target[:, :1]",
    ),
    ("must have the same number of elements. target nelement (64) != input nelement (128)", "loss-shape", {}, "target.squeeze(1)"),
    ("Expected input batch_size (183000) to match target batch_size (187500).", "loss-shape", {}, "F.interpolate(x, size=target.shape[-2:])"),
    ("Expected input batch_size (12) to match target batch_size (32).", "loss-shape", {}, "DataLoader(dataset, drop_last=True)"),
    ("Expected input batch_size (0) to match target batch_size (32).", "loss-shape", {}, "target.squeeze(1)"),
    ("Expected target size [2, 6], got [2]", "loss-shape", {}, "target.squeeze(1)"),
    ("Expected target size [2, 6], got [2, 6, 1]", "loss-shape", {}, "target.squeeze(2)"),
    ("Expected target size [2, 6, 6, 6], got [2, 8, 8, 8]", "loss-shape", {}, "F.interpolate(x, size=target.shape[1:])"),
    ("size mismatch (got input: [4, 10] , target: [8])", "loss-shape", {}, "DataLoader("),
    (
        "input and target batch or spatial sizes don't match: target [2 x 8 x 6], input [2 x 5 x 6 x 8]",
        "loss-shape", {}, "target.transpose(-1, -2)",
    ),
    (
        "only batches of spatial targets supported (3D tensors) but got targets of size: : [2, 256, 256, 3]",
        "loss-shape", {}, "target[..., 0]",
    ),
    (
        "only batches of spatial targets supported (3D tensors) but got targets of size: : [2, 256, 256, 1]",
        "loss-shape", {}, "target.squeeze(-1)",
    ),
    (
        "Target size (torch.Size([2, 1, 8, 6])) must be the same as input size (torch.Size([2, 1, 6, 8]))",
        "loss-shape", {}, "target.transpose(-1, -2)",
    ),
    (
        "Target size (torch.Size([1, 572, 572])) must be the same as input size (torch.Size([1, 388, 388]))",
        "loss-shape", {}, "F.interpolate(x.unsqueeze(1), size=target.shape[1:]).squeeze(1)",
    ),
    (
        "Target size (torch.Size([2, 1, 200, 200])) must be the same as input size (torch.Size([2, 1, 220, 950]))",
        "loss-shape", {}, "target.squeeze(1)",
    ),
    (
        "Target size (torch.Size([3, 7, 8, 8])) must be the same as input size (torch.Size([2, 5, 8, 8]))",
        "loss-shape", {}, "target.squeeze(1)",
    ),
    (
        "Target size (torch.Size([4, 1, 6, 6])) must be the same as input size (torch.Size([2, 1, 6, 6]))",
        "loss-shape", {}, "DataLoader(",
    ),
    (
        "`logits` and `labels` must have the same shape, received ((None, 5) vs (None, 1))",
        "loss-shape", {}, 'model.compile(loss="sparse_categorical_crossentropy")',
    ),
    (
        "Given groups=1, weight of size [8, 4, 3, 3], expected input[2, 3, 16, 16] to have 4 channels, but got 3 channels instead",
        "channels", {"got": 3}, 'Image.open(path).convert("RGBA")',
    ),
    # What two numbers do not prove is not said.
    (  # No stride halves 64 to 56; convolutions without padding cut it off.
        "Sizes of tensors must match except in dimension 1. Expected size 56 but got size 64 for tensor number 1 in the list.",
        "skip-does-not-fit", {"apart": 8}, "torchvision.transforms.functional.center_crop(skip,",
    ),
    (
        "Sizes of tensors must match except in dimension 1. Expected size 26 but got size 31 for tensor number 1 in the list.",
        "skip-does-not-fit", {"apart": 5}, "skip[..., : x.shape[-2]",
    ),
    (
        "Sizes of tensors must match except in dimension 1. Got 32 and 36 in dimension 2",
        "skip-does-not-fit", {"apart": 4}, "F.interpolate(x, size=skip.shape[2:])",
    ),
    (
        "Given groups=1, weight of size [64, 64, 3, 3], expected input[5, 17, 64, 17] to have 64 channels, but got 17 channels instead",
        "channels", {"got": 17}, "x.movedim(2, 1)",
    ),
    (
        "Given groups=1, weight of size [8, 64, 3, 3], expected input[5, 17, 32, 64] to have 64 channels, but got 17 channels instead",
        "channels", {"got": 17}, "x.movedim(-1, -3)",
    ),
    (
        "`Concatenate` layer requires inputs with matching shapes except for the concat axis. Got inputs shapes: [(1, 256, 16, 2048), (1, 16, 16, 512)]",
        "skip-does-not-fit", {"factor": 16}, "print(skip.shape, x.shape)",
    ),
    (
        "Operands could not be broadcast together with shapes (None, None, 3) (None, None, 64)",
        "skip-does-not-fit", {"axis": 2}, "keras.layers.Conv2D(64, 1)(x)",
    ),
    (
        "Operands could not be broadcast together with shapes (32, 32, 4) (32, 32, 3)",
        "skip-does-not-fit", {"axis": 2}, "x[..., :3]",
    ),
    (
        "Operands could not be broadcast together with shapes (32, 8) (32, 16)",
        "skip-does-not-fit", {"axis": 1}, "keras.layers.Conv1D(16, 1)(x)",
    ),
    (
        "Only layers of same output shape can be merged using sum mode. Layer shapes: [(None, 3, 256, 256), (None, 16, 256, 256)]",
        "skip-does-not-fit", {"axis": 1}, 'keras.layers.Conv2D(16, 1, data_format="channels_first")(x)',
    ),
    (
        "Sizes of tensors must match except in dimension 0. Got 3 and 4 in dimension 1",
        "skip-does-not-fit", {"joined": 0, "axis": 1}, "x[:, :3]",
    ),
    (  # Gradient and vmap write such dimension numbers, people do not.
        "Expected LHS feature dimension (value 1) to be a multiple of feature_group_count (value 1), and LHS feature dimension / feature_group_count = RHS feature dimension (value 40); got <conv>(f32[1,1,40,40], f32[10,1,1,40]) Dimension numbers: {kernel_input_feature_dimension: 3 kernel_spatial_dimensions: 1 input_batch_dimension: 3",
        "channels", {"batch_at": 3}, "print(jax.__version__)",
    ),
    (
        "input and target batch or spatial sizes don't match: target [1 x 85 x 106], input [1 x 8 x 170 x 212] at",
        "loss-shape", {}, "print(x.shape, target.shape)",
    ),
    (
        "all concat input tensors must have the same dimensions except on the concatenation axis (0), but dimensions mismatched at input 1 at index 1. Input 0 shape: [1,256,90,120], Input 1 shape: [1,512,90,120]",
        "skip-does-not-fit", {"joined": 0, "axis": 1}, "np.concatenate([x, skip], axis=1)",
    ),
    (
        "tensorflow/lite/kernels/conv.cc:238 input->dims->data[3] != filter->dims->data[3] (32 != 1)Node number 1 (CONV_2D) failed to prepare.",
        "channels", {"got": 32, "wanted": 1}, "keras.layers.DepthwiseConv2D(kernel_size)",
    ),
    ("input->dims->data[3] != filter->dims->data[3] (32 != 8)", "channels", {"got": 32}, "print(tf.__version__)"),
    ("input->dims->data[3] != filter->dims->data[3] (32 != 12)", "channels", {"got": 32}, "print(x.shape, w.shape)"),
    (
        "print(summary(model, (8, 3, 512, 512)))\nRuntimeError: Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [2, 8, 3, 512, 512]",
        "input-axes", {"summary": (8, 3, 512, 512)}, "summary(model, (3, 512, 512))",
    ),
    (  # Channels first in the message: one data_format in all lines.
        "ConcatOp : Dimensions of inputs should match: shape[0] = [2,1536,42,80] vs. shape[1] = [2,816,41,79]",
        "skip-does-not-fit", {"axis": 2}, "keras.layers.ZeroPadding2D(((0, 1), (0, 1)))(x)",
    ),
    ("shape '[16, 3, 49, 64, 64]' is invalid for input of size 16711680", "linear-features", {"size": 16711680}, "print(x.shape)"),
    ("shape '[2, 6, 5, 4]' is invalid for input of size 480", "linear-features", {"size": 480}, "x.reshape(-1, 6, 5, 4)"),
    ("shape '[1, 4, 6, 5]' is invalid for input of size 60", "linear-features", {"size": 60}, "print(x.shape)"),
    ("shape '[4, 6, 5, 3]' is invalid for input of size 300", "linear-features", {"size": 300}, "print(x.shape)"),
    ("shape '[4, 6, 5, 3]' is invalid for input of size 301", "linear-features", {"size": 301}, "print(x.shape)"),
    (
        "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1",
        "sizes-differ", {"axis": 1}, "x[:, :3]",
    ),
    (
        "The size of tensor a (16000) must match the size of tensor b (8000) at non-singleton dimension 1",
        "sizes-differ", {"factor": 2}, "x.repeat_interleave(2, dim=1)",
    ),
    ("running_mean should contain 36 elements not 2048", "batchnorm-channels", {"got": 36}, "x.transpose(1, 2)"),
    ("running_mean should contain 32 elements not 16", "batchnorm-channels", {"got": 32}, "nn.BatchNorm2d(32)"),
    (
        "Shape mismatch: The shape of labels (received (49545216,)) should equal the shape of logits except for the last dimension (received (3538944, 14)).",
        "loss-shape", {"first": (3538944, 14)}, 'model.compile(loss="categorical_crossentropy")',
    ),
    (
        "[E] [TRT] 3: (Unnamed Layer* 280) [Convolution]:kernel weights has count 3456 but 48960 was expected\n[E] [TRT] 4: (Unnamed Layer* 280) [Convolution]: count of 3456 weights in kernel, but kernel dimensions (1,1) with 192 input channels, 255 output channels and 1 groups were specified. Expected Weights count is 192 * 1*1 * 255 / 1 = 48960",
        "saved-weight-shape", {"got": 3456, "outputs": 255}, "print(weights.size)",
    ),
    (
        "count of 640 weights in kernel, but kernel dimensions (1,1) with 64 input channels, 20 output channels and 1 groups were specified. Expected Weights count is 64 * 1*1 * 20 / 1 = 1280",
        "saved-weight-shape", {"outputs": 20}, "print(weights.size)",
    ),
    ("[Convolution]:kernel weights has count 3456 but 48960 was expected", "saved-weight-shape", {"wanted": 48960}, "print(weights.size)"),
    (
        'Inconsistent shapes between value and initializer for parameter "kernel" in "/conv_start": (3, 3, 1, 64), (3, 3, 3, 64).',
        "saved-weight-shape", {"first": (3, 3, 1, 64)}, "jax.tree.map(jnp.shape, variables)",
    ),
    (
        'Inconsistent shapes between value and initializer for parameter "kernel" in "/conv_start": (3, 3, 8, 64), (3, 3, 16, 64).',
        "saved-weight-shape", {"first": (3, 3, 8, 64)}, "jax.tree.map(jnp.shape, variables)",
    ),
    (
        "Conv2DCustomBackpropInput: Size of out_backprop doesn't match computed: actual = 18, computed = 15 spatial_dim: 1 input: 32 filter: 4 output: 18 stride: 2 dilation: 1",
        "output-shape-impossible", {"asked": 32}, "tf.nn.conv2d_transpose(x, w, output_shape=[batch, 39, 39, channels], strides=2, padding=\"VALID\")",
    ),
    (
        'computed output size would be negative      [[Node: pool_3 = AvgPool[T=DT_FLOAT, data_format="NHWC", ksize=[1, 8, 8, 1], padding="VALID"',
        "pool-output-too-small", {"ksize": (1, 8, 8, 1)}, "keras.layers.GlobalAveragePooling2D()(x)",
    ),
    ("computed output size would be negative", "pool-output-too-small", {}, "print(x.shape)"),
    (
        'The shape of the input to "Flatten" is not fully defined (got (None, None, 64).',
        "linear-features", {}, "keras.layers.GlobalAveragePooling2D()(x)",
    ),
    (
        "operands could not be broadcast together with shapes (5,8) (2,3,7,9)",
        "sizes-differ", {"first": (5, 8)}, "print(x.shape, y.shape)",
    ),
    # Copied without a colon, a blank or its quotes.
    ('found an invalid max index 207 (output volumes are of size 14x14)', "unpool-index", {"index": 207, "last": 195}, "unpool(x, indices,"),
    (
        'RuntimeError: "The size of tensor a (1024) must match the size of tensor b(128) at non-singleton dimension 3"',
        "sizes-differ", {"factor": 8, "axis": 3}, "F.interpolate(x, scale_factor=8)",
    ),
    (
        "A Concatenate layer requires inputs with matching shapes except for the concatenation axis. Received input_shape=[(None, 88, 88, 128), (None, 89, 89, 128)]",
        "skip-does-not-fit", {"wanted": 88}, "keras.layers.ZeroPadding2D(((0, 1), (0, 1)))(x)",
    ),
    (  # TensorFlow 2 names the node in braces; the graph is as the model wrote it.
        "Dimensions must be equal, but are 32 and 33 for '{{node Add_135}} = Add[T=DT_FLOAT](Relu_132, BatchNormalization_134/add_1)' with input shapes: [1,128,32,32], [1,128,33,33].",
        "sizes-differ", {"axis": 2, "wanted": 32}, 'keras.layers.ZeroPadding2D(((0, 1), (0, 1)), data_format="channels_first")(x)',
    ),
    (
        "Dimensions must be equal, but are 32 and 8 for '{{node Add_4}} = Add[T=DT_FLOAT](concat_4/concat, Add_4/y)' with input shapes: [?,51,8,32], [8].",
        "sizes-differ", {"second": 8}, "keras.ops.reshape(y, (1, 1, y.shape[0], 1))",
    ),
    (
        "Dimensions must be equal, but are 3 and 64 for '{{node c/Conv2D}} = Conv2D[T=DT_FLOAT, strides=[1, 1, 1, 1]](x, c/w)' with input shapes: [?,8,8,3], [3,3,64,64].",
        "channels", {"got": 3, "wanted": 64}, "keras.layers.Conv2D(",
    ),
    (
        "Dimensions must be equal, but are 1568 and 1050 for '{{node MatMul}} = MatMul[T=DT_FLOAT, transpose_a=false](x, w)' with input shapes: [2,1568], [1050,10].",
        "linear-features", {"got": 1568}, "",
    ),
    (
        "Dimension 1 in both shapes must be equal, but are 84 and 83. Shapes are [1,84,68] and [1,83,68]. for '{{node concat}} = ConcatV2[N=2, T=DT_FLOAT, Tidx=DT_INT32](x, y, concat/axis)' with input shapes: [1,84,68,32], [1,83,68,32], [].",
        "skip-does-not-fit", {"axis": 1}, "keras.layers.ZeroPadding2D(((0, 1), (0, 0)))(x)",
    ),
    (
        "Inconsistent shapes between value and initializer for parameter \"scale\" in \"/GroupNorm_0\": (1, 1, 1, 128), (128,).",
        "saved-weight-shape", {}, "saved.reshape((128,))",
    ),
    (
        "Conv_1840: count of 1474560 weights in kernel, but kernel dimensions (3,3) with 320 input channels, 512 output channels and 2 groups were specified. Expected Weights count is 320 * 3*3 * 512 / 2 = 737280",
        "saved-weight-shape", {"groups": 2, "inputs": 320}, "print(layer.get_input(0).shape",
    ),
    (
        "skip = s + skip The size of tensor a (4) must match the size of tensor b (2) at non-singleton dimension 0",
        "sizes-differ", {"factor": 2}, "print(x.shape, y.shape)",
    ),
    ("Incompatible shapes: [1146880] vs. [158720] [Op:Mul]", "sizes-differ", {}, "print(y_true.shape, y_pred.shape)"),
    ("Incompatible shapes: [4096] vs. [8192]", "sizes-differ", {"factor": 2}, "print(y_true.shape, y_pred.shape)"),
    (
        "The size of tensor a (87736320) must match the size of tensor b (1032192) at non-singleton dimension 0",
        "sizes-differ", {}, "print(x.shape, y.shape)",
    ),
    (
        "Expect the input channels in the input and weight array to match but got shapes - input: (1,1247,1024) and weight: (4096,1024,1)",
        "channels", {}, "w.transpose(0, 2, 1)",
    ),
    (
        "Expect the input channels in the input and weight array to match but got shapes - input: (1,3,32,32) and weight: (8,5,5,3)",
        "channels", {}, "x.transpose(0, 2, 3, 1)",
    ),
    (
        "Expect the input channels in the input and weight array to match but got shapes - input: (1,32,32,4) and weight: (8,5,5,3)",
        "channels", {}, "print(x.shape, w.shape)",
    ),
    (
        "Given groups=1, weight of size [32, 3, 5, 5], expected input[1, 32, 3, 784] to have 3 channels, but got 32 channels instead",
        "channels", {}, "x.view(-1, 3, 28, 28)",
    ),
    (
        "Given groups=1, weight of size [32, 3, 5, 5], expected input[1, 32, 3, 70] to have 3 channels, but got 32 channels instead",
        "channels", {}, "x.movedim(-2, -3)",
    ),
    (
        "Error when checking target: expected dense_1 to have 4 dimensions, but got array with shape (159, 640, 959)",
        "input-axes", {"target": (159, 640, 959)}, "keras.ops.expand_dims(target, -1)",
    ),
    (
        "Error when checking target: expected dense_3 to have 3 dimensions, but got array with shape (6000, 10)",
        "input-axes", {"target": (6000, 10)}, "print(model.output_shape, target.shape)",
    ),
    (
        "Negative padding is larger than the size of the corresponding dimension: got padding=((5, 16), (-5, 1)) for lhs_shape[2:]=(2, 3)",
        "pad-crops-everything", {}, "padding=[(0, 0), (0, 0)]",
    ),
    (
        "Using a target size (torch.Size([1, 3, 1356, 2040])) that is different to the input size (torch.Size([1, 3, 1224, 2040]))",
        "loss-shape", {}, "print(x.shape, target.shape)",
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


@pytest.mark.parametrize(
    ("text", "never"),
    [
        (
            "Expected size 56 but got size 64 for tensor number 1 in the list.",
            "output_size=",
        ),
        (
            "Expected size 104 but got size 136 for tensor number 1 in the list.",
            "rounded",
        ),
        ("Got 64 and 128 in dimension 1", "Dimension 1 is"),
    ],
)
def test_what_the_numbers_do_not_prove_is_not_said(text: str, never: str) -> None:
    text = f"Sizes of tensors must match except in dimension {'2' if 'Got' in text else '1'}. {text}"
    said = str(diagnose(text))

    assert said.startswith("skip-does-not-fit")
    assert never not in said


@pytest.mark.parametrize(
    ("target", "output", "never"),
    [
        ("128, 128", "32, 32", ("rounded", "no padding")),
        ("1356, 2040", "1224, 2040", ("rounded", "interpolate", "no padding")),
        ("132, 128", "130, 128", ("no padding",)),
        ("120, 128", "60, 128", ("rounded",)),
    ],
)
def test_no_loss_is_explained_by_what_its_numbers_disprove(
    target: str, output: str, never: tuple[str, ...]
) -> None:
    said = str(
        diagnose(
            f"Using a target size (torch.Size([8, 3, {target}])) that is different to the input size (torch.Size([8, 3, {output}]))"
        )
    )

    assert said.startswith("loss-shape")
    assert not [words for words in never if words in said]


def test_a_message_is_known_whatever_its_case() -> None:
    for text, kind, _, _ in REPORTS:
        if text.startswith("Operands"):
            # In lower case, this is the sentence of NumPy.
            continue
        for other in (text.upper(), text.lower()):
            assert diagnose(other).kind == kind, other
    assert diagnose(f"{'x' * 5000} {REPORTS[0][0].upper()}").kind == "unknown"
    assert diagnose("SIzes of tensors must match except in dimension 1").found == {
        "joined": 1
    }


def test_a_sign_of_multiplication_is_read_as_an_x() -> None:
    text = "mat1 and mat2 shapes cannot be multiplied (2×1568 and 1050×10)"

    assert diagnose(text).call == "nn.Linear(1568, out_features)"


@pytest.mark.parametrize(
    "text",
    [
        "Calculated padded input size per channel: (3 x 3). Kernel size: (3 x 3). Kernel size can't be greater than actual input size",
        "The size of tensor a (8) must match the size of tensor b (8) at non-singleton dimension 2",
    ],
)
def test_numbers_that_fit_each_other_are_called_copied_wrongly(text: str) -> None:
    for language, told in (("en", "copied wrongly"), ("zh", "抄错")):
        assert told in diagnose(text, language=language).cause
        assert diagnose(text, language=language).cures == ("",)


def test_the_filter_of_a_gradient_is_not_taken_for_that_of_a_convolution() -> None:
    text = "Dimensions must be equal, but are 1 and 384 for '{{node t}} = Conv2DBackpropInput[T=DT_FLOAT](s, f, x)' with input shapes: [4], [8,1,192,384], [384,8,44,384]."

    assert diagnose(text).kind == "unknown"


def test_sizes_that_no_axis_of_the_shapes_has_are_read_without_an_axis() -> None:
    text = "Dimensions must be equal, but are 4 and 8 for '{{node Add}} = Add[T=DT_FLOAT](x, y)' with input shapes: [7,7,7], [7,7,7]."

    assert diagnose(text).kind == "sizes-differ"
    assert "axis" not in diagnose(text).found


def test_an_axis_of_1_too_many_is_taken_away_whatever_the_layer() -> None:
    text = "Input 1 with name 'None' of layer 'p' is incompatible with the layer: expected ndim=1, found ndim=1. Full shape received: (1, 1)"

    assert diagnose(text).call == "keras.ops.squeeze(x, 0)"


def test_an_unknown_message_has_its_numbers_read_back() -> None:
    diagnosis = diagnose("something 3 x 4 is wrong with [5, 6]")

    assert diagnosis.found == {"numbers": (3, 4, 5, 6)}
    assert diagnosis.cause.endswith("Its numbers are 3, 4, 5, 6.")
    assert not diagnosis.nearest


def test_what_a_message_leaves_out_is_left_out_of_the_answer() -> None:
    assert arguments._as_many({})[0] == "one value for each spatial axis"
    assert features._with_next({}) == channels._of_all_groups({}) == {}
    assert resizing._next_multiple({}) == {}
    assert "factor" in resizing._padded({})
    assert joining.pad({}, "keras").startswith("keras.layers.ZeroPadding2D(")
    assert joining.pad({}, "onnx").startswith("np.pad(")
    assert joining.sum_line({"layer": "Upsample"}).startswith("F.interpolate(")
    shapes = {"first": "None, 4", "second": "2, 4"}
    assert "axis" not in pairs.differing(shapes)
