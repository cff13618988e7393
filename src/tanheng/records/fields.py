"""The column of an exact decimal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _DecimalText = models.TextField[Decimal, Decimal]
else:
    _DecimalText = models.TextField


class ExactDecimalField(_DecimalText):
    """A decimal as its own digits in a text column.

    SQLite keeps a decimal column as a binary float and PostgreSQL wants a number of places; a stated value has
    as many places as somebody wrote.

    Refuses  ValueError: what is not a finite decimal.
    """

    description = "an exact decimal"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else Decimal(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise ValueError(f"{value!r} is not a finite decimal")
        return format(value, "f")
