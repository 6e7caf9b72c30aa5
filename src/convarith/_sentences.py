"""What the library says in English and in Chinese: every sentence beside its twin."""

from __future__ import annotations

from typing import Any, NamedTuple

LANGUAGES = ("en", "zh")

# A refusal has three sentences: the rule, under "<name>:because" the reason, and under
# "<name>:valid" the nearest values that are accepted.
SENTENCES = {
    "got": ("{axis}{rule}, got {values}.", "{axis}{rule}，得到的是 {values}。"),
    "because": ("Because: {part}.", "原因：{part}。"),
    "received": ("Received: {part}.", "调用：{part}。"),
    "valid": ("Valid: {part}.", "可以用：{part}。"),
    # What a value must be.
    "at-least": ("{name} must be at least {least}", "{name} 至少是 {least}"),
    "at-least:valid": ("{name}={nearest} or more", "{name}={nearest} 或更大"),
    "at-least:in_size": ("an axis without elements holds nothing to convolve", "没有元素的轴上，没有可以做卷积的东西"),
    "at-least:out_size": ("an axis without elements is no output", "没有元素的轴不是输出"),
    "at-least:kernel_size": ("a kernel needs at least one element", "卷积核至少要有一个元素"),
    "at-least:stride": ("with a smaller step the kernel would never move on", "步幅再小，卷积核就不会往前走"),
    "at-least:padding": ("padding counts elements", "padding 数的是元素个数"),
    "at-least:output_padding": ("output_padding counts elements", "output_padding 数的是元素个数"),
    "at-least:dilation": ("with a smaller step the kernel's elements would coincide", "间隔再小，卷积核的元素就会重合"),
    "at-least:factor": ("every element must become one or more", "每个元素至少要变成一个"),
    "at-least:dims": ("a module works on one axis or more", "一个模块至少有一个轴"),
    "at-least:position": ("positions count from the first element on", "位置从第一个元素数起"),
    "whole": ("{name} must be a whole number", "{name} 必须是整数"),
    "whole:because": ("{name} counts elements on one axis, and this is of type {kind}", "{name} 数的是一个轴上的元素个数，而这个值的类型是 {kind}"),
    "whole:int": ("an int, for example {name}={near}", "一个整数，例如 {name}={near}"),
    "whole:one": ("one int for this axis; for several axes a layer takes a tuple, one value for each", "这个轴的一个整数；有几个轴，就给层一个元组，每个轴一个值"),
    "whole:pair": ("one int for this axis, or a (before, after) tuple; for several axes a layer takes a tuple, one value for each", "这个轴的一个整数，或者元组 (before, after)；有几个轴，就给层一个元组，每个轴一个值"),
    "padding-pair": ("padding on one axis must be an int or a (before, after) pair", "一个轴上的 padding 必须是一个整数，或者 (before, after) 两个整数"),
    "padding-pair:because": ("this tuple has {count} members", "这个元组有 {count} 个成员"),
    "padding-pair:valid": ("padding=1 or padding=(1, 0), for example", "例如 padding=1 或 padding=(1, 0)"),
    "true-or-false": ("{name} must be True or False", "{name} 必须是 True 或 False"),
    "true-or-false:valid": ("{name}=True", "{name}=True"),
    "one-of": ("{name} must be one that PyTorch has", "{name} 必须是 PyTorch 有的值"),
    "int-or-tuple": ("{name} must be an int, a tuple or a list", "{name} 必须是整数、元组或列表"),
    "int-or-tuple:because": ("this is of type {kind}", "这个值的类型是 {kind}"),
    "int-or-tuple:valid": ("a tuple, one value for each axis, for example {name}=(3, 3)", "一个元组，每个轴一个值，例如 {name}=(3, 3)"),
    # Parameters that must go together.
    "output-padding-limit": ("output_padding must be below max(stride, dilation)", "output_padding 必须小于 max(stride, dilation)"),
    "output-padding-limit:because": ("max({stride}, {dilation}) = {limit}, and {output_padding} is not below it", "max({stride}, {dilation}) = {limit}，而 {output_padding} 不小于它"),
    "up-to": ("output_padding from 0 to {most}", "output_padding 从 0 到 {most}"),
    "only-zero": ("output_padding=0", "output_padding=0"),
    "pool-padding": ("padding of a pooling layer must be at most half of kernel_size", "池化层的 padding 最多是 kernel_size 的一半"),
    "pool-padding:because": ("2 * {padding} is more than {kernel_size}", "2 * {padding} 大于 {kernel_size}"),
    "padding-or-less": ("padding={most} or less", "padding={most} 或更小"),
    "no-padding": ("padding=0", "padding=0"),
    "padding-named": ('padding must be a number, "valid" or, with stride=1, "same"', 'padding 必须是数、"valid"，或者在 stride=1 时是 "same"'),
    "padding-named:stride": ("PyTorch refuses it with a larger stride", "步幅更大时 PyTorch 不接受它"),
    "padding-named:word": ("PyTorch knows no other word", "PyTorch 没有别的写法"),
    "padding-named:valid": ("padding=1, for example", "例如 padding=1"),
    "ends-differ": ("padding that differs at the ends must be given for each axis", "两端不同的 padding 必须按轴给出"),
    "ends-differ:because": ("it is {ends}, and the layer's ints serve any number of axes", "它是 {ends}，而这个层的整数适用于任意个轴"),
    "ends-differ:valid": ("padding=({ends},) for one axis, padding=({ends}, {ends}) for two", "一个轴用 padding=({ends},)，两个轴用 padding=({ends}, {ends})"),
    "tuples": ("every tuple must have one value for each axis", "每个元组都必须给每个轴一个值"),
    "tuples:has": ("{name} has {count}", "{name} 有 {count} 个"),
    "tuples:have": ("{counts}", "{counts}"),
    "tuples:valid": ("an int for every axis alike, or tuples of one length", "所有轴共用的一个整数，或者长度相同的元组"),
    # Sizes that a layer does not take.
    "kernel-fits": ("the kernel must fit into the padded input", "填充后的输入必须放得下卷积核"),
    "kernel-fits:because": ("the padded input has {in_size} + {before} + {after} = {padded} elements and the kernel reaches over {extent}", "填充后的输入有 {in_size} + {before} + {after} = {padded} 个元素，而卷积核跨 {extent} 个"),
    "kernel-fits:valid": ("in_size={least} or more with this padding", "在这个 padding 下，in_size={least} 或更大"),
    "filled": ("the input must be long enough for padding_mode={mode!r}", "输入必须够长，才能用 padding_mode={mode!r}"),
    "filled:because": ("each element of the padding is another element of the input", "填充的每个元素都取自输入里另一个元素"),
    "filled:valid": ("in_size={least} or more with this padding", "在这个 padding 下，in_size={least} 或更大"),
    "nothing-left": ("the output size must be at least 1", "输出尺寸至少是 1"),
    "nothing-left:because": ("padding crops {before} + {after} of the {uncropped} elements there are, which leaves {out_size}", "一共有 {uncropped} 个元素，padding 裁掉 {before} + {after} 个，剩下 {out_size} 个"),
    "nothing-left:ends": ("(before, after) that crop {most} in all or less", "(before, after) 一共最多裁掉 {most} 个"),
    "first-window": ("the first window must reach less than a stride past the padded input", "第一个窗口超出填充后的输入的部分，必须小于一个步幅"),
    "first-window:because": ("it reaches {missing} elements past it", "它超出了 {missing} 个元素"),
    "first-window:valid": ("in_size={least} or more", "in_size={least} 或更大"),
    "out-of-reach": ("the output size must be one that output_padding can reach", "输出尺寸必须是 output_padding 能达到的"),
    "out-of-reach:several": ("output_padding from 0 to {most} gives {smallest} to {largest}", "output_padding 从 0 到 {most}，得到 {smallest} 到 {largest}"),
    "out-of-reach:one": ("output_padding can only be 0, which gives {smallest}", "output_padding 只能是 0，得到 {smallest}"),
    "this-size": ("out_size={size}", "out_size={size}"),
    "without-padding": ("out_size={size} with padding=0", "padding=0 时 out_size={size}"),
    "sizes": ("this layer takes {wanted}, one for each axis", "这个层要的是{wanted}，每个轴一个"),
    "sizes:number": ("a tuple of {axes} sizes", "由 {axes} 个尺寸组成的元组"),
    "sizes:some": ("a tuple of at least one size", "至少有一个尺寸的元组"),
    "sizes:by-axis": ("the layer's own parameters are given axis by axis", "这个层自己的参数是按轴给出的"),
    "sizes:none": ("a tuple without sizes has no axis", "空元组没有轴"),
    "sizes:valid": ("{wanted}", "{wanted}"),
    "spatial": ("sizes are those of the spatial axes", "尺寸只指空间轴的尺寸"),
    "spatial:because": ("torch has layers for up to 3 axes, and this shape has {count}", "torch 的层最多有 3 个轴，而这个形状有 {count} 个"),
    "spatial:valid": ("x.shape[2:], without batch and channels", "x.shape[2:]，不含批量和通道"),
    # Stacks, and what is read.
    "same-axes": ("all layers of a stack must be given for the same axes", "一个 Stack 里的层必须有同样多的轴"),
    "same-axes:some": ("some are given for {count} axes", "有的层有 {count} 个轴"),
    "same-axes:because": ("{some}", "{some}"),
    "same-axes:valid": ("an int for every axis alike, or tuples of one length", "所有轴共用的一个整数，或者长度相同的元组"),
    "stack-member": ("a stack consists of layers and torch modules", "Stack 由层和 torch 模块组成"),
    "stack-member:because": ("one is of type {kind}", "有一个的类型是 {kind}"),
    "stack-member:valid": ("a list of Conv, ConvTranspose, Pool, Resize, Stack or torch.nn.Module", "由 Conv、ConvTranspose、Pool、Resize、Stack 或 torch.nn.Module 组成的列表"),
    "skip-pairs": ("skips are pairs of places in the trace", "skips 由 trace 里的位置两两组成"),
    "skip-pairs:because": ("one is no pair", "有一个不是两个位置"),
    "skip-pairs:valid": ("skips=[(0, -1)], for example", "例如 skips=[(0, -1)]"),
    "skip-places": ("a skip joins two places of the trace", "跳跃连接连的是 trace 里的两个位置"),
    "skip-places:because": ("after {layers} layers the places are 0 to {layers}", "一共 {layers} 层，位置是 0 到 {layers}"),
    "skip-places:valid": ("a place from {least} to {layers}", "从 {least} 到 {layers} 的位置"),
    "fitting-period": ("the sizes must repeat after {most} or fewer", "尺寸必须在 {most} 之内重复"),
    "fitting-period:because": ("the strides multiply up to {period}", "各层步幅乘起来是 {period}"),
    "fitting-period:valid": ("fewer layers, or trace for the sizes in question", "减少层数，或者对要问的尺寸用 trace"),
    "phases": ("a receptive field has at most {most} phases here", "这里的感受野最多有 {most} 个相位"),
    "phases:because": ("the strides multiply up to {period}", "各层步幅乘起来是 {period}"),
    "phases:valid": ("inputs_of for the positions in question", "对要问的位置用 inputs_of"),
    "near": ("what an output reads must lie within {most} elements", "一个输出读到的输入，必须在 {most} 个元素之内"),
    "near:because": ("kernels, strides and dilations reach over {elements}", "卷积核、步幅和 dilation 一共跨 {elements} 个元素"),
    "near:valid": ("fewer layers, or smaller kernels", "减少层数，或者减小卷积核"),
    "copied": ("what an output reads is known where elements are copied", "只有复制元素时，才知道一个输出读到哪些输入"),
    "copied:because": ("interpolation mixes neighbours, and other ones at the border", "插值会混合相邻的元素，边界上混合的又不一样"),
    "copied:valid": ('mode="nearest"', 'mode="nearest"'),
    "read-at-the-ends": ('what an output reads at the ends is known for padding_mode="zeros"', '只有 padding_mode="zeros" 时，才知道两端的输出读到哪些输入'),
    "read-at-the-ends:because": ("other padding repeats inputs from elsewhere", "别的填充方式会重复别处的输入"),
    "read-at-the-ends:valid": ("a position farther from the ends", "离两端更远的位置"),
    "position": ("the position must lie in the output", "位置必须在输出之内"),
    "position:because": ("positions count from 0", "位置从 0 数起"),
    "position:valid": ("position from 0 to {most}", "position 从 0 到 {most}"),
    "slice-of-outputs": ("outputs must be a slice without a step", "outputs 必须是不带步长的切片"),
    "slice-of-outputs:valid": ("slice(0, 8), for example", "例如 slice(0, 8)"),
    "no-outputs": ("the slice must hold an output", "切片里至少要有一个输出"),
    "no-outputs:because": ("the output has {out_size} elements", "输出有 {out_size} 个元素"),
    "no-outputs:valid": ("slice(0, {most})", "slice(0, {most})"),
    "taps": ("taps are counted for a ConvTranspose", "taps 只对 ConvTranspose 计数"),
    "taps:because": ("the outputs of a convolution are all reached by the whole kernel", "卷积的每个输出都用到整个卷积核"),
    "taps:valid": ("a ConvTranspose, or layer.transposed of a Conv", "一个 ConvTranspose，或者 Conv 的 layer.transposed"),
    "taps-many": ("taps are counted on at most {most} outputs", "taps 最多数 {most} 个输出"),
    "taps-many:because": ("there is a number for each of them", "每个输出都有一个数"),
    "taps-many:valid": ("a smaller in_size: away from both ends the counts repeat", "更小的 in_size：离开两端之后，计数会重复"),
    "explain": ("a layer or a stack is explained", "只有层和 Stack 可以解释"),
    "explain:because": ("this is of type {kind}", "这个值的类型是 {kind}"),
    "explain:valid": ("a Conv, ConvTranspose, Pool, Resize or Stack", "Conv、ConvTranspose、Pool、Resize 或 Stack"),
    # torch's modules, both ways.
    "dims-tuples": ("dims must be the number of axes that the layer's tuples have", "dims 必须等于层的元组的轴数"),
    "dims-tuples:because": ("the tuples have {axes}", "元组有 {axes} 个轴"),
    "dims-tuples:valid": ("dims={axes}, or no dims", "dims={axes}，或者不写 dims"),
    "dims-missing": ("dims must say for how many axes the module is", "dims 必须说明模块有几个轴"),
    "dims-missing:because": ("the layer's ints serve any number of axes", "这个层的整数适用于任意个轴"),
    "dims-missing:valid": ("dims=1, dims=2 or dims=3", "dims=1、dims=2 或 dims=3"),
    "dims-many": ("dims must be at most 3", "dims 最多是 3"),
    "dims-many:because": ("torch.nn has modules for 1, 2 and 3 axes", "torch.nn 只有 1、2、3 个轴的模块"),
    "dims-many:valid": ("dims=1, dims=2 or dims=3", "dims=1、dims=2 或 dims=3"),
    "avg-pool": ("average pooling in torch has no dilation", "torch 的平均池化没有 dilation"),
    "avg-pool:valid": ('dilation=1, or kind="max"', 'dilation=1，或者 kind="max"'),
    "torch-ends": ("torch pads a convolution alike at both ends", "torch 的卷积在两端填充一样多"),
    "torch-ends:because": ("its padding has one number for an axis", "它的 padding 在一个轴上只有一个数"),
    "torch-ends:valid": ("padding=0 after torch.nn.functional.pad with this padding", "先用 torch.nn.functional.pad 按这个数填充，再用 padding=0"),
    "torch-crop": ("the two ends must differ by what output_padding can give back", "两端的差必须是 output_padding 能还回的"),
    "torch-crop:because": ("with padding={before} it would have to be {needed}, and it must be from 0 to {most}", "padding={before} 时它必须是 {needed}，而它只能从 0 到 {most}"),
    "torch-crop:valid": ("padding={near}, and a slice of the result", "padding={near}，再对结果切片"),
    "torch-module": ("this must be a layer or a torch module", "这里必须是层或 torch 模块"),
    "torch-module:because": ("it is of type {kind}", "它的类型是 {kind}"),
    "torch-module:valid": ("a Conv, ConvTranspose, Pool, Resize, Stack or torch.nn.Module", "Conv、ConvTranspose、Pool、Resize、Stack 或 torch.nn.Module"),
    "torch-unknown": ("{kind} is not a module whose sizes are known here", "{kind} 不是这里知道尺寸的模块"),
    "torch-unknown:because": ("its output size does not follow from kernel, stride and padding alone", "它的输出尺寸不能只由卷积核、步幅和填充算出"),
    "torch-unknown:valid": ("convolutions, pooling, padding, Upsample by a whole factor, PixelShuffle, and a Sequential of them", "卷积、池化、填充、整数倍的 Upsample、PixelShuffle，以及由它们组成的 Sequential"),
    "torch-weight": ("the weight must be of the shape that kernel_size says", "权重的形状必须与 kernel_size 一致"),
    "torch-weight:because": ("PyTorch would convolve with the weight", "PyTorch 会按权重做卷积"),
    "torch-weight:valid": ("a module made with kernel_size={shape}", "用 kernel_size={shape} 新建的模块"),
    "torch-factor": ("the scale_factor of an Upsample must be a whole number", "Upsample 的 scale_factor 必须是整数"),
    "torch-factor:because": ("with another factor, or with size, the output does not follow the input step by step", "倍数不是整数，或者给的是 size，输出就不会随输入一步一步变化"),
    "torch-factor:valid": ("scale_factor=2, for example", "例如 scale_factor=2"),
    "torch-alone": ("a {kind} alone is no layer with sizes", "单独一个 {kind} 不是有尺寸的层"),
    "torch-alone:because": ("it keeps every size", "它不改变任何尺寸"),
    "torch-alone:valid": ("a Sequential in which it stands", "包含它的 Sequential"),
    # What was pasted or typed.
    "line": ("a layer is given as a line of Python", "层要写成一行 Python"),
    "line:valid": ('"ConvTranspose(3, stride=2)" or "nn.ConvTranspose2d(64, 32, 3, stride=2)"', '"ConvTranspose(3, stride=2)" 或 "nn.ConvTranspose2d(64, 32, 3, stride=2)"'),
    "line:keeps": ("it keeps every size, so it is a layer in a trace alone", "它不改变任何尺寸，只能放在 trace 里"),
    "line:no-layer": ("{name} is not a layer that is known here", "{name} 不是这里认识的层"),
    "line:axes": ("{name} has {own} axes, and not {several}", "{name} 有 {own} 个轴，不是 {several} 个"),
    "line:pads": ("padding is an int, or {count} of them", "padding 是一个整数，或者 {count} 个整数"),
    "line:groups": ("{name} must be divisible by groups", "{name} 必须能被 groups 整除"),
    "line:no-parameter": ("{name} is no parameter", "没有 {name} 这个参数"),
    "line:missing": ("{name} is missing", "缺少 {name}"),
    "line:digits": ("no size has that many digits", "没有尺寸有这么多位数"),
    "line:no-python": ("it is not a line of Python", "它不是一行 Python"),
    "line:no-call": ("it is not the call of a layer", "它不是对某个层的调用"),
    "line:positional": ("it has more than {count} positional values", "不写名字的值超过了 {count} 个"),
    "line:twice": ("{name} is given twice", "{name} 给了两次"),
    "line:no-number": ("{name} is not a number that stands there", "{name} 那里写的不是数"),
    "typed": ("a value is a whole number, or several joined by x, one for each axis", "值是一个整数，或者用 x 连起来的几个整数，每个轴一个"),
    "typed:valid": ("5, or 5x7", "5，或者 5x7"),
    # Searches.
    "search-axes": ("in_size and out_size must be given for the same axes", "in_size 和 out_size 的轴必须相同"),
    "search-axes:valid": ("two ints, or two tuples of one length", "两个整数，或者两个长度相同的元组"),
    "search-empty": ("a tuple of sizes must have one for each axis", "尺寸的元组必须给每个轴一个值"),
    "search-empty:because": ("a tuple without sizes has no axis", "空元组没有轴"),
    "search-empty:valid": ("an int, or a tuple such as (5, 7)", "一个整数，或者像 (5, 7) 这样的元组"),
    "search-entries": ("a tuple must have one entry for each axis", "元组必须给每个轴一项"),
    "search-entries:because": ("the sizes are given for this many axes: {axes}", "尺寸的轴数是 {axes}"),
    "search-entries:valid": ("an int, or a range or list of values, for example {name}=[1, 2]", "一个整数，或者一个范围、一列值，例如 {name}=[1, 2]"),
    "search-nothing": ("{name} needs a value that may be used", "{name} 至少要有一个可用的值"),
    "search-nothing:because": ("nothing can be chosen from nothing", "没有值就没有可选的"),
    "search-nothing:valid": ("an int, or a range or list of values, for example {name}=[1, 2]", "一个整数，或者一个范围、一列值，例如 {name}=[1, 2]"),
    "search-kind": ("kind must be Conv or ConvTranspose", "kind 必须是 Conv 或 ConvTranspose"),
    "search-kind:valid": ("kind=Conv", "kind=Conv"),
    "search-kind:because": ("output_padding belongs to transposed convolutions", "output_padding 只属于转置卷积"),
    "search-many": ("there must be at most {most} settings to look at", "要检查的组合最多是 {most} 个"),
    "search-many:because": ("with sizes this far apart, many kernels, strides and output_paddings fit", "两个尺寸差得这么远时，合适的卷积核、步幅和 output_padding 很多"),
    "search-many:valid": ("kernel_size, stride or output_padding given, for example output_padding=[0, 1] with one kernel_size", "给出 kernel_size、stride 或 output_padding，例如只用一个 kernel_size，并且 output_padding=[0, 1]"),
    # Skip connections.
    "broken": ("layer {layer} gives {got} where the skip from place {place} has {wanted}.\n", "第 {layer} 层给出 {got}，而来自位置 {place} 的跳跃连接是 {wanted}。\n"),
    "broken:no-cure": ("Mend: no output_padding can; pad or crop one of them.", "修正：没有 output_padding 能做到；对其中一个做填充或裁剪。"),
    "broken:cure": ("Mend: output_padding={output_padding} on layer {layer}.", "修正：给第 {layer} 层 output_padding={output_padding}。"),
    "broken:cure-or-call": ("Mend: output_padding={output_padding} on layer {layer}, or output_size={output_size} in its call.", "修正：给第 {layer} 层 output_padding={output_padding}，或者调用它时给 output_size={output_size}。"),
    # What a convolution that was found does.
    "conv-down": ("the input divided by {s}, rounded down", "输入除以 {s}，向下取整"),
    "conv-up": ("the input divided by {s}, rounded up", "输入除以 {s}，向上取整"),
    "conv-plus": ("the input plus {added}, divided by {s}, rounded down", "输入加 {added}，除以 {s}，向下取整"),
    "conv-reads": ("no input between two outputs is skipped", "相邻两个输出之间没有漏掉的输入"),
    "conv-left-over": ("{a} of the padded input left over at the end", "填充后的输入末尾剩下 {a} 个没有用到"),
    "conv-nothing-over": ("nothing left over at the end", "末尾没有剩下的输入"),
    "conv-right": ("the first output lies {shift} to the right of plain resizing", "第一个输出的位置比直接缩放偏右 {shift}"),
    "conv-left": ("the first output lies {shift} to the left of plain resizing", "第一个输出的位置比直接缩放偏左 {shift}"),
    # Explanations.
    "layer": ("layer {number}: {layer}", "第 {number} 层：{layer}"),
    "resized": ("Every element becomes {f}.", "每个元素变成 {f} 个。"),
    "axis": ("axis {axis}:", "轴 {axis}："),
    "stop": (".", "。"),
    "cropped": ("The kernels reach over {full} elements. padding crops {b} at the start and {e} at the end", "各个卷积核一共覆盖 {full} 个元素。padding 在开头裁掉 {b} 个，在末尾裁掉 {e} 个"),
    "un-cropped": ("; output_padding gives {a} back at the end", "；output_padding 在末尾还回 {a} 个"),
    "past": (", and {past} of it lies past the reach and holds the bias alone", "，其中 {past} 个超出覆盖范围，只含偏置"),
    "shared": ("Every input from {first} to {last} comes out as {o}.", "从 {first} 到 {last} 的输入尺寸，输出都是 {o}。"),
    "alone": ("No other input than {first} comes out as {o}.", "只有输入尺寸 {first} 的输出是 {o}。"),
    "exactly": ("exactly {s} times every input", "任何输入都正好放大到 {s} 倍"),
    "plus": ("{s} times the input, plus {more}", "输入的 {s} 倍，再加 {more}"),
    "minus": ("{s} times the input, minus {less}", "输入的 {s} 倍，再减 {less}"),
    "even": ("even overlap: stride {s} divides kernel_size {k}", "重叠均匀：kernel_size {k} 是 stride {s} 的倍数"),
    "uneven": ("uneven overlap: stride {s} does not divide kernel_size {k}", "重叠不均匀：kernel_size {k} 不是 stride {s} 的倍数"),
    "small": ("holes: kernel_size {k} is below stride {s}", "有空位：kernel_size {k} 小于 stride {s}"),
    "sparse": ("holes: stride {s} and dilation {d} share a factor", "有空位：stride {s} 与 dilation {d} 有公因数"),
    "none": ("no output_padding", "不需要 output_padding"),
    "real": ("output_padding {a}, all of it real output", "output_padding {a}，还回的全是真实输出"),
    "empty": ("output_padding {a}, of which {past} at the end is bias alone", "output_padding {a}，其中末尾 {past} 个只含偏置"),
    "unmoved": ("no shift against plain resizing", "与直接缩放相比没有偏移"),
    "right": ("the first input lands {shift} to the right of plain resizing", "第一个输入的落点比直接缩放偏右 {shift}"),
    "left": ("the first input lands {shift} to the left of plain resizing", "第一个输入的落点比直接缩放偏左 {shift}"),
    "more": ("and {count} more", "另有 {count} 个"),
    "nothing": ("Nothing fits: {reason}.", "没有合适的参数：{reason}。"),
    "never": ("within the bounds, {i} never comes out as {o}; the nearest sizes are {near}", "在给定范围内，{i} 的输出不会是 {o}；最接近的尺寸是 {near}"),
    "nowhere": ("within the bounds, {i} never comes out as {o}, nor as any size near it", "在给定范围内，{i} 的输出不会是 {o}，附近也没有别的尺寸"),
    "surplus": (", for 2 * padding - output_padding would have to be {surplus}", "，因为 2 * padding - output_padding 必须等于 {surplus}"),
    "and": (" and ", " 和 "),
    # Messages.
    "message": ("message must be text or an exception", "message 必须是文本或异常"),
    "message:because": ("this is of type {kind}", "它的类型是 {kind}"),
    "message:valid": ("diagnose(str(error))", "diagnose(str(error))"),
    "unknown-message": ("This message is not known here.", "这里不认识这条报错。"),
    "nearest-messages": ("The nearest that are: {names}.", "最接近的有：{names}。"),
    "unshared": ("no {names} serves every axis; give one as a tuple", "没有一组 {names} 适合所有轴；请把其中一个写成元组"),
}  # fmt: skip


class Sentence(NamedTuple):
    """One sentence of the table with its values, not yet in any language."""

    key: str
    values: dict[str, Any]

    def text(self, language: str = "en") -> str:
        return say(language, self.key, **self.values)

    def __str__(self) -> str:
        return self.text()


def spoken(language: str) -> int:
    """Which of the twins a language is."""
    if language in LANGUAGES:
        return LANGUAGES.index(language)
    raise ValueError(f'language must be "en" or "zh", got {language!r}')


def say(language: str, sentence: str, /, **values: object) -> str:
    """The sentence in a language, with its values put in; a value may be one, too."""
    said = {name: _in(language, value) for name, value in values.items()}
    return SENTENCES[sentence][spoken(language)].format(**said)


def _in(language: str, value: object) -> object:
    if isinstance(value, Sentence):
        return value.text(language)
    if isinstance(value, list):
        return say(language, "and").join(str(_in(language, one)) for one in value)
    return shown(value) if isinstance(value, int) else value


def shown(value: object) -> str:
    """A value as Python would write it; Python itself will not write a huge int."""
    try:
        return repr(value)
    except ValueError:
        bits = isinstance(value, int) and value.bit_length()
        return f"<an int of {bits} bits>" if bits else "?"
