"""Persons: the one part of the records that can be erased."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from tanheng.records.models import Person


def person_named(name: str, email: str = "") -> Person:
    """The person of that name and email; recorded now where there is none."""
    person, _ = Person.objects.get_or_create(display_name=name, email=email)
    return person


def names_of(actors: Iterable[UUID]) -> dict[UUID, str]:
    """The names of persons by their numbers; an erased person keeps the number alone."""
    return {person.id: str(person) for person in Person.objects.filter(id__in=set(actors))}


def erase(person: Person) -> None:
    """Blanks name and email. The log is untouched: it never had them, and still says that one and the same
    person did those acts.
    """
    Person.objects.filter(id=person.id).update(display_name="", email="")
    person.refresh_from_db()
