"""Mandates: granted, ended and never deleted, so that the log always says who might do what when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Role
from tanheng.records.chain import append, lock_log
from tanheng.records.mandate_models import Mandate
from tanheng.records.models import Person
from tanheng.records.selecting import directory_as_of
from tanheng.store.home import pack_folders
from tanheng.store.packs import read_packs

KIND = "mandate"


def roles() -> Mapping[str, Role]:
    """The roles that the packs of the site bring, by id; read once: a new pack needs a restart."""
    return _roles(tuple(pack_folders()))


@cache
def _roles(folders: tuple[Path, ...]) -> Mapping[str, Role]:
    packs, _ = read_packs(folders=folders)
    return {role.id: role for role in packs.all(Role)}


def grant_mandate(
    *,
    person: Person,
    role: str,
    actor: Person,
    start: date,
    end: date | None = None,
    party: str = "",
    area: str = "",
    scheme: str = "",
) -> Mandate:
    """Gives a person a mandate, under one event of kind `mandate`.

    Refuses  role-unknown; mandate-names-nothing: the role needs an area or a party and none is named;
             mandate-of-unknown-subject: nothing of that name is recorded; mandate-ends-before-it-begins.
    """
    granted = Mandate(mandate=f"mandate/{uuid4().hex[:12]}", person=person.id, role=role, start=start, end=end)
    granted.party, granted.area, granted.scheme = party, area, scheme
    _check(granted)
    append(KIND, {"move": "granted", "mandate": granted.mandate}, actor, [granted])
    return mandate_of(granted.mandate)


def end_mandate(mandate: str, *, end: date, actor: Person) -> Mandate:
    """Ends a mandate: from that day on nobody acts under it.

    Gives    the mandate as it stands then; one that ends on that day already stays as it is.
    Refuses  mandate-unknown; mandate-ends-before-it-begins.
    """
    with transaction.atomic():
        lock_log()
        before = mandate_of(mandate)
        if before.end == end:
            return before
        names = ("mandate", "person", "role", "party", "area", "scheme", "start")
        ended = Mandate(**{name: getattr(before, name) for name in names}, end=end)
        _check_span(ended)
        append(KIND, {"move": "ended", "mandate": mandate}, actor, [ended])
    return mandate_of(mandate)


def mandates(person: UUID | None = None) -> Sequence[Mandate]:
    """Every mandate as last recorded, or those of one person, in the order in which they were granted."""
    rows = Mandate.objects.order_by("event_id", "row")
    if person is not None:
        rows = rows.filter(person=person)
    return list({row.mandate: row for row in rows}.values())


def mandates_of(person_id: UUID, day: date) -> list[Mandate]:
    """The mandates under which a person may act on a day."""
    return [mandate for mandate in mandates(person_id) if mandate.acts_on(day)]


def mandate_of(mandate: str) -> Mandate:
    """One mandate as last recorded.

    Refuses  mandate-unknown.
    """
    found = Mandate.objects.filter(mandate=mandate).order_by("-event_id").first()
    if found is None:
        raise Refusal("mandate-unknown", mandate=mandate)
    return found


def _check(mandate: Mandate) -> None:
    known = roles()
    if mandate.role not in known:
        raise Refusal("role-unknown", role=mandate.role, known=", ".join(sorted(known)))
    names = known[mandate.role].names
    if names and not getattr(mandate, names):
        raise Refusal("mandate-names-nothing", role=mandate.role, what=names)
    subjects = directory_as_of().labels
    unknown = [subject for subject in (mandate.party, mandate.area) if subject and subject not in subjects]
    if unknown:
        raise Refusal("mandate-of-unknown-subject", subjects=", ".join(unknown))
    _check_span(mandate)


def _check_span(mandate: Mandate) -> None:
    if mandate.end is not None and mandate.end < mandate.start:
        raise Refusal("mandate-ends-before-it-begins", start=mandate.start, end=mandate.end)
