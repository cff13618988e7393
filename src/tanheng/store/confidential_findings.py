"""Findings of a sheet of confidential returns: they name the cell, and no value that stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tanheng.kernel.faults import Finding
from tanheng.kernel.pack import Layout, LayoutProfile, PackSet

_MARK = "***"
# What a message quotes of cells. A total is among them: beside the sum of its parts it gives one firm away.
_QUOTED: Mapping[str, tuple[str, ...]] = {
    "number-expected": ("text",),
    "number-as-text": ("text", "value"),
    "number-not-finite": ("text",),
    "number-negative": ("value",),
    "amount-too-large": ("value",),
    "growth-differs": ("printed", "computed"),
    "column-sum-differs": ("value", "sum"),
    "quotient-differs": ("value", "quotient"),
    "total-differs": ("total", "sum", "difference"),
    "of-which-exceeds": ("total", "sum"),
}


def is_confidential(layout: Layout | LayoutProfile, packs: PackSet) -> bool:
    """Whether a sheet of that layout holds statements of a use class that may be shown nowhere."""
    rule = packs.suppression
    columns = (column.use_class for column in layout.columns) if isinstance(layout, LayoutProfile) else ()
    return rule is not None and not {layout.use_class, *columns}.isdisjoint(rule.use_classes)


def without_values(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same findings at the same cells, with a mark for every value: they are printed, mailed and kept."""
    return tuple(_marked(finding) for finding in findings)


def _marked(finding: Finding) -> Finding:
    quoted = _QUOTED[finding.code] if finding.code in _QUOTED else ()
    hidden = {name: _MARK for name in quoted if name in finding.fields}
    return replace(finding, fields={**finding.fields, **hidden}) if hidden else finding
