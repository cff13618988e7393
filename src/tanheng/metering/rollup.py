"""From the daily cube to figures: unit x carrier x month with coal equivalent, CO2 and cost, and the sums of areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack import PackSet
from tanheng.metering import definition
from tanheng.metering.dimensions import Dimensions
from tanheng.metering.engine import Columns, Engine, texts
from tanheng.metering.lists import Beside
from tanheng.metering.month_cube import month_number
from tanheng.metering.virtual import still_of_all, virtual_cube
from tanheng.metering.worth import METHOD, Rates, Worth, as_columns

_EXAMPLES = 3


@dataclass(frozen=True)
class Rules:
    """What figures are made with: the factors of a scheme as known on a date, and the lists beside the readings."""

    packs: PackSet
    scheme: str
    known_on: date
    beside: Beside

    @staticmethod
    def of(packs: PackSet, known_on: date, scheme: str | None = None, beside: Beside | None = None) -> Rules:
        """The rules of the usual scheme, with no prices and no green power unless they are given."""
        return Rules(packs, scheme or packs.usual_scheme(METHOD), known_on, beside or Beside(packs, (), ()))


@dataclass(frozen=True)
class RolledUp:
    """Figures by unit, carrier and month, with names for the numbers; and what was found on the way."""

    dimensions: Dimensions
    figures: Columns
    findings: tuple[Finding, ...]
    used: tuple[str, ...]

    def rows(self) -> list[dict[str, Any]]:
        """The figures as rows in the order of unit, carrier and month."""
        return [self._named(row) for row in as_rows(self.figures)]

    def _named(self, row: Mapping[str, Any]) -> dict[str, Any]:
        unit, carrier = self.dimensions.units[row["unit"]], self.dimensions.carriers[row["carrier"]]
        return {**row, "unit": unit, "carrier": carrier, "month": month_text(row["month"])}


def roll_up(
    engine: Engine, cube: str, dimensions: Dimensions, months: Sequence[str], rules: Rules, still: str
) -> RolledUp:
    """Sums the cube by unit, carrier and month and values it.

    Reads    cube: a relation with the columns of definition.CUBE; months: those in it. still: a relation with the
             columns of still_hours.STILL.
    Gives    a row for each unit, carrier and month in which a gateway meter stood; it stays known as `figures`.
    """
    engine.put("stays", dimensions.counted())
    engine.put("terms", dimensions.terms)
    names = ", ".join(definition.CUBE)
    virtual = f" union all select {names} from ({virtual_cube(cube, 'terms')}) as v"
    engine.view("cube", f"select {names} from {cube} as c" + (virtual if len(dimensions.terms["meter"]) else ""))
    rates = Rates(rules.packs, rules.scheme, rules.known_on)
    worths = [rates.of(carrier, month) for carrier in dimensions.carriers for month in months]
    prices, silent = rules.beside.price_columns(dimensions.units, dimensions.carriers, months)
    engine.put("factors", as_columns(worths, dimensions.carriers))
    engine.put("prices", prices)
    engine.put("green", rules.beside.green_columns(dimensions.units, dimensions.carriers))
    engine.view("months", definition.months())
    engine.view("still", still_of_all(still, "terms"))
    engine.view("still_months", definition.still_months())
    engine.keep("figures", definition.figures())
    figures = engine.columns("select * from figures order by unit, carrier, month")
    used = tuple(sorted({entry for worth in worths for entry in worth.used}))
    return RolledUp(dimensions, figures, (*dimensions.findings, *_without_factor(worths), *silent), used)


def sum_areas(
    engine: Engine, rolled: RolledUp, places: Mapping[tuple[str, str], Mapping[str, str]], months: Sequence[str]
) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The figures by area or sector, after `roll_up`.

    Reads    places: by unit and month, the place on each level (town, district, city, sector).
    Gives    a row for each level, place, carrier and month; a finding for units that lie nowhere.
    """
    units = rolled.dimensions.units
    rows = [
        (number, month_number(month), level, place)
        for number, unit in enumerate(units)
        for month in months
        if (unit, month) in places
        for level, place in places[unit, month].items()
    ]
    columns: tuple[Sequence[Any], ...] = tuple(zip(*rows, strict=True)) or ((), (), (), ())
    numbers = {name: np.array(columns[place], dtype=np.int64) for place, name in enumerate(("unit", "month"))}
    engine.put("places", {**numbers, "level": texts(columns[2]), "place": texts(columns[3])})
    found = engine.columns(f"select * from ({definition.areas()}) as a order by level, place, carrier, month")
    named = [
        {**row, "carrier": rolled.dimensions.carriers[row["carrier"]], "month": month_text(row["month"])}
        for row in as_rows(found)
    ]
    return named, list(_nowhere(sorted({unit for unit in units if not any((unit, m) in places for m in months)})))


def as_rows(columns: Columns) -> list[dict[str, Any]]:
    """Columns as rows of plain values; None where nothing is known."""
    listed = {name: column.tolist() for name, column in columns.items()}
    return [dict(zip(listed, row, strict=True)) for row in zip(*listed.values(), strict=True)]


def month_text(number: int) -> str:
    """202601 as 2026-01."""
    return f"{number // 100}-{number % 100:02}"


def _without_factor(worths: Iterable[Worth]) -> list[Finding]:
    """One finding for each carrier and factor, naming all its months."""
    months: dict[tuple[str, str], list[str]] = {}
    for worth in worths:
        for finding in worth.findings:
            months.setdefault((worth.carrier, str(finding.fields["factor"])), []).append(worth.month)
    return [
        Finding(
            "factor-missing-for-carrier",
            f"{carrier}:{factor}",
            {"carrier": carrier, "factor": factor, "months": ", ".join(each)},
            Severity.WARNING,
        )
        for (carrier, factor), each in months.items()
    ]


def _nowhere(units: Sequence[str]) -> Iterable[Finding]:
    if units:
        fields = {"units": len(units), "examples": ", ".join(units[:_EXAMPLES])}
        yield Finding("unit-not-in-directory", "directory", fields, Severity.WARNING)
