"""A city, two districts and a few units with statements of any kind: what the accounts of areas are tested on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tanheng.kernel.fact import known_intervals
from tanheng.kernel.pack import IndicatorShape, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import OBSERVATION_COLUMNS, Inputs, Parameters, Result, explain, run
from tanheng.kernel.subject import IN_SCOPE_OF, Directory, Relation
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address
from tests.kernel.world import (
    BAKERY,
    CITY,
    EAST,
    HILL,
    HOSPITAL,
    KEYS,
    LONG_AGO,
    MILL,
    NOW,
    QUAY,
    SETTLED,
    WEST,
    packs,
)
from tests.kernel.world import check_as_an_outsider as check

__all__ = ["BAKERY", "CITY", "EAST", "HILL", "HOSPITAL", "MILL", "QUAY", "SETTLED", "WEST"]
ACCUMULATIONS = {1: "month", 2: "year_to_date", 3: "year_to_date", 12: "year"}
Rows = Iterable[Mapping[str, Any]]


def told(indicator: str, subject: str, period: str, value: float | None, item: str | None = None, **other: Any) -> Any:
    """One statement in the unit of its indicator; the accumulation follows from the length of the period."""
    span = Period.parse(period)
    months = len(span.months())
    return {
        "indicator": indicator, "subject": subject, "carrier": None, "item": item,
        "period_start": span.start, "period_end": span.end,
        "accumulation": ACCUMULATIONS[months] if months in ACCUMULATIONS else "year_to_date",
        "coverage": "whole_society", "use_class": "statistics_aggregate", "stated_amount": value,
        "unit": packs().get(IndicatorShape, indicator).unit.text, "status": "final",
        "published": date(2025, 2, 20), "position": 1,
    } | other  # fmt: skip


def given(rows: Rows, where: Directory = SETTLED) -> Inputs:
    """The statements with the dates between which each counts."""
    statements = [(tuple(str(row[key]) for key in KEYS), row["published"], row["position"], row) for row in rows]
    known = [
        {"source": f"hash/book.xlsx!sheet!F{number}", **row, "known_from": span.known_from, "known_to": span.known_to}
        for number, (row, span) in enumerate(known_intervals(statements), 1)
    ]
    return Inputs(Table.of_rows(known, OBSERVATION_COLUMNS, keys=("subject",)), where, {"observations": "o"})


def listed(*relations: tuple[str, str, date, date | None]) -> Directory:
    """The small city, with units in scope: (unit, area, start, end)."""
    scope = tuple(Relation(IN_SCOPE_OF, unit, area, start, end) for unit, area, start, end in relations)
    return Directory(SETTLED.parties, SETTLED.areas, SETTLED.facilities, (*SETTLED.relations, *scope))


def account(
    method: str,
    scheme: str,
    rows: Inputs | Rows,
    period: str,
    known_on: date = NOW,
    use: PackSet | None = None,
    **settings: str,
) -> "Run":
    """An account of a period, run."""
    inputs = rows if isinstance(rows, Inputs) else given(rows)
    asked = Parameters(Period.parse(period), scheme, known_on, 1, None, settings)
    return Run(run(method, use or packs(), inputs, asked), inputs, use or packs())


class Run:
    """A result with what it came from; every figure that is read is explained and checked on the way."""

    def __init__(self, result: Result, inputs: Inputs, use: PackSet) -> None:
        self.result, self.inputs, self.use = result, inputs, use

    def why(self, address: str, **options: Any) -> Any:
        """The explanation of one cell, checked as an outsider would check it."""
        found = explain(self.result, self.use, self.inputs, Address.parse(address), **options)
        check(found)
        return found

    def value(self, address: str) -> Any:
        """The value of one cell on its grid."""
        return self.why(address)["value"]

    def shown(self, address: str) -> str | None:
        """The value of one cell for people."""
        text = self.why(address)["display"]["value"]
        return None if text is None else str(text).replace(",", "")

    def codes(self, severity: str | None = None) -> set[str]:
        """The codes of what was found."""
        return {item.code for item in self.result.findings if severity in (None, str(item.severity))}

    def found(self, code: str) -> list[str]:
        """What a finding says in English, each time it is said."""
        return [item.message("en") for item in self.result.findings if item.code == code]


ALWAYS = LONG_AGO
