"""Recording directories and observations: one call, one transaction, at most one event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction

from tanheng.kernel import fact, subject
from tanheng.kernel.faults import Finding
from tanheng.records.arriving import came
from tanheng.records.chain import append, lock_log
from tanheng.records.changes import Changes, Outcome
from tanheng.records.directory_changes import directory_changes
from tanheng.records.models import Observation, Person
from tanheng.records.observation_changes import observation_changes
from tanheng.records.registers import Origin, Register, is_kept, register_of
from tanheng.records.selecting import IMPORT
from tanheng.records.suspecting import Suspicion
from tanheng.store.layout_registers import RegisterRow


@dataclass(frozen=True)
class Recorded:
    """What came of recording: how many were new, said something else, or said nothing new; and where it stands.

    `position` is None where nothing was appended: there was nothing new, or it was a dry run. `kept` counts the rows
    that were kept as they stand; `findings` are warnings about the file as a whole.
    """

    new: int
    changed: int
    unchanged: int
    position: int | None
    kept: int = 0
    findings: tuple[Finding, ...] = ()

    def counts(self) -> Mapping[str, int | None]:
        """The numbers alone, by name."""
        return {name: value for name, value in vars(self).items() if name != "findings"}


def record_directory(directory: subject.Directory, actor: Person, note: str = "") -> Recorded:
    """Appends what a directory says beyond what is recorded, under one event of kind `directory`.

    Reads    subjects and relations; what the directory does not mention stays as it is. A relation is ended by
             recording it once more with an end.
    Refuses  batch-states-twice, relation-ends-before-it-begins, relation-of-unknown-subject,
             directory-relations-overlap; nothing is written then.
    """
    return _record("directory", lambda: directory_changes(directory), actor, note)


def record_observations(
    observations: Iterable[fact.Observation],
    actor: Person,
    note: str = "",
    dry_run: bool = False,
    rows: Sequence[RegisterRow] = (),
    suspicion: Suspicion | None = None,
    origin: Origin | None = None,
) -> Recorded:
    """Appends the observations that say something new, under one event of kind `observations`.

    Reads    rows: those of the same file that are kept as they stand; they go into the event, unless they are kept;
             suspicion: what makes a file odd beside the records (default: nothing); origin: the file, the day of its
             publication (default: that of its recording) and its layout, by which the data calendar knows what came.
    Gives    the counts. A statement equal to the one that counted on its publication date says nothing new; one
             that differs is appended as its revision. The earlier row stays as it is.
    Refuses  batch-states-twice: two observations with one key; nothing is written then.
    """
    statements = list(observations)
    if dry_run:
        return _recorded(observation_changes(statements), None)
    suspected: list[Finding] = []

    def found() -> Changes[Observation]:
        changes = observation_changes(statements)
        suspected.extend(suspicion.of(changes.judged) if suspicion else ())
        return changes

    told = _came(statements, rows, origin)
    return replace(_record(IMPORT, found, actor, note, rows, origin, told), findings=tuple(suspected))


def _record(
    kind: str,
    find_changes: Callable[[], Changes[Any]],
    actor: Person,
    note: str,
    rows: Sequence[RegisterRow] = (),
    origin: Origin | None = None,
    told: Mapping[str, Any] | None = None,
) -> Recorded:
    with transaction.atomic():
        lock_log()
        changes, register = find_changes(), _new_register(rows, origin)
        found = changes.rows
        if not found and not register:
            return _recorded(changes, None)
        counts = {str(outcome): changes.count(outcome) for outcome in Outcome}
        payload = {"note": note, **counts, **_restated(changes), **register, **(told or {})}
        position = append(kind, payload, actor, found).position
        return replace(_recorded(changes, position), kept=len(rows) if register else 0)


def _came(
    statements: Sequence[fact.Observation], rows: Sequence[RegisterRow], origin: Origin | None
) -> Mapping[str, Any]:
    if origin is None or not origin.layout:
        return {}
    told = {"came": came(origin.layout, origin.hash, origin.published, statements, rows)}
    return told | ({"evidence": [asdict(item) for item in origin.evidence]} if origin.evidence else {})


def _new_register(rows: Sequence[RegisterRow], origin: Origin | None) -> Mapping[str, Register]:
    """What the event says of rows that are kept as they stand; nothing where there are none, or the same are kept."""
    if not rows or is_kept(register := register_of(rows, origin)):
        return {}
    return {"register": register}


def _restated(changes: Changes[Any]) -> Mapping[str, Mapping[str, int]]:
    """How many statements of earlier events the batch repeats, by their positions.

    A repetition is not kept, so whoever undoes the earlier event must learn which later file stated the same.
    """
    repeated = Counter(item.earlier.position for item in changes.judged if item.same and item.earlier is not None)
    return {"restates": {str(position): repeated[position] for position in sorted(repeated)}} if repeated else {}


def _recorded(changes: Changes[Any], position: int | None) -> Recorded:
    new, changed, unchanged = (changes.count(outcome) for outcome in Outcome)
    return Recorded(new, changed, unchanged, position)
