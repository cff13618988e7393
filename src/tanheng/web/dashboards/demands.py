"""The targets in reach with their lights: what the matrix and the page of a target begin with. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tanheng.kernel.demand import Target
from tanheng.kernel.faults import Refusal
from tanheng.records.selecting import log_position
from tanheng.records.site_files import home
from tanheng.records.standing_obligations import RecordedObligation, obligations_as_of
from tanheng.reports.board import TargetLight
from tanheng.reports.stored_board import kept_board
from tanheng.web.dashboards.quarters import shown_of, stored_barometers
from tanheng.web.directory.scope import Scope

FLOOR = "floor"


@dataclass(frozen=True)
class Demanded:
    """A target that counts, and the subject of the directory that it is about."""

    recorded: RecordedObligation
    target: Target
    subject: str

    @property
    def year(self) -> str:
        """The year by which it is due; empty where the document names none."""
        return self.target.demand.by[:4] if self.target.demand.by else ""

    @property
    def since(self) -> str:
        """The period it is compared with; empty where there is none."""
        return self.target.baseline.period if self.target.baseline else ""

    @property
    def tier(self) -> str:
        """Its tier; one without is a floor."""
        return self.target.tier or FLOOR


def demands_of(scope: Scope) -> Sequence[Demanded]:
    """The targets that count today and whose subject is in reach, in the order of their documents."""
    named = {label["zh"]: id for id, label in scope.ground.directory.labels.items()}
    found = []
    for item in _standing(str(home().root), log_position(), scope.day):
        target = item.obligation
        if not isinstance(target, Target):
            continue
        place, mark, line = target.subject.partition("#")
        subject = place if scope.ground.knows(place) else named.get(place, "")
        if subject and scope.sees(subject):
            found.append(Demanded(item, target, f"{subject}{mark}{line}"))
    return found


def demand_of(scope: Scope, id: str) -> Demanded:
    """One target in reach.

    Refuses  obligation-unknown: none of that name, or none that the reader sees.
    """
    found = next((item for item in demands_of(scope) if item.target.id == id), None)
    if found is None:
        raise Refusal("obligation-unknown", id=id)
    return found


def lights_of(scope: Scope, year: str) -> Mapping[tuple[str, str], tuple[str, TargetLight]]:
    """The lights of the last quarter of a year by target and tier, each with the result it stands in."""
    stored = [run for run in stored_barometers(scope) if str(run.period.start.year) == year]
    if not stored:
        return {}
    last = max(stored, key=lambda run: run.period.end).period
    boards = [kept_board(run.id) for run in shown_of(stored, last)]
    lights = ((board.result.id, light) for board in boards for light in board.lights)
    return {(light.target, light.tier): (id, light) for id, light in lights if scope.sees(light.subject)}


@lru_cache(maxsize=4)
def _standing(_root: str, position: int, day: object) -> tuple[RecordedObligation, ...]:
    return tuple(item for item in obligations_as_of(day, position) if item.counts)
