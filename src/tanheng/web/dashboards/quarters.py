"""Which barometers are stored: by quarter and scheme the one to show, and the others beside it. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.run import Parameters
from tanheng.records.computing import open_result
from tanheng.records.site_files import results
from tanheng.web.directory.scope import Scope

METHOD = "barometer"
_QUARTER_MONTHS = 3


@dataclass(frozen=True)
class StoredBarometer:
    """A stored barometer by what it was asked: nothing of its figures is read for it."""

    id: str
    scheme: str
    period: Period
    known_on: date
    log_position: int
    by_own_settings: bool


def stored_barometers(scope: Scope) -> Sequence[StoredBarometer]:
    """Every barometer of a scheme in reach, the one to show first in front: settings as they are, known last."""
    found = [item for item in map(_asked_of, results().ids()) if item is not None and scope.sees_scheme(item.scheme)]
    return sorted(found, key=lambda item: (item.by_own_settings, -item.known_on.toordinal(), -item.log_position))


def shown_of(found: Iterable[StoredBarometer], period: Period) -> Sequence[StoredBarometer]:
    """Of a quarter the barometer to show under each scheme, energy before carbon."""
    first: dict[str, StoredBarometer] = {}
    for item in found:
        if item.period == period:
            first.setdefault(item.scheme, item)
    return [first[scheme] for scheme in sorted(first, reverse=True)]


def quarters_of(found: Iterable[StoredBarometer]) -> Sequence[Period]:
    """The quarters that have a barometer, the latest first."""
    return sorted({item.period for item in found}, key=lambda period: period.end, reverse=True)


def quarter_name(period: Period) -> str:
    """A period to date as the quarter at its end, as addresses write it: 2025Q3."""
    return f"{period.start.year}Q{len(period.months()) // _QUARTER_MONTHS}"


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


def _asked_of(id: str) -> StoredBarometer | None:
    return _asked(str(results().root), id)


@lru_cache(maxsize=4096)
def _asked(_root: str, id: str) -> StoredBarometer | None:
    """What a result was asked; None for one of another method, or one that is damaged: the list of results says so."""
    try:
        receipt = open_result(id).receipt
    except Refusal:
        return None
    if receipt["method"] != METHOD:
        return None
    asked = Parameters.of_json(receipt["parameters"])
    return StoredBarometer(id, asked.scheme, asked.period, asked.known_on, asked.log_position, bool(asked.settings))
