"""Which statements of a batch are new, which revise an earlier one, and which say nothing new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from tanheng.kernel import fact
from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.period import Period
from tanheng.records.canonical import canonical, digest
from tanheng.records.changes import Changes, Judged
from tanheng.records.models import Observation
from tanheng.records.selecting import undone_positions

_KEYS_PER_QUERY = 900  # SQLite takes 999 parameters in its older builds
_NAMED_AT_MOST = 20


def observation_changes(
    statements: Sequence[fact.Observation], ahead: Sequence[Observation] = ()
) -> Changes[Observation]:
    """Compares statements with what is recorded and not undone.

    A statement is compared with the one that counted on its own publication date, not with the newest: importing
    an old file once more says nothing new, although a revision has appeared since. A restatement is not kept: most
    monthly files restate the months before. So a later correction of the first statement reaches past it.
    The same cell of the same file, published on the same day, says nothing new whatever was recorded in between: a
    file that is imported once more by mistake does not take back a correction that bears its date.

    Reads    ahead: rows that would have been appended before these, for a dry run over several files.
    Refuses  batch-states-twice: two statements with one key.
    """
    if found := stated_twice(statements):
        raise _refusal(found)
    rows = [_row(statement) for statement in statements]
    recorded = recorded_under({row.key_hash for row in rows}, ahead)
    return Changes([_judged(row, recorded[row.key_hash] if row.key_hash in recorded else ()) for row in rows])


def _judged(row: Observation, recorded: Sequence[Observation]) -> Judged[Observation]:
    if not recorded:
        return Judged(row, None, same=False)
    earlier = _counting_then(row, recorded)
    row.supersedes = earlier
    repeated = _repeated(row, earlier, recorded)
    return Judged(row, repeated or earlier, repeated is not None)


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
        key_hash=hash_of_key(key),
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


def hash_of_key(key: fact.ObservationKey) -> str:
    """The hash under which what is stated of a key is found."""
    names = [key.indicator, key.subject, key.accumulation.value, key.coverage, key.use_class]
    return digest(canonical([*names, *_dates(key.period), dict(key.dimensions)]))


@lru_cache(maxsize=1024)
def _dates(period: Period) -> tuple[str, str]:
    """A batch has few periods and very many keys."""
    return period.start.isoformat(), period.end.isoformat()


def key_hash_of(row: Observation, period: Period) -> str:
    """The hash of the key that a row would have for another period."""
    key = replace(row.as_fact().key, period=period)
    return hash_of_key(key)


def recorded_under(wanted: set[str], ahead: Iterable[Observation] = ()) -> Mapping[str, list[Observation]]:
    """What is recorded under some keys, by key, in the order in which it could be known."""
    found, undone, keys = list[Observation](), undone_positions(), sorted(wanted)
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        rows = Observation.objects.filter(key_hash__in=keys[start : start + _KEYS_PER_QUERY])
        found += (row for row in rows if row.position not in undone)
    found.sort(key=lambda row: (row.key_hash, row.published, row.position))
    found += (row for row in ahead if row.key_hash in wanted)
    found.sort(key=lambda row: (row.key_hash, row.published))
    return {key_hash: list(rows) for key_hash, rows in groupby(found, key=lambda row: row.key_hash)}


def _repeated(row: Observation, earlier: Observation | None, recorded: Sequence[Observation]) -> Observation | None:
    """The recorded statement that already says what this one says; None where it says something new."""
    if earlier is not None and _say_the_same(row, earlier):
        return earlier
    cell = _cell(row.source)
    of_the_cell = (item for item in recorded if item.published == row.published and _cell(item.source) == cell)
    return next((item for item in of_the_cell if _say_the_same(row, item)), None)


def _say_the_same(one: Observation, other: Observation) -> bool:
    return (one.value, one.unit, one.status) == (other.value, other.unit, other.status)


def _cell(source: str) -> tuple[str, ...]:
    """Content, sheet and cell of `<digest>/<file>!<sheet>!<cell>`: what the file is called does not matter."""
    content, _, place = source.partition("/")
    return (content, *place.split("!")[-2:])


def _counting_then(row: Observation, recorded: Sequence[Observation]) -> Observation | None:
    """The recorded statement that counted when this one was published."""
    earlier = [item for item in recorded if item.published <= row.published]
    return earlier[-1] if earlier else None
