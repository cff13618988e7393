"""The data calendar as data: which form is owed by whom about what, and by which day after which month."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Label, Shape, Titled

_MONTHS = tuple(range(1, 13))
_LAST_DAY_OF_EVERY_MONTH = 28


class DueDay(Shape):
    """By when: a `day` of a month, or the n-th `working_day` of it; `months_after` the month that is reported on.

    0 is the month that is reported on itself. A day off moves to the next working day where `moves` says so.
    """

    day: int | None = None
    working_day: int | None = None
    months_after: int = 1
    moves: bool = False

    @model_validator(mode="after")
    def _names_one_day(self) -> Self:
        if (self.day is None) == (self.working_day is None):
            raise ValueError("a due day is a day of the month or a working day of it, one of the two")
        if not 1 <= (self.day or self.working_day or 0) <= _LAST_DAY_OF_EVERY_MONTH or self.months_after < 0:
            raise ValueError(f"a due day lies between the 1st and the {_LAST_DAY_OF_EVERY_MONTH}th of a month")
        return self


class OwedAbout(Shape):
    """Which subjects a form is owed about.

    Of areas: those of a `level`. Of facilities: those of the rows that stand in the register `kept_in`, or, where none
    is named, those that have sent the form in the `months` before and so owe it again.
    """

    kind: Literal["area", "facility"]
    level: str = ""
    kept_in: str = ""
    months: int = 12

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if self.kind == "area" and not self.level:
            raise ValueError("areas are named by their level")
        return self


class OwedForm(Shape):
    """A form that somebody owes regularly.

    `layouts` are those it is read by; `sent_by` says who owes it: a `sender` of its own (the statistics bureau), the
    office of the area, or the unit itself. `party` is the sender in the directory of a site, where it is there.
    `closes` are the months it is sent about: 2 to 12 where January and February are one. `status` is of the day.
    """

    id: str
    label: Label
    layouts: tuple[str, ...]
    sender: Label
    sent_by: Literal["sender", "area", "unit"] = "sender"
    party: str = ""
    about: OwedAbout
    closes: tuple[int, ...] = _MONTHS
    due: DueDay
    status: Status
    note: str = ""

    @model_validator(mode="after")
    def _closes_in_months(self) -> Self:
        if not self.closes or not set(self.closes) <= set(_MONTHS):
            raise ValueError("the months that a form closes are numbers from 1 to 12")
        return self


class DataCalendar(Titled):
    """Who owes which figure by when, as settings: no rule says on which day a sender sends.

    A pack of a site states forms anew under the same id, names in `nobody_owes` those that are not sent there, and in
    `areas` the areas that it is about, where those are not all of their level.
    """

    calendar: str
    forms: tuple[OwedForm, ...] = ()
    nobody_owes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _names_each_form_once(self) -> Self:
        ids = [form.id for form in self.forms]
        if twice := sorted({id for id in ids if ids.count(id) > 1}):
            raise ValueError(f"forms stand twice: {', '.join(twice)}")
        return self


def forms_in_force(calendars: tuple[DataCalendar, ...]) -> tuple[OwedForm, ...]:
    """The forms of several calendars in the order of their packs: the last that states a form counts."""
    found: dict[str, OwedForm] = {}
    for calendar in calendars:
        found |= {form.id: form for form in calendar.forms}
        found = {id: form for id, form in found.items() if id not in calendar.nobody_owes}
    return tuple(found.values())


def areas_in_force(calendars: tuple[DataCalendar, ...]) -> tuple[str, ...]:
    """The areas that a site is about; none where every area of a level owes."""
    return next((calendar.areas for calendar in reversed(calendars) if calendar.areas), ())
