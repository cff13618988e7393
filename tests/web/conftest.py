from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tanheng.records.computing import computed_again
from tanheng.records.mandates import grant_mandate
from tanheng.records.people import person_named, person_of_login
from tanheng.store.results import StoredResult
from tests.web.a_city import BUREAU, CITY, MILL, NORTH, OFFICE, TOWN, computed, found_city

# the party and the area of a mandate, by role: the town and the unit lie in the north
MANDATES = {
    "office": (OFFICE, CITY),
    "department": (BUREAU, CITY),
    "district": ("", NORTH),
    "town": ("", TOWN),
    "unit": (MILL, ""),
    "verifier": ("", NORTH),
    "leader": (OFFICE, CITY),
}


@pytest.fixture
def result(db: None, settings, tmp_path) -> StoredResult:
    """A computed result of the invented city, in a home of its own."""
    settings.TANHENG_HOME = str(tmp_path / "home")
    computed_again.cache_clear()
    found_city(person_named("王芳"), tmp_path)
    return computed()


@pytest.fixture
def office(client: Client, django_user_model) -> Client:
    """A client that has logged in."""
    client.force_login(django_user_model.objects.create_user("office", password="a long enough password"))
    return client


@pytest.fixture
def as_role(result: StoredResult) -> Callable[..., Client]:
    """Logs somebody in under a mandate of a role in the invented city: `as_role("town")`; a fresh client each time."""

    def logged_in(role: str, *, party: str | None = None, area: str | None = None, scheme: str = "") -> Client:
        usual = MANDATES[role]
        login = f"{role}-{uuid4().hex[:6]}"
        client, user = Client(), get_user_model().objects.create_user(login, password="a long enough password")
        grant_mandate(
            person=person_of_login(login),
            role=role,
            actor=person_named("王芳"),
            start=date(2020, 1, 1),
            party=usual[0] if party is None else party,
            area=usual[1] if area is None else area,
            scheme=scheme,
        )
        client.force_login(user)
        return client

    return logged_in
