"""The barometers that a quarter's paper is about. Reads only."""

from __future__ import annotations

from collections.abc import Sequence

from tanheng.kernel.period import Period
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.paper_case import BAROMETER, PaperCase, paper_case
from tanheng.web.results.stored_runs import StoredRun, stored_runs

METHOD = "barometer"


def barometer_case(quarter: str, period: Period) -> PaperCase:
    """The paper of a quarter: the last one that was not withdrawn."""
    return paper_case(BAROMETER, quarter, period)


def runs_of(period: Period, scope: Scope) -> Sequence[StoredRun]:
    """The barometers of a quarter to be published: under each scheme the one that is shown, energy before carbon."""
    first: dict[str, StoredRun] = {}
    for run in stored_runs(METHOD, scope):
        if run.period == period:
            first.setdefault(run.scheme, run)
    return [first[scheme] for scheme in sorted(first, reverse=True)]
