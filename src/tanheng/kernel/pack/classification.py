"""A classification: the codes of a list that others keep, such as industries or administrative divisions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import field_validator, model_validator

from tanheng.kernel.pack.factor import Status
from tanheng.kernel.pack.shape import Label, Shape, Titled

_BETWEEN_ALIASES = "|"
_NAMES = {"zh": "label_zh", "en": "label_en"}


class ClassEntry(Shape):
    """One class: its code, its names, the class it belongs to, and what else senders write for it."""

    code: str
    label: Label
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    note: str = ""


class Classification(Titled):
    """A list of codes as its keeper (`system`) numbers it; a code is text, since its leading zeros count.

    Classes stand inline under `entries`, or in a CSV with code, label_zh, label_en, parent and aliases (between `|`).
    `status` says how far the list as a whole has been checked against its source. `names` says what a code stands for:
    an item of a figure, a carrier, an area, or a key of factors; the same code may mean another thing in each.
    """

    system: str
    names: Literal["item", "carrier", "area", "key"] = "item"
    clause: str
    status: Status
    note: str = ""
    entries: tuple[ClassEntry, ...]

    @field_validator("entries", mode="before")
    @classmethod
    def _entries(cls, value: Any) -> Any:
        return [_entry_fields(row) if isinstance(row, Mapping) else row for row in value]

    @model_validator(mode="after")
    def _entries_fit(self) -> Classification:
        codes = [entry.code for entry in self.entries]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"codes stand twice: {', '.join(twice)}")
        if unknown := sorted({entry.parent for entry in self.entries if entry.parent} - set(codes)):
            raise ValueError(f"parent names codes that do not exist: {', '.join(unknown)}")
        if circle := next((code for code in codes if code in self._above(code)), None):
            raise ValueError(f"{circle} stands above itself")
        return self

    @cached_property
    def by_code(self) -> Mapping[str, ClassEntry]:
        """The classes by code."""
        return {entry.code: entry for entry in self.entries}

    def path(self, code: str) -> tuple[ClassEntry, ...]:
        """A class and those above it, the widest first; empty where the list has no such code."""
        if code not in self.by_code:
            return ()
        return tuple(self.by_code[above] for above in reversed((code, *self._above(code))))

    def children(self, code: str | None) -> tuple[ClassEntry, ...]:
        """The classes directly below a code, in the order of the list; the widest ones for None."""
        return tuple(entry for entry in self.entries if entry.parent == code)

    def _above(self, code: str) -> tuple[str, ...]:
        above = list[str]()
        parent = self.by_code[code].parent
        while parent is not None and parent not in above:
            above.append(parent)
            parent = self.by_code[parent].parent
        return tuple(above)


def _entry_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a CSV has its two names in two columns and its aliases in one cell."""
    fields = dict(row)
    names = {lang: fields.pop(column) for lang, column in _NAMES.items() if column in fields}
    if names:
        fields["label"] = names
    if isinstance(fields.get("aliases"), str):
        fields["aliases"] = [alias.strip() for alias in fields["aliases"].split(_BETWEEN_ALIASES)]
    return fields
