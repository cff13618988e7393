"""Findings inside the sentence of a refusal: `{findings:zh}` lists them in Chinese, `{findings:en}` in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tanheng.kernel.faults import Finding


@dataclass(frozen=True)
class Listed:
    """Several findings as one field of a message."""

    findings: tuple[Finding, ...]

    @staticmethod
    def of(findings: Iterable[Finding]) -> Listed:
        """The findings in the order of their places."""
        return Listed(tuple(sorted(findings, key=lambda finding: (finding.place, finding.code))))

    def __format__(self, lang: str) -> str:
        return "\n".join(f"{item.place}: {item.message(lang)} {item.next_step(lang)}" for item in self.findings)

    def __str__(self) -> str:
        return format(self, "en")
