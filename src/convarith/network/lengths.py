"""A size that depends on the input's: a sum of whole multiples of floors.

Lengths are written once: two that are equal term by term are the same object. The
formula of a layer stays where it is: `Record.size` takes a Length as it takes an int.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import gcd
from typing import Any, ClassVar, NamedTuple, TypeAlias

# A size: a number, or one that depends on the input.
Size: TypeAlias = "int | Length"


class Atom(NamedTuple):
    """What a length is a multiple of: an input, or a function of other lengths."""

    kind: str
    of: tuple[Length, ...] = ()
    number: int = 0


class Length:
    """const + coefficient * atom + ..., with whole coefficients."""

    __slots__ = ("const", "terms")
    _made: ClassVar[dict[Any, Length]] = {}
    const: int
    terms: tuple[tuple[Atom, int], ...]

    def __new__(cls, const: int, terms: dict[Atom, int]) -> Length:
        left = sorted(
            ((atom, times) for atom, times in terms.items() if times), key=_order
        )
        key = (const, tuple(left))
        made = cls._made.get(key)
        if made is None:
            made = object.__new__(cls)
            made.const, made.terms = key
            cls._made[key] = made
        return made

    def __add__(self, other: Size) -> Size:
        if isinstance(other, int):
            return _plain(Length(self.const + other, dict(self.terms)))
        terms = dict(self.terms)
        for atom, times in other.terms:
            terms[atom] = terms.get(atom, 0) + times
        return _plain(Length(self.const + other.const, terms))

    __radd__ = __add__

    def __neg__(self) -> Size:
        return self * -1

    def __sub__(self, other: Size) -> Size:
        return self + -other

    def __rsub__(self, other: Size) -> Size:
        return -self + other

    def __mul__(self, other: Size) -> Size:
        if isinstance(other, int):
            terms = {atom: times * other for atom, times in self.terms}
            return _plain(Length(self.const * other, terms))
        if len(self.terms) == 1 and not self.const:
            ((atom, times),) = self.terms
            if len(other.terms) == 1 and not other.const:
                ((second, more),) = other.terms
                pair = (Length(0, {atom: 1}), Length(0, {second: 1}))
                return Length(0, {Atom("product", _in_order(pair)): times * more})
        return Length(0, {Atom("product", _in_order((self, other))): 1})

    __rmul__ = __mul__

    def __floordiv__(self, other: Size) -> Size:
        if not isinstance(other, int):
            up, by = divided(self, other)
            if isinstance(by, int):
                return up // by
            return Length(0, {Atom("quotient", (self, other)): 1})
        if other < 0:
            return (-self) // -other
        if all(times < 0 for _, times in self.terms):
            return -((-self + (other - 1)) // other)
        whole, rest = {}, {}
        for atom, times in self.terms:
            out, left = divmod(times, other)
            whole[atom], rest[atom] = out, left
        out, const = divmod(self.const, other)
        inside = Length(const, rest)
        return _plain(Length(out, whole)) + _floor(inside, other)

    def __rfloordiv__(self, other: int) -> Size:
        return Length(0, {Atom("quotient", (Length(other, {}), self)): 1})

    def __rmod__(self, other: int) -> Size:
        return other - other // self * self

    def __mod__(self, other: Size) -> Size:
        return self - self // other * other

    def content(self) -> tuple[int, Length]:
        """The largest number that divides it, and what is left."""
        number = gcd(self.const, *(times for _, times in self.terms))
        if number == 1:
            return 1, self
        terms = {atom: times // number for atom, times in self.terms}
        return number, Length(self.const // number, terms)

    def factors(self) -> tuple[int, list[Length]]:
        """A number and lengths that multiply up to it."""
        number, core = self.content()
        if (
            len(core.terms) == 1
            and not core.const
            and core.terms[0][0].kind == "product"
        ):
            found = []
            for one in core.terms[0][0].of:
                more, inside = one.factors()
                number *= more
                found += inside
            return number, found
        return number, [core]

    def __repr__(self) -> str:
        return self.text("in_size")

    def text(self, name: str) -> str:
        """As Python would write it."""
        parts = []
        for atom, times in self.terms:
            said = _atom_text(atom, name)
            sign = "-" if times < 0 else "+"
            parts.append((sign, said if abs(times) == 1 else f"{abs(times)} * {said}"))
        if self.const or not parts:
            parts.append(("-" if self.const < 0 else "+", str(abs(self.const))))
        (sign, first), *others = parts
        lead = "-" if sign == "-" else ""
        return lead + first + "".join(f" {sign} {part}" for sign, part in others)


def of_input(axis: int) -> Length:
    """The input's size on one of the axes that change."""
    return Length(0, {Atom("input", number=axis): 1})


def largest(one: Size, other: Size) -> Size:
    return _either("max", max, one, other)


def smallest(one: Size, other: Size) -> Size:
    return _either("min", min, one, other)


def product(sizes: Iterable[Size]) -> Size:
    found: Size = 1
    for size in sizes:
        found = size * found if isinstance(size, Length) else found * size
    return found


def divided(one: Size, other: Size) -> tuple[Size, Size]:
    """The same fraction without the factors that both have."""
    (up, above), (by, below) = (
        size.factors() if isinstance(size, Length) else (size, [])
        for size in (one, other)
    )
    for length in list(below):
        if length in above:
            above.remove(length)
            below.remove(length)
    return product([up, *above]), product([by, *below])


def _either(
    kind: str, choose: Callable[[int, int], int], one: Size, other: Size
) -> Size:
    apart = one - other
    if isinstance(apart, int):
        return one if choose(apart, 0) == apart else other
    if never_negative(apart):
        return one if kind == "max" else other
    if never_negative(-apart):
        return other if kind == "max" else one
    pair = tuple(s if isinstance(s, Length) else Length(s, {}) for s in (one, other))
    return Length(0, {Atom(kind, _in_order(pair)): 1})


def never_negative(length: Size) -> bool:
    """Whether it can be seen that no input of 1 or more makes it negative."""
    if isinstance(length, int):
        return length >= 0
    if length not in _SEEN:
        slopes, least = _bound(length, 1, 0)
        # It is whole: what is above -1 is not negative.
        _SEEN[length] = (
            least is not None
            and all(slope >= 0 for slope in slopes.values())
            and least + sum(slopes.values()) > -1
        )
    return _SEEN[length]


_SEEN: dict[Length, bool] = {}
# Bounds of bounds are looked at so deep.
DEEP = 12


def _bound(length: Length, sign: int, depth: int) -> tuple[dict[int, Fraction], Any]:
    """A line below it (sign 1) or above it (-1): slopes by input, and a number or None."""
    slopes: dict[int, Fraction] = {}
    total: Any = Fraction(length.const)
    for atom, times in length.terms:
        side = sign if times > 0 else -sign
        if atom.kind == "input":
            inner: tuple[dict[int, Fraction], Any] = (
                {atom.number: Fraction(1)},
                Fraction(0),
            )
        elif atom.kind == "floor" and depth < DEEP:
            own, number = _bound(atom.of[0], side, depth + 1)
            # x - c + 1 <= c * floor(x / c) <= x
            slack = atom.number - 1 if side > 0 else 0
            inner = (
                {n: slope / atom.number for n, slope in own.items()},
                None if number is None else (number - slack) / atom.number,
            )
        elif depth < DEEP and (atom.kind, side) in (("max", 1), ("min", -1)):
            inner = _bound(atom.of[0], side, depth + 1)
        else:
            return {}, None
        if inner[1] is None:
            return {}, None
        for n, slope in inner[0].items():
            slopes[n] = slopes.get(n, Fraction(0)) + times * slope
        total += times * inner[1]
    return slopes, total


def _floor(inside: Length, by: int) -> Size:
    """floor(inside / by), written in one way only."""
    if not inside.terms:
        return inside.const // by
    shared = gcd(by, *(times for _, times in inside.terms))
    if shared > 1:
        terms = {atom: times // shared for atom, times in inside.terms}
        return Length(inside.const // shared, terms) // (by // shared)
    if len(inside.terms) == 1:
        ((atom, times),) = inside.terms
        if atom.kind == "floor" and times == 1:
            # floor((floor(x / a) + k) / b) is floor((x + k * a) / (a * b)).
            return (atom.of[0] + inside.const * atom.number) // (atom.number * by)
    return Length(0, {Atom("floor", (inside,), by): 1})


def _plain(length: Length) -> Size:
    return length if length.terms else length.const


def _in_order(pair: tuple[Length, ...]) -> tuple[Length, ...]:
    return tuple(sorted(pair, key=id))


def _order(term: tuple[Atom, int]) -> Any:
    atom = term[0]
    return atom.kind, atom.number, tuple(map(id, atom.of))


def _atom_text(atom: Atom, name: str) -> str:
    inside = [one.text(name) for one in atom.of]
    if atom.kind == "input":
        return name if atom.number == 0 else f"{name}[{atom.number}]"
    if atom.kind == "floor":
        plain = len(atom.of[0].terms) == 1 and not atom.of[0].const
        left = inside[0] if plain and atom.of[0].terms[0][1] == 1 else f"({inside[0]})"
        return f"({left} // {atom.number})"
    if atom.kind in ("max", "min"):
        return f"{atom.kind}({', '.join(inside)})"
    sign = " * " if atom.kind == "product" else " // "
    return "(" + sign.join(f"({part})" for part in inside) + ")"
