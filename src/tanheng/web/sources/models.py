"""Reviews in work: what several people fill in before anything is recorded.

A draft is no record. Registering it writes the records, in one event; until then its rows change, each with a number
that grows, so that two people who edit one row learn of each other.
"""

from __future__ import annotations

import uuid

from django.db import models

OPEN, REGISTERED, DISCARDED = "open", "registered", "discarded"


class Draft(models.Model):
    """The review of one document: the file and its reading by their hashes, and the head as reviewers leave it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.CharField(max_length=200)
    title = models.TextField(blank=True)
    number = models.TextField(blank=True)
    issuer = models.TextField(blank=True)
    issued = models.CharField(max_length=10, blank=True)
    periods = models.TextField(blank=True)
    file = models.TextField()
    source = models.CharField(max_length=64)
    reading = models.CharField(max_length=64)
    begun_by = models.UUIDField()
    begun_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=16, default=OPEN)
    position = models.PositiveBigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title or self.file


class DraftRow(models.Model):
    """One row of a review: its cells by heading, as they would stand in the workbook."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=16)
    key = models.CharField(max_length=32)
    place = models.PositiveIntegerField()
    cells = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="draft_row_once")]

    def __str__(self) -> str:
        return self.key
