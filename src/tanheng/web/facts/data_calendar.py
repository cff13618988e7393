"""Who owes which figure of a month by when, as far as a reader sees it. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tanheng.kernel.obligation.data_owed import Arrival, Owing
from tanheng.kernel.period import Period
from tanheng.records.owing import MOVING, Ground, ground_at, month_owings
from tanheng.records.selecting import last_event
from tanheng.records.site_files import home
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope
from tanheng.web.ui.words import language, said

DATA = "data"
"""What the name of a reminder about data begins with."""


@dataclass(frozen=True)
class Owed:
    """A form that somebody owes about a subject: by when, how it stands (in, owed, late, not_yet), what came.

    `to` is who is reminded: the party of the sender where the site knows it, the area, the unit, or else the sender's
    name. `assumed` says that the days off of the year are not known; `came_late` that it is in, and came late.
    """

    form: str
    label: str
    sender: str
    subject: str
    subject_label: str
    month: Period
    due: date
    state: str
    files: tuple[Arrival, ...]
    to: str
    status: str
    assumed: bool
    came_late: bool

    @property
    def about(self) -> str:
        """The name under which it is reminded of."""
        return f"{DATA}:{self.form}:{self.subject}:{self.month}"


def owed(period: Period, *, scope: Scope) -> Sequence[Owed]:
    """What is owed of the months of a period about subjects in reach: what is due first comes first.

    Refuses  definition-missing: a data calendar that names no calendar of working days.
    """
    until = _until()
    found = [
        _owed(owing, scope)
        for month in period.months()
        for owing in _owings(str(home().root), until, scope.day, month)
        if scope.sees(owing.subject, month)
    ]
    return sorted(found, key=lambda item: (item.due, item.label, item.subject_label))


def last_month_in() -> Period | None:
    """The last month about which anything came; None before the first file."""
    return _ground(str(home().root), _until()).last_month


def _owed(owing: Owing, scope: Scope) -> Owed:
    form, directory = owing.form, scope.ground.directory
    place = directory.label_of(owing.subject, language())
    return Owed(
        form=form.id,
        label=said(form.label),
        sender=place if form.sent_by == "unit" else said(form.sender),
        subject=owing.subject,
        subject_label=place,
        month=owing.month,
        due=owing.due,
        state=str(owing.come),
        files=owing.files,
        to=form.party or form.sender.zh if form.sent_by == "sender" else owing.subject,
        status=str(form.status),
        assumed=owing.assumed,
        came_late=owing.came_late,
    )


def _until() -> tuple[int, str]:
    """The last event that may have changed what is owed: its position and hash, which tells sites apart."""
    return last_event(MOVING) or (0, "")


@lru_cache(maxsize=64)
def _owings(root: str, until: tuple[int, str], day: date, month: Period) -> tuple[Owing, ...]:
    """Worked out anew when something came, was taken back or changed the directory, not at every event."""
    return tuple(month_owings(month, day, packs_in_use(), _ground(root, until)))


@lru_cache(maxsize=2)
def _ground(_root: str, until: tuple[int, str]) -> Ground:
    return ground_at(until[0], packs_in_use())
