"""Tokens of the API: what lets a program in, kept as a digest alone."""

from __future__ import annotations

import uuid

from django.db import models


class ApiToken(models.Model):
    """A token of one mandate. It ends when somebody ends it, and whenever its mandate does not hold."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mandate = models.CharField(max_length=40)
    person = models.UUIDField(db_index=True)
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made"]
