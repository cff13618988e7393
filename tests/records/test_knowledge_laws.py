"""Later knowledge never changes what was known earlier, whatever is appended in whatever order."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanheng.kernel.fact import Observation, ObservationKey, known_intervals
from tanheng.records.models import Person
from tanheng.records.people import person_named
from tanheng.records.recording import record_observations
from tanheng.records.selecting import log_position, observation_rows
from tests.records.world import SUMMER, stated

pytestmark = pytest.mark.django_db

DAYS = st.integers(0, 6).map(lambda days: SUMMER + timedelta(days=days))
STATEMENTS = st.builds(stated, st.integers(1, 4).map(str), DAYS, month=st.integers(1, 3))
BATCH = st.lists(STATEMENTS, min_size=1, max_size=3, unique_by=lambda item: item.key)
BATCHES = st.lists(BATCH, max_size=6)
LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def empty_log() -> Iterator[Person]:
    """A log that is empty at the start of each example, and somebody to write to it."""
    with transaction.atomic():
        yield person_named("王芳")
        transaction.set_rollback(True)


Selection = Mapping[tuple[object, ...], Decimal]


def selection(known_on: date, position: int) -> Selection:
    """What counts at a knowledge date, among what was recorded up to a position."""
    rows = [
        ((row["indicator"], row["subject"], row["period_start"]), row["published"], row["position"], row)
        for row in observation_rows(position)
    ]
    return {
        (row["subject"], row["period_start"]): row["value"]
        for row, known in known_intervals(rows)
        if known.known_from <= known_on and (known.known_to is None or known_on < known.known_to)
    }


def everything_known(position: int) -> list[Selection]:
    return [selection(SUMMER + timedelta(days=day), position) for day in range(-1, 8)]


def record(batches: Iterable[Iterable[Observation]], clerk: Person) -> int:
    """Records batches and gives the position reached."""
    for batch in batches:
        record_observations(batch, clerk)
    return log_position()


@LAW
@given(before=BATCHES, after=BATCHES)
def test_no_append_changes_what_an_earlier_log_position_says(db, before, after):
    with empty_log() as clerk:
        position = record(before, clerk)
        then = everything_known(position)
        record(after, clerk)
        assert everything_known(position) == then


@LAW
@given(before=BATCHES, after=BATCHES, known_on=DAYS)
def test_what_is_published_later_changes_nothing_known_earlier(db, before, after, known_on):
    with empty_log() as clerk:
        then = selection(known_on, record(before, clerk))
        later = [[item for item in batch if item.published > known_on] for batch in after]
        assert selection(known_on, record(later, clerk)) == then


@LAW
@given(before=BATCHES, last=BATCH)
def test_recording_the_last_batch_once_more_says_nothing_new(db, before, last):
    with empty_log() as clerk:
        record([*before, last], clerk)
        assert record_observations(last, clerk).position is None


def counting(told: Iterable[Observation], known_on: date) -> dict[ObservationKey, Decimal]:
    """By hand: of each key the latest published, and of one day the last recorded."""
    known = sorted((item for item in told if item.published <= known_on), key=lambda item: item.published)
    return {item.key: item.value for item in known}


@LAW
@given(batches=BATCHES)
def test_at_every_date_the_latest_published_counts_and_a_restatement_is_no_statement(db, batches):
    # each batch a file of its own: a cell recorded already, with its value and day, says nothing the second time
    batches = [
        [replace(item, source=f"{number}/book.xlsx!Sheet!F12") for item in batch]
        for number, batch in enumerate(batches)
    ]
    told: list[Observation] = []
    for item in (item for batch in batches for item in batch):
        then = counting(told, item.published)
        if item.key not in then or then[item.key] != item.value:
            told.append(item)
    with empty_log() as clerk:
        position = record(batches, clerk)
        for known_on in {item.published for item in told}:
            found = {(key.subject, key.period.start): value for key, value in counting(told, known_on).items()}
            assert selection(known_on, position) == found
