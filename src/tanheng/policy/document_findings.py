"""Findings on a document, with their sentences in both languages and their place in the source."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.faults import Finding, Severity
from tanheng.policy.proposals import DocumentFinding, Span
from tanheng.policy.source_text import SourceText


def document_finding(
    code: str, source: SourceText, span: Span, severity: Severity, fields: Mapping[str, object], suggestion: str = ""
) -> DocumentFinding:
    """A finding at a place of the source."""
    return of_finding(Finding(code, source.place(span[0]), fields, severity), span, suggestion)


def of_finding(finding: Finding, span: Span, suggestion: str = "") -> DocumentFinding:
    """A finding of the house as one on a document."""
    return DocumentFinding(
        code=finding.code,
        severity=str(finding.severity),
        message={lang: finding.message(lang) for lang in ("zh", "en")},
        next_step={lang: finding.next_step(lang) for lang in ("zh", "en")},
        span=span,
        place=finding.place,
        suggestion=suggestion,
    )
