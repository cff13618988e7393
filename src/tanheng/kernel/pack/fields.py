"""The fields (条) in which a city follows its energy: which industries each of them looks after."""

from __future__ import annotations

from pydantic import field_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Label, Shape, Titled


class Field(Shape):
    """One field: its code, its name, and the codes of the industries it looks after, sections or divisions."""

    code: str
    label: Label
    industries: tuple[str, ...]


class Fields(Titled):
    """The fields of a city. They may overlap (a shopping mall is commerce and a building) and are never added up."""

    clause: str
    status: Status
    entries: tuple[Field, ...]

    @field_validator("entries")
    @classmethod
    def _once(cls, value: tuple[Field, ...]) -> tuple[Field, ...]:
        codes = [field.code for field in value]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"fields stand twice: {', '.join(twice)}")
        return value

    def of_industry(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """The codes of the fields that look after an industry, given with those above it."""
        return tuple(field.code for field in self.entries if set(field.industries) & set(path))
