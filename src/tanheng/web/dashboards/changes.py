"""What changed: the last events of the log, in words, as far as the reader sees. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.records.models import Event
from tanheng.records.obligation_models import Instrument
from tanheng.records.people import names_of
from tanheng.web.directory.scope import Scope

_SHOWN = 8
_LOOKED_AT = 200
_FOR_ALL = ("published", "obligations", "instrument_succeeded")
"""Kinds that everybody with a mandate may know of; what was imported, only who sees the whole site."""
_SAID = ("note", "undone", "instrument")


@dataclass(frozen=True)
class Happened:
    """An event of the log, with as much of what it says as words need: a file of ten thousand rows says much more."""

    position: int
    kind: str
    actor: Any
    at: datetime
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One event: when, by whom, what; and where to look at it."""

    at: datetime
    by: str
    said: str
    href: str = ""


def changes(scope: Scope) -> Sequence[Change]:
    """The last events that are in reach, the latest first; one line for imports that follow one another."""
    kinds = [kind for kind in _WORDS if scope.sees_all or kind in _FOR_ALL]
    rows = Event.objects.filter(kind__in=kinds).order_by("-position").values_list("position", "kind", "actor", "at")
    groups = _once(_told(_grouped([Happened(*row) for row in rows[:_LOOKED_AT]])[: 2 * _SHOWN]))[:_SHOWN]
    names, titles = names_of({group[0].actor for group in groups}), _titles(groups)
    return [_change(group, names, titles) for group in groups]


def _once(groups: Sequence[Sequence[Happened]]) -> Sequence[Sequence[Happened]]:
    """The targets and the tasks of one document, recorded one after the other, are one change."""
    found: list[Sequence[Happened]] = []
    for group in groups:
        last = found[-1][0] if found else None
        again = last is not None and last.kind == group[0].kind == "obligations" and last.said == group[0].said
        if not again:
            found.append(group)
    return found


def _told(groups: Sequence[Sequence[Happened]]) -> Sequence[Sequence[Happened]]:
    """The groups with what the first and the last of each say."""
    ends = {event.position for group in groups for event in (group[0], group[-1])}
    rows = Event.objects.filter(position__in=ends).values_list("position", *(f"payload__{name}" for name in _SAID))
    said = {position: dict(zip(_SAID, values, strict=True)) for position, *values in rows}
    return [
        [replace(each, said=said[each.position]) if each.position in ends else each for each in group]
        for group in groups
    ]


def _titles(groups: Sequence[Sequence[Happened]]) -> Mapping[str, str]:
    """The titles of the documents whose targets and tasks were recorded, by their ids."""
    ids = {str(group[0].said["instrument"]) for group in groups if group[0].kind == "obligations"}
    rows = Instrument.objects.filter(instrument__in=ids).order_by("event_id", "row") if ids else ()
    return {row.instrument: row.title for row in rows}


def _grouped(events: Sequence[Happened]) -> list[list[Happened]]:
    found: list[list[Happened]] = []
    for event in events:
        if found and found[-1][-1].kind == event.kind == "observations":
            found[-1].append(event)
        else:
            found.append([event])
    return found


def _change(group: Sequence[Happened], names: Mapping[Any, str], titles: Mapping[str, str]) -> Change:
    last = group[0]
    if last.kind == "obligations" and last.said["instrument"] in titles:
        group = [replace(last, said={**last.said, "instrument": titles[last.said["instrument"]]}), *group[1:]]
    by = names[last.actor] if last.actor in names else ""
    href = reverse("publication", args=[last.position]) if last.kind == "published" else ""
    return Change(last.at, by, _WORDS[last.kind](group), href)


def _imported(group: Sequence[Happened]) -> str:
    if len(group) > 1:
        said = {"count": len(group), "first": _note(group[-1]), "last": _note(group[0])}
        return gettext("%(count)d files imported, from %(first)s to %(last)s") % said
    return gettext("Imported: %(file)s") % {"file": _note(group[0])}


def _note(event: Happened) -> str:
    return str(event.said.get("note") or event.position)


def _undone(group: Sequence[Happened]) -> str:
    return gettext("An import was taken back: no. %(position)s") % {"position": group[0].said["undone"]}


def _demanded(group: Sequence[Happened]) -> str:
    return gettext("Targets and tasks recorded of %(document)s") % {"document": group[0].said["instrument"]}


def _published(group: Sequence[Happened]) -> str:
    return gettext("Published: no. %(position)s") % {"position": group[0].position}


def _replaced(_group: Sequence[Happened]) -> str:
    return gettext("A document took the place of another")


def _directory(_group: Sequence[Happened]) -> str:
    return gettext("The directory changed")


_WORDS: Mapping[str, Callable[[Sequence[Happened]], str]] = {
    "observations": _imported,
    "import_undone": _undone,
    "obligations": _demanded,
    "published": _published,
    "instrument_succeeded": _replaced,
    "directory": _directory,
}
