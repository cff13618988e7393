"""Documents that replace or amend one another: one more record, and the obligations follow from its day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.records.chain import append, lock_log
from tanheng.records.models import Person
from tanheng.records.obligation_models import REJECTED, Instrument, Obligation, Succession
from tanheng.records.selecting import latest, log_position

SUCCESSION = "instrument_succeeded"


def succeed_instrument(
    earlier: str,
    later: str,
    start: date,
    actor: Person,
    *,
    kind: Literal["supersedes", "amends"] = "supersedes",
    ended: Sequence[str] = (),
    reason: str = "",
) -> Succession:
    """Records that from a day on `later` takes the place of `earlier`, or of the obligations `ended` of it.

    Gives    the row; the one that is recorded where it says the same. Another day or reason is its revision.
    Refuses  instrument-unknown; instrument-succeeds-itself: by itself or by way of others; obligation-unknown: one of
             `ended` is none of the earlier document; amendment-ends-nothing. Nothing is written then.
    """
    row = Succession(
        kind=kind, earlier=earlier, later=later, start=start, ended=sorted(set(ended)), reason=reason.strip()
    )
    with transaction.atomic():
        lock_log()
        until = log_position()
        _check(row, until)
        known = latest(Succession, until)
        if row.identity() in known and known[row.identity()].statement() == row.statement():
            return known[row.identity()]
        append(SUCCESSION, {"earlier": earlier, "later": later, "kind": kind}, actor, [row])
    return row


def _check(row: Succession, until: int) -> None:
    instruments = latest(Instrument, until)
    for id in (row.earlier, row.later):
        if (id,) not in instruments:
            raise Refusal("instrument-unknown", id=id, known=", ".join(name for (name,) in instruments) or "-")
    if row.kind == "amends" and not row.ended:
        raise Refusal("amendment-ends-nothing", earlier=row.earlier, later=row.later)
    mine = {item.obligation for item in latest(Obligation, until).values() if _stands(item, row.earlier)}
    if missing := [id for id in row.ended if id not in mine]:
        raise Refusal("obligation-unknown", id=", ".join(missing))
    if row.earlier in _after(row.later, until) | {row.later}:
        raise Refusal("instrument-succeeds-itself", earlier=row.earlier, later=row.later)


def _stands(item: Obligation, instrument: str) -> bool:
    return item.instrument == instrument and item.decision != REJECTED


def _after(instrument: str, until: int) -> set[str]:
    """The documents that take an instrument's place, directly or by way of others; amendments do not."""
    replaced = [item for item in latest(Succession, until).values() if item.kind == "supersedes"]
    found, pending = set[str](), [instrument]
    while pending:
        one = pending.pop()
        later = {item.later for item in replaced if item.earlier == one} - found
        found |= later
        pending += later
    return found
