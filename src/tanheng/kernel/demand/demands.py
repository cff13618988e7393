"""All that is demanded at a site, and what of it counts on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tanheng.kernel.demand.exchange import document_of, obligation_of
from tanheng.kernel.demand.standing import Succession, standing_on
from tanheng.kernel.demand.target import Target
from tanheng.kernel.demand.task import Task


@dataclass(frozen=True)
class KnownObligation:
    """An obligation and the day since which it could be known: that of its document, else that of its recording."""

    obligation: Target | Task
    known: date


@dataclass(frozen=True)
class Demands:
    """The obligations of a site and what replaces what, whole; which of them count follows from a day."""

    obligations: tuple[KnownObligation, ...] = ()
    successions: tuple[Succession, ...] = ()

    def targets(self, day: date) -> list[Target]:
        """The targets that count for whoever knows what was issued by a day, by id."""
        return [item for item in self._counting(day) if isinstance(item, Target)]

    def tasks(self, day: date) -> list[Task]:
        """The tasks that count for whoever knows what was issued by a day, by id."""
        return [item for item in self._counting(day) if isinstance(item, Task)]

    def _counting(self, day: date) -> list[Target | Task]:
        known = [item.obligation for item in self.obligations if item.known <= day]
        standing = standing_on(known, self.successions, day)
        return sorted((item.obligation for item in standing if item.counts), key=lambda one: one.id)

    def as_json(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The demands as plain values: `Demands.of_json(x.as_json()) == x`."""
        return {
            "obligations": [
                {"document": document_of(item.obligation), "known": item.known.isoformat()} for item in self.obligations
            ],
            "successions": [
                {
                    "kind": item.kind,
                    "earlier": item.earlier,
                    "later": item.later,
                    "start": item.start.isoformat(),
                    "ended": list(item.ended),
                }
                for item in self.successions
            ],
        }

    @staticmethod
    def of_json(found: Mapping[str, Iterable[Mapping[str, Any]]]) -> Demands:
        """The demands that plain values state.

        Refuses  obligation-unreadable.
        """
        return Demands(
            tuple(
                KnownObligation(obligation_of(item["document"]), date.fromisoformat(item["known"]))
                for item in found["obligations"]
            ),
            tuple(
                Succession(
                    item["kind"],
                    item["earlier"],
                    item["later"],
                    date.fromisoformat(item["start"]),
                    tuple(item["ended"]),
                )
                for item in found["successions"]
            ),
        )
