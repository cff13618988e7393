"""The rules by which lights are given, and which of them a place has chosen: dated data, never a default."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Label, Shape, Titled
from tanheng.kernel.period import Period

Direction = Literal["fall", "rise", "cap"]
NO_DATA = "grey"
"""The colour of a light without data. No rule may give it, so that nobody takes it for a level."""


class Reach(Shape):
    """What an actual figure must come to for a level; with `beyond`, coming to the limit exactly is not enough.

    gap         the target is missed by no more than `limit` per cent of the base
    completion  the actual is at least `limit` per cent of the target
    actual      the actual itself is at least `limit` (under a cap: at most), in its own unit
    """

    by: Literal["gap", "completion", "actual"]
    limit: Decimal
    beyond: bool = False


class BarometerLevel(Shape):
    """A level, its colour and what it takes; the lowest one takes nothing. `note` says what the source leaves open."""

    level: int
    colour: str
    label: Label
    reach: Reach | None = None
    status: Status
    note: str = ""

    @model_validator(mode="after")
    def _is_no_gap(self) -> BarometerLevel:
        if self.colour == NO_DATA:
            raise ValueError(f"{NO_DATA} stands for no data and is no level")
        return self


class BarometerRule(Titled):
    """A rule of lights. `levels` stand from the best to the lowest, numbered without a gap.

    `era` are the periods that its source graded by it; `published` the day since which it can be known. `directions`
    are the kinds of targets that it can grade: a fall or a rise to be reached, a cap to be kept.
    """

    clause: str
    status: Status
    era: tuple[date, date]
    published: date
    directions: tuple[Direction, ...]
    levels: tuple[BarometerLevel, ...]
    not_expressed: tuple[Label, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _is_a_ladder(self) -> BarometerRule:
        numbers = [item.level for item in self.levels]
        if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] - len(numbers), -1)):
            raise ValueError("levels stand from the best to the lowest, numbered without a gap")
        if len({item.colour for item in self.levels}) < len(numbers):
            raise ValueError("two levels have one colour")
        open_ended = [item.level for item in self.levels if item.reach is None]
        if open_ended != numbers[-1:]:
            raise ValueError("the lowest level takes nothing, and only that one")
        return self

    @model_validator(mode="after")
    def _grades_what_it_can(self) -> BarometerRule:
        measured = {item.reach.by for item in self.levels if item.reach is not None}
        if not self.directions or ("cap" in self.directions and "completion" in measured):
            raise ValueError("a rule says which targets it grades; a cap has no rate of completion")
        return self

    @property
    def lowest(self) -> BarometerLevel:
        """The level of whoever reaches nothing."""
        return self.levels[-1]

    @property
    def steps(self) -> tuple[tuple[BarometerLevel, Reach], ...]:
        """The levels that take something, from the best on, with what they take."""
        return tuple((item, item.reach) for item in self.levels if item.reach is not None)

    def at(self, level: int) -> BarometerLevel:
        """The level of a number."""
        return next(item for item in self.levels if item.level == level)

    def is_of_its_era(self, period: Period) -> bool:
        """Whether the source itself graded such a period by the rule."""
        return self.era[0] <= period.start and period.end <= self.era[1]


class Barometer(Titled):
    """Which rule a place has chosen, from when to when, and by what clause. Without one no light is given.

    `place` is an area: the choice holds at sites whose directory has it, and at no other.
    """

    place: str
    rule: str
    start: date
    end: date | None
    published: date
    clause: str
    status: Status
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _period(cls, value: Any) -> Any:
        """Splits `period: [start, end]` into its two dates."""
        if not isinstance(value, Mapping) or "period" not in value:
            return value
        fields = dict(value)
        period = fields.pop("period")
        if not isinstance(period, list | tuple) or len(period) != 2:
            raise ValueError("period is written as [start, end]")
        fields["start"], fields["end"] = period
        return fields

    def covers(self, period: Period) -> bool:
        """Whether the choice holds on the last day of a period: quarters count from January, rules may change later."""
        return self.start < period.end and (self.end is None or period.end <= self.end)


def chosen_rules(
    barometers: Iterable[Barometer], places: Container[str], period: Period, known_on: date
) -> tuple[Barometer, ...]:
    """The choices of some places that hold on the last day of a period, among those published by a day.

    Gives    one where the choice is clear; none or several leave it open.
    """
    known = (item for item in barometers if item.place in places and item.published <= known_on)
    return tuple(item for item in known if item.covers(period))
