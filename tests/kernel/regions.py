"""A made-up region to account for: observations by hand, runs, and explanations checked as an outsider would."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tanheng.kernel.fact import known_intervals
from tanheng.kernel.pack import PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import OBSERVATION_COLUMNS, Inputs, Parameters, Result, computed_account, explain, result_of
from tanheng.kernel.run.account_run import AccountRun
from tanheng.kernel.subject import Area, Directory
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address
from tests.kernel.world import check_as_an_outsider, packs, words

REGION, TOWN = "area/region", "area/little-town"
KNOWN, PUBLISHED = date(2026, 6, 30), date(2023, 6, 30)
WHERE = Directory(areas=(Area(REGION, words(REGION), "city"), Area(TOWN, words(TOWN), "town")))
KEY = ("indicator", "subject", "carrier", "item", "period_start", "period_end", "accumulation", "coverage", "use_class")


def said(indicator: str, period: str | Period, value: float | None, unit: str, **other: Any) -> dict[str, Any]:
    """One observation of a region: of a whole year, by the statistics bureau, unless something else is said."""
    about = Period.parse(period) if isinstance(period, str) else period
    row = {
        "indicator": indicator, "subject": REGION, "carrier": None, "item": None,
        "period_start": about.start, "period_end": about.end, "accumulation": "year", "coverage": "whole_society",
        "use_class": "statistics_aggregate", "stated_amount": value, "unit": unit, "status": "final",
        "published": PUBLISHED, "position": 1,
    }  # fmt: skip
    return row | other


def balance(
    fuel: str, year: int = 2022, unit: str = "10^6 tce[calorific_value]", **rows: float
) -> list[dict[str, Any]]:
    """The rows of a balance for one fuel: `balance("coke", total_final_consumption=5)`."""
    common = {"coverage": "region", "carrier": fuel}
    return [said("energy_balance", str(year), value, unit, item=row, **common) for row, value in rows.items()]


def inputs(rows: Iterable[Mapping[str, Any]]) -> Inputs:
    """The observations with the dates between which each counts."""
    statements = [(tuple(row[key] for key in KEY), row["published"], row["position"], row) for row in rows]
    told = [
        {"source": f"d/book!sheet!F{number}", **row, "known_from": known.known_from, "known_to": known.known_to}
        for number, (row, known) in enumerate(known_intervals(statements), 1)
    ]
    return Inputs(Table.of_rows(told, OBSERVATION_COLUMNS, keys=("source",)), WHERE, {"observations": "o"})


class Computed:
    """An account over some rows, and what it tells."""

    def __init__(
        self,
        method: str,
        rows: Iterable[Mapping[str, Any]],
        period: str = "2022",
        *,
        known_on: date = KNOWN,
        scheme: str = "city_inventory",
        use: PackSet | None = None,
        **settings: str,
    ) -> None:
        self.packs, self.inputs = use or packs(), inputs(rows)
        asked = Parameters(Period.parse(period), scheme, known_on, 1, settings=settings)
        self.run: AccountRun = computed_account(method, self.packs, self.inputs, asked)
        self.result: Result = result_of(self.run)

    def value(self, column: str, line: str | None = None, period: str | None = None, subject: str = REGION) -> Any:
        """One cell; fails where there is none."""
        about = Period.parse(period) if period else self.run.parameters.period
        return self.run.paper.workings[Address(column, subject, about, line)].cell.value

    def has(self, column: str, line: str | None = None, period: str | None = None, subject: str = REGION) -> bool:
        """Whether the account has a cell at all."""
        about = Period.parse(period) if period else self.run.parameters.period
        return Address(column, subject, about, line) in self.run.paper.workings

    def codes(self, severity: str | None = None) -> list[str]:
        """The codes of what was found."""
        return [item.code for item in self.result.findings if severity in (None, str(item.severity))]

    def why(self, address: str) -> dict[str, Any]:
        """The explanation of a cell, checked as an outsider would check it."""
        told = explain(self.result, self.packs, self.inputs, Address.parse(address))
        check_as_an_outsider(told)
        return told

    def explain_everything(self) -> int:
        """Explains every cell of the paper and checks each; how many there are."""
        for address in self.run.paper.workings:
            assert self.why(str(address))["value"] == self.run.paper.workings[address].cell.value
        return len(self.run.paper.workings)
