"""Hours without use in which a register otherwise moves: it may be stuck, it may be switched off. They are suspect.

A register that stands still and catches up is spread over that time. One that never catches up shows the same as a unit
at rest: zero. The zero counts, and it is told apart from one that is usual. What is usual is what the meter did before
it stopped: a unit that rests at night or at weekends is at rest as it was the week before. Days off are held against
Sundays, weekends that are worked against Fridays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tanheng.kernel.pack.metering_quality import MeteringQuality

LOOK_BACK: Final = 28  # days: each weekday four times. A stop that is not unusual within so many days is none.
_EPOCH: Final = np.datetime64("1970-01-01")
_WEEK, _DAY = 7, 24
_THURSDAY, _FRIDAY, _SUNDAY = 3, 4, 6  # 1970-01-01 was a Thursday
_UNKNOWN: Final = -1

Whole = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Usual:
    """What the days before a stop brought by kind of day and hour: how many are known, how many of them brought
    nothing, and their sum. A kind of day that none of them is of is held against all of them."""

    known: Whole
    nothing: Whole
    energy: Whole

    @staticmethod
    def before(use: Whole, kind: Whole, stop: int) -> Usual:
        """Of the four weeks before an hour, which is counted from the first hour of `use`."""
        first, last = max(0, stop // _DAY - LOOK_BACK), stop // _DAY + 1
        past = use[first:last].copy()
        past.reshape(-1)[stop - first * _DAY :] = _UNKNOWN
        tables = []
        for each in (past >= 0, past == 0, np.maximum(past, 0)):
            table = np.zeros((_WEEK, _DAY), dtype=np.int64)
            np.add.at(table, kind[first:last], each.astype(np.int64))
            tables.append(table)
        lacks = tables[0] == 0
        return Usual(*(np.where(lacks, table.sum(axis=0), table) for table in tables))

    def moving(self, kind: Whole, hour: Whole) -> Truths:
        """Whether more than half of such hours brought something."""
        usual: Truths = 2 * self.nothing[kind, hour] < self.known[kind, hour]
        return usual

    def amount(self, kind: Whole, hour: Whole) -> Whole:
        """What such hours brought on average; only of hours of which any is known."""
        return self.energy[kind, hour] // self.known[kind, hour]


@dataclass(frozen=True)
class Kinds:
    """What kind of day each of many days in a row is: its weekday, 0 for Mondays; a day off is a Sunday, a weekend that
    is worked a Friday. Found once for all meters: the lists of days off are long and meters are many."""

    first: int
    kinds: Whole

    @staticmethod
    def of(first: int, last: int, limits: MeteringQuality) -> Kinds:
        """Of the days from one to another, both since 1970 and both of them."""
        days = np.arange(first, last + 1, dtype=np.int64)
        kinds = (days + _THURSDAY) % _WEEK
        for listed, kind in ((limits.holidays, _SUNDAY), (limits.working_weekends, _FRIDAY)):
            numbers = (np.array(listed, dtype="datetime64[D]") - _EPOCH).astype(np.int64)
            kinds[np.isin(days, numbers)] = kind
        return Kinds(first, kinds)

    def between(self, first: int, last: int) -> Whole:
        """The kinds of the days from one to another, both of them."""
        return self.kinds[first - self.first : last + 1 - self.first]


def suspect_hours(days: Whole, hours: Any, kinds: Kinds, limits: MeteringQuality, step: int, since: int) -> Truths:
    """The hours of one meter that brought nothing, where the same hours usually brought something.

    Reads    days: since 1970, rising; hours: a row for each, a column for each hour, masked where nothing is known.
             kinds: of all these days. step: what one step of the register is worth. since: a day; a stop that began
             earlier is left out.
    Gives    the shape of `hours`. A stop counts from the last hour that brought anything, with unknown hours in it. It
             is suspect from `still_hours` unusual hours on, in which at least `still_steps` steps were to be expected:
             a meter that moves once in a while rests in between. Nothing is said of a register that never moved.
    """
    kind = kinds.between(int(days[0]), int(days[-1]))
    use = np.full((len(kind), _DAY), _UNKNOWN, dtype=np.int64)
    use[days - days[0]] = np.ma.filled(hours, _UNKNOWN)
    flat = use.reshape(-1)
    found = np.zeros(flat.shape, dtype=bool)
    moved = np.append(np.flatnonzero(flat > 0), len(flat))
    for place in np.flatnonzero(np.diff(moved) > limits.whole("still_hours")):
        stop, end = int(moved[place]) + 1, int(moved[place + 1])
        if stop // _DAY + days[0] >= since:
            still = stop + np.flatnonzero(flat[stop:end] == 0)
            found[_unusual(still, Usual.before(use, kind, stop), kind, stop, limits, step)] = True
    marks: Truths = found.reshape(-1, _DAY)[days - days[0]]
    return marks


def _unusual(still: Whole, usual: Usual, kind: Whole, stop: int, limits: MeteringQuality, step: int) -> Whole:
    """The unusual ones among the hours without use of one stop; none where they are too few or too little is missed."""
    unusual = still[usual.moving(kind[still // _DAY], still % _DAY)]
    soon = unusual[unusual < stop + LOOK_BACK * _DAY]
    missed = usual.amount(kind[soon // _DAY], soon % _DAY).sum()
    enough = len(soon) >= limits.whole("still_hours") and missed >= limits.whole("still_steps") * step
    return unusual if enough else unusual[:0]
