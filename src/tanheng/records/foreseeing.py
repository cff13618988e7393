"""What an import would do, line by line, found out without writing anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tanheng.kernel import fact
from tanheng.kernel.faults import Finding
from tanheng.records.changes import Changes, Judged, Outcome
from tanheng.records.models import Observation
from tanheng.records.observation_changes import observation_changes
from tanheng.records.suspecting import Suspicion


@dataclass(frozen=True)
class ForeseenLine:
    """One statement and what it would be: new, the revision of an earlier one, or what an earlier one says already."""

    outcome: Outcome
    statement: fact.Observation
    earlier: fact.Observation | None


@dataclass(frozen=True)
class Foreseen:
    """What one file would add to the records, and what is odd about it as a whole."""

    lines: tuple[ForeseenLine, ...]
    findings: tuple[Finding, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many lines are new, changed, or unchanged."""
        return sum(line.outcome is outcome for line in self.lines)


@dataclass
class Foresight:
    """A dry run over several files: each is judged as if those before it had been recorded."""

    suspicion: Suspicion | None = None
    _ahead: list[Observation] = field(default_factory=list)

    def of(self, statements: Sequence[fact.Observation], *, comes_about: bool = True) -> Foreseen:
        """What the statements of the next file would add; those after it do not count on what will not come about.

        Refuses  batch-states-twice: two statements with one key.
        """
        changes: Changes[Observation] = observation_changes(statements, self._ahead)
        if comes_about:
            self._ahead += changes.rows
        suspected = self.suspicion.of(changes.judged) if self.suspicion else ()
        return Foreseen(tuple(map(_line, changes.judged)), suspected)


def _line(item: Judged[Observation]) -> ForeseenLine:
    earlier = None if item.earlier is None else item.earlier.as_fact()
    return ForeseenLine(item.outcome, item.row.as_fact(), earlier)
