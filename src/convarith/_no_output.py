"""Why a size has no output: each is asked only once its record has said so."""

from __future__ import annotations

from convarith._errors import SizeError
from convarith._legal_values import Padding, ends, padding_up_to, shortest
from convarith._record import Record
from convarith._say import Sentence


def window_does_not_fit(
    in_size: int,
    record: Record,
    *,
    kernel_size: int,
    padding: Padding,
    dilation: int,
    padding_mode: str = "zeros",
    **_: object,
) -> SizeError:
    """torch: aten/src/ATen/native/Convolution.cpp, check_shape_forward."""
    if record.size(in_size) >= 1:
        got: dict[str, object] = {"in_size": in_size, "padding": padding}
        return SizeError.of("filled", got, mode=padding_mode, least=record.smallest)
    before, after = ends(padding)
    got = {"in_size": in_size, "padding": shortest(padding), "kernel_size": kernel_size}
    return SizeError.of(
        "kernel-fits",
        got,
        before=before,
        after=after,
        padded=in_size + before + after,
        extent=dilation * (kernel_size - 1) + 1,
        least=record.smallest,
    )


def nothing_is_left(
    in_size: int, record: Record, *, padding: Padding, **_: object
) -> SizeError:
    """torch: NaiveConvolutionTranspose2d.cpp, "Output size is too small"."""
    before, after = ends(padding)
    out_size = record.size(in_size)
    uncropped = out_size + before + after
    valid = Sentence("nothing-left:ends", {"most": uncropped - 1})
    return SizeError.of(
        "nothing-left",
        {"padding": shortest(padding)},
        before=before,
        after=after,
        uncropped=uncropped,
        out_size=out_size,
        valid=padding_up_to((uncropped - 1) // 2) if before == after else valid,
    )


def first_window_sticks_out(
    in_size: int, record: Record, *, kernel_size: int, stride: int, **_: object
) -> SizeError:
    """torch: aten/src/ATen/native/Pool.h, pooling_output_shape_pad_lr."""
    least = record.smallest
    got = {"in_size": in_size, "kernel_size": kernel_size, "stride": stride}
    return SizeError.of(
        "first-window", got, missing=least - in_size + stride - 1, least=least
    )


def out_of_reach(
    in_size: int, out_size: int, sizes: range, padding: Padding
) -> SizeError:
    """No output_padding gives this size; `sizes` are those that can be had."""
    smallest, largest = sizes[0], sizes[-1]
    near = min(max(out_size, smallest, 1), largest)
    if largest < 1:
        full = smallest + sum(ends(padding))
        valid: object = Sentence("without-padding", {"size": full})
    else:
        valid = Sentence("this-size", {"size": near})
    because = Sentence(
        "out-of-reach:several" if largest > smallest else "out-of-reach:one",
        {"most": largest - smallest, "smallest": smallest, "largest": largest},
    )
    got = {"out_size": out_size, "in_size": in_size}
    return SizeError.of("out-of-reach", got, because=because, valid=valid)


def resized_to_nothing(
    in_size: int, record: Record, *, factor: float, **_: object
) -> SizeError:
    """torch: aten/src/ATen/native/UpSample.h, "should be greater than 0"."""
    got = {"in_size": in_size, "factor": factor}
    return SizeError.of("resized-to-nothing", got, least=record.smallest)


def no_multiple(in_size: int, record: Record, *, downscale_factor: int) -> SizeError:
    """torch: aten/src/ATen/native/PixelShuffle.cpp, "to be divisible by"."""
    got = {"in_size": in_size, "downscale_factor": downscale_factor}
    below = in_size // downscale_factor * downscale_factor
    near = [size for size in (below, below + downscale_factor) if size]
    words = [Sentence("this-input", {"size": size}) for size in near]
    valid = Sentence("either", {"sizes": words})
    return SizeError.of("no-multiple", got, rest=in_size - below, valid=valid)


def other_windows(
    in_size: int, record: Record, *, output_size: int, **_: object
) -> SizeError:
    """torch: aten/src/ATen/native/Col2Im.cpp, "number of sliding blocks"."""
    got = {"in_size": in_size, "output_size": output_size}
    return SizeError.of("other-windows", got, count=record.least)


def too_short_to_pad(
    in_size: int, record: Record, *, padding: Padding, mode: str
) -> SizeError:
    """torch: aten/src/ATen/native/PadNd.cpp, ReflectionPad.cpp."""
    got = {"in_size": in_size, "padding": padding}
    if min(ends(padding)) >= 0:
        return SizeError.of("filled", got, mode=mode, least=record.smallest)
    return SizeError.of("cropped-away", got, least=record.smallest)
