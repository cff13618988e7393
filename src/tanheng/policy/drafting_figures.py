"""This year's figures for a draft: the rows of a workbook, each with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.policy.indicator_catalogue import IndicatorCatalogue
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.review_columns import written
from tanheng.store.sheets import Sheet
from tanheng.store.workbook_opening import open_workbook

_NEEDED = ("indicator", "value")
_HEAD_ROWS = 10
_NOTHING = "未提供"


@dataclass(frozen=True)
class Figure:
    """One row: what it is about, the target of this year, what was reached last year; empty where nothing is said."""

    annex: str
    subject: str
    indicator: str
    indicator_id: str | None
    operator: str
    value: Decimal | None
    unit: str
    actual: str
    lead: str
    source: str
    place: str


@dataclass
class Figures:
    """The rows of a workbook, and which of them a draft has taken."""

    rows: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()

    def about(self, subject: str, indicator: str, indicator_id: str | None) -> Figure | None:
        """The row on an indicator of a subject: by its name, else by its id in the catalogue."""
        here = [row for row in self.rows if row.subject == subject]
        named = [row for row in here if row.indicator == indicator]
        known = [row for row in here if indicator_id and row.indicator_id == indicator_id]
        return next(iter(named or known), None)


def read_figures(path: Path, words: PlanWords, area: str) -> Figures:
    """The figures of a workbook: every sheet that has the columns of an indicator and of its value.

    Gives    rows whose subject is empty or the whole district under the name of the area. A row without any figure is
             left out; two rows on one thing are findings and neither is used.
    Refuses  draft-figures-unreadable: no sheet has the columns; as `open_workbook`.
    """
    rows, findings, read = list[Figure](), list[Finding](), 0
    with open_workbook(path) as book:
        for name in book.sheets():
            sheet = book.sheet(name)
            top, columns = _columns(sheet, words)
            if all(field in columns for field in _NEEDED):
                read += 1
                for number in range(top + 1, len(sheet.values) + 1):
                    _row(sheet, number, columns, words, area, (rows, findings))
    if not read:
        needed = "、".join(words.drafting.figures[field].heading for field in _NEEDED)
        raise Refusal("draft-figures-unreadable", file=path.name, needed=needed)
    return _single(rows, findings)


def reached(own: Sequence[tuple[str, Mapping[str, str], str]], result: str, area: str, words: PlanWords) -> Figures:
    """The figures of an area in a result, as what was reached; none of them is a target.

    An indicator is the plan's only where it has its very name: 外购电力二氧化碳排放量 is not 二氧化碳排放量.

    Reads    own: name of the indicator, the figure and its unit as shown, its address in the result.
    """
    ids, rows = {item.zh: item.id for item in words.lexicon.indicators}, list[Figure]()
    for name, shown, address in own:
        plain, actual = name.partition("（")[0], f"{name} {shown['value']} {shown['unit']}"
        id = ids[plain] if plain in ids else None
        rows.append(Figure("targets", area, name, id, "", None, "", actual, "", result, address))
    return Figures(tuple(rows))


def _columns(sheet: Sheet, words: PlanWords) -> tuple[int, Mapping[str, int]]:
    """The row of the headings and the column of each field."""
    for number in range(1, min(_HEAD_ROWS, len(sheet.values)) + 1):
        width = len(sheet.values[number - 1])
        texts = {written(sheet.value(number, column)).replace(" ", ""): column for column in range(1, width + 1)}
        found = {
            field: texts[name]
            for field, column in words.drafting.figures.items()
            for name in (*reversed(column.aliases), column.heading)
            if name in texts
        }
        if all(field in found for field in _NEEDED):
            return number, found
    return 0, {}


def _row(
    sheet: Sheet,
    number: int,
    columns: Mapping[str, int],
    words: PlanWords,
    area: str,
    into: tuple[list[Figure], list[Finding]],
) -> None:
    said = {field: written(sheet.value(number, column)) for field, column in columns.items()}
    place = f"{sheet.file}!{sheet.name}!{number}"
    said = {field: "" if text in (_NOTHING, "—") else text for field, text in said.items()}
    actual = said["actual"] if "actual" in said else ""
    if not said["indicator"] or not (said["value"] or actual):
        return
    try:
        value = Decimal(said["value"].replace(",", "").removesuffix("%")) if said["value"] else None
    except InvalidOperation:
        into[1].append(Finding("draft-figure-not-number", place, {"text": said["value"]}, Severity.WARNING))
        return
    known = IndicatorCatalogue(words.lexicon).match(said["indicator"])
    text = {field: said[field] if field in said else "" for field in words.drafting.figures}
    whole = not text["subject"] or text["subject"] in words.lexicon.nouns.whole
    into[0].append(
        Figure(
            next((annex for annex, names in words.drafting.fields.items() if text["annex"] in names), "targets"),
            area if whole else text["subject"],
            text["indicator"],
            known.id if known else None,
            text["operator"],
            value,
            text["unit"],
            text["actual"],
            text["lead"],
            text["source"],
            place,
        )
    )


def _single(rows: Sequence[Figure], findings: list[Finding]) -> Figures:
    """The rows without those that say two things about one."""
    groups: dict[tuple[str, str, str], list[Figure]] = {}
    for row in rows:
        groups.setdefault((row.annex, row.subject, row.indicator), []).append(row)
    for group in groups.values():
        if len(group) > 1:
            fields = {"indicator": group[0].indicator, "subject": group[0].subject}
            findings.append(Finding("draft-figure-twice", group[1].place, fields, Severity.WARNING))
    return Figures(tuple(group[0] for group in groups.values() if len(group) == 1), tuple(findings))
