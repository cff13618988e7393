"""The documents of a month: which results they rest on, and the files that are written of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tanheng.kernel.pack import PackSet
from tanheng.papers import Annex, Column, Paper, Table
from tanheng.records.workings import workings_of
from tanheng.reports.five_lines import five_line_note, five_lines
from tanheng.reports.leader_page import leader_page
from tanheng.reports.month_reading import MonthReading
from tanheng.reports.monthly_analysis import month_tables, monthly_analysis
from tanheng.reports.three_forms import Written, write_papers
from tanheng.reports.tracing import findings_annex, mark_of, trace_of
from tanheng.store.results import StoredResult


@dataclass(frozen=True)
class Month:
    """A month of an area: its stored results, and what documents read of them."""

    dispatch: StoredResult
    ends: Mapping[str, StoredResult]
    reading: MonthReading

    @property
    def results(self) -> Sequence[StoredResult]:
        """Every result that the documents rest on."""
        return [self.dispatch, *self.ends.values()]

    @property
    def findings(self) -> list[Mapping[str, Any]]:
        """What was found about the area, what lies in it and the run as a whole; not what is about its neighbours.

        What several results find alike is said once.
        """
        elsewhere = set(self.reading.areas.levels) - set(self.reading.inside())
        found = {
            (each["code"], each["place"], each["message"]["en"]): each
            for result in self.results
            for each in result.findings
        }
        return [each for each in found.values() if not elsewhere & set(each["place"].replace("#", "@").split("@"))]

    @property
    def lines(self) -> list[str]:
        """The five lines."""
        return five_lines(self.reading)

    def as_json(self) -> dict[str, Any]:
        """The month as one document: results with their figures, and the five lines."""
        return {
            "area": self.reading.area,
            "period": str(self.reading.period),
            "result": self.dispatch.id,
            "year_end": {way: result.id for way, result in self.ends.items()},
            "five_lines": self.lines,
            "figures": [_figure_json(self, row) for row in self.reading_rows()],
            "findings": self.findings,
        }

    def reading_rows(self) -> list[tuple[str, str]]:
        """The figures of the area and of what lies directly in it, as (column, subject)."""
        subjects = [self.reading.area, *self.reading.parts(), *self.reading.own_fields()]
        columns = self.reading.dispatch.account.definition.results
        return [(column, subject) for subject in subjects for column in columns]


def month_of(dispatch: StoredResult, ends: Mapping[str, StoredResult], area: str, words: PackSet) -> Month:
    """A month of an area from its stored results, each computed again and checked.

    Reads    words: packs that name the lines of senders' sheets.
    Refuses  inputs-differ, packs-not-kept, replay-differs.
    """
    again = {way: workings_of(result) for way, result in ends.items()}
    return Month(dispatch, ends, MonthReading(area, workings_of(dispatch), again, words))


def write_month(folder: Path, month: Month, packs: PackSet) -> Written:
    """Writes the analysis, the leader's page and the five lines, each as Word, PDF and workbook.

    Refuses  file-failed.
    """
    named = month_papers(month)
    return write_papers(folder, named, packs, {list(named)[1]: month_tables(month.reading)})


def month_papers(
    month: Month, comments: Sequence[tuple[str, str]] = (), accepted: Mapping[str, str] | None = None
) -> dict[str, Paper]:
    """The analysis, the leader's page and the five lines by their titles.

    Reads    comments: what areas and departments say of the month, by name, for the analysis.
             accepted: blocking findings by code with the reason for which each does no harm; they block no longer.
    """
    reasons = accepted or {}
    analysis, told = monthly_analysis(month.reading, comments), replace(month.dispatch, findings=tuple(month.findings))
    analysis = replace(analysis, annexes=(*analysis.annexes, *findings_annex(told), *_accepted(reasons)))
    papers = (analysis, leader_page(month.reading), five_line_note(month.reading))
    open_ones = tuple(each for each in told.findings if each["code"] not in reasons)
    trace = trace_of(month.dispatch)
    mark = mark_of(replace(told, findings=open_ones), month.reading.dispatch.account.packs)
    return {paper.title: replace(paper, trace=trace, mark=mark) for paper in papers}


def _accepted(reasons: Mapping[str, str]) -> list[Annex]:
    """Why what blocks was accepted; no annex where nothing was."""
    if not reasons:
        return []
    columns = (Column("问题代码", 20), Column("接受的理由", 40))
    return [Annex("已接受的阻断性问题", (Table(columns, sorted(reasons.items()), name="已接受的问题"),))]


def _figure_json(month: Month, row: tuple[str, str]) -> dict[str, str | None]:
    column, subject = row
    figure = month.reading.figure(column, subject)
    value = None if figure.value is None else str(figure.value)
    return {"address": figure.ref or None, "column": column, "subject": subject, "value": value, "unit": figure.unit}
