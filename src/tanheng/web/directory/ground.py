"""What lies where and belongs to whom, asked upwards from a subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Directory, Relation, Stay

_REPORTS_TO = "reports_to"
_EVER = Period(date.min, date.max)


@dataclass(frozen=True, eq=False)
class Ground:
    """The relations of a directory by their child."""

    directory: Directory

    @cached_property
    def _above(self) -> Mapping[str, Sequence[Relation]]:
        found: dict[str, list[Relation]] = {}
        for relation in self.directory.relations:
            found.setdefault(relation.child, []).append(relation)
        return found

    def lies_in(self, subject: str, area: str, start: date, end: date, below: tuple[str, ...] = ()) -> bool:
        """Whether a subject is an area, or lay in it on every day of a span on which it lay anywhere."""
        if subject == area or subject in below:  # what lies in itself by mistake lies nowhere
            return subject == area
        stays = [item for item in self._of(subject, (LOCATED_IN,)) if _overlaps(item, start, end)]
        clipped = ((item.parent, max(start, item.start), min(end, item.end or end)) for item in stays)
        return bool(stays) and all(self.lies_in(parent, area, *span, (*below, subject)) for parent, *span in clipped)

    def belongs_to(self, subject: str, party: str, through: Iterable[str], day: date) -> bool:
        """Whether a subject is a party, or leads to it on a day by relations of these kinds, or by reporting lines."""
        kinds, seen, pending = {*through, _REPORTS_TO}, set[str](), [subject]
        while pending:
            found = pending.pop()
            if found == party:
                return True
            seen.add(found)
            above = (item.parent for item in self._of(found, kinds) if item.holds_on(day))
            pending += [parent for parent in above if parent not in seen]
        return False

    def parties_within(self, area: str, day: date) -> Iterator[str]:
        """The parties that something in an area is related to on a day."""
        for relation in self.directory.relations:
            related = relation.kind != LOCATED_IN and relation.parent.startswith("party/") and relation.holds_on(day)
            if related and self.lies_in(relation.child, area, *one_day(day)):
                yield relation.parent

    def about(self, subject: str) -> Sequence[Relation]:
        """The relations that lead upwards from a subject, at whatever time."""
        return self._above[subject] if subject in self._above else ()

    def stays_of(self, facility: str) -> Sequence[Stay]:
        """Where a facility lay when, from the beginning on."""
        return self._stays[facility] if facility in self._stays else ()

    @cached_property
    def _stays(self) -> Mapping[str, Sequence[Stay]]:
        found: dict[str, list[Stay]] = {}
        for stay in self.directory.stays(_EVER):
            found.setdefault(stay.facility, []).append(stay)
        return found

    def knows(self, subject: str) -> bool:
        """Whether the directory has the subject."""
        return subject in self.directory.labels

    def _of(self, child: str, kinds: Iterable[str]) -> Iterator[Relation]:
        return (item for item in self.about(child) if item.kind in kinds and not item.withdrawn)


def one_day(day: date) -> tuple[date, date]:
    """A day as a span."""
    return day, day + timedelta(days=1)


def span_of(period: Period) -> tuple[date, date]:
    """A period as a span."""
    return period.start, period.end


def _overlaps(relation: Relation, start: date, end: date) -> bool:
    return relation.start < end and (relation.end is None or start < relation.end)
