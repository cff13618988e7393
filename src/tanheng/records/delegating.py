"""Delegation (委托代办): for some days another person acts under one's mandate, and the log says who really did."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.records.canonical import digest
from tanheng.records.chain import append, lock_log
from tanheng.records.mandate_models import Mandate
from tanheng.records.mandates import KIND, end_mandate, mandate_of
from tanheng.records.models import Event, Person

DELEGATED = "delegated"


def delegate(mandate: str, *, to: Person, start: date, end: date, actor: Person) -> Mandate:
    """Lets another person act under a mandate from `start` up to, not including, `end`: a mandate of its own.

    Refuses  mandate-unknown; delegation-not-yours: the mandate is another person's; delegation-of-delegation: it was
             delegated itself; delegation-to-oneself; delegation-outside: it ends before it begins, or the days are not
             all within those of the mandate.
    """
    own = mandate_of(mandate)
    if own.person != actor.id:
        raise Refusal("delegation-not-yours", mandate=mandate)
    if to.id == actor.id:
        raise Refusal("delegation-to-oneself")
    if delegated_from(mandate):
        raise Refusal("delegation-of-delegation", mandate=mandate)
    if not own.start <= start < end or (own.end is not None and end > own.end):
        raise Refusal("delegation-outside", start=start, end=end, first=own.start, last=own.end or "-")
    names = ("role", "party", "area", "scheme")
    lent = Mandate(person=to.id, start=start, end=end, **{name: getattr(own, name) for name in names})
    # a delegation of the same days to the same person is the same one: sending the form twice changes nothing
    lent.mandate = f"mandate/{digest(mandate, start.isoformat(), end.isoformat(), to.id.hex)[:12]}"
    with transaction.atomic():
        lock_log()
        existing = Mandate.objects.filter(mandate=lent.mandate).order_by("-event_id").first()
        if existing is not None and existing.end == end:
            return existing  # one that was taken back is lent anew
        append(KIND, {"move": DELEGATED, "mandate": lent.mandate, "of": mandate}, actor, [lent])
    return mandate_of(lent.mandate)


def end_delegation(mandate: str, lent: str, *, day: date, actor: Person) -> Mandate:
    """Takes a delegation back: from that day on nobody acts under it; one that has not begun never will.

    Gives    the delegation as it stands then; one that has ended already stays as it is.
    Refuses  mandate-unknown: the mandate was not lent under that name; delegation-not-yours.
    """
    own = mandate_of(mandate)
    if own.person != actor.id:
        raise Refusal("delegation-not-yours", mandate=mandate)
    found = next((item for item in delegations_of(mandate) if item.mandate == lent), None)
    if found is None:
        raise Refusal("mandate-unknown", mandate=lent)
    if found.end is not None and found.end <= day:
        return found
    return end_mandate(lent, end=max(day, found.start), actor=actor)


def delegated_from(mandate: str) -> str:
    """The mandate that one was delegated from; empty where it was granted."""
    events = Event.objects.filter(kind=KIND, payload__mandate=mandate, payload__move=DELEGATED)
    return next((str(event.payload["of"]) for event in events), "")


def delegations_of(mandate: str) -> list[Mandate]:
    """The delegations of a mandate as last recorded, in the order in which they were made."""
    events = Event.objects.filter(kind=KIND, payload__of=mandate, payload__move=DELEGATED).order_by("position")
    return [mandate_of(lent) for lent in dict.fromkeys(str(event.payload["mandate"]) for event in events)]
