"""What the pages of results do. Each call is one act of the records room, which writes one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.records.computing import compute
from tanheng.records.models import Publication
from tanheng.records.people import person_named
from tanheng.records.publishing import open_publication, publish, published_result
from tanheng.store.results import StoredResult


def publish_result(
    *, result: str, title: str, figures: Sequence[str], accepted: Mapping[str, str], user: str
) -> Publication:
    """Publishes a result, or some of its figures, in the name of a user.

    Refuses  title-missing, result-not-found, figure-not-found, publication-blocked, acceptance-without-reason.
    """
    if not title:
        raise Refusal("title-missing")
    return publish(result, title, person_named(user), figures=figures, accepted=accepted)


def compute_afresh(*, position: int, known_on: date) -> StoredResult:
    """What a publication asked for, computed from all that is recorded now and known on a date.

    `latest` stays what it was: a question that somebody asks here does not change the first page for everybody.

    Refuses  publication-not-found, no-activity-data.
    """
    receipt = published_result(open_publication(str(position))).receipt
    asked = receipt["parameters"]
    period = Period.parse(asked["period"])
    return compute(
        receipt["method"],
        period,
        asked["scheme"],
        known_on,
        fill=asked.get("fill"),
        settings=asked.get("settings"),
        as_latest=False,
    )
