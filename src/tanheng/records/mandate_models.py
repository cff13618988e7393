"""The table of mandates: who acts for whom, where, in which role, from when until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models

from tanheng.records.append_only import BatchRow


class Mandate(BatchRow):
    """What was recorded about a mandate: a person in a role, for a party, over an area, under a scheme.

    It acts from `start` up to, not including, `end`. `party`, `area` and `scheme` are empty where it is bound to none.
    A later row about the same mandate is its revision.
    """

    mandate = models.CharField(max_length=40, db_index=True)
    person = models.UUIDField(db_index=True)
    role = models.CharField(max_length=64)
    party = models.CharField(max_length=200, blank=True)
    area = models.CharField(max_length=200, blank=True)
    scheme = models.CharField(max_length=64, blank=True)
    start = models.DateField()
    end = models.DateField(null=True)

    def identity(self) -> tuple[str, ...]:
        return (self.mandate,)

    def statement(self) -> Mapping[str, Any]:
        names = ("role", "party", "area", "scheme")
        end = None if self.end is None else self.end.isoformat()
        span = {"start": self.start.isoformat(), "end": end}
        return {"id": self.mandate, "person": str(self.person), **{name: getattr(self, name) for name in names}, **span}

    def acts_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day and (self.end is None or day < self.end)
