"""What the pages of results do. Each call is one act of the records room, which writes one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.records.computing import compute
from tanheng.records.models import Publication
from tanheng.records.people import person_of_login
from tanheng.records.publishing import open_publication, publish, published_result
from tanheng.store.results import StoredResult
from tanheng.web.directory.scope import Scope
from tanheng.web.results.sight import open_sight


def publish_result(
    *, result: str, title: str, figures: Sequence[str], accepted: Mapping[str, str], user: str, scope: Scope
) -> Publication:
    """Publishes a result, or some of its figures, in the name of a user.

    Refuses  not-permitted, title-missing, result-not-found, figure-not-found, publication-blocked,
             acceptance-without-reason.
    """
    scope.require("publish")
    found = open_sight(result, scope).stored.id
    if not title:
        raise Refusal("title-missing")
    return publish(found, title, person_of_login(user), figures=figures, accepted=accepted)


def compute_afresh(*, position: int, known_on: date, scope: Scope) -> StoredResult:
    """What a publication asked for, computed from all that is recorded now and known on a date.

    `latest` stays what it was: a question that somebody asks here does not change the first page for everybody.

    Refuses  not-permitted, publication-not-found, no-activity-data.
    """
    scope.require("compute")
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
