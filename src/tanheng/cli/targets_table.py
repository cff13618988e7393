"""The progress of targets as the command prints it: rates, amounts, and what a revision has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tanheng.cli.output import say, show_table
from tanheng.cli.words import language, said, unit_said, words

if TYPE_CHECKING:
    from tanheng.reports.target_progress import ProgressRow, TargetReport
    from tanheng.store import StoredResult

Lines = Sequence[Sequence[str]]


@dataclass(frozen=True)
class ProgressTable:
    """A report of targets as text, as JSON and as files."""

    report: TargetReport

    def as_json(self) -> dict[str, Any]:
        """One document."""
        return self.report.as_json()

    def show(self) -> None:
        """Prints a line for every figure, by subject and target."""
        if self.report.packs.fictional:
            say(words("虚构数据，仅供演示", "Fictional data, for demonstration only"), "yellow")
        say(words(f"结果 {self.report.result.id}", f"Result {self.report.result.id}"), "bold")
        heads = [(words("对象", "Subject"), False), (words("目标", "Target"), False)]
        heads += [(words("项目", "Item"), False), (words("数值", "Value"), True), (words("单位", "Unit"), False)]
        if self.report.frozen is not None:
            heads.append((words(f"冻结数 {self.report.frozen_on}", f"Frozen {self.report.frozen_on}"), True))
        show_table(heads, [line for row in self.report.rows for line in self._lines(row)])

    def write(self, folder: Path) -> Sequence[Path]:
        """Writes the paper and its workbook.

        Refuses  file-failed.
        """
        from tanheng.reports.target_progress import progress_paper
        from tanheng.reports.three_forms import write_papers
        from tanheng.store import load_packs

        paper = progress_paper(self.report)
        return write_papers(folder, {paper.title: paper}, load_packs()).paths  # kept packs have no layouts

    def _lines(self, row: ProgressRow) -> Lines:
        subject, target = self.report.subject_of(row, language()), said(row.target.label)
        found = []
        for column in row.columns:
            shape = self.report.indicator(column)
            line = [subject, target, said(shape.label), self._said(self.report.value(row.figures, column), column)]
            line.append(unit_said(shape.unit.text, basis=False))
            if self.report.frozen is not None:
                line.append(self._said(self.report.value(row.frozen, column), column))
            found.append(line)
            subject = target = ""
        return found

    def _said(self, value: Decimal | None, column: str) -> str:
        return "–" if value is None else f"{value:,.{self.report.indicator(column).decimals}f}"


def table_of(result: StoredResult, frozen: StoredResult | None) -> ProgressTable:
    """The report of a result, with that of an earlier day beside it."""
    from tanheng.cli.run import readable
    from tanheng.records.standing_obligations import obligations_as_of
    from tanheng.reports.target_progress import TargetReport, day_of, targets_by_id

    figures = readable(result)
    position = result.receipt["parameters"]["log_position"]
    targets = targets_by_id(item.obligation for item in obligations_as_of(day_of(result), position))
    return ProgressTable(TargetReport(result, frozen, targets, figures.packs, figures.directory))
