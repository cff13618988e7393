"""Units with their basis: `tce[calorific_value]`, `tCO2e[AR5]`, `CNY[2020]`, `tCO2/MWh`.

A unit is a scale and a product of base symbols. Two units convert only when their base symbols agree,
basis included. Two symbols stand for a unit that differs from row to row: `carrier_unit`, in which the carrier of
the row is counted (tonnes of diesel, 10^4 Nm3 of gas), and `stated_unit`, in which its sender wrote the amount.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType

from tanheng.kernel.faults import Refusal

# symbol: (scale, base symbol). Symbols are case-sensitive; 10^4 units are written as the statistics write them.
SYMBOLS: Mapping[str, tuple[Fraction, str | None]] = MappingProxyType(
    {
        "1": (Fraction(1), None),
        "%": (Fraction(1, 100), None),
        "10^-9": (Fraction(1, 10**9), None),
        "day": (Fraction(1), "day"),
        "K d": (Fraction(1), "K d"),
        "point": (Fraction(1), "point"),
        "10^-2 point": (Fraction(1, 100), "point"),
        "t": (Fraction(1), "t"),
        "kg": (Fraction(1, 1000), "t"),
        "10^4 t": (Fraction(10_000), "t"),
        "Nm3": (Fraction(1), "Nm3"),
        "10^4 Nm3": (Fraction(10_000), "Nm3"),
        "GJ": (Fraction(1), "GJ"),
        "MJ": (Fraction(1, 1000), "GJ"),
        "kWh": (Fraction(1), "kWh"),
        "MWh": (Fraction(1000), "kWh"),
        "10^4 kWh": (Fraction(10_000), "kWh"),
        "10^8 kWh": (Fraction(10**8), "kWh"),
        "kVA": (Fraction(1), "kVA"),
        "10^4 kVA": (Fraction(10_000), "kVA"),
        "tce": (Fraction(1), "tce"),
        "kgce": (Fraction(1, 1000), "tce"),
        "gce": (Fraction(1, 1_000_000), "tce"),
        "10^4 tce": (Fraction(10_000), "tce"),
        "10^6 tce": (Fraction(1_000_000), "tce"),
        "tC": (Fraction(1), "tC"),
        "tCO2": (Fraction(1), "tCO2"),
        "kgCO2": (Fraction(1, 1000), "tCO2"),
        "gCO2": (Fraction(1, 1_000_000), "tCO2"),
        "tCO2e": (Fraction(1), "tCO2e"),
        "m2": (Fraction(1), "m2"),
        "person": (Fraction(1), "person"),
        "CNY": (Fraction(1), "CNY"),
        "10^3 CNY": (Fraction(1000), "CNY"),
        "10^4 CNY": (Fraction(10_000), "CNY"),
        "10^8 CNY": (Fraction(10**8), "CNY"),
        "carrier_unit": (Fraction(1), "carrier_unit"),
        "stated_unit": (Fraction(1), "stated_unit"),
    }
)
_WITH_BASIS = re.compile(r"^([^\[\]]+)(\[[^\[\]]+\])$")


@dataclass(frozen=True)
class Unit:
    """A unit of measure: `text` as people write it, `scale` to its base, `powers` of the base symbols."""

    text: str
    scale: Fraction
    powers: tuple[tuple[str, int], ...]

    @staticmethod
    def parse(text: str) -> Unit:
        """Reads `numerator/denominator` or a single symbol; a basis stands in square brackets.

        Refuses  unit-unknown: a symbol that is not in the list.
        """
        return _parse(text)

    @staticmethod
    def is_known(text: str) -> bool:
        """Whether `text` can be read as a unit."""
        parts = text.split("/")
        return len(parts) <= 2 and all(split_basis(part.strip())[0] in SYMBOLS for part in parts)

    def __mul__(self, other: Unit) -> Unit:
        return _combine(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return _combine(self, other, -1)

    def ratio_to(self, other: Unit, *, what: str) -> Fraction:
        """How many `other` one of this unit is.

        Refuses  unit-mismatch: the two measure different things, or the same thing on another basis.
        """
        if self.powers != other.powers:
            raise Refusal("unit-mismatch", what=what, expected=other.text, actual=self.text)
        return _ratio(self, other)

    def of_row(self, *, carrier_unit: str, stated_unit: str = "stated_unit") -> Unit:
        """This unit with the two symbols replaced by the units of one row."""
        return Unit.parse(self.text.replace("carrier_unit", carrier_unit).replace("stated_unit", stated_unit))

    def __str__(self) -> str:
        return self.text

    def __hash__(self) -> int:
        """Equal units have one text; to hash a fraction costs more than all that units are looked up for."""
        return hash(self.text)


def split_basis(text: str) -> tuple[str, str]:
    """The symbol and its basis in brackets; a pure number has no basis, and half a bracket makes no symbol."""
    found = _WITH_BASIS.match(text)
    measures = found is not None and found[1] in SYMBOLS and SYMBOLS[found[1]][1] is not None
    return (found[1], found[2]) if found is not None and measures else (text, "")


@cache
def _parse(text: str) -> Unit:
    scale, powers = Fraction(1), dict[str, int]()
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > 2:
        raise Refusal("unit-unknown", unit=text)
    for part, sign in zip(parts, (1, -1), strict=False):
        symbol, basis = split_basis(part)
        if symbol not in SYMBOLS:
            raise Refusal("unit-unknown", unit=text)
        factor, base = SYMBOLS[symbol]
        scale *= factor**sign
        if base is not None:
            key = base + basis
            powers[key] = (powers[key] if key in powers else 0) + sign
    return Unit(text, scale, _sorted(powers))


@lru_cache(maxsize=4096)
def _ratio(unit: Unit, other: Unit) -> Fraction:
    return unit.scale / other.scale


@lru_cache(maxsize=4096)  # an account multiplies the same few units ten thousand times
def _combine(left: Unit, right: Unit, sign: int) -> Unit:
    powers = dict(left.powers)
    for base, power in right.powers:
        powers[base] = (powers[base] if base in powers else 0) + sign * power
    text = f"{left.text} {'*' if sign == 1 else '/'} ({right.text})"
    return Unit(text, left.scale * right.scale**sign, _sorted(powers))


def _sorted(powers: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((base, power) for base, power in powers.items() if power))
