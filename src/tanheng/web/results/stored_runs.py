"""Which results are stored of a method, by what they were asked: nothing of their figures is read for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.run import Parameters
from tanheng.records.computing import open_result
from tanheng.records.site_files import results
from tanheng.web.directory.scope import Scope


@dataclass(frozen=True)
class StoredRun:
    """A stored result by its receipt."""

    id: str
    method: str
    scheme: str
    period: Period
    known_on: date
    log_position: int
    by_own_settings: bool


def stored_runs(method: str, scope: Scope) -> Sequence[StoredRun]:
    """The results of a method under schemes in reach, the one to show first in front: with the settings as they are,
    known last, recorded last.
    """
    every = (_run(str(results().root), id) for id in results().ids())
    found = [item for item in every if item is not None and item.method == method and scope.sees_scheme(item.scheme)]
    return sorted(found, key=lambda item: (item.by_own_settings, -item.known_on.toordinal(), -item.log_position))


@lru_cache(maxsize=4096)
def _run(_root: str, id: str) -> StoredRun | None:
    """What a result was asked; None for one that is damaged: the list of results says so."""
    try:
        receipt = open_result(id).receipt
    except Refusal:
        return None
    asked = Parameters.of_json(receipt["parameters"])
    own = bool(asked.settings)
    return StoredRun(id, receipt["method"], asked.scheme, asked.period, asked.known_on, asked.log_position, own)
