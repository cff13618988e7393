"""The figures of a split as people read them: a line for each subject, one for the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanheng.kernel.pack import IndicatorShape, PackManifest, PackSet
from tanheng.kernel.pack.decomposition_plan import AMOUNT, DecompositionPlan
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.kernel.table import Table

PREFIX = "split_"
AMOUNTS = {"base": "base", "trend": "trend", "saving": "saving", "allowed": "allowed", "shortfall": "excess"}
"""What an amount is called here, by its column; each stands in the column of the plan's unit."""


@dataclass(frozen=True)
class SplitLine:
    """One subject: its name in both languages, and its figures by name, exact and in the unit people read.

    A figure that is not there is missing, whatever the reason: the findings say it.
    """

    subject: str
    label: Mapping[str, str]
    figures: Mapping[str, Decimal]
    addresses: Mapping[str, str]

    def get(self, name: str) -> Decimal | None:
        """A figure; None where it is missing."""
        return self.figures[name] if name in self.figures else None


@dataclass(frozen=True)
class SplitFigures:
    """A split that was computed or checked: its plan, its lines, the whole, what was found."""

    plan: DecompositionPlan
    unit: str
    lines: Sequence[SplitLine]
    whole: SplitLine
    findings: Sequence[Mapping[str, Any]]
    result: str = ""
    fictional: bool = False

    def as_json(self) -> dict[str, Any]:
        """The split as one document: numbers as text, exact."""
        return {
            "plan": self.plan.id,
            "label": self.plan.label.model_dump(),
            "method": self.plan.method,
            "kind": self.plan.kind,
            "base": self.plan.base,
            "by": self.plan.by,
            "unit": self.unit,
            "result": self.result or None,
            "fictional": self.fictional,
            "subjects": [_line_json(line) for line in self.lines],
            "whole": _line_json(self.whole),
            "findings": list(self.findings),
        }


def split_figures(
    plan: DecompositionPlan,
    packs: PackSet,
    directory: Directory,
    figures: Table,
    findings: Sequence[Mapping[str, Any]],
    result: str = "",
) -> SplitFigures:
    """The figures of a run of `target_decomposition` or `decomposition_check`.

    Reads    figures: those of the result, by subject; `result`: the id under which it is kept (default: it is not).
    """
    rows = {row["subject"]: row for row in figures.rows()}
    ids = list(dict.fromkeys(item.id for item in plan.subjects))
    lines = [_line(plan, packs, directory, id, rows[id] if id in rows else {}) for id in ids if id != plan.parent]
    whole = _line(plan, packs, directory, plan.parent, rows[plan.parent] if plan.parent in rows else {})
    return SplitFigures(
        plan, plan.figures[AMOUNT].unit.text, lines, whole, findings, result, _is_fictional(plan, packs)
    )


def _is_fictional(plan: DecompositionPlan, packs: PackSet) -> bool:
    """Whether the plan stands in a pack of a made-up place; a site may well have such a pack beside its own."""
    made_up = {manifest.id for manifest in packs.all(PackManifest) if manifest.fictional}
    return any(item.pack in made_up for item in packs.definitions if item.value is plan)


def _line(
    plan: DecompositionPlan, packs: PackSet, directory: Directory, subject: str, row: Mapping[str, Any]
) -> SplitLine:
    found, addresses = dict[str, Decimal](), dict[str, str]()
    for column in _columns(row):
        grid = packs.get(IndicatorShape, column).on_grid
        name, is_amount = _name(column)
        value = grid.exact(row[column])
        ratio = grid.unit.ratio_to(plan.figures[AMOUNT].unit, what=column) if is_amount else 1
        found[name] = value * Decimal(ratio.numerator) / Decimal(ratio.denominator)
        addresses[name] = f"{column}@{subject}@{Period.parse(plan.by)}"
    return SplitLine(subject, _label(plan, directory, subject), found, addresses)


def _columns(row: Mapping[str, Any]) -> Iterable[str]:
    marks = ("_missing", "_unverified")
    return [name for name in row if name.startswith(PREFIX) and not name.endswith(marks) and row[name] is not None]


def _name(column: str) -> tuple[str, bool]:
    """What a column holds, and whether it is an amount: `split_saving_energy` is the saving, whatever its unit."""
    name = column.removeprefix(PREFIX)
    amount = next((called for start, called in AMOUNTS.items() if name.startswith(f"{start}_")), None)
    return (name, False) if amount is None else (amount, True)


def _label(plan: DecompositionPlan, directory: Directory, subject: str) -> Mapping[str, str]:
    own = {item.id: item.label for item in plan.subjects if item.label is not None}
    if subject in own and subject not in directory.labels:
        return own[subject].model_dump()
    return {lang: directory.label_of(subject, lang) for lang in ("zh", "en")}


def _line_json(line: SplitLine) -> dict[str, Any]:
    return {
        "subject": line.subject,
        "label": dict(line.label),
        "figures": {name: format(value.normalize(), "f") for name, value in line.figures.items()},
        "addresses": dict(line.addresses),
    }
