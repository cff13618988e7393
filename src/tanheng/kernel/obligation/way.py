"""The way to a cut of several years by itself: no records, only the cut, its years and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.path import (
    cumulative_cut,
    equal_rate_left,
    has_logarithmic_path,
    has_progress,
    linear_progress,
    linear_schedule,
    logarithmic_progress,
    logarithmic_schedule,
    next_cut,
    remaining_level,
)
from tanheng.kernel.quantity import Formula, name
from tanheng.kernel.quantity.formula import value_of

LOGARITHMIC, LINEAR, TABLE = "logarithmic", "linear", "table"
_HUNDRED = Decimal(100)
_IN_PERCENT = 10**7  # steps of 10^-9 in one per cent
_LONGEST = 100  # years: longer ones are a slip, and a schedule of 10^12 lines would never end


@dataclass(frozen=True)
class Way:
    """Everything in per cent, on the 10^-9 grid of rates; None where it is not defined.

    `schedule` is the cumulative cut due by the end of each year, by the form `form`.
    """

    cumulative: float
    progress: float | None
    progress_linear: float | None
    remaining_annual: float | None
    stretch_next: float | None
    schedule: tuple[float, ...]
    form: str


def way_to(
    cut: Decimal, years: int, done: Sequence[Decimal] = (), form: str | None = None, table: Sequence[Decimal] = ()
) -> Way:
    """How far the yearly cuts of the first years lead to a cut of several years, and what is left.

    Reads    cut, done, table: per cent, a rise below zero; table: the cumulative cut due by each year, for form table;
             form: logarithmic where the cut is below 100 %, else linear, unless it is named.
    Gives    no progress where nothing is demanded; no logarithmic progress for a cut of 100 % or more; no rate left
             once all years are done, or where a level of zero or less would have to fall by a rate.
    Refuses  path-years-wrong: no year, more than a hundred, or more years done than there are; path-nothing-left:
             a year after one that left nothing to fall; path-form-unfit: the form does not fit the cut, a table does
             not state every year and the whole cut by the last one, or stands beside another form.
    Source   assessment-practice#target-path, #target-progress
    """
    if not 1 <= years <= _LONGEST or len(done) > years:
        raise Refusal("path-years-wrong", years=years, done=len(done))
    _refuse_falls_of_nothing(done)
    chosen = form or (TABLE if table else LOGARITHMIC if has_logarithmic_path(cut) else LINEAR)
    schedule = _schedule(cut, years, chosen, table)
    return _Walk(cut, years, tuple(done)).along(schedule, chosen)


@dataclass(frozen=True)
class _Walk:
    """The cuts done so far, on the way to the whole."""

    cut: Decimal
    years: int
    done: tuple[Decimal, ...]

    def along(self, schedule: tuple[float, ...], form: str) -> Way:
        """Where the cuts stand beside a schedule."""
        left = self.years - len(self.done)
        remaining = remaining_level([name(f"cut_{each}") for each, _ in enumerate(self.done)])
        cut, above = name("cut"), self._value(remaining) > 0
        demanded = has_progress(self.cut)
        by_rate = demanded and above and has_logarithmic_path(self.cut)
        rate_left = left > 0 and above and self.cut < _HUNDRED
        return Way(
            cumulative=_percent(self._value(cumulative_cut(remaining))),
            progress=self._percent(logarithmic_progress(remaining, cut)) if by_rate else None,
            progress_linear=self._percent(linear_progress(remaining, cut)) if demanded else None,
            remaining_annual=self._percent(equal_rate_left(remaining, cut, left))
            if rate_left
            else self._all(left, above),
            stretch_next=self._next(remaining, schedule) if left > 0 and above else None,
            schedule=schedule,
            form=form,
        )

    def _all(self, left: int, above: bool) -> float | None:
        """Whatever is left of the level has to go where the whole of it is demanded; of nothing nothing can."""
        return 100.0 if left > 0 and above and self.cut == _HUNDRED else None

    def _next(self, remaining: Formula, schedule: tuple[float, ...]) -> float:
        due = schedule[len(self.done)] / 100
        return _percent(value_of(next_cut(remaining, name("due")), {**self._known, "due": due}))

    def _percent(self, formula: Formula) -> float:
        return _percent(self._value(formula))

    def _value(self, formula: Formula) -> float:
        return value_of(formula, self._known)

    @property
    def _known(self) -> dict[str, float]:
        cuts = {f"cut_{each}": float(value / _HUNDRED) for each, value in enumerate(self.done)}
        return {**cuts, "cut": float(self.cut / _HUNDRED)}


def _schedule(cut: Decimal, years: int, form: str, table: Sequence[Decimal]) -> tuple[float, ...]:
    if not _fits(cut, years, form, table):
        raise Refusal("path-form-unfit", form=form, cut=cut, years=years)
    if form == TABLE:
        return tuple(float(value) for value in table)
    spread = logarithmic_schedule if form == LOGARITHMIC else linear_schedule
    known = {"cut": float(cut / _HUNDRED)}
    return tuple(_percent(value_of(spread(name("cut"), passed, years), known)) for passed in range(1, years + 1))


def _fits(cut: Decimal, years: int, form: str, table: Sequence[Decimal]) -> bool:
    """A table that ends elsewhere than at the cut would demand two things at once."""
    if form == TABLE:
        return len(table) == years and table[-1] == cut
    return not table and (form == LINEAR or has_logarithmic_path(cut))


def _refuse_falls_of_nothing(done: Sequence[Decimal]) -> None:
    """A rate of a level of zero or below means nothing: two falls of 150 % would multiply to one of 75 %."""
    for year, value in enumerate(done[:-1], start=1):
        if value >= _HUNDRED:
            raise Refusal("path-nothing-left", year=year, value=value)


def _percent(share: float) -> float:
    return round(share * 10**9) / _IN_PERCENT
