"""Models whose rows are written once.

An abstract model is Django's own way to give several tables the same columns; it is the one place in this room
where a class is inherited to share code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NoReturn, TypeVar

from django.db import models

from tanheng.kernel.faults import Refusal

Row = TypeVar("Row", bound=models.Model)


class AppendOnlyRows(models.QuerySet[Row, Row]):
    """Rows that can be read and added to.

    Refuses  record-is-append-only: update, delete, and inserts that overwrite.
    """

    def update(self, **kwargs: Any) -> NoReturn:
        _refuse(self.model)

    def delete(self) -> NoReturn:
        _refuse(self.model)

    def bulk_update(self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:
        _refuse(self.model)

    def bulk_create(
        self,
        objs: Iterable[Row],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[Row]:
        if ignore_conflicts or update_conflicts:
            _refuse(self.model)
        return super().bulk_create(objs, batch_size)


class AppendOnly(models.Model):
    """A row that is written once.

    Refuses  record-is-append-only: saving it again, deleting it.
    """

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse(type(self))
        # With a primary key of our own choosing Django would try an UPDATE first.
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse(type(self))


class BatchRow(AppendOnly):
    """A row that an event appended: the event's payload commits to it by count and digest.

    `row` numbers the rows of one table within one event, from 1; `row_hash` is the hash of `statement()`.
    """

    event = models.ForeignKey("records.Event", on_delete=models.PROTECT, db_column="position", related_name="+")
    row = models.PositiveIntegerField()
    row_hash = models.CharField(max_length=64)

    class Meta(AppendOnly.Meta):
        abstract = True
        constraints = [models.UniqueConstraint(fields=["event", "row"], name="%(class)s_one_row_per_place")]

    @property
    def position(self) -> int:
        """The position of the log at which the row was recorded."""
        return int(self.event_id)

    def identity(self) -> tuple[str, ...]:
        """What the row is about: rows of one table with one identity are a record and its revisions."""
        raise NotImplementedError

    def statement(self) -> Mapping[str, Any]:
        """What the row says, as plain values: what its hash is taken over."""
        raise NotImplementedError


def _refuse(model: type[models.Model]) -> NoReturn:
    raise Refusal("record-is-append-only", table=model._meta.db_table)
