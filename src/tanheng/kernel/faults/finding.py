"""A finding: one problem in the data, as a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tanheng.kernel.faults.codes import CODES


class Severity(StrEnum):
    """How much a finding weighs: a result with a blocker is visible and cannot be published."""

    BLOCKER = "blocker"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One problem: its code, how much it weighs, where it is, and the values the message needs.

    Refuses  KeyError: a code that the list does not have, or a field that its message needs and did not get.
    """

    code: str
    place: str
    fields: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.BLOCKER

    def __post_init__(self) -> None:
        self.message("en")

    def message(self, lang: str = "zh") -> str:
        """What is wrong, in one sentence."""
        return CODES[self.code].message(lang).format(place=self.place, **self.fields)

    def next_step(self, lang: str = "zh") -> str:
        """What the reader can do about it."""
        return CODES[self.code].next_step(lang).format(place=self.place, **self.fields)

    def as_json(self) -> dict[str, object]:
        """The finding as it leaves through an API: both languages, so that no reader needs the list of codes."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "place": self.place,
            "fields": {name: str(value) for name, value in self.fields.items()},
            "message": {lang: self.message(lang) for lang in ("zh", "en")},
            "next_step": {lang: self.next_step(lang) for lang in ("zh", "en")},
        }


def blockers(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that keep a result from being published."""
    return [finding for finding in findings if finding.severity is Severity.BLOCKER]
