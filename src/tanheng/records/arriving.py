"""What has come: of every import that counts, the layout it was read by and the months and subjects it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from tanheng.kernel import fact
from tanheng.kernel.obligation.data_owed import Arrival
from tanheng.kernel.pack import Layout, LayoutProfile, PackSet
from tanheng.kernel.period import Period
from tanheng.records.models import Event, Observation
from tanheng.records.selecting import IMPORT, known_position, undone_positions
from tanheng.store.layout_registers import RegisterRow

COMPARISON = "comparison"
"""The status of what a sender prints beside this year's figure: it is no report about that year."""

Came = Mapping[str, Any]
Pairs = frozenset[tuple[str, date]]
Stated = frozenset[tuple[str, str]]


def came(
    layout: str, hash: str, published: date, statements: Iterable[fact.Observation], rows: Sequence[RegisterRow]
) -> Came:
    """What an event of import says of its file: layout, hash, day of publication, and whom it is about by month.

    Gives    the months that the file is mainly about: a table that also mends a line of an earlier month is no report
             about that one.
    """
    pairs = {(item.key.subject, item.key.period.end) for item in statements if item.status != COMPARISON}
    pairs |= {(row.subject, row.period.end) for row in rows if row.subject and row.period}
    about = {month: sorted(subjects) for month, subjects in _mainly(pairs).items()}
    return {"layout": layout, "hash": hash, "published": published.isoformat(), "about": about}


def arrivals(packs: PackSet, position: int | None = None) -> list[Arrival]:
    """Every file that came up to a position and was not undone by then, once for each month that it is about.

    Refuses  log-position-unknown.
    """
    until = known_position(position)
    undone = undone_positions(until)
    events = Event.objects.filter(kind=IMPORT, position__lte=until).order_by("position")
    told = events.values_list("position", "payload__note", "payload__came", "at", "hash")
    return [
        arrival
        for position, note, said, at, hash in told
        if position not in undone
        for arrival in _of_event(position, note, said or _derived(position, at.date(), packs, hash))
    ]


def _of_event(position: int, note: str, said: Came) -> Iterator[Arrival]:
    for month, subjects in said["about"].items():
        day = date.fromisoformat(said["published"])
        yield Arrival(position, note, said["hash"], said["layout"], Period.parse(month), frozenset(subjects), day)


def _mainly(pairs: Iterable[tuple[str, date]]) -> Mapping[str, set[str]]:
    """Subjects by the month in which a period ends; a month with less than half of the subjects of another is out."""
    found: dict[str, set[str]] = {}
    for subject, end in pairs:
        last = end - timedelta(days=1)
        found.setdefault(str(Period.month(last.year, last.month)), set()).add(subject)
    most = max((len(subjects) for subjects in found.values()), default=0)
    return {month: subjects for month, subjects in sorted(found.items()) if 2 * len(subjects) >= most}


def _derived(position: int, at: date, packs: PackSet, event: str) -> Came:
    """The same of an event that was written before events said so; an event of a hash never changes, so it is read
    once.
    """
    hash, published, pairs, stated, layout = _stated(position, at, event)
    about = {month: sorted(subjects) for month, subjects in _mainly(pairs).items()}
    return {"layout": layout or _layout_of(stated, packs), "hash": hash, "published": published, "about": about}


@lru_cache(maxsize=4096)
def _stated(position: int, at: date, event: str) -> tuple[str, str, Pairs, Stated, str]:
    rows = Observation.objects.filter(event_id=position).exclude(status=COMPARISON)
    told = list(rows.values_list("subject", "period_end", "indicator", "coverage").distinct())
    first = rows.values_list("source", "published").first()
    hash, published = (first[0].partition("/")[0], first[1]) if first else ("", at)
    pairs, layout = {(subject, end) for subject, end, _, _ in told}, ""
    register = Event.objects.filter(position=position).values_list("payload__register", flat=True).first() or {}
    for row in register["rows"] if "rows" in register else ():
        layout = row["layout"]
        if row["subject"] and row["period"]:
            pairs.add((row["subject"], Period.parse(row["period"]).end))
    stated = frozenset((indicator, coverage) for _, _, indicator, coverage in told)
    return hash, published.isoformat(), frozenset(pairs), stated, layout


def _layout_of(stated: Stated, packs: PackSet) -> str:
    """The layout that states all of these and little else; nothing where several do."""
    fitting: dict[str, int] = {}
    for profile in packs.all(LayoutProfile):
        fitting |= _fits(profile.id, stated, profile.indicators, profile.coverage)
    for simple in packs.all(Layout):
        known = (simple.indicator, *(item.indicator for item in simple.items))
        fitting |= _fits(simple.id, stated, known, simple.coverage)
    fewest = [id for id, count in fitting.items() if count == min(fitting.values())]
    return fewest[0] if len(fewest) == 1 else ""


def _fits(layout: str, stated: Stated, indicators: Iterable[str], coverage: str) -> Mapping[str, int]:
    known = set(indicators)
    return {layout: len(known)} if stated and stated <= {(id, coverage) for id in known} else {}
