"""Which statements of a batch are new, which revise an earlier one, and which say nothing new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from tanheng.kernel import fact
from tanheng.kernel.faults import Finding, Refusal
from tanheng.records.canonical import canonical, digest
from tanheng.records.changes import Changes, changes_of
from tanheng.records.models import Observation

_KEYS_PER_QUERY = 900  # SQLite takes 999 parameters in its older builds
_NAMED_AT_MOST = 20


def observation_changes(statements: Sequence[fact.Observation]) -> Changes:
    """Compares statements with what is recorded.

    A statement is compared with the one that counted on its own publication date, not with the newest: importing
    an old file once more says nothing new, although a revision has appeared since. A restatement is not kept: most
    monthly files restate the months before. So a later correction of the first statement reaches past it.
    The same cell of the same file, published on the same day, says nothing new whatever was recorded in between: a
    file that is imported once more by mistake does not take back a correction that bears its date.

    Refuses  batch-states-twice: two statements with one key.
    """
    if found := stated_twice(statements):
        raise _refusal(found)
    rows = [_row(statement) for statement in statements]
    recorded = _recorded(row.key_hash for row in rows)
    judged = []
    for row, statement in zip(rows, statements, strict=True):
        known = recorded[row.key_hash] if row.key_hash in recorded else []
        row.supersedes = _counting_then(statement, known)
        judged.append((row, row.supersedes, _says_nothing_new(statement, row.supersedes, known)))
    return changes_of(judged)


def stated_twice(statements: Iterable[fact.Observation]) -> list[Finding]:
    """A finding for every statement whose key the batch has stated before, with both sources."""
    first: dict[fact.ObservationKey, str] = {}
    found = []
    for statement in statements:
        if statement.key not in first:
            first[statement.key] = statement.source
            continue
        fields = {"key": str(statement.key), "first": first[statement.key], "second": statement.source}
        found.append(Finding("observation-twice", statement.source, fields))
    return found


def _refusal(found: Sequence[Finding]) -> Refusal:
    pairs = "; ".join(f"{finding.fields['first']} = {finding.fields['second']}" for finding in found[:_NAMED_AT_MOST])
    return Refusal("batch-states-twice", count=len(found), pairs=pairs)


def _row(statement: fact.Observation) -> Observation:
    key = statement.key
    return Observation(
        indicator=key.indicator,
        subject=key.subject,
        dimensions=dict(sorted(key.dimensions)),
        key_hash=_key_hash(key),
        period_start=key.period.start,
        period_end=key.period.end,
        accumulation=key.accumulation.value,
        coverage=key.coverage,
        use_class=key.use_class,
        value=statement.value,
        unit=statement.unit,
        status=statement.status,
        published=statement.published,
        source=statement.source,
    )


def _key_hash(key: fact.ObservationKey) -> str:
    dates = [key.period.start.isoformat(), key.period.end.isoformat()]
    names = [key.indicator, key.subject, key.accumulation.value, key.coverage, key.use_class]
    return digest(canonical([*names, *dates, dict(key.dimensions)]))


def _recorded(key_hashes: Iterable[str]) -> Mapping[str, list[Observation]]:
    """What is recorded under some keys, by key, in the order in which it could be known."""
    wanted = sorted(set(key_hashes))
    found: list[Observation] = []
    for start in range(0, len(wanted), _KEYS_PER_QUERY):
        found += Observation.objects.filter(key_hash__in=wanted[start : start + _KEYS_PER_QUERY])
    found.sort(key=lambda row: (row.key_hash, row.published, row.position))
    return {key_hash: list(rows) for key_hash, rows in groupby(found, key=lambda row: row.key_hash)}


def _says_nothing_new(
    statement: fact.Observation, earlier: Observation | None, recorded: Sequence[Observation]
) -> bool:
    if earlier is not None and statement.says_the_same_as(earlier.as_fact()):
        return True
    cell = _cell(statement.source)
    same_day = (row for row in recorded if row.published == statement.published and _cell(row.source) == cell)
    return any(statement.says_the_same_as(row.as_fact()) for row in same_day)


def _cell(source: str) -> tuple[str, ...]:
    """Content, sheet and cell of `<digest>/<file>!<sheet>!<cell>`: what the file is called does not matter."""
    content, _, place = source.partition("/")
    return (content, *place.split("!")[-2:])


def _counting_then(statement: fact.Observation, recorded: Sequence[Observation]) -> Observation | None:
    """The recorded statement that counted when this one was published."""
    earlier = [row for row in recorded if row.published <= statement.published]
    return earlier[-1] if earlier else None
