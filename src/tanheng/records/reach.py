"""How far whoever sends workbooks in may speak: about which subjects a file of theirs may say something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tanheng.kernel.fact import Observation
from tanheng.kernel.faults import Finding
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.store import Reading
from tanheng.store.layout_registers import RegisterRow

_UNKNOWN = frozenset({"facility-unknown", "subject-unknown"})
_SHOWN = 60


@dataclass(frozen=True)
class Reach:
    """The subjects that a sender may speak about; `whole` where that is the site as such."""

    whole: bool
    sees: Callable[[str, Period | None], bool]

    def directory(self, directory: Directory) -> Directory:
        """What of a directory is in reach: a file is read against nothing else, so that no answer to it names, by a
        near miss or by a code, a subject that its sender must not know of.
        """
        if self.whole:
            return directory
        areas = tuple(item for item in directory.areas if self.sees(item.id, None))
        facilities = tuple(item for item in directory.facilities if self.sees(item.id, None))
        known = {item.id for item in areas} | {item.id for item in facilities}
        relations = tuple(item for item in directory.relations if {item.child, item.parent} <= known)
        return Directory(areas=areas, facilities=facilities, relations=relations)

    def checked(self, reading: Reading) -> Reading:
        """A reading with a blocker for every row about what is out of reach.

        Finds    subject-out-of-reach: not in the directory or not the sender's, which is the same answer;
                 register-out-of-reach: rows that are about the site as such.
        """
        if self.whole:
            return reading
        told = (_as_out_of_reach(item) for item in reading.findings)
        beyond = (*self._figures(reading.observations), *self._rows(reading.rows))
        return replace(reading, findings=(*told, *beyond))

    def _figures(self, observations: Iterable[Observation]) -> Iterator[Finding]:
        for item in observations:
            if not self.sees(item.key.subject, item.key.period):
                place = item.source.partition("/")[2]
                yield Finding("subject-out-of-reach", place, {"text": place.rpartition("!")[2]})

    def _rows(self, rows: Iterable[RegisterRow]) -> Iterator[Finding]:
        for row in rows:
            if row.subject is None or not self.sees(row.subject, row.period):
                yield Finding("register-out-of-reach", row.place, {"register": row.kind})


def _as_out_of_reach(finding: Finding) -> Finding:
    if finding.code not in _UNKNOWN:
        return finding
    names = [str(finding.fields[name]) for name in ("code", "name", "text") if name in finding.fields]
    return replace(finding, code="subject-out-of-reach", fields={"text": " ".join(names)[:_SHOWN]})
