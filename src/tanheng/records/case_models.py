"""The table of moves: what was done with a case, and where it stands since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from tanheng.kernel.procedure import Standing
from tanheng.records.append_only import BatchRow

LONGEST_CASE_TITLE = 300


class CaseMove(BatchRow):
    """One move of a case. Each row says all of where the case stands after it, so that the last one is enough to list.

    `about` is what the case is about, in the words of whoever opened it: a task, a result, a month; `subject` the area,
    party or facility concerned, where there is one. `holder` is whose turn it is; `pending` whether anything follows.
    `token` is what the form that sent it carried: the same one twice is one click too many.
    """

    case = models.CharField(max_length=120, db_index=True)
    number = models.PositiveIntegerField()
    procedure = models.CharField(max_length=64)
    title = models.CharField(max_length=LONGEST_CASE_TITLE)
    about = models.CharField(max_length=300)
    subject = models.CharField(max_length=200, blank=True)
    move = models.CharField(max_length=64)
    state = models.CharField(max_length=64)
    role = models.CharField(max_length=64)
    party = models.CharField(max_length=200, blank=True)
    said = models.TextField(blank=True)
    given = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    opener = models.CharField(max_length=200, blank=True)
    opener_role = models.CharField(max_length=64)
    addressee = models.CharField(max_length=200, blank=True)
    holder = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True)
    pending = models.BooleanField(db_index=True)
    token = models.CharField(max_length=64, blank=True)

    class Meta(BatchRow.Meta):
        constraints = [
            *BatchRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "number"], name="casemove_numbered_once"),
        ]

    def identity(self) -> tuple[str, ...]:
        return (self.case, str(self.number))

    def statement(self) -> Mapping[str, Any]:
        due = None if self.due is None else self.due.isoformat()
        return {**{name: getattr(self, name) for name in _STATED}, "due": due}

    @property
    def standing(self) -> Standing:
        """Where the case stands after the move."""
        return Standing(self.state, self.number, self.opener, self.opener_role, self.addressee, self.holder, self.due)


_STATED = (
    "case",
    "number",
    "procedure",
    "title",
    "about",
    "subject",
    "move",
    "state",
    "role",
    "party",
    "said",
    "given",
    "evidence",
    "opener",
    "opener_role",
    "addressee",
    "holder",
    "pending",
    "token",
)
