"""The hours of some meters together, for all uses: known only where every meter is, with what is due told apart.

An hour is *due* when some of the meters stood and it has ended; *known* when each of those is known for all of it.
A day whose missing intervals cannot be laid to its empty hours is not known in any hour of that meter: which of its
hours is short of an interval is not kept. Fills that somebody decided count, and are told among what is not measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Final

import numpy as np

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.metering_grids import MeteringGrids
from tanheng.kernel.period import Period
from tanheng.metering.definition import HOURS
from tanheng.metering.dimensions import GATEWAY_LEVEL
from tanheng.metering.engine import Engine
from tanheng.metering.gaps import with_fills
from tanheng.metering.refreshing import Refresher
from tanheng.metering.register import Meter
from tanheng.metering.store import Store

_EPOCH: Final = date(1970, 1, 1)
_HOUR_S: Final = 3600
_NOT_MEASURED: Final = ("spread", "filled", "suspect")


@dataclass(frozen=True)
class HourTable:
    """A row for each day of a period from `start` on, a column for each hour of the day; hour 0 is 00:00 to 01:00.

    `energy` holds whole steps and counts where `known`; `not_measured` is by day what was spread, filled or suspect.
    """

    start: date
    energy: Any
    known: Any
    due: Any
    not_measured: Any

    def days(self, period: Period) -> slice:
        """The rows of the days of a period."""
        first = max((period.start - self.start).days, 0)
        return slice(first, max((period.end - self.start).days, first))

    def day(self, row: int) -> date:
        """The day of a row."""
        return self.start + timedelta(days=row)


@dataclass(frozen=True)
class Term:
    """The hours of one meter that is read, between two days, added (sign 1) or subtracted (sign -1)."""

    meter: int
    sign: int
    start: int
    end: int


@dataclass(frozen=True)
class UseHours:
    """The cube of a store, brought up to its readings and with its fills, ready to give hours."""

    engine: Engine
    cube: str
    refresher: Refresher
    stays: tuple[Meter, ...]
    grids: MeteringGrids

    @staticmethod
    def of(store: Store, packs: PackSet, engine: Engine, until: int | None = None) -> UseHours:
        """Folds and computes what is new.

        Reads    until: see Refresher.of.
        """
        store.fold()
        refresher = Refresher.of(store, packs, until)
        cubes = refresher.refresh(engine).cubes
        cube = with_fills(engine, store, refresher.limits, cubes.relation(engine))
        (grids,) = packs.all(MeteringGrids)
        return UseHours(engine, cube, refresher, tuple(store.register.rows()), grids)

    def subject(self, subject: str, carrier: str | None = None) -> tuple[str, tuple[Meter, ...]]:
        """The carrier and the stays of one meter, or of the gateway meters of a unit.

        Refuses  unit-not-metered; use-carrier-open: a unit of several carriers, none of them named.
        """
        stays = [stay for stay in self.stays if stay.meter == subject]
        stays = stays or [stay for stay in self.stays if stay.unit == subject and stay.level == GATEWAY_LEVEL]
        if not stays:
            known = sorted({name for stay in self.stays for name in (stay.meter, stay.unit)})
            raise Refusal(
                "unit-not-metered", unit=subject, nearest=", ".join(get_close_matches(subject, known, 3, 0.3))
            )
        carriers = sorted({stay.carrier for stay in stays})
        if (carrier or carriers[0]) not in carriers or (carrier is None and len(carriers) > 1):
            raise Refusal("use-carrier-open", subject=subject, carriers=", ".join(carriers))
        chosen = carrier or carriers[0]
        return chosen, tuple(stay for stay in stays if stay.carrier == chosen)

    def step(self, stays: Sequence[Meter]) -> tuple[str, int]:
        """The step of the grid on which stays are counted, such as Wh, and how many of it their own unit has."""
        return self.grids.of(stays[0].value_unit) or ("-", 1)

    def hours(self, stays: Iterable[Meter], period: Period) -> HourTable:
        """The hours of the stays of some meters, added up.

        energy = sum over meters of sign x energy of the meter; a virtual meter is taken apart into those of its formula

        Refuses  use-interval-unfit: intervals of a meter do not fill whole hours.
        """
        terms = [term for stay in stays for term in self._terms(stay)]
        table = _empty(period)
        for row in self._rows(terms, period):
            for term in terms:
                if term.meter == row["meter"] and term.start <= row["day"] < term.end:
                    self._add(table, row, term.sign)
        return HourTable(table.start, table.energy, table.known & table.due, table.due, table.not_measured)

    def _terms(self, stay: Meter) -> list[Term]:
        start = (stay.start - _EPOCH).days
        end = 1 << 30 if stay.end is None else (stay.end - _EPOCH).days
        if stay.kind != "virtual":
            return [Term(int(stay.number or 0), 1, start, end)]
        rows = zip(*(self.refresher.dimensions.terms[name].tolist() for name in _TERM), strict=True)
        return [
            Term(meter, sign, start, end) for virtual, meter, sign, at in rows if (virtual, at) == (stay.number, start)
        ]

    def _rows(self, terms: Sequence[Term], period: Period) -> list[Mapping[str, Any]]:
        first, last = ((day - _EPOCH).days for day in (period.start, period.end))
        listed = ", ".join(map(str, sorted({term.meter for term in terms}))) or "-1"
        names = ("meter", "day", "due", "missing", *_NOT_MEASURED, *HOURS)
        found = self.engine.columns(
            f"select {', '.join(f'cast(c.{name} as bigint) as {name}' for name in names)} from {self.cube} as c "
            f"where c.meter in ({listed}) and c.day >= {first} and c.day < {last}"
        )
        columns = {name: found[name].tolist() for name in names}
        return [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]

    def _add(self, table: HourTable, row: Mapping[str, Any], sign: int) -> None:
        """Adds one day of one meter; what that day does not know the sum does not know."""
        place = row["day"] - (table.start - _EPOCH).days
        values = [row[hour] for hour in HOURS]
        per_hour = self._per_hour(row["meter"], row["day"])
        due = np.arange(24) < row["due"] // per_hour
        known = np.array([value is not None for value in values])
        placed = row["missing"] == int((due & ~known).sum()) * per_hour
        table.due[place] |= due
        table.known[place] &= (known & placed) | ~due
        table.energy[place] += sign * np.array([value if value is not None and placed else 0 for value in values])
        table.not_measured[place] += sign * sum(row[name] for name in _NOT_MEASURED if row[name] is not None)

    def _per_hour(self, meter: int, day: int) -> int:
        on = _EPOCH + timedelta(days=day)
        (stay,) = [s for s in self.stays if s.number == meter and s.start <= on and (s.end is None or on < s.end)]
        if _HOUR_S % stay.interval_s:
            raise Refusal("use-interval-unfit", meter=stay.meter, seconds=stay.interval_s)
        return _HOUR_S // stay.interval_s


_TERM: Final = ("virtual", "meter", "sign", "start_day")


def _empty(period: Period) -> HourTable:
    shape = (period.days, 24)
    energy, not_measured = np.zeros(shape, dtype=np.int64), np.zeros(period.days, dtype=np.int64)
    return HourTable(period.start, energy, np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool), not_measured)


def decimal_of(ratio: Fraction, places: int) -> Decimal:
    """An exact ratio for people, half away from zero to so many places."""
    scaled = Decimal(ratio.numerator * 10**places) / Decimal(ratio.denominator)
    return scaled.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-places)
