"""What never changes: layers, stacks and answers are values, as an int is."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from convarith._errors import call_text


class Value:
    """A class whose `__match_args__` name all that it is made from, in order.

    `@dataclass(frozen=True, slots=True)` adds 40 % to the time of the import, and in
    Python 3.11 it answers `layer.strides = 3` with a TypeError about `super()`.
    """

    __slots__: tuple[str, ...] = ()
    __match_args__: tuple[str, ...] = ()

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def _made_from(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__match_args__}

    def replace(self, **changes: Any) -> Self:
        """Return the same with some of its arguments changed.

        Args:
            changes: The arguments that change, by name.

        Returns:
            A new one; this one stays as it is.

        Raises:
            SizeError: The new values are refused together.
            TypeError: It has no such argument.

        Examples:
            >>> from convarith import Conv
            >>> Conv(3, stride=2).replace(stride=1, padding=1)
            Conv(3, padding=1)

        Sources:
            `dataclasses.replace` and `copy.replace` of Python.
        """
        return type(self)(**{**self._made_from(), **changes})

    def __repr__(self) -> str:
        return as_written(type(self), self._made_from())

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._made_from() == other._made_from()

    def __hash__(self) -> int:
        return hash((type(self), *self._made_from().values()))

    def __setstate__(self, state: tuple[dict[str, Any] | None, dict[str, Any]]) -> None:
        own, slots = state
        self._set(**(own or {}), **slots)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        kind = type(self).__name__
        raise AttributeError(f"a {kind} cannot be changed; make a new one")

    def __delattr__(self, name: str) -> NoReturn:
        self.__setattr__(name, None)


def as_written(kind: type[Value], values: dict[str, Any]) -> str:
    """The call that makes a value: its first argument, and what is not a default."""
    first, others = kind.__match_args__[:1], kind.__match_args__[1:]
    defaults = getattr(kind.__init__, "__kwdefaults__", None) or {}
    if getattr(kind.__init__, "__defaults__", None) and values[first[0]] is None:
        # Another argument stands in its place.
        first = ()
    keywords = {
        name: values[name]
        for name in others
        if name not in defaults or not _same(values[name], values, defaults[name])
    }
    return call_text(kind.__name__, tuple(values[name] for name in first), keywords)


def _same(value: object, values: dict[str, Any], default: object) -> bool:
    """Whether a value is its default; None stands for the first argument."""
    if default is None and value is not None:
        default = next(iter(values.values()))
    # True equals 1, but says something else.
    return type(value) is type(default) and value == default
