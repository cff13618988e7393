"""The tables of the records.

Every table but Person is append-only. Rows hang from the event that appended them, and its payload commits to
them, so that a changed row shows as plainly as a changed event.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models

from tanheng.kernel import fact
from tanheng.kernel import subject as subjects
from tanheng.kernel.period import Accumulation, Period
from tanheng.records.append_only import AppendOnly, BatchRow
from tanheng.records.canonical import canonical, digest
from tanheng.records.case_models import CaseMove
from tanheng.records.fields import ExactDecimalField
from tanheng.records.mandate_models import Mandate
from tanheng.records.obligation_models import Instrument, Obligation, Succession

LONGEST_TITLE = 300
GENESIS = "0" * 64
"""The hash before the first event: 64 zeros. There is nothing before it to vouch for."""


class Person(models.Model):
    """Who acts. The log knows the number alone; name and email stand here and nowhere else, and can be erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    display_name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    login = models.CharField(max_length=150, null=True, unique=True)  # the name by which a site lets the person in

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["display_name", "email"],
                condition=~models.Q(display_name=""),
                name="person_named_once",
            )
        ]

    def __str__(self) -> str:
        return self.display_name or str(self.id)


class Event(AppendOnly):
    """One entry of the log.

    hash = sha256(previous_hash + canonical JSON of {actor, at, kind, payload, position})
    """

    position = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=64)
    payload = models.JSONField()
    actor = models.UUIDField()
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta(AppendOnly.Meta):
        ordering = ["position"]

    def computed_hash(self) -> str:
        """The hash that the present content of the event gives."""
        content = {
            "actor": str(self.actor),
            "at": self.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
            "kind": self.kind,
            "payload": self.payload,
            "position": self.position,
        }
        return digest(self.previous_hash, canonical(content))


class LogHead(models.Model):
    """The end of the log: one row, locked by whoever appends, so that positions have no gaps."""

    position = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)


class Party(BatchRow):
    """What was recorded about a party: its name from then on."""

    subject = models.CharField(max_length=200, db_index=True)
    label = models.JSONField()

    def identity(self) -> tuple[str, ...]:
        return (self.subject,)

    def statement(self) -> Mapping[str, Any]:
        return {"id": self.subject, "label": self.label}

    def as_subject(self) -> subjects.Party:
        """The row as the kernel knows it."""
        return subjects.Party(self.subject, self.label)


class Area(BatchRow):
    """What was recorded about an area: its name and level from then on."""

    subject = models.CharField(max_length=200, db_index=True)
    label = models.JSONField()
    level = models.CharField(max_length=32)

    def identity(self) -> tuple[str, ...]:
        return (self.subject,)

    def statement(self) -> Mapping[str, Any]:
        return {"id": self.subject, "label": self.label, "level": self.level}

    def as_subject(self) -> subjects.Area:
        """The row as the kernel knows it."""
        return subjects.Area(self.subject, self.label, self.level)


class Facility(BatchRow):
    """What was recorded about a facility: its name and its codes in other systems from then on."""

    subject = models.CharField(max_length=200, db_index=True)
    label = models.JSONField()
    codes = models.JSONField(default=dict)

    def identity(self) -> tuple[str, ...]:
        return (self.subject,)

    def statement(self) -> Mapping[str, Any]:
        return {"id": self.subject, "label": self.label, "codes": self.codes}

    def as_subject(self) -> subjects.Facility:
        """The row as the kernel knows it."""
        return subjects.Facility(self.subject, self.label, self.codes)


class Relation(BatchRow):
    """What was recorded about a relation. Kind, child, parent and start name it; a later row may end it."""

    kind = models.CharField(max_length=64)
    child = models.CharField(max_length=200, db_index=True)
    parent = models.CharField(max_length=200)
    start = models.DateField()
    end = models.DateField(null=True)

    def identity(self) -> tuple[str, ...]:
        return (self.kind, self.child, self.parent, self.start.isoformat())

    def statement(self) -> Mapping[str, Any]:
        end = None if self.end is None else self.end.isoformat()
        span = {"start": self.start.isoformat(), "end": end}
        return {"kind": self.kind, "child": self.child, "parent": self.parent, **span}

    def as_subject(self) -> subjects.Relation:
        """The row as the kernel knows it."""
        return subjects.Relation(self.kind, self.child, self.parent, self.start, self.end)


class Observation(BatchRow):
    """One statement about a key. A revision is a further row that says which one it supersedes."""

    indicator = models.CharField(max_length=200)
    subject = models.CharField(max_length=200, db_index=True)
    dimensions = models.JSONField()
    key_hash = models.CharField(max_length=64)
    period_start = models.DateField()
    period_end = models.DateField()
    accumulation = models.CharField(max_length=32)
    coverage = models.CharField(max_length=64)
    use_class = models.CharField(max_length=64)
    value = ExactDecimalField()
    unit = models.CharField(max_length=64)
    status = models.CharField(max_length=32)
    published = models.DateField()
    source = models.TextField()
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="revisions")

    class Meta(BatchRow.Meta):
        indexes = [models.Index(fields=["key_hash", "published"], name="observation_key_published")]

    @property
    def superseded_by(self) -> Observation | None:
        """The first revision recorded of this statement; None while there is none."""
        return self.revisions.order_by("event_id").first()

    def as_fact(self) -> fact.Observation:
        """The row as the kernel knows it."""
        key = fact.ObservationKey(
            self.indicator,
            self.subject,
            tuple(sorted(self.dimensions.items())),
            Period(self.period_start, self.period_end),
            Accumulation(self.accumulation),
            self.coverage,
            self.use_class,
        )
        return fact.Observation(key, self.value, self.unit, self.status, self.published, self.source)

    def identity(self) -> tuple[str, ...]:
        return (self.key_hash,)

    def statement(self) -> Mapping[str, Any]:
        earlier = None if self.supersedes_id is None else self.supersedes
        # What `as_fact().as_json()` says, without making the fact: a batch has as many of these as it has rows.
        return {
            "indicator": self.indicator,
            "subject": self.subject,
            "dimensions": self.dimensions,
            "period_start": self.period_start.isoformat(),
            "period_end": self.period_end.isoformat(),
            "accumulation": self.accumulation,
            "coverage": self.coverage,
            "use_class": self.use_class,
            "value": fact.plain_decimal(self.value),
            "unit": self.unit,
            "status": self.status,
            "published": self.published.isoformat(),
            "source": self.source,
            "key_hash": self.key_hash,
            "supersedes": None if earlier is None else earlier.position,
        }


class Publication(BatchRow):
    """A result made public: its digests, and the hashes of everything that computing it again needs."""

    title = models.CharField(max_length=LONGEST_TITLE)
    result = models.CharField(max_length=64, db_index=True)
    figures = models.JSONField()
    figures_digest = models.CharField(max_length=64)
    receipt_digest = models.CharField(max_length=64)
    blobs = models.JSONField()
    accepted = models.JSONField()

    def identity(self) -> tuple[str, ...]:
        return (self.result, self.title, *self.figures)

    def statement(self) -> Mapping[str, Any]:
        names = ("title", "result", "figures", "figures_digest", "receipt_digest", "blobs", "accepted")
        return {name: getattr(self, name) for name in names}

    @property
    def reference(self) -> str:
        """How people name it: publication/12, after its position in the log."""
        return f"publication/{self.position}"


BATCH_TABLES: tuple[type[BatchRow], ...] = (
    Party,
    Area,
    Facility,
    Relation,
    Observation,
    Publication,
    Instrument,
    Obligation,
    Succession,
    Mandate,
    CaseMove,
)
"""Every table whose rows hang from events: what the verification of the log reads."""
