"""Persons: the one part of the records that can be erased."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from tanheng.records.models import Person


def person_named(name: str, email: str = "") -> Person:
    """The person of that name and email; recorded now where there is none."""
    person, _ = Person.objects.get_or_create(display_name=name, email=email)
    return person


def person_of_login(login: str, name: str = "", email: str = "") -> Person:
    """The person who logs in by that name; recorded now where there is none, never taken for somebody of like name."""
    found = Person.objects.filter(login=login).first()
    if found is not None:
        return found
    shown = name or login
    if Person.objects.filter(display_name=shown, email=email).exists():
        shown = f"{shown} ({login})"
    return Person.objects.get_or_create(login=login, defaults={"display_name": shown, "email": email})[0]


def names_of(actors: Iterable[UUID]) -> dict[UUID, str]:
    """The names of persons by their numbers; an erased person keeps the number alone."""
    return {person.id: str(person) for person in Person.objects.filter(id__in=set(actors))}


def erase(person: Person) -> None:
    """Blanks name, email and login. The log is untouched: it never had them, and still says that one and the same
    person did those acts.
    """
    Person.objects.filter(id=person.id).update(display_name="", email="", login=None)
    person.refresh_from_db()
