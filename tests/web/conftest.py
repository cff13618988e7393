import pytest
from django.test import Client

from tanheng.records.computing import computed_again
from tanheng.records.people import person_named
from tanheng.store.results import StoredResult
from tests.web.a_city import computed, found_city


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
