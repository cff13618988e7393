"""The progress of all targets as one paper: rates, amounts, and what a revision has changed since an earlier day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from tanheng.kernel.demand import Target
from tanheng.kernel.pack import Fields, IndicatorShape, MethodDefinition, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.kernel.trace import Address
from tanheng.papers import Block, Column, Figure, Note, Paper, Paragraph, Row, Table
from tanheng.reports.tracing import findings_annex, mark_of, trace_of
from tanheng.reports.wording import unit_said
from tanheng.store import StoredResult

RATES = (
    "target_of_year",
    "result_of_year",
    "result_beyond",
    "result_apart",
    "due_since_base",
    "result_since_base",
    "target_progress",
    "rate_left",
    "rate_to_schedule",
)
_TIERS = {"floor": "确保", "stretch": "力争", "": "—"}
_STRETCH = "#stretch"


@dataclass(frozen=True)
class ProgressRow:
    """One target with its figures by column, and those of an earlier day where they were asked for."""

    subject: str
    target: Target
    figures: Mapping[str, int]
    frozen: Mapping[str, int]

    @property
    def tier(self) -> str:
        """Its tier; the other end of a range is a stretch."""
        return "stretch" if self.subject.endswith(_STRETCH) else self.target.tier or ""

    @property
    def restated(self) -> list[str]:
        """The columns in which the two days differ: a figure changed, or what was known then is no longer."""
        return [column for column in self.frozen if column not in self.figures or self.differs(column)]

    def differs(self, column: str) -> bool:
        """Whether a revision changed a figure."""
        return self.figures[column] != self.frozen[column]

    @property
    def columns(self) -> list[str]:
        """The columns of either day, those of today first."""
        return list(dict.fromkeys([*self.figures, *self.frozen]))


@dataclass(frozen=True)
class TargetReport:
    """The progress of all targets of a result, with that of an earlier day beside it."""

    result: StoredResult
    frozen: StoredResult | None
    targets: Mapping[str, Target]
    packs: PackSet
    directory: Directory

    @property
    def period(self) -> Period:
        """The period that was asked for."""
        return Period.parse(self.result.receipt["parameters"]["period"])

    @property
    def known_on(self) -> str:
        """The knowledge date of the result."""
        return str(self.result.receipt["parameters"]["known_on"])

    @property
    def frozen_on(self) -> str:
        """The knowledge date of the figures beside it; empty where there are none."""
        return "" if self.frozen is None else str(self.frozen.receipt["parameters"]["known_on"])

    @cached_property
    def rows(self) -> list[ProgressRow]:
        """One row for each target that has a figure on either day, by subject and id."""
        now, then = self._figures(self.result), self._figures(self.frozen)
        none = dict[str, int]()
        found = [
            ProgressRow(
                subject,
                self.targets[id],
                now[subject] if subject in now else none,
                then[subject] if subject in then else none,
            )
            for subject in dict.fromkeys([*now, *then])
            if (id := subject.removesuffix(_STRETCH)) in self.targets
        ]
        return sorted(found, key=lambda row: (row.target.subject, row.target.indicator, row.subject))

    def _figures(self, result: StoredResult | None) -> dict[str, dict[str, int]]:
        if result is None:
            return {}
        columns = self.packs.get(MethodDefinition, result.receipt["method"]).results
        return {
            row["subject"]: {column: row[column] for column in columns if row[column] is not None}
            for row in result.figures.rows()
        }

    # ---- figures for people
    def indicator(self, column: str) -> IndicatorShape:
        """What a column means."""
        return self.packs.get(IndicatorShape, column)

    def value(self, figures: Mapping[str, int], column: str) -> Decimal | None:
        """A figure in the unit in which people read it; None where there is none."""
        return self.indicator(column).on_grid.exact(figures[column]) if column in figures else None

    def figure(self, row: ProgressRow, column: str) -> Figure:
        """A figure with the address by which it is explained."""
        shape = self.indicator(column)
        ref = str(Address(column, row.subject, self.period))
        return Figure(self.value(row.figures, column), shape.unit.text.partition("[")[0], shape.decimals, ref)

    def subject_of(self, row: ProgressRow, lang: str = "zh") -> str:
        """Whose target it is; of a field the area with the field's own name."""
        area, _, code = row.target.subject.partition("#")
        entries = [entry for group in self.packs.all(Fields) for entry in group.entries if entry.code == code]
        if not entries:
            return self.directory.label_of(row.target.subject, lang)
        return f"{self.directory.label_of(area, lang)} · {entries[0].label[lang]}"

    def amounts(self, row: ProgressRow) -> list[str]:
        """The columns of a row that are amounts, with the share of the cap that is used."""
        return [column for column in row.figures if column not in RATES and not column.startswith("target_progress")]

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "result": self.result.id,
            "frozen_result": None if self.frozen is None else self.frozen.id,
            "period": str(self.period),
            "known_on": self.known_on,
            "frozen_on": self.frozen_on or None,
            "targets": [self._row_json(row) for row in self.rows],
            "findings": list(self.result.findings),
        }

    def _row_json(self, row: ProgressRow) -> dict[str, Any]:
        target = row.target
        return {
            "target": row.subject,
            "label": {"zh": target.label.zh, "en": target.label.en},
            "clause": target.clause,
            "subject": target.subject,
            "subject_label": {lang: self.subject_of(row, lang) for lang in ("zh", "en")},
            "indicator": target.indicator,
            "tier": row.tier or None,
            "by": target.demand.by,
            "figures": {column: self._figure_json(row, column) for column in row.figures},
            "frozen": {column: row.frozen[column] for column in row.frozen} if self.frozen is not None else None,
            "restated": row.restated,
        }

    def _figure_json(self, row: ProgressRow, column: str) -> dict[str, Any]:
        grid = self.indicator(column).on_grid
        value = row.figures[column]
        return {
            "address": str(Address(column, row.subject, self.period)),
            "value": value,
            "unit": grid.step.text,
            "display": {"value": grid.display(value), "unit": grid.unit.text},
        }


def progress_paper(report: TargetReport) -> Paper:
    """The progress of all targets as a paper: a table of rates, one of amounts, one of what a revision changed."""
    tables = [table for table in (_rates(report), _amounts(report), _restated(report)) if table is not None]
    period, known_on = report.period.label("zh"), report.known_on
    said = f"本表列示{period}各项目标与结果，数据截至{known_on}。没有结果的目标留空，不视为完成。"
    blocks: list[Block] = [Paragraph(said), *tables, Note("注：累计进度按对数法计算；“优于”为正表示好于目标。")]
    trace, mark = trace_of(report.result), mark_of(report.result, report.packs)
    return Paper(f"{period}目标进度表", blocks, annexes=findings_annex(report.result), trace=trace, mark=mark)


def _rates(report: TargetReport) -> Table | None:
    used = [column for column in RATES if any(column in row.figures for row in report.rows)]
    rows = [row for row in report.rows if any(column in row.figures for column in used)]
    columns = [*_heads(), *(Column(report.indicator(column).label.zh, 9, 2, "%") for column in used)]
    cells = [Row((*_names(report, row), *(report.figure(row, column) for column in used))) for row in rows]
    return Table(columns, cells, title="降低率和增速目标", name="降低率") if rows else None


def _amounts(report: TargetReport) -> Table | None:
    lines = [(row, column) for row in report.rows for column in report.amounts(row)]
    columns = [*_heads(), Column("项目", 16), Column("数值", 12, 3), Column("单位", 10)]
    cells = [Row((*_names(report, row), *_line(report, row, column))) for row, column in lines]
    return Table(columns, cells, title="总量和增量目标", name="总量和增量") if lines else None


def _line(report: TargetReport, row: ProgressRow, column: str) -> Sequence[Any]:
    shape = report.indicator(column)
    return shape.label.zh, report.figure(row, column), unit_said(shape.unit.text)


def _restated(report: TargetReport) -> Table | None:
    lines = [(row, column) for row in report.rows for column in row.restated]
    columns = [*_heads(), Column("项目", 16), Column(f"冻结数（{report.frozen_on}）", 12, 3)]
    columns += [Column("修订后", 12, 3), Column("变动", 10, 3)]
    cells = [Row((*_names(report, row), *_change(report, row, column))) for row, column in lines]
    return Table(columns, cells, title="数据修订引起的变动", name="修订") if lines else None


def _change(report: TargetReport, row: ProgressRow, column: str) -> Sequence[Any]:
    then, now = report.value(row.frozen, column), report.value(row.figures, column)
    changed = None if then is None or now is None else now - then
    return report.indicator(column).label.zh, then, now, changed


def _heads() -> list[Column]:
    return [Column("对象", 12), Column("目标", 18), Column("档", 5), Column("期限", 6)]


def _names(report: TargetReport, row: ProgressRow) -> tuple[str, str, str, str]:
    return report.subject_of(row), row.target.label.zh, _TIERS[row.tier], row.target.demand.by


def targets_by_id(obligations: Iterable[object]) -> dict[str, Target]:
    """The targets among obligations by id."""
    return {item.id: item for item in obligations if isinstance(item, Target)}


def day_of(result: StoredResult) -> date:
    """The knowledge date of a result."""
    return date.fromisoformat(result.receipt["parameters"]["known_on"])
