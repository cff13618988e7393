"""Lists that stand beside the readings: what a unit pays for its power, and the green power that it bought."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.kernel.pack.tariff import Tariff
from tanheng.kernel.period import Period
from tanheng.metering.definition import HOURS

PRICE_STEP = 10**7  # a price in 10^-7 fen for one step of the grid; the sum over hours is rounded to a fen once
_FEN_PER_YUAN = 100
Row = TypeVar("Row")


@dataclass(frozen=True)
class Price:
    """What a unit pays: the flat price of its contract in yuan for `per` (such as kWh), under a tariff or always."""

    unit: str
    carrier: str
    per: str
    yuan: Decimal
    tariff: str
    first: str
    last: str

    def holds_in(self, month: str) -> bool:
        """Whether it is the price of a month such as 2026-01."""
        return self.first <= month and (not self.last or month <= self.last)


@dataclass(frozen=True)
class Green:
    """Green power that a unit bought for one month, in `per`."""

    unit: str
    carrier: str
    per: str
    month: str
    amount: Decimal


def read_prices(path: Path) -> list[Price]:
    """Reads a CSV with the headings unit, carrier, per, yuan, tariff, first, last; the last three may be empty.

    Refuses  rollup-list-unreadable.
    """

    def row(said: Mapping[str, str]) -> Price:
        months = [said[name] and str(Period.parse(said[name])) for name in ("first", "last")]
        return Price(said["unit"], said["carrier"], said["per"], Decimal(said["yuan"]), said["tariff"], *months)

    return list(_rows(path, row))


def read_green(path: Path) -> list[Green]:
    """Reads a CSV with the headings unit, carrier, per, month, amount.

    Refuses  rollup-list-unreadable.
    """

    def row(said: Mapping[str, str]) -> Green:
        return Green(
            said["unit"], said["carrier"], said["per"], str(Period.parse(said["month"])), Decimal(said["amount"])
        )

    return list(_rows(path, row))


def _rows(path: Path, row: Callable[[Mapping[str, str]], Row]) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        for said in reader:
            try:
                yield row(said)
            except (KeyError, TypeError, InvalidOperation, Refusal) as error:
                problem = str(error) or type(error).__name__
                raise Refusal("rollup-list-unreadable", file=path, line=reader.line_num, problem=problem) from error


@dataclass(frozen=True)
class Beside:
    """The lists of one roll-up, turned into the tables `prices` and `green` of the definition."""

    packs: PackSet
    prices: Sequence[Price]
    green: Sequence[Green]

    def digest(self) -> str:
        """What a result writes down to say which lists it saw; empty where there are none."""
        said = repr((tuple(self.prices), tuple(self.green)))
        return hashlib.sha256(said.encode()).hexdigest() if self.prices or self.green else ""

    def price_columns(
        self, units: Sequence[str], carriers: Sequence[str], months: Sequence[str]
    ) -> tuple[Mapping[str, Any], list[Finding]]:
        """By unit, carrier, month and hour the price of one grid step in 10^-7 fen; months without one are left out.

        price = base price of the contract x ratio of the band in which the hour lies

        Gives    also a finding for each price whose tariff says nothing of some months.
        """
        rows: list[tuple[int, ...]] = []
        findings = []
        unit_of, carrier_of = _places(units), _places(carriers)
        known: dict[tuple[object, ...], tuple[int, ...] | None] = {}  # most units pay what others pay
        for price in self.prices:
            if price.unit not in unit_of or price.carrier not in carrier_of:
                continue
            silent = []
            for month in (each for each in months if price.holds_in(each)):
                key = (price.tariff, price.yuan, price.per, month)
                hourly = known[key] = known[key] if key in known else self._hourly(price, month)
                if hourly is None:
                    silent.append(month)
                else:
                    rows.append((unit_of[price.unit], carrier_of[price.carrier], _number(month), *hourly))
            if silent:
                fields = {"unit": price.unit, "tariff": price.tariff, "months": ", ".join(silent)}
                findings.append(Finding("tariff-says-nothing", price.unit, fields, Severity.WARNING))
        return _columns(("unit", "carrier", "month", *HOURS), rows), findings

    def green_columns(self, units: Sequence[str], carriers: Sequence[str]) -> Mapping[str, Any]:
        """By unit, carrier and month the green power in steps of the grid; several purchases of a month add up."""
        found: dict[tuple[int, int, int], int] = {}
        unit_of, carrier_of = _places(units), _places(carriers)
        for bought in self.green:
            if bought.unit in unit_of and bought.carrier in carrier_of:
                key = (unit_of[bought.unit], carrier_of[bought.carrier], _number(bought.month))
                steps = int(bought.amount * self._steps(bought.per))
                found[key] = found[key] + steps if key in found else steps
        return _columns(("unit", "carrier", "month", "green"), [(*key, steps) for key, steps in sorted(found.items())])

    def _hourly(self, price: Price, month: str) -> tuple[int, ...] | None:
        flat = price.yuan * _FEN_PER_YUAN * PRICE_STEP / self._steps(price.per)
        if not price.tariff:
            return (_half_up(flat),) * len(HOURS)
        season = self.packs.get(Tariff, price.tariff).season(month)
        return None if season is None else tuple(_half_up(flat * season.ratios[band]) for band in season.bands())

    def _steps(self, per: str) -> int:
        (grids,) = self.packs.all(MeteringGrids)
        grid = grids.of(per)
        if grid is None:
            raise Refusal("meter-unit-unknown", meter="-", unit=per, known=_known(grids))
        return grid[1]


def _places(names: Sequence[str]) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(names)}


def _half_up(value: Decimal) -> int:
    return int((2 * value + 1) // 2)


def _number(month: str) -> int:
    return int(month.replace("-", ""))


def _known(grids: MeteringGrids) -> str:
    return ", ".join(sorted(unit for grid in grids.grids for unit in grid.steps))


def _columns(names: Sequence[str], rows: Iterable[tuple[int, ...]]) -> Mapping[str, Any]:
    table = np.array(list(rows), dtype=np.int64).reshape(-1, len(names))
    return {name: np.ascontiguousarray(table[:, place]) for place, name in enumerate(names)}
