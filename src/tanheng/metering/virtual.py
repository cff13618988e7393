"""Virtual meters: sums and differences of others, counted day by day from the daily cube.

A formula names meters with their signs, apart by blanks: `+gate -tenant`. It may name virtual meters; these are taken
apart. A virtual meter is known for a day or an hour only where all its meters are: what one lacks it lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from tanheng.kernel.faults import Finding
from tanheng.metering.definition import HOURS, QUALITIES
from tanheng.metering.register import Meter

_EPOCH: Final = date(1970, 1, 1)
_FOREVER: Final = 1 << 30  # days


@dataclass(frozen=True)
class Terms:
    """The meters of virtual meters: a row for each stay of the virtual one and each meter read in its formula."""

    rows: tuple[tuple[int, int, int, int, int], ...]

    def columns(self) -> Mapping[str, npt.NDArray[np.int64]]:
        """The numeric table: virtual, meter, sign, start_day, end_day (not included)."""
        names = ("virtual", "meter", "sign", "start_day", "end_day")
        table = np.array(self.rows, dtype=np.int64).reshape(len(self.rows), len(names))
        return {name: np.ascontiguousarray(table[:, place]) for place, name in enumerate(names)}


def parsed(formula: str) -> tuple[tuple[int, str], ...]:
    """The signs and names of a formula; a name without a sign is added."""
    signs = {"+": 1, "-": -1}
    return tuple(
        (signs[word[0]], word[1:]) if word[0] in signs else (1, word) for word in formula.split() if word not in signs
    )


def terms(stays: Iterable[Meter]) -> tuple[Terms, list[Finding]]:
    """The meters of every virtual meter, taken apart down to those that are read.

    Reads    stays: as `Register.rows` gives them.
    Gives    the terms, a meter that stands twice in a formula with its signs added; and a finding for each formula that
             names no known meter (virtual-meter-unknown), itself (virtual-meter-loop) or another carrier
             (virtual-meter-carriers): such a meter has no terms and therefore no energy.
    """
    known: dict[str, list[Meter]] = {}
    for stay in stays:
        known.setdefault(stay.meter, []).append(stay)
    rows, findings = list[tuple[int, int, int, int, int]](), list[Finding]()
    for stay in (one for several in known.values() for one in several if one.kind == "virtual"):
        taken = dict[str, int]()
        problem = _take(stay, 1, known, taken, (stay.meter,)) or _other_carrier(stay, taken, known)
        if problem is not None:
            findings.append(problem)
            continue
        span = (_day(stay.start), _day(stay.end) if stay.end is not None else _FOREVER)
        rows += [(stay.number or -1, known[name][0].number or -1, sign, *span) for name, sign in taken.items() if sign]
    return Terms(tuple(rows)), findings


def _take(
    stay: Meter, sign: int, known: Mapping[str, list[Meter]], taken: dict[str, int], above: tuple[str, ...]
) -> Finding | None:
    for times, name in parsed(stay.formula or ""):
        if name in above:
            return Finding("virtual-meter-loop", above[0], {"meter": above[0], "other": name})
        if name not in known:
            return Finding("virtual-meter-unknown", above[0], {"meter": above[0], "other": name})
        inner = known[name][-1]
        if inner.kind == "virtual":
            problem = _take(inner, sign * times, known, taken, (*above, name))
            if problem is not None:
                return problem
        else:
            taken[name] = sign * times + (taken[name] if name in taken else 0)
    return None


def _other_carrier(stay: Meter, taken: Mapping[str, int], known: Mapping[str, list[Meter]]) -> Finding | None:
    for name in taken:
        if known[name][-1].carrier != stay.carrier:
            fields = {"meter": stay.meter, "other": name, "carrier": known[name][-1].carrier}
            return Finding("virtual-meter-carriers", stay.meter, fields)
    return None


def _day(day: date) -> int:
    return (day - _EPOCH).days


def virtual_cube(cube: str, terms_name: str) -> str:
    """The rows of virtual meters for the daily cube.

    Reads    cube: a relation with definition.CUBE columns. terms_name: a relation with the columns of `Terms.columns`.
    Gives    a SELECT of definition.CUBE columns: due as the most of the meters, seen as the least, missing the rest.
             Energy of a day or an hour only where every meter has one; `closing` is empty, there is no register.
    """
    sums = ", ".join(
        f"case when count(c.{name}) = max(n.many) then cast(sum(t.sign * c.{name}) as bigint) end as {name}"
        for name in ("energy", *QUALITIES, *HOURS)
    )
    rest = ", ".join(f"v.{name}" for name in QUALITIES)
    hours = ", ".join(f"v.{name}" for name in HOURS)
    return f"""
select v.meter, v.day, v.month, v.energy, v.due, v.seen, v.due - v.seen as missing, {rest},
  cast(null as bigint) as closing, {hours}
from (
  select t.virtual as meter, c.day, max(c.month) as month, max(c.due) as due,
    case when count(*) = max(n.many) then min(c.seen) else 0 end as seen, {sums}
  from {terms_name} as t
  join (select virtual, start_day, count(*) as many from {terms_name} group by virtual, start_day) as n
    on n.virtual = t.virtual and n.start_day = t.start_day
  join {cube} as c on c.meter = t.meter and c.day >= t.start_day and c.day < t.end_day
  group by t.virtual, t.start_day, c.day
) as v"""


def still_of_all(still: str, terms_name: str) -> str:
    """Suspect hours without use of every meter, and of virtual ones: as many as the meter of them that has most.

    Reads    still: a relation with the columns of still_hours.STILL. terms_name: as `virtual_cube`.
    """
    return f"""
select k.meter, k.day, k.month, k.still_hours from {still} as k
union all
select t.virtual as meter, k.day, k.month, max(k.still_hours) as still_hours
from {terms_name} as t join {still} as k on k.meter = t.meter and k.day >= t.start_day and k.day < t.end_day
group by t.virtual, k.day, k.month"""
