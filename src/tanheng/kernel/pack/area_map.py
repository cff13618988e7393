"""Maps as data: the outlines of areas, drawn on a sheet. A sketch for finding one's way, never to measure on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import model_validator

from tanheng.kernel.pack.shape import Shape, Titled
from tanheng.kernel.period import Period

_RING = re.compile(r"-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?(?: -?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?){2,}")


class Outline(Shape):
    """An area on the sheet: where its name stands, and its parts, each a ring of points `x,y x,y x,y`."""

    area: str
    at: tuple[float, float]
    parts: tuple[str, ...]

    @model_validator(mode="after")
    def _is_drawn(self) -> Outline:
        if not self.parts or not all(_RING.fullmatch(part) for part in self.parts):
            raise ValueError("an outline has at least one part, and a part at least three points: 'x,y x,y x,y'")
        return self


class AreaMap(Titled):
    """The areas inside a place on one sheet of a size, x to the right and y down, and from when to when they lay so."""

    place: str
    start: date
    end: date | None
    size: tuple[int, int]
    outlines: tuple[Outline, ...]
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _period(cls, value: Any) -> Any:
        """Splits `period: [start, end]` into its two dates."""
        if not isinstance(value, Mapping) or "period" not in value:
            return value
        fields = dict(value)
        period = fields.pop("period")
        if not isinstance(period, list | tuple) or len(period) != 2:
            raise ValueError("period is written as [start, end]")
        fields["start"], fields["end"] = period
        return fields

    @model_validator(mode="after")
    def _draws_each_area_once(self) -> AreaMap:
        names = [outline.area for outline in self.outlines]
        if len(set(names)) < len(names):
            raise ValueError("an area is drawn twice; its parts stand together in one outline")
        return self

    def covers(self, period: Period) -> bool:
        """Whether the areas lay so on the last day of a period."""
        return self.start < period.end and (self.end is None or period.end <= self.end)
