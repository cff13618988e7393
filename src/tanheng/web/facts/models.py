"""Workbooks that were sent in, with what their check found. No records: the tables may be emptied."""

from __future__ import annotations

import uuid

from django.db import models


class Batch(models.Model):
    """Workbooks that were sent together and will be recorded together or not at all.

    `mandate` is the one they were sent under; `job` the piece of work that is at them, or was last. `form` marks what
    was typed on a page; `evidence` are the files that came along.
    """

    CHECKING, CHECKED, RECORDING, RECORDED = "checking", "checked", "recording", "recorded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField(db_index=True)
    mandate = models.CharField(max_length=64)
    published = models.DateField()
    state = models.CharField(max_length=16, default=CHECKING)
    job = models.UUIDField(null=True)
    form = models.BooleanField(default=False)
    evidence = models.JSONField(default=list)
    token = models.CharField(max_length=64, blank=True)
    refused = models.JSONField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "token"], condition=~models.Q(token=""), name="batch_sent_once")
        ]


class BatchFile(models.Model):
    """One workbook of a batch: what it is, how it was read, and what its dry run gave; `position` once recorded.

    `sheets` are [name, rows, columns]; `confidential` where its figures may be shown nowhere.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    asked_layout = models.CharField(max_length=200, blank=True)
    layout = models.CharField(max_length=200, blank=True)
    was_read = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    sheets = models.JSONField(default=list)
    confidential = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, blank=True)
    position = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_file_numbered_once")]


class FileFinding(models.Model):
    """One finding of a workbook, with sheet, row and column as far as it has a place. `weight`: 0 blocks."""

    file = models.ForeignKey(BatchFile, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveIntegerField()
    weight = models.PositiveSmallIntegerField()
    sheet = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField(null=True)
    column = models.PositiveIntegerField(null=True)
    finding = models.JSONField()

    class Meta:
        ordering = ["weight", "number"]
        indexes = [models.Index(fields=["file", "sheet", "row"], name="file_finding_place")]


class FileLine(models.Model):
    """One statement of a workbook and what it would be to the records."""

    file = models.ForeignKey(BatchFile, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=16)
    line = models.JSONField()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["file", "outcome", "number"], name="file_line_outcome")]
