"""Background jobs and what leaves the site: what somebody asked for, how far it is, what came of it.

No record: the tables may be emptied. That a letter was taken stands in the log.
"""

from __future__ import annotations

import uuid

from django.db import models


class Job(models.Model):
    """One piece of work outside of a request. `asked` is what its kind needs; `outcome` what it gave, or a refusal."""

    WAITING, RUNNING, DONE, REFUSED, FAILED = "waiting", "running", "done", "refused", "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    person = models.UUIDField(db_index=True)
    asked = models.JSONField()
    state = models.CharField(max_length=16, default=WAITING)
    step = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    task = models.CharField(max_length=64, blank=True)
    token = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "token"], condition=~models.Q(token=""), name="job_sent_once")
        ]

    @property
    def is_pending(self) -> bool:
        """Whether it waits, or is at work."""
        return self.state in (self.WAITING, self.RUNNING)


class Outgoing(models.Model):
    """One letter or message that leaves the site. `key` tells it from every other, so that nothing leaves twice;
    `asked` is what its kind needs, persons by their number; `by` the seat that had it sent.
    """

    WAITING, SENDING, TAKEN, FAILED = "waiting", "sending", "taken", "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=200, unique=True)
    about = models.CharField(max_length=200, db_index=True)
    to = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    asked = models.JSONField()
    person = models.UUIDField(db_index=True)
    by = models.CharField(max_length=200, blank=True, db_index=True)
    state = models.CharField(max_length=16, default=WAITING)
    attempts = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    task = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
