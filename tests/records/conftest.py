import pytest

from tanheng.records.models import Person
from tanheng.records.people import person_named


@pytest.fixture
def clerk(db: None) -> Person:
    return person_named("王芳", "wang@example.org")
