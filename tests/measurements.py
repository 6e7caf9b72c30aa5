"""What the letters on the pages mean, asked of torch.

i and o are the input and output size of a convolution; i', o' and p' those of a
transposed convolution and its output_padding; k, s, p, d are kernel_size, stride,
padding and dilation. A formula without d is meant for d = 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from verified_docs.formulas import RefusedError


@cache
def torch() -> Any:
    """torch with one thread; it takes seconds, so it waits until something is measured."""
    import torch

    torch.set_num_threads(1)
    return torch


@contextmanager
def onednn(*, enabled: bool) -> Iterator[None]:
    """Let torch use oneDNN, or only its native kernel, for a while.

    The native kernel refuses what is documented as refused; oneDNN does not always.
    """
    backend = torch().backends.mkldnn
    before, backend.enabled = backend.enabled, enabled
    try:
        yield
    finally:
        backend.enabled = before


@cache
@onednn(enabled=False)
def conv(i: int, *, k: int, s: int = 1, p: int = 0, d: int = 1) -> int | None:
    """The size that comes out of torch's convolution, or None where it refuses."""
    return _size("conv1d", i, k, {"stride": s, "padding": p, "dilation": d})


@cache
@onednn(enabled=False)
def transposed(
    i: int, *, k: int, s: int = 1, p: int = 0, a: int = 0, d: int = 1
) -> int | None:
    """The size that comes out of torch's transposed convolution, or None."""
    options = {"stride": s, "padding": p, "output_padding": a, "dilation": d}
    return _size("conv_transpose1d", i, k, options)


def _size(name: str, size: int, k: int, options: dict[str, int]) -> int | None:
    function, ones = getattr(torch().nn.functional, name), torch().ones
    try:
        result = function(ones(1, 1, size), ones(1, 1, k), **options)
    except RuntimeError:
        return None
    return int(result.shape[2])


def _settings() -> Iterator[tuple[int, int, int, int]]:
    return product(range(1, 6), range(1, 5), range(4), range(1, 5))


@cache
def _conv_rows() -> dict[str, Any]:
    found = []
    for k, s, p, d in _settings():
        for i in range(1, 13):
            o = conv(i, k=k, s=s, p=p, d=d)
            if o is not None:
                found.append((i, o, k, s, p, d))
    return _columns("i o k s p d", found)


@cache
def _transposed_rows() -> dict[str, Any]:
    found = []
    for k, s, p, d in _settings():
        for i, a in product(range(1, 8), range(max(s, d))):
            o = transposed(i, k=k, s=s, p=p, a=a, d=d)
            if o is not None:
                found.append((i, o, a, k, s, p, d))
    return _columns("i' o' p' k s p d", found)


@cache
def _both_rows() -> dict[str, Any]:
    """Each convolution beside each transposed one with the same parameters.

    They have nothing else in common: a formula that speaks of a round trip has to
    say i' = o.
    """
    direct, transposed_ = _conv_rows(), _transposed_rows()
    found = []
    for setting in _settings():
        one, other = _of_setting(direct, setting), _of_setting(transposed_, setting)
        for i, o in zip(one["i"], one["o"], strict=True):
            sizes = zip(other["i'"], other["o'"], other["p'"], strict=True)
            found += [(i, o, *size, *setting) for size in sizes]
    return _columns("i o i' o' p' k s p d", found)


def _of_setting(rows: dict[str, Any], setting: tuple[int, ...]) -> dict[str, Any]:
    same = np.ones(len(rows["k"]), dtype=bool)
    for name, value in zip("kspd", setting, strict=True):
        same &= rows[name] == value
    return {name: column[same] for name, column in rows.items()}


def _columns(names: str, rows: list[tuple[int, ...]]) -> dict[str, Any]:
    return dict(zip(names.split(), np.array(rows, dtype=np.int64).T, strict=True))


class Torch:
    """Measurements of torch, as verified_docs.equations asks for them."""

    def rows(self, letters: frozenset[str]) -> Mapping[str, Any]:
        direct, primed = bool(letters & {"i", "o"}), bool(letters & {"i'", "o'", "p'"})
        if direct and primed:
            rows = _both_rows()
        else:
            rows = _conv_rows() if direct else _transposed_rows()
        if "d" in letters:
            return rows
        plain = rows["d"] == 1
        return {name: column[plain] for name, column in rows.items()}

    def ask(self, values: Mapping[str, int]) -> Mapping[str, int] | None:
        """The row of a case, if kernel, stride and a size are given."""
        if not {"k", "s"} <= values.keys() or not values.keys() & {"i", "i'", "o'"}:
            return None
        shared = {name: values.get(name, default) for name, default in SHARED.items()}
        if "i" in values:
            row = {"i": values["i"], "o": conv(values["i"], **shared), **shared}
        elif "i'" in values:
            row = self._transposed(values, shared)
        else:
            # Read backwards: the convolution whose input is o'.
            row = {"o'": values["o'"], "i'": conv(values["o'"], **shared), **shared}
        if None in row.values():
            raise RefusedError(f"torch refuses {dict(values)}")
        for name, value in values.items():
            if row.get(name) != value:
                raise RefusedError(f"torch has {name}={row.get(name)}, not {value}")
        return {name: int(value) for name, value in row.items() if value is not None}

    @staticmethod
    def _transposed(
        values: Mapping[str, int], shared: dict[str, int]
    ) -> dict[str, Any]:
        i, wanted = values["i'"], values.get("o'")
        given = values.get("p'", 0 if wanted is None else None)
        for a in range(max(shared["s"], shared["d"])) if given is None else [given]:
            o = transposed(i, a=a, **shared)
            if wanted in (None, o):
                return {"i'": i, "o'": o, "p'": a, **shared}
        return {"i'": i, "o'": None}


SHARED = {"k": 1, "s": 1, "p": 0, "d": 1}
