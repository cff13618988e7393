"""Which records may not be shown one by one, and how much a figure made of them must rest on to be shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from pydantic import Field, field_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Titled


class Suppression(Titled):
    """A rule of statistical confidentiality.

    `use_classes` are those whose single statements leave neither by an export nor by a page. A figure that may use
    them is shown where at least `minimum_units` units stand behind it and none of them has more than
    `dominance_share` of it; and so must whatever can be had by subtracting shown figures from each other.
    """

    use_classes: tuple[str, ...] = Field(min_length=1)
    minimum_units: int = Field(ge=2)
    dominance_share: Decimal
    clause: str
    status: Status
    note: str = ""

    @field_validator("dominance_share")
    @classmethod
    def _share(cls, value: Decimal) -> Decimal:
        if not 0 < value <= 1:
            raise ValueError(f"a share lies above 0 and is 1 at most, not {value}")
        return value

    def joined(self, other: Self) -> Self:
        """The stricter of two rules in every respect, for what both of them govern."""
        return self.model_copy(
            update={
                "use_classes": tuple(sorted({*self.use_classes, *other.use_classes})),
                "minimum_units": max(self.minimum_units, other.minimum_units),
                "dominance_share": min(self.dominance_share, other.dominance_share),
            }
        )
