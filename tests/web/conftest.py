from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from tanheng.records.computing import computed_again
from tanheng.records.mandates import grant_mandate
from tanheng.records.people import person_named, person_of_login
from tanheng.store.results import StoredResult
from tests.web.a_browser import FLAGS
from tests.web.a_city import BUREAU, CITY, MILL, NORTH, OFFICE, PASSWORD, TOWN, computed, found_city

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


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a window, for all tests of a file."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def result(db: None, settings, tmp_path) -> StoredResult:
    """A computed result of the invented city, in a home of its own."""
    settings.TANHENG_HOME = str(tmp_path / "home")
    computed_again.cache_clear()
    found_city(person_named("王芳"), tmp_path)
    return computed()


@pytest.fixture
def anyone(db: None) -> Client:
    """Whoever comes by: nobody has logged in."""
    return Client()


@pytest.fixture
def client(db: None) -> Client:
    """A client that has logged in and acts for the city's office: it sees everything."""
    return _logged_in("office", role="office")


@pytest.fixture
def office(client: Client) -> Client:
    """The same client, where a test is about acting."""
    return client


@pytest.fixture
def as_role(result: StoredResult) -> Callable[..., Client]:
    """Logs somebody in under a mandate of a role in the invented city: `as_role("town")`; a fresh client each time."""

    def logged_in(role: str, *, party: str | None = None, area: str | None = None, scheme: str = "") -> Client:
        usual = MANDATES[role]
        return _logged_in(
            f"{role}-{uuid4().hex[:6]}",
            role=role,
            party=usual[0] if party is None else party,
            area=usual[1] if area is None else area,
            scheme=scheme,
        )

    return logged_in


def _logged_in(login: str, **mandate: str) -> Client:
    client, user = Client(), get_user_model().objects.create_user(login, password=PASSWORD)
    actor = person_named("王芳")
    grant_mandate(person=person_of_login(login), actor=actor, start=date(2020, 1, 1), **mandate)
    client.force_login(user)
    return client
