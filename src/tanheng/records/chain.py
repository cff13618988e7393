"""The log: appending under one lock, and how an event vouches for the rows that hang from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from tanheng.records.append_only import BatchRow
from tanheng.records.canonical import canonical, digest
from tanheng.records.inserting import insert
from tanheng.records.models import Event, LogHead, Observation, Person


def lock_log() -> LogHead:
    """The end of the log, locked until the transaction ends: nobody else appends meanwhile.

    Whoever decides what to append from what is there already takes the lock before reading.
    """
    head, _ = LogHead.objects.select_for_update().get_or_create(pk=1)
    return head


def append(kind: str, payload: Mapping[str, Any], actor: Person, rows: Sequence[BatchRow] = ()) -> Event:
    """Appends one event and the rows that hang from it: all of it, or nothing.

    Gives    the event at the next position. Its payload carries, under `rows`, the count and the digest of the
             rows of each table, so that the chain vouches for them too.
    """
    batches = _batches(rows)
    commitments = {table: commitment(batch) for table, batch in batches.items()}
    with transaction.atomic():
        head = lock_log()
        event = _next_event(head, kind, {**payload, "rows": commitments} if rows else payload, actor)
        event.save()
        head.position, head.hash = event.position, event.hash
        head.save()
        for batch in batches.values():
            _insert(batch, event)
    return event


def commitment(rows: Iterable[BatchRow]) -> dict[str, int | str]:
    """How an event vouches for rows of one table: their count, and a digest over their hashes in order."""
    hashes = [row.row_hash for row in rows]
    return {"count": len(hashes), "digest": digest(*hashes)}


def hash_of(row: BatchRow) -> str:
    """The hash of what a row says now."""
    return digest(canonical(row.statement()))


def table_of(row: BatchRow | type[BatchRow]) -> str:
    """The name of a row's table within the records: observation, relation."""
    return str(row._meta.model_name)


def _next_event(head: LogHead, kind: str, payload: Mapping[str, Any], actor: Person) -> Event:
    event = Event(
        position=head.position + 1,
        kind=kind,
        payload=payload,
        actor=actor.id,
        at=timezone.now(),
        previous_hash=head.hash,
    )
    event.hash = event.computed_hash()
    return event


def _batches(rows: Sequence[BatchRow]) -> dict[str, list[BatchRow]]:
    """Rows by table, numbered from 1 and hashed."""
    batches = {table: list(group) for table, group in groupby(sorted(rows, key=table_of), key=table_of)}
    for batch in batches.values():
        for number, row in enumerate(batch, start=1):
            row.row, row.row_hash = number, hash_of(row)
    return batches


def _insert(batch: Sequence[BatchRow], event: Event) -> None:
    for row in batch:
        row.event_id = event.position
    if isinstance(batch[0], Observation):
        insert(batch)
    else:
        type(batch[0]).objects.bulk_create(batch)
