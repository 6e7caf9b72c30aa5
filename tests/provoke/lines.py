"""The legal calls, by framework; {map} and the other braces differ with the axes."""

from __future__ import annotations

from collections.abc import Iterator

_MAPS = "input=ones(2, 4, {map})"
_CONV = "stride={one}, padding={one}, dilation={one}, groups=2"
_POOL = "kernel_size={three}, stride={two}, padding={one}"
_UNPOOL = "kernel_size={two}, stride={two}, padding={zero}"
_LAYER = "out_channels=6, kernel_size={three}, stride={one}"
TORCH = (
    f"F.conv{{n}}d({_MAPS}, weight=ones(6, 2, {{k}}), bias=ones(6), {_CONV})",
    f"F.conv{{n}}d({_MAPS}, weight=ones(6, 4, {{k}}), bias=ones(6), stride={{one}}, padding={{one}}, dilation={{one}}, groups=1)",
    "F.conv{n}d(input=ones(4, {map}), weight=ones(6, 4, {k}), bias=ones(6), stride={two}, padding={one})",
    f"F.conv{{n}}d({_MAPS}, weight=ones(6, 4, {{k}}), bias=ones(6), stride={{one}}, padding='same', dilation={{one}}, groups=1)",
    f"F.conv_transpose{{n}}d({_MAPS}, weight=ones(4, 3, {{k}}), bias=ones(6), stride={{two}}, padding={{one}}, output_padding={{one}}, groups=2, dilation={{one}})",
    f"F.conv_transpose{{n}}d({_MAPS}, weight=ones(4, 6, {{k}}), bias=ones(6), stride={{two}}, padding={{one}}, output_padding={{one}}, groups=1, dilation={{one}})",
    "F.conv_transpose{n}d(input=ones(4, {map}), weight=ones(4, 6, {k}), bias=ones(6), stride={one}, padding={one})",
    f"nn.Conv{{n}}d(in_channels=4, {_LAYER}, padding={{one}}, dilation={{one}}, groups=2, bias=True, padding_mode='zeros')(ones(2, 4, {{map}}))",
    f"nn.Conv{{n}}d(in_channels=4, {_LAYER}, padding={{one}}, padding_mode='reflect')(ones(2, 4, {{map}}))",
    f"nn.Conv{{n}}d(in_channels=4, {_LAYER}, padding={{one}}, padding_mode='circular')(ones(2, 4, {{map}}))",
    f"nn.Conv{{n}}d(in_channels=4, {_LAYER}, padding='same', dilation={{one}})(ones(4, {{map}}))",
    "nn.LazyConv{n}d(out_channels=6, kernel_size={three}, stride={one}, padding={one})(ones(2, 4, {map}))",
    "nn.ConvTranspose{n}d(in_channels=4, out_channels=6, kernel_size={three}, stride={two}, padding={one}, output_padding={one}, groups=2, dilation={one}, padding_mode='zeros')(ones(2, 4, {map}), output_size={twice})",
    "nn.LazyConvTranspose{n}d(out_channels=6, kernel_size={three}, stride={two})(ones(2, 4, {map}))",
    "nn.Sequential(nn.ConvTranspose{n}d(4, 4, 3, 2))(ones(2, 4, {map}))",
    f"F.max_pool{{n}}d({_MAPS}, {_POOL}, dilation={{one}}, ceil_mode=False, return_indices=False)",
    f"F.max_pool{{n}}d({_MAPS}, {_POOL}, dilation={{one}}, return_indices=True)",
    f"F.avg_pool{{n}}d({_MAPS}, {_POOL}, ceil_mode=False)",
    "F.lp_pool{n}d(input=ones(2, 4, {map}), norm_type=2, kernel_size={three_or}, stride={two_or})",
    f"F.adaptive_avg_pool{{n}}d({_MAPS}, output_size={{three}})",
    f"F.adaptive_max_pool{{n}}d({_MAPS}, output_size={{three}})",
    f"F.max_unpool{{n}}d(ones(2, 4, {{few}}), index(2, 4, {{few}}), {_UNPOOL}, output_size={{even}})",
    f"F.max_unpool{{n}}d(ones(2, 4, {{few}}), far(2, 4, {{few}}), {_UNPOOL})",
    f"nn.MaxUnpool{{n}}d({_UNPOOL})(ones(2, 4, {{few}}), index(2, 4, {{few}}), output_size={{even}})",
    "F.interpolate(input=ones(2, 4, {map}), size={twice}, mode='nearest', align_corners=None, antialias=False)",
    "F.interpolate(input=ones(2, 4, {map}), scale_factor={two}, mode='nearest', recompute_scale_factor=None)",
    "F.interpolate(input=ones(2, 4, {map}), scale_factor={two}, mode='{linear}', align_corners=False)",
    "F.interpolate(input=ones(2, 4, {map}), size={twice}, mode='area')",
    "nn.Upsample(scale_factor={two}, mode='{linear}', align_corners=True)(ones(2, 4, {map}))",
    "F.pad(ones(2, 4, {map}), pad={pads}, mode='constant', value=0.0)",
    "F.pad(ones(2, 4, {map}), pad={pads}, mode='reflect', value=None)",
    "F.pad(ones(2, 4, {map}), pad={pads}, mode='replicate')",
    "F.pad(ones(2, 4, {map}), pad={pads}, mode='circular')",
    "F.pad(ones(4, {map}), pad={pads}, mode='replicate')",
    "nn.ReflectionPad{n}d(padding={pads})(ones(2, 4, {map}))",
    "nn.BatchNorm{n}d(num_features=4)(ones(2, 4, {map}))",
    "torch.cat([ones(2, 4, {map}), ones(2, 4, {map})], dim=1)",
    "torch.stack([ones(2, 4, {map}), ones(2, 4, {map})], dim=1)",
    "torch.add(ones(2, 4, {map}), ones(2, 4, {map}))",
    "added_to(ones(2, 4, {map}), ones(2, 4, {map}))",
    "ones(2, 4, {map}).expand_as(ones(2, 4, {map}))",
    "copied_to(ones(2, 4, {map}), ones(2, 4, {map}))",
    "F.mse_loss(ones(2, 4, {map}), target=ones(2, 4, {map}), reduction='mean')",
    "F.l1_loss(ones(2, 4, {map}), target=ones(2, 4, {map}))",
    "F.binary_cross_entropy(ones(2, 4, {map}), target=ones(2, 4, {map}))",
    "F.binary_cross_entropy_with_logits(ones(2, 4, {map}), target=ones(2, 4, {map}))",
    "F.cross_entropy(ones(2, 4, {map}), target=index(2, {map}))",
)
TORCH_ONCE = (
    "F.fold(ones(2, 36, 16), output_size=(8, 8), kernel_size=(3, 3), dilation=(1, 1), padding=(1, 1), stride=(2, 2))",
    "F.unfold(ones(2, 4, 8, 8), kernel_size=(3, 3), dilation=(1, 1), padding=(1, 1), stride=(2, 2))",
    "F.pixel_shuffle(ones(2, 8, 3, 3), upscale_factor=2)",
    "F.pixel_unshuffle(ones(2, 2, 6, 6), downscale_factor=2)",
    "F.channel_shuffle(ones(2, 8, 3, 3), groups=2)",
    "F.avg_pool2d(input=ones(2, 4, 8, 8), kernel_size=2, divisor_override=2)",
    "flattened(ones(2, 4, 6, 6), features=144)",
    "viewed(ones(2, 4, 6, 6), size=(2, 144))",
)

_CHANNELS = "data_format='channels_last'"
_KERAS = f"strides={{one}}, padding='valid', {_CHANNELS}, dilation_rate={{one}}"
KERAS = (
    f"layers.Conv{{n}}D(filters=6, kernel_size={{three}}, {_KERAS}, groups=2)(ones(2, {{map}}, 4))",
    "layers.Conv{n}D(filters=6, kernel_size={three}, strides={two}, padding='same', data_format='channels_first')(ones(2, 4, {map}))",
    f"layers.Conv{{n}}DTranspose(filters=6, kernel_size={{three}}, strides={{two}}, padding='valid', output_padding={{one}}, {_CHANNELS}, dilation_rate={{one}})(ones(2, {{map}}, 4))",
    f"layers.MaxPooling{{n}}D(pool_size={{three}}, strides={{two}}, padding='valid', {_CHANNELS})(ones(2, {{map}}, 4))",
    f"layers.AveragePooling{{n}}D(pool_size={{three}}, strides={{two}}, padding='same', {_CHANNELS})(ones(2, {{map}}, 4))",
    "layers.UpSampling{n}D(size={two_or})(ones(2, {map}, 4))",
    "layers.ZeroPadding{n}D(padding={one_or})(ones(2, {map}, 4))",
    "layers.Cropping{n}D(cropping={one_or})(ones(2, {map}, 4))",
    "layers.GlobalAveragePooling{n}D()(ones(2, {map}, 4))",
    "layers.Concatenate(axis=-1)([ones(2, {map}, 4), ones(2, {map}, 4)])",
    "layers.Add()([ones(2, {map}, 4), ones(2, {map}, 4)])",
    f"ops.conv(ones(2, {{map}}, 4), ones({{k}}, 4, 6), {_KERAS})",
    f"ops.conv_transpose(ones(2, {{map}}, 4), ones({{k}}, 6, 4), strides={{two}}, padding='valid', output_padding={{one}}, {_CHANNELS}, dilation_rate={{one}})",
    "called_twice(layers.Conv{n}D(6, 3), ones(2, {map}, 4), ones(2, {map}, 4))",
)
KERAS_ONCE = (
    "layers.DepthwiseConv2D(kernel_size=(3, 3), strides=(1, 1), padding='valid', depth_multiplier=2)(ones(2, 8, 8, 4))",
    "layers.SeparableConv2D(filters=6, kernel_size=(3, 3), strides=(1, 1), depth_multiplier=2)(ones(2, 8, 8, 4))",
    "layers.Conv1D(filters=6, kernel_size=3, padding='causal')(ones(2, 8, 4))",
    "layers.UpSampling2D(size=2, data_format='channels_last', interpolation='bilinear')(ones(2, 8, 8, 4))",
    "layers.ZeroPadding2D(padding=((1, 1), (1, 1)))(ones(2, 8, 8, 4))",
    "layers.Cropping2D(cropping=((1, 1), (1, 1)))(ones(2, 8, 8, 4))",
)

_WINDOW = "strides={listed2}, dilations={listed1}, pads={pads}"
_AUTO = "strides={listed2}, dilations={listed1}, auto_pad='SAME_UPPER'"
_ONNX_MAP = "ones(2, 4, {map})"
ONNX = (
    *(
        f"node('Conv', {_ONNX_MAP}, ones(6, 2, {{k}}), ones(6), kernel_shape={{listed3}}, {how}, group=2)"
        for how in (_WINDOW, _AUTO)
    ),
    *(
        f"node('ConvTranspose', {_ONNX_MAP}, ones(4, 3, {{k}}), ones(6), kernel_shape={{listed3}}, {how}, output_padding={{listed1}}, group=2)"
        for how in (_WINDOW, _AUTO)
    ),
    f"node('ConvTranspose', {_ONNX_MAP}, ones(4, 3, {{k}}), strides={{listed2}}, output_shape={{twice}}, group=2)",
    *(
        f"node('{pool}', {_ONNX_MAP}, kernel_shape={{listed3}}, {how}, ceil_mode=0)"
        for pool in ("MaxPool", "AveragePool")
        for how in (_WINDOW, _AUTO)
    ),
    f"node('Resize', {_ONNX_MAP}, None, f32(1, 1, {{factors}}), mode='nearest', coordinate_transformation_mode='half_pixel', nearest_mode='floor')",
    f"node('Resize', {_ONNX_MAP}, None, None, i64(2, 4, {{doubled}}), mode='linear', keep_aspect_ratio_policy='stretch')",
    f"node('Resize', {_ONNX_MAP}, None, f32(1, 1, {{factors}}), mode='cubic')",
    *(
        f"node('Pad', {_ONNX_MAP}, i64(0, 0, {{ones}}, 0, 0, {{ones}}), mode='{mode}')"
        for mode in ("constant", "reflect", "edge", "wrap")
    ),
    f"node('Concat', {_ONNX_MAP}, ones(2, 4, {{map}}), axis=1)",
    f"node('Add', {_ONNX_MAP}, ones(2, 4, {{map}}))",
)
ONNX_ONCE = (
    "node('DepthToSpace', ones(2, 8, 3, 3), blocksize=2, mode='DCR')",
    "node('SpaceToDepth', ones(2, 2, 6, 6), blocksize=2)",
    "node('MaxUnpool', ones(2, 2, 3, 3), index(2, 2, 3, 3), kernel_shape=[2, 2], strides=[2, 2], pads=[0, 0, 0, 0])",
)

_JAX_MAPS = "ones(2, {map}, 4), ones({k}, 4, 6)"
JAX = (
    f"lax.conv_general_dilated({_JAX_MAPS}, window_strides={{one}}, padding={{pairs}}, lhs_dilation={{one}}, rhs_dilation={{one}}, dimension_numbers={{letters}}, feature_group_count=1)",
    f"lax.conv_general_dilated({_JAX_MAPS}, window_strides={{two}}, padding='SAME', lhs_dilation={{one}}, dimension_numbers={{letters}}, batch_group_count=1)",
    f"lax.conv_transpose({_JAX_MAPS}, strides={{two}}, padding={{pairs}}, rhs_dilation={{one}}, dimension_numbers={{letters}})",
    f"lax.conv_transpose({_JAX_MAPS}, strides={{two}}, padding='SAME', dimension_numbers={{letters}}, transpose_kernel=False)",
    "windows(ones(2, {map}, 4), window_dimensions={window3}, window_strides={window2}, padding='VALID', window_dilation={window1})",
    "jnp.pad(ones(2, {map}, 4), pad_width={all_pairs}, mode='constant')",
    "jnp.pad(ones(2, {map}, 4), pad_width={all_pairs}, mode='reflect')",
    "jax.image.resize(ones(2, {map}, 4), shape=(2, {doubled}, 4), method='linear')",
    "jnp.concatenate([ones(2, {map}, 4), ones(2, {map}, 4)], axis=-1)",
    "lax.concatenate([ones(2, {map}, 4), ones(2, {map}, 4)], dimension=1)",
    "jnp.add(ones(2, {map}, 4), ones(2, {map}, 4))",
    "lax.add(ones(2, {map}, 4), ones(2, {map}, 4))",
    "jnp.stack([ones(2, {map}, 4), ones(2, {map}, 4)])",
)

_FLAX = "kernel_size={three}, strides={one}, padding='SAME'"
FLAX = (
    f"linen.Conv(features=6, {_FLAX}, input_dilation={{one}}, kernel_dilation={{one}}, feature_group_count=2)(ones(2, {{map}}, 4))",
    "linen.Conv(features=6, kernel_size={three}, strides={two}, padding={pairs})(ones(2, {map}, 4))",
    f"linen.ConvTranspose(features=6, {_FLAX}, kernel_dilation={{one}}, transpose_kernel=False)(ones(2, {{map}}, 4))",
    f"linen.ConvLocal(features=6, {_FLAX}, kernel_dilation={{one}})(ones(2, {{map}}, 4))",
    f"nnx.Conv(in_features=4, out_features=6, {_FLAX}, kernel_dilation={{one}}, feature_group_count=2)(ones(2, {{map}}, 4))",
    f"nnx.ConvTranspose(in_features=4, out_features=6, {_FLAX}, kernel_dilation={{one}}, transpose_kernel=False)(ones(2, {{map}}, 4))",
    *(
        f"linen.{pool}_pool(ones(2, {{map}}, 4), window_shape={{three}}, strides={{two}}, padding={{pairs}})"
        for pool in ("max", "avg")
    ),
    "linen.max_pool(ones(2, {map}, 4), window_shape={three}, strides={two}, padding='VALID')",
    "linen.BatchNorm(use_running_average=False, axis=-1)(ones(2, {map}, 4))",
    "nnx.BatchNorm(num_features=4, use_running_average=False)(ones(2, {map}, 4))",
)

TABLES = {
    "torch": (TORCH, TORCH_ONCE),
    "keras": (KERAS, KERAS_ONCE),
    "onnx": (ONNX, ONNX_ONCE),
    "jax": (JAX, ()),
    "flax": (FLAX, ()),
}


def legal(framework: str) -> Iterator[str]:
    """Every line, for each number of axes."""
    lines, once = TABLES[framework]
    for axes in (1, 2, 3):
        yield from (line.format_map(_written(axes)) for line in lines)
    yield from once


def _written(axes: int) -> dict[str, object]:
    sizes = (8, 7, 6)[:axes]
    few = (4, 3, 3)[:axes]

    def bare(numbers: tuple[int, ...]) -> str:
        return ", ".join(map(str, numbers))

    return {
        **{"n": axes, "map": bare(sizes), "few": bare(few), "k": bare((3,) * axes)},
        **{"zero": (0,) * axes, "one": (1,) * axes, "two": (2,) * axes},
        **{
            "three": (3,) * axes,
            "ones": bare((1,) * axes),
        },
        **{"listed1": [1] * axes, "listed2": [2] * axes, "listed3": [3] * axes},
        **{"pads": [1] * 2 * axes, "pairs": ((1, 1),) * axes},
        # Some layers of one axis take no tuple.
        **{"one_or": (1,) * axes if axes > 1 else 1},
        **{"two_or": (2,) * axes if axes > 1 else 2},
        **{"three_or": (3,) * axes if axes > 1 else 3},
        "all_pairs": ((1, 1),) * (axes + 2),
        "twice": [2 * size for size in sizes],
        "even": [2 * size for size in few],
        "doubled": bare(tuple(2 * size for size in sizes)),
        "factors": ", ".join(["2.0"] * axes),
        "linear": ("linear", "bilinear", "trilinear")[axes - 1],
        "letters": tuple(
            word.format("HWD"[:axes]) for word in ("N{}C", "{}IO", "N{}C")
        ),
        **{f"window{one}": (1, *(one,) * axes, 1) for one in (1, 2, 3)},
    }
