"""What breaks at a size, by name, and what lets it pass: tried by running it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from convarith._errors import SizeError
from convarith._legal_values import output_padding_limit
from convarith._say import Sentence, say
from convarith._value import Value
from convarith.network.evaluating import at
from convarith.network.fitting import Fitting
from convarith.network.paths import Path
from convarith.network.reading import fails
from convarith.network.traced import Check, Step

# So many layers are changed until the model passes.
FIXES_AT_MOST = 8


class Fix(NamedTuple):
    """A module, and the argument that it needs."""

    module: str
    argument: str
    value: int | tuple[int, ...]

    def text(self, language: str = "en") -> str:
        module = self.module or Sentence("the-model", {})
        change = f"{self.argument}={self.value}"
        return say(language, "network-fix", change=change, module=module)

    def __str__(self) -> str:
        return self.text()


class Mended(NamedTuple):
    """Fixes with which the model runs, and the size that comes out."""

    fixes: tuple[Fix, ...]
    out_size: tuple[int, ...]


class BrokenJoin(Value):
    """What breaks at a size, and the fixes that let it pass.

    Attributes:
        module: The path of the module in which it breaks; empty for the model itself.
        operator: What refuses.
        sizes: The sizes that should meet, or those of the operator.
        fixes: What to change, by module path; empty where no such change helps.
        out_size: What then comes out; None without fixes.
        message: The model's own error.

    Examples:
        >>> import torch
        >>> from convarith.network import Network
        >>> broken = Network(torch.nn.MaxPool1d(4), torch.zeros(1, 1, 32)).broken_skip(3)
        >>> broken.operator, broken.sizes, broken.fixes
        ('max_pool2d_with_indices', (3, 0), ())
    """

    __slots__ = __match_args__ = (
        "module",
        "operator",
        "sizes",
        "fixes",
        "out_size",
        "message",
    )
    module: str
    operator: str
    sizes: tuple[int, ...]
    fixes: tuple[Fix, ...]
    out_size: Any
    message: str

    def __init__(
        self,
        module: str,
        *,
        operator: str,
        sizes: tuple[int, ...] = (),
        fixes: tuple[Fix, ...] = (),
        out_size: Any = None,
        message: str = "",
    ) -> None:
        self._set(
            module=module,
            operator=operator,
            sizes=sizes,
            fixes=fixes,
            out_size=out_size,
            message=message,
        )

    def text(self, *, language: str = "en") -> str:
        """What differs, and what to write, in a language."""
        module = self.module or Sentence("network-whole", {})
        where = {"module": module, "operator": self.operator}
        if len(self.sizes) == 2:
            first = say(
                language,
                "network-broken",
                one=self.sizes[0],
                other=self.sizes[1],
                **where,
            )
        else:
            first = say(language, "network-stopped", message=self.message, **where)
        if not self.fixes:
            return first + say(language, "network-broken:no-cure")
        both = say(language, "network-fixes")
        fixes = both.join(fix.text(language) for fix in self.fixes)
        return first + say(
            language, "network-broken:cure", fixes=fixes, out_size=self.out_size
        )

    def __str__(self) -> str:
        return self.text()


def broken(
    path: Path,
    check: Check | None,
    sizes: tuple[int, ...],
    error: BaseException | None,
    mended: Mended | None,
) -> BrokenJoin:
    step = check.step if check else path.run.refused
    out = mended and (
        mended.out_size if len(set(mended.out_size)) > 1 else mended.out_size[0]
    )
    return BrokenJoin(
        step.module if step else path.run.stopped_in,
        operator=step.op if step else type(error).__name__,
        sizes=tuple(at(size, sizes) for size in check.sizes) if check else (),
        fixes=mended.fixes if mended else (),
        out_size=out,
        message=_first_line(error),
    )


def _first_line(error: BaseException | None) -> str:
    return str(error).strip().split("\n")[0] if error else ""


def refusal(
    path: Path,
    check: Check | None,
    sizes: tuple[int, ...],
    error: BaseException | None,
    fitting: Fitting | None,
    mended: Mended | None,
) -> SizeError:
    """The error for a size, with everything that is known of it."""
    found = broken(path, check, sizes, error, mended)
    size = sizes[0] if len(set(sizes)) == 1 else sizes
    near = fitting and fitting.at_least(sizes[0])
    got = {"in_size": size}
    valid = [str(fix) for fix in found.fixes]
    nearest = f"in_size={near}" if near else ""
    return SizeError.of(
        "network-size",
        got,
        because=found.text().split("\n")[0].removesuffix("."),
        valid="; ".join(filter(None, [nearest, ", ".join(valid)])),
    )


def mended(run_with: Callable[[Any], Path], sizes: tuple[int, ...]) -> Mended | None:
    """Change one layer after the other until the model runs; None where that fails."""
    overrides: dict[str, Any] = {}
    fixes: list[Fix] = []
    path = run_with(None)
    if path.run.hints != sizes:
        path = run_with(overrides)
    for _ in range(FIXES_AT_MOST):
        check = fails(path, sizes)
        if check is None:
            break
        better = _one_more(run_with, overrides, path, check, sizes)
        if better is None:
            return None
        fix, path = better
        fixes.append(fix)
    if path.out is None or fails(path, sizes) is not None or not fixes:
        return None
    return Mended(tuple(fixes), tuple(at(size, sizes) for size in path.out))


def _one_more(
    run_with: Callable[[Any], Path],
    overrides: dict[str, Any],
    path: Path,
    check: Check,
    sizes: tuple[int, ...],
) -> tuple[Fix, Path] | None:
    """The nearest layer whose change carries the model past this check."""
    if check.kind != "join":
        return None
    one, other = (at(size, sizes) for size in check.sizes)
    for step in _upward(path, check):
        if step.module in overrides:
            continue
        for fix, override in _changes(step, abs(one - other), (one, other), sizes):
            tried = overrides | {step.module: override}
            after = run_with(tried)
            later = fails(after, sizes)
            if (later is None and after.out is not None) or (
                later is not None and later.step.number > check.step.number
            ):
                overrides[step.module] = override
                return fix, after
    return None


def _upward(path: Path, check: Check) -> list[Step]:
    """Layers before a join that make larger, the nearest first."""
    steps = [
        step
        for step in path.run.steps[: check.step.number]
        if any(_can_change(step, layer) for layer in step.layers.values())
        or step.op.startswith("upsample")
    ]
    feeding = _feeding(check.step)
    return [step for step in reversed(steps) if step.number in feeding][:6]


def _can_change(step: Step, layer: Any) -> bool:
    return "output_padding" in layer.parameters


def _feeding(step: Step) -> set[int]:
    """The operators whose outputs reach this one."""
    found: set[int] = set()
    todo = list(step.takes)
    while todo:
        number = todo.pop()
        if number.number not in found:
            found.add(number.number)
            todo += number.takes
    return found


def _changes(
    step: Step, apart: int, wanted: tuple[int, int], sizes: tuple[int, ...]
) -> list[tuple[Fix, Any]]:
    if step.op == "convolution":
        return [_padded(step, extra) for extra in _extras(step, apart)]
    return [_sized(step, size) for size in sorted(set(wanted), reverse=True)]


def _extras(step: Step, apart: int) -> list[int]:
    """output_paddings that are legal, the likeliest first."""
    (own, *_) = (layer.parameters for layer in step.layers.values())
    limit = output_padding_limit(own["stride"], own["dilation"])
    likely = own["output_padding"] + apart
    return sorted(
        (n for n in range(limit) if n != own["output_padding"]),
        key=lambda n: abs(n - likely),
    )[:4]


def _padded(step: Step, extra: int) -> tuple[Fix, Any]:
    changing = sorted(step.layers)
    first = len(step.after) - step.spatial

    def override(name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
        if name != "convolution":
            return args
        own = list(args[7])
        for dim in changing:
            own[dim - first] = extra
        return (*args[:7], own, *args[8:])

    value: Any = [layer.parameters["output_padding"] for layer in step.layers.values()]
    value = tuple(
        extra if first + n in changing else step.extra[n] for n in range(step.spatial)
    )
    return Fix(
        step.module, "output_padding", value[0] if len(set(value)) == 1 else value
    ), override


def _sized(step: Step, size: int) -> tuple[Fix, Any]:
    changing = [n for n, one in enumerate(step.after) if not isinstance(one, int)]

    def override(name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
        if not name.startswith("upsample"):
            return args
        own = list(args[1])
        for dim in changing:
            own[dim - len(step.after)] = size
        scales = [None] * len(own)
        return (args[0], own, *args[2 : len(args) - len(own)], *scales)

    return Fix(step.module, "size", size), override
