"""A unit hour by hour: energy, CO2 and cost of every hour of a period, straight from the daily cube."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

import numpy as np

from tanheng.kernel.faults import Refusal
from tanheng.metering import definition
from tanheng.metering.cubes import Cubes
from tanheng.metering.dimensions import Dimensions
from tanheng.metering.engine import Engine
from tanheng.metering.lists import PRICE_STEP
from tanheng.metering.rollup import Rules, month_text
from tanheng.metering.shapes import DAY_S
from tanheng.metering.still_hours import StillHours
from tanheng.metering.virtual import still_of_all, virtual_cube
from tanheng.metering.worth import Rates

Json = dict[str, Any]
_EPOCH = date(1970, 1, 1)
_LARGEST = 1 << 63
NOT_MEASURED = ("spread", "filled", "suspect")
_NOTHING = {"missing": 0, "still_hours": 0, **dict.fromkeys(NOT_MEASURED, 0)}
_KNOWN = "cast(sum(case when c.{0} is null then 0 else c.{0} end) as bigint) as {0}"
_DAY = "cast(sum(c.{0}) as bigint) as {0}"


@dataclass(frozen=True)
class Hours:
    """The hours of one unit and carrier: `at` is the end of each, in seconds UTC; what is unknown is masked.

    `missing` counts, for each day, the intervals of which nothing is known: the hours of such a day may be incomplete.
    `still_hours` those without use that are suspect: the register may have been stuck.
    `not_measured` has for each day the energy that was spread, filled or is suspect.
    """

    carrier: str
    at: Any
    energy: Any
    co2_g: Any
    cost_fen: Any
    day: Any
    missing: Any
    still_hours: Any
    not_measured: Mapping[str, Any]

    def rows(self) -> Iterator[Json]:
        """One row for each hour."""
        columns = (self.at, self.energy, self.co2_g, self.cost_fen)
        for at, energy, co2, cost in zip(*(column.tolist() for column in columns), strict=True):
            yield {"at": at, "energy": energy, "co2_g": co2, "cost_fen": cost}

    def days_not_plain(self) -> list[Json]:
        """The days that are not measured in full, with the size of what is not: their hours are known less well."""
        told = []
        for row, day in enumerate(self.day.tolist()):
            amounts = {name: int(values[row]) for name, values in self.not_measured.items()}
            still = int(self.still_hours[row])
            if self.missing[row] or still or any(amounts.values()):
                named = (_EPOCH + timedelta(days=day)).isoformat()
                told.append({"period": named, "missing": int(self.missing[row]), "still_hours": still, **amounts})
        return told


@dataclass(frozen=True)
class HourlyReport:
    """Ready to answer for any unit of a store. `filled` gives the cube of some months with the fills that hold."""

    cubes: Cubes
    still: StillHours
    dimensions: Dimensions
    rules: Rules
    offset_s: int
    filled: Callable[[Engine, tuple[str, ...]], str] | None = None

    def of_unit(self, engine: Engine, unit: str, months: Sequence[str]) -> list[Hours]:
        """Every hour of a unit in some months, a series for each carrier.

        energy = sum of its gateway meters;  co2_g = energy x grams of a step;  cost_fen = energy x price; both half up

        Each hour is rounded by itself: a month of the roll-up is rounded once, and is not the sum of these.

        Refuses  unit-not-metered.
        """
        if unit not in self.dimensions.units:
            nearest = get_close_matches(unit, self.dimensions.units, 3, 0.3)
            raise Refusal("unit-not-metered", unit=unit, nearest=", ".join(nearest) or "-")
        stays = self.dimensions.counted()
        mine = (stays["unit"] == self.dimensions.units.index(unit)) & (stays["counted"] == 1)
        chosen = {name: values[mine] for name, values in stays.items()}
        numbers = sorted(set(np.unique(chosen["carrier"]).tolist()))
        return [self._series(engine, unit, number, chosen, months) for number in numbers]

    def of_meter(self, engine: Engine, meter: str, months: Sequence[str]) -> list[Hours]:
        """Every hour of one meter, whether its energy counts for its unit or lies within that of another meter.

        Refuses  unit-not-metered.
        """
        numbers = {name: number for number, name in self.dimensions.meters.items()}
        if meter not in numbers:
            nearest = get_close_matches(meter, numbers, 3, 0.3)
            raise Refusal("unit-not-metered", unit=meter, nearest=", ".join(nearest) or "-")
        stays = self.dimensions.counted()
        mine = stays["meter"] == numbers[meter]
        chosen = {name: values[mine] for name, values in stays.items()}
        unit = self.dimensions.units[int(chosen["unit"][0])]
        return [self._series(engine, unit, int(chosen["carrier"][0]), chosen, months)]

    def _series(
        self, engine: Engine, unit: str, carrier: int, stays: Mapping[str, Any], months: Sequence[str]
    ) -> Hours:
        name = self.dimensions.carriers[carrier]
        engine.put("asked", {key: values[stays["carrier"] == carrier] for key, values in stays.items()})
        hours = ", ".join(_DAY.format(hour) for hour in definition.HOURS)
        not_measured = ", ".join(_KNOWN.format(name) for name in NOT_MEASURED)
        found = engine.columns(
            f"select c.day, max(c.month) as month, {_DAY.format('missing')}, {not_measured}, {hours} "
            f"from {self._cube(engine, stays, months)} as c join asked as s on c.meter = s.meter "
            "and c.day >= s.start_day and c.day < s.end_day group by c.day order by c.day"
        )
        energy = np.ma.column_stack([found[hour] for hour in definition.HOURS])
        of_month = found["month"]
        grams = self._by_month(of_month, lambda month: self._grams(name, month))
        price = self._by_month(of_month, lambda month: self._prices(unit, name, month))
        at = (found["day"].astype(np.int64)[:, None] * DAY_S - self.offset_s) + 3600 * np.arange(1, 25)
        return Hours(
            name,
            at.ravel(),
            energy.ravel(),
            _times(energy, grams),
            _times(energy, price),
            found["day"],
            found["missing"],
            self._still(engine, found["day"]),
            {name: found[name] for name in NOT_MEASURED},
        )

    def _still(self, engine: Engine, days: Any) -> Any:
        """The suspect hours without use of the meters asked for, by day."""
        if self.still.file is None:
            return np.zeros(len(days), dtype=np.int64)
        engine.put("terms", self.dimensions.terms)
        stood = still_of_all(self.still.relation(engine), "terms")
        rows = engine.columns(
            f"select k.day, max(k.still_hours) as still_hours from ({stood}) as k join asked as s "
            "on k.meter = s.meter and k.day >= s.start_day and k.day < s.end_day group by k.day"
        )
        counted = np.zeros(len(days), dtype=np.int64)
        here = np.isin(rows["day"], days)
        counted[np.searchsorted(days, rows["day"][here])] = rows["still_hours"][here]
        return counted

    def _cube(self, engine: Engine, stays: Mapping[str, Any], months: Sequence[str]) -> str:
        """The rows of the meters asked for; of virtual ones as well, where there are any among them."""
        virtual = np.isin(self.dimensions.terms["virtual"], stays["meter"]) if self.dimensions.terms else np.zeros(0)
        wanted = sorted({*stays["meter"].tolist(), *self.dimensions.terms["meter"][virtual].tolist()})
        listed = ", ".join(map(str, wanted))
        names = ", ".join(definition.CUBE)
        cube = (self.filled or self.cubes.relation)(engine, tuple(months))
        rows = f"(select {names} from {cube} as k where meter in ({listed}))"
        if not virtual.any():
            return rows
        engine.put("terms", {key: values[virtual] for key, values in self.dimensions.terms.items()})
        engine.keep("meters_asked", f"select * from {rows} as m")
        counted = virtual_cube("meters_asked", "terms")
        return f"(select {names} from meters_asked as m union all select {names} from ({counted}) as v)"

    def _by_month(self, months: Any, fractions: Any) -> list[Sequence[Fraction] | None]:
        """What `fractions` gives for the month of each day, asked once for each month."""
        known = {number: fractions(month_text(number)) for number in sorted(set(months.tolist()))}
        return [known[number] for number in months.tolist()]

    def _grams(self, carrier: str, month: str) -> Sequence[Fraction] | None:
        grams = Rates(self.rules.packs, self.rules.scheme, self.rules.known_on).of(carrier, month).grams
        return [grams["co2"]] * 24 if "co2" in grams else None

    def _prices(self, unit: str, carrier: str, month: str) -> Sequence[Fraction] | None:
        columns, _ = self.rules.beside.price_columns([unit], [carrier], [month])
        if not len(columns["unit"]):
            return None
        return [Fraction(int(columns[hour][0]), PRICE_STEP) for hour in definition.HOURS]


def _times(energy: Any, factors: Sequence[Sequence[Fraction] | None]) -> Any:
    """Each hour times the fraction of its day and hour, half up; masked where either is unknown."""
    values, known = np.ma.getdata(energy), ~np.ma.getmaskarray(energy)
    result = np.ma.array(np.zeros(energy.shape, dtype=np.int64), mask=True)
    rows: dict[int, list[int]] = {}
    for row, factor in enumerate(factors):
        rows.setdefault(id(factor), []).append(row)
    for these in rows.values():
        if (factor := factors[these[0]]) is not None:
            exact = _half_up(np.where(known[these], values[these], 0).astype(np.int64), factor)
            result[these] = np.ma.array(exact, mask=~known[these])
    return result.ravel()


def _half_up(amounts: Any, fractions: Sequence[Fraction]) -> Any:
    """Rows of whole numbers times the fractions of their columns, half up: in whole numbers of 64 bits where all the
    products fit, else of any length."""
    widest = max(int(np.abs(amounts).max(initial=0)), 1)
    fits = all(2 * widest * abs(each.numerator) + 2 * each.denominator < _LARGEST for each in fractions)
    kind = np.int64 if fits else object
    top = np.array([each.numerator for each in fractions], dtype=kind)
    bottom = np.array([each.denominator for each in fractions], dtype=kind)
    return ((2 * amounts.astype(kind) * top + bottom) // (2 * bottom)).astype(np.int64)


def added_up(hours: Hours, by: str) -> list[Json]:
    """The hours of a series by day or month: sums of what is known, the intervals of which nothing is known, and how
    much of the energy was spread, filled or is suspect.

    CO2 and cost are the sums of hours that were rounded one by one.
    """
    width = 24
    found: dict[str, Json] = {}
    for row, day in enumerate(hours.day.tolist()):
        named = (_EPOCH + timedelta(days=day)).isoformat()[: 10 if by == "day" else 7]
        told = found.setdefault(named, {"period": named, "energy": None, "co2_g": None, "cost_fen": None, **_NOTHING})
        told["missing"] += int(hours.missing[row])
        told["still_hours"] += int(hours.still_hours[row])
        for name, amounts in hours.not_measured.items():
            told[name] += int(amounts[row])
        for name in ("energy", "co2_g", "cost_fen"):
            values = getattr(hours, name)[row * width : (row + 1) * width]
            if np.ma.count(values):
                told[name] = int(values.sum()) + (told[name] if told[name] is not None else 0)
    return list(found.values())
