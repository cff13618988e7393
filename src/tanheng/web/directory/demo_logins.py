"""The logins of a demonstration: made only where every figure is made up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.contrib.auth import get_user_model

from tanheng.kernel.pack import DemoLogin, DemoLogins, PackManifest
from tanheng.kernel.subject import Directory, Party
from tanheng.records.mandates import grant_mandate, mandates
from tanheng.records.models import Person
from tanheng.records.people import person_named, person_of_login
from tanheng.records.recording import record_directory
from tanheng.records.selecting import directory_as_of
from tanheng.store.packs import read_packs
from tanheng.web.directory.fiction import site_is_fictional
from tanheng.web.ui.words import said

_ACTOR = "demo"


def demo_logins() -> DemoLogins | None:
    """The logins of this site; None where the place is not made up."""
    return _of_packs() if site_is_fictional() else None


def ensure_demo_logins() -> DemoLogins | None:
    """Makes whatever login and mandate is missing; gives the list that a made-up site prints and shows."""
    found = demo_logins()
    if found is None:
        return None
    actor = person_named(_ACTOR)
    parties = tuple(Party(party.id, party.label.model_dump()) for party in found.parties)
    record_directory(Directory(parties=parties), actor, note=found.id)
    known = set(directory_as_of().labels)
    for login in found.logins:
        _ensure(login, found, known, actor)
    return found


def _ensure(login: DemoLogin, found: DemoLogins, known: set[str], actor: Person) -> None:
    users = get_user_model().objects
    if not users.filter(username=login.login).exists():
        users.create_user(login.login, password=found.password)
    person = person_of_login(login.login, said(login.label))
    if mandates(person.id):
        return
    grant_mandate(
        person=person,
        role=login.role,
        actor=actor,
        start=found.start,
        area=_first(login.areas, known),
        party=_first(login.parties, known),
    )


def _first(wanted: Sequence[str], known: set[str]) -> str:
    return next((subject for subject in wanted if subject in known), "")


@cache
def _of_packs() -> DemoLogins | None:
    """Read once: a new pack needs a restart."""
    packs, _ = read_packs()
    made_up = {manifest.id for manifest in packs.all(PackManifest) if manifest.fictional}
    shapes = [item.value for item in packs.definitions if item.pack in made_up]
    return next((shape for shape in shapes if isinstance(shape, DemoLogins)), None)
