"""Background jobs: what somebody asked for, how far it is, what came of it. No record: the table may be emptied."""

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
