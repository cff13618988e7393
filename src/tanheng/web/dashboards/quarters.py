"""Which barometers are stored: by quarter and scheme the one to show, and the others beside it. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext, gettext_noop

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.web.directory.scope import Scope
from tanheng.web.results.stored_runs import StoredRun, stored_runs

METHOD = "barometer"
_QUARTER_MONTHS = 3
_SAID = {
    1: gettext_noop("first quarter of %(year)s"),
    2: gettext_noop("first half of %(year)s"),
    3: gettext_noop("first three quarters of %(year)s"),
    4: gettext_noop("all of %(year)s"),
}


def stored_barometers(scope: Scope) -> Sequence[StoredRun]:
    """Every barometer of a scheme in reach, the one to show first in front."""
    return stored_runs(METHOD, scope)


def shown_of(found: Iterable[StoredRun], period: Period) -> Sequence[StoredRun]:
    """Of a quarter the barometer to show under each scheme, energy before carbon."""
    first: dict[str, StoredRun] = {}
    for item in found:
        if item.period == period:
            first.setdefault(item.scheme, item)
    return [first[scheme] for scheme in sorted(first, reverse=True)]


def quarters_of(found: Iterable[StoredRun]) -> Sequence[Period]:
    """The quarters that have a barometer, the latest first."""
    return sorted({item.period for item in found}, key=lambda period: period.end, reverse=True)


def quarter_name(period: Period) -> str:
    """A period to date as the quarter at its end, as addresses write it: 2025Q3."""
    return f"{period.start.year}Q{len(period.months()) // _QUARTER_MONTHS}"


def quarter_said(period: Period) -> str:
    """A period to date as people call it: 前三季度."""
    return gettext(_SAID[len(period.months()) // _QUARTER_MONTHS]) % {"year": period.start.year}


def quarter_of(name: str) -> Period:
    """The period to date of a quarter: January to September for 2025Q3.

    Refuses  period-unreadable; barometer-period-not-quarter.
    """
    period = Period.parse(name)
    months = len(period.months()) if period.is_whole_months() else 0
    if months == _QUARTER_MONTHS:
        return Period(date(period.start.year, 1, 1), period.end)
    if months % _QUARTER_MONTHS or period.start.month != 1 or not months or months > 12:
        raise Refusal("barometer-period-not-quarter", period=str(period))
    return period
