"""The tables of what documents demand: instruments, obligations as they were reviewed, and what replaces what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from tanheng.kernel import obligation as demanded
from tanheng.records.append_only import BatchRow

ACCEPTED, CORRECTED, REJECTED = "accepted", "corrected", "rejected"


class Instrument(BatchRow):
    """What was recorded about a document: its heading, and by their hashes the file and the reading of it."""

    instrument = models.CharField(max_length=200, db_index=True)
    title = models.TextField()
    number = models.TextField()
    issuer = models.TextField()
    issued = models.DateField(null=True)
    periods = models.JSONField()
    file = models.TextField()
    source = models.CharField(max_length=64)
    reading = models.CharField(max_length=64)

    def identity(self) -> tuple[str, ...]:
        return (self.instrument,)

    def statement(self) -> Mapping[str, Any]:
        names = ("title", "number", "issuer", "periods", "file", "source", "reading")
        issued = None if self.issued is None else self.issued.isoformat()
        return {"id": self.instrument, "issued": issued, **{name: getattr(self, name) for name in names}}


class Obligation(BatchRow):
    """What a review decided about one proposal: the obligation in its exchange form, and what was proposed before.

    `span` is the place of the text in the source. `proposed` holds the earlier reading of every field that a person
    corrected. A later row about the same obligation is its revision; one that is rejected counts no more.
    """

    obligation = models.CharField(max_length=200, db_index=True)
    instrument = models.CharField(max_length=200, db_index=True)
    document = models.JSONField()
    span = models.JSONField()
    source = models.CharField(max_length=64)
    proposer = models.TextField()
    decision = models.CharField(max_length=16)
    proposed = models.JSONField()
    reason = models.TextField()

    def identity(self) -> tuple[str, ...]:
        return (self.obligation,)

    def statement(self) -> Mapping[str, Any]:
        names = ("instrument", "document", "span", "source", "proposer", "decision", "proposed", "reason")
        return {"id": self.obligation, **{name: getattr(self, name) for name in names}}

    def as_obligation(self) -> demanded.Target | demanded.Task:
        """The row as the kernel knows it."""
        return demanded.obligation_of(self.document)


class Succession(BatchRow):
    """From a day on a document takes the place of another, or of the obligations of it that are named."""

    kind = models.CharField(max_length=16)
    earlier = models.CharField(max_length=200, db_index=True)
    later = models.CharField(max_length=200)
    start = models.DateField()
    ended = models.JSONField()
    reason = models.TextField()

    def identity(self) -> tuple[str, ...]:
        return (self.earlier, self.later)

    def statement(self) -> Mapping[str, Any]:
        names = ("kind", "earlier", "later", "ended", "reason")
        return {"start": self.start.isoformat(), **{name: getattr(self, name) for name in names}}

    def as_succession(self) -> demanded.Succession:
        """The row as the kernel knows it."""
        kind: Any = self.kind
        return demanded.Succession(kind, self.earlier, self.later, self.start, tuple(self.ended))
