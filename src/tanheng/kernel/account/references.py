"""How the cells of a paper refer to what they rest on, and a change of unit as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tanheng.kernel.pack import Status
from tanheng.kernel.quantity import Formula, Unit, name, number


@dataclass(frozen=True)
class RuleValue:
    """A number that a definition fixes: the points of a scorecard's item, the cut of a barometer's rule.

    `definition` and `part` name it in its pack; `label` says in both languages what it is.
    """

    definition: str
    part: str
    value: Decimal
    unit: str
    clause: str
    status: Status
    label: tuple[str, str]

    @property
    def ref(self) -> str:
        """The reference of the number, like that of a factor's entry."""
        return entry_ref(self.definition, self.part)


def entry_ref(factor: str, entry: str) -> str:
    """The reference of an entry of a factor, or of a setting."""
    return f"entry:{factor}#{entry}"


def target_ref(target: str) -> str:
    """The reference of what is demanded: a target by its id."""
    return f"target:{target}"


def sum_of(terms: Sequence[Formula]) -> Formula:
    """term + term + ..."""
    first, *others = terms
    for term in others:
        first = first + term
    return first


def unit_change(ratio: Fraction, stated: Unit, wanted: Unit) -> Formula:
    """stated x (wanted units in one stated unit); written as a division where that is the whole number."""
    if ratio.denominator == 1:
        return name("stated") * number(str(ratio.numerator), f"{wanted.text}/{stated.text}")
    if ratio.numerator == 1:
        return name("stated") / number(str(ratio.denominator), f"{stated.text}/{wanted.text}")
    return (
        name("stated") * number(str(ratio.numerator), f"{wanted.text}/{stated.text}") / number(str(ratio.denominator))
    )
