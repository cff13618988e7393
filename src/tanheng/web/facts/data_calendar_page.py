"""What the pages of the data calendar show: a month as a list and as a calendar, and a year. Reads only."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext, pgettext

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.data_owed import Come
from tanheng.kernel.period import Period
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.data_calendar import Owed, last_month_in, owed
from tanheng.web.ui.words import language

VIEWS = ("list", "calendar", "year")
_ORDER = (Come.LATE, Come.OWED, Come.NOT_YET, Come.IN)
_SIGNS = {Come.IN: "✓", Come.LATE: "■", Come.OWED: "▲", Come.NOT_YET: "○"}
_COLOURS = {Come.IN: "green", Come.LATE: "red", Come.OWED: "yellow", Come.NOT_YET: "grey"}
_SHOWN_AT_MOST = 500
_LONGEST_DELAY = 12
_YEARS_BACK = 2


@dataclass(frozen=True)
class StateShown:
    """How a form stands: its sign and word beside the colour."""

    id: str
    sign: str
    word: str
    colour: str


@dataclass(frozen=True)
class Asked:
    """What an address asks for. What it does not say, or says wrongly, is the usual: nothing is refused for that."""

    month: Period
    view: str = VIEWS[0]
    state: str = ""
    form: str = ""

    def query(self, **changed: str) -> str:
        """The address of the same page with something changed."""
        fields = {"month": str(self.month), "view": self.view, "state": self.state, "form": self.form, **changed}
        return urlencode({name: value for name, value in fields.items() if value})


@dataclass(frozen=True)
class OwedLine:
    """A form that is owed, in one line."""

    owed: Owed
    state: StateShown
    files: Sequence[tuple[str, date]]
    late_by: int


@dataclass(frozen=True)
class DueDay:
    """A day of the calendar: what is due on it, form by form, and whether it lies in the month that is drawn."""

    day: date
    inside: bool
    is_today: bool
    due: Sequence[tuple[str, str, StateShown, int, int]]


@dataclass(frozen=True)
class YearLine:
    """A form through the months of a year: how many of those who owe it are in, and the worst there is."""

    label: str
    cells: Sequence[tuple[str, StateShown | None, int, int]]


@dataclass(frozen=True)
class CalendarPage:
    """The page of a month, or of its year."""

    asked: Asked
    title: str
    views: Sequence[tuple[str, str, str, bool]]
    before: str
    after: str
    last_in: str
    last_in_label: str
    counts: Sequence[tuple[StateShown, int, str, bool]]
    lines: Sequence[OwedLine]
    more: int
    late_senders: Sequence[tuple[str, int]]
    weeks: Sequence[Sequence[DueDay]]
    due_month: str
    months: Sequence[str]
    year: Sequence[YearLine]
    assumed: bool
    unverified: bool
    may_remind: bool


def asked_of(fields: Mapping[str, str], scope: Scope) -> Asked:
    """What the fields of an address ask for; the usual month is the last that has ended."""
    first = scope.day.replace(day=1) - timedelta(days=1)
    month = _month_of(fields.get("month") or "") or Period.month(first.year, first.month)
    view, state = fields.get("view") or "", fields.get("state") or ""
    known_state = state if state in {str(come) for come in Come} else ""
    return Asked(month, view if view in VIEWS else VIEWS[0], known_state, (fields.get("form") or "")[:60])


def calendar_page(asked: Asked, scope: Scope) -> CalendarPage:
    """Who owes what of a month, as far as the reader sees it.

    Refuses  definition-missing: a data calendar that names no calendar of working days.
    """
    everything = owed(asked.month, scope=scope)
    counts = Counter(item.state for item in everything)
    shown = [item for item in everything if _fits(item, asked)]
    shown.sort(key=lambda item: (_ORDER.index(Come(item.state)), item.due, item.label, item.subject_label))
    last_in = last_month_in()
    return CalendarPage(
        asked=asked,
        title=asked.month.label(language()),
        views=[(view, word, asked.query(view=view), view == asked.view) for view, word in _views().items()],
        before=asked.query(month=str(_beside(asked.month, -1))),
        after=asked.query(month=str(_beside(asked.month, 1))),
        last_in=asked.query(month=str(last_in)) if last_in and last_in != asked.month else "",
        last_in_label=last_in.label(language()) if last_in else "",
        counts=[
            (
                state_shown(come),
                counts[come],
                asked.query(state="" if asked.state == come else str(come)),
                asked.state == come,
            )
            for come in _ORDER
            if counts[come]
        ],
        lines=[_line(item, scope.day) for item in shown[:_SHOWN_AT_MOST]],
        more=max(0, len(shown) - _SHOWN_AT_MOST),
        late_senders=_late_senders(everything),
        weeks=_weeks(asked, scope) if asked.view == "calendar" else [],
        due_month=_beside(asked.month, 1).label(language()),
        months=[f"{month.start.month}" for month in Period.year(asked.month.start.year).months()],
        year=_year(asked, scope) if asked.view == "year" else [],
        assumed=any(item.assumed for item in everything),
        unverified=any(item.status == "unverified" for item in everything),
        may_remind=scope.may("split"),
    )


def _views() -> Mapping[str, str]:
    return {"list": gettext("List"), "calendar": gettext("Calendar"), "year": gettext("Year")}


def state_shown(come: str) -> StateShown:
    """How a form stands, in words with a sign and a colour."""
    words = {
        Come.IN: pgettext("data", "in"),
        Come.LATE: pgettext("data", "late"),
        Come.OWED: pgettext("data", "owed"),
        Come.NOT_YET: pgettext("data", "not yet due"),
    }
    return StateShown(str(come), _SIGNS[Come(come)], words[Come(come)], _COLOURS[Come(come)])


def _line(item: Owed, day: date) -> OwedLine:
    files = [(file.file, file.published) for file in item.files]
    late_by = (day - item.due).days if item.state == Come.LATE else 0
    return OwedLine(item, state_shown(item.state), files, late_by)


def _fits(item: Owed, asked: Asked) -> bool:
    return asked.state in ("", item.state) and asked.form in ("", item.form)


def _late_senders(items: Iterable[Owed]) -> Sequence[tuple[str, int]]:
    """Who is late, and with how many forms: the most first."""
    return Counter(item.sender for item in items if item.state == Come.LATE).most_common()


def _weeks(asked: Asked, scope: Scope) -> Sequence[Sequence[DueDay]]:
    """The month after the one that is reported on, day by day: whatever is due in it, of whichever month."""
    drawn = _beside(asked.month, 1)
    due: dict[date, list[Owed]] = {}
    for back in range(_LONGEST_DELAY + 1):
        for item in owed(_beside(drawn, -back), scope=scope):
            if drawn.start <= item.due < drawn.end and _fits(item, asked):
                due.setdefault(item.due, []).append(item)
    weeks = calendar.Calendar().monthdatescalendar(drawn.start.year, drawn.start.month)
    return [[_day(day, drawn, due[day] if day in due else [], asked, scope) for day in week] for week in weeks]


def _day(day: date, drawn: Period, items: Sequence[Owed], asked: Asked, scope: Scope) -> DueDay:
    forms: dict[tuple[str, str, Period], list[Owed]] = {}
    for item in items:
        forms.setdefault((item.form, item.label, item.month), []).append(item)
    due = [
        (
            label if month == asked.month else f"{label} {month}",
            asked.query(view="list", form=form, month=str(month)),
            state_shown(_worst(mine)),
            sum(item.state == Come.IN for item in mine),
            len(mine),
        )
        for (form, label, month), mine in sorted(forms.items())
    ]
    return DueDay(day, drawn.start <= day < drawn.end, day == scope.day, due)


def _worst(items: Sequence[Owed]) -> str:
    return min((item.state for item in items), key=lambda state: _ORDER.index(Come(state)))


def _year(asked: Asked, scope: Scope) -> Sequence[YearLine]:
    """Every form through the months of a year."""
    months = Period.year(asked.month.start.year).months()
    labels: dict[str, str] = {}
    found: dict[tuple[str, Period], list[Owed]] = {}
    for month in months:
        for item in owed(month, scope=scope):
            labels[item.form] = item.label
            found.setdefault((item.form, month), []).append(item)
    return [
        YearLine(label, [_cell(form, month, found, asked) for month in months])
        for form, label in sorted(labels.items(), key=lambda pair: pair[1])
        if asked.form in ("", form)
    ]


def _cell(
    form: str, month: Period, found: Mapping[tuple[str, Period], list[Owed]], asked: Asked
) -> tuple[str, StateShown | None, int, int]:
    if (form, month) not in found:
        return "", None, 0, 0
    items = found[form, month]
    came = sum(item.state == Come.IN for item in items)
    query = asked.query(view="list", form=form, month=str(month), state="")
    return query, state_shown(_worst(items)), came, len(items)


def _month_of(text: str) -> Period | None:
    try:
        found = Period.parse(text) if text else None
    except Refusal:
        return None
    return found if found is not None and found.is_month() and _is_near(found) else None


def _is_near(month: Period) -> bool:
    """Whether the months around it exist: no calendar begins before the first year or goes on after the last."""
    return date.min.year + _YEARS_BACK <= month.start.year <= date.max.year - _YEARS_BACK


def _beside(month: Period, months: int) -> Period:
    number = month.start.year * 12 + month.start.month - 1 + months
    return Period.month(number // 12, number % 12 + 1)
