"""Which subjects and relations of a directory are new, which are restated, and which say nothing new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tanheng.kernel import subject
from tanheng.kernel.faults import Refusal
from tanheng.records.append_only import BatchRow
from tanheng.records.changes import Changes, Judged
from tanheng.records.models import Area, Facility, Party, Relation
from tanheng.records.selecting import latest, log_position

Name = tuple[str, ...]
_NAMED_AT_MOST = 20


def directory_changes(directory: subject.Directory) -> Changes[BatchRow]:
    """Compares a directory with what is recorded. What it does not mention stays as it is.

    Refuses  batch-states-twice; relation-ends-before-it-begins; relation-of-unknown-subject: a relation of somebody
             who is neither recorded nor in the directory; directory-relations-overlap: a child in two parents of one
             kind.
    """
    rows = _rows(directory)
    _refuse_twice(rows)
    recorded = _recorded()
    _check({**recorded, **{_name(row): row for row in rows}}.values())
    return Changes([_judged(row, recorded[_name(row)] if _name(row) in recorded else None) for row in rows])


def _judged(row: BatchRow, earlier: BatchRow | None) -> Judged[BatchRow]:
    return Judged(row, earlier, earlier is not None and earlier.statement() == row.statement())


def _rows(directory: subject.Directory) -> list[BatchRow]:
    return [
        *(Party(subject=item.id, label=dict(item.label)) for item in directory.parties),
        *(Area(subject=item.id, label=dict(item.label), level=item.level) for item in directory.areas),
        *(Facility(subject=item.id, label=dict(item.label), codes=dict(item.codes)) for item in directory.facilities),
        *(
            Relation(kind=item.kind, child=item.child, parent=item.parent, start=item.start, end=item.end)
            for item in directory.relations
        ),
    ]


def _recorded() -> Mapping[Name, BatchRow]:
    until = log_position()
    tables: Sequence[type[BatchRow]] = (Party, Area, Facility, Relation)
    return {_name(row): row for table in tables for row in latest(table, until).values()}


def _name(row: BatchRow) -> Name:
    return (str(row._meta.model_name), *row.identity())


def _refuse_twice(rows: Iterable[BatchRow]) -> None:
    names = Counter(" ".join(row.identity()) for row in rows)
    if twice := [name for name, count in names.items() if count > 1]:
        raise Refusal("batch-states-twice", count=len(twice), pairs="; ".join(twice[:_NAMED_AT_MOST]))


def _check(rows: Iterable[BatchRow]) -> None:
    """Checks the directory as it would stand afterwards."""
    kept = list(rows)
    relations = [row.as_subject() for row in kept if isinstance(row, Relation)]
    backwards = [item for item in relations if item.end is not None and item.end < item.start]
    _refuse_any("relation-ends-before-it-begins", "relations", map(_text, backwards))
    subjects = {row.subject for row in kept if isinstance(row, Party | Area | Facility)}
    named = {end for item in relations for end in (item.child, item.parent)}
    _refuse_any("relation-of-unknown-subject", "subjects", sorted(named - subjects))
    overlaps = subject.overlapping(relations)
    _refuse_any("directory-relations-overlap", "pairs", (f"{_text(one)} / {_text(other)}" for one, other in overlaps))


def _refuse_any(code: str, field: str, found: Iterable[str]) -> None:
    if named := list(found)[:_NAMED_AT_MOST]:
        raise Refusal(code, **{field: "; ".join(named)})


def _text(relation: subject.Relation) -> str:
    end = "" if relation.end is None else relation.end
    return f"{relation.child} {relation.kind} {relation.parent} [{relation.start}..{end}]"
