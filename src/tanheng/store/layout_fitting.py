"""How well a sheet fits a layout, and what has moved against it: headings renamed, doubled, shifted, new, grown."""

from __future__ import annotations

from collections.abc import Iterator

from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack import LayoutColumn, LayoutProfile
from tanheng.store.layout_headings import Head, letter
from tanheng.store.layout_text import closest
from tanheng.store.sheets import Sheet

_SHOWN = 8


def missing(profile: LayoutProfile, head: Head | None) -> list[LayoutColumn]:
    """The columns without which the sheet cannot be read, and that it does not have.

    Of a code and a name of the subject one is enough, where both may name it.
    """
    found = set(head.columns) if head else set[str]()
    absent = [column for column in profile.columns if not column.optional and column.id not in found]
    named = any(c.id in found for c in profile.columns if c.reads in {"subject_code", "subject_name"})
    return [
        c for c in absent if not (named and c.reads in {"subject_code", "subject_name"} and profile.subject.aliases)
    ]


def fitting_problems(sheet: Sheet, profile: LayoutProfile, head: Head | None) -> Iterator[Finding]:
    """What keeps the sheet from being read, and what moved and does not."""
    taken = set(head.columns.values()) if head else set[int]()
    free = (
        {"/".join(path): number for number, path in enumerate(head.paths, 1) if path and number not in taken}
        if head
        else {}
    )
    for column in missing(profile, head):
        near = closest("".join(level[0] for level in column.path), free)
        shown = "、".join(f"{letter(free[title])}列“{title}”" for title in near) or "-"
        where = sheet.at(head.last, free[near[0]]) if head and near else sheet.at(head.last if head else 1, 1)
        yield Finding("heading-changed", where, {"heading": _name(column), "nearest": shown})
    if head is not None:
        yield from _doubled(sheet, profile, head)
        yield from moved(sheet, profile, head)


def _name(column: LayoutColumn) -> str:
    """The usual headings of a column."""
    return "/".join(level[0].strip("*#") for level in column.path)


def _doubled(sheet: Sheet, profile: LayoutProfile, head: Head) -> Iterator[Finding]:
    for id, (first, second) in head.doubled.items():
        row = head.last
        fields = {"heading": head.title(first), "first": f"{letter(first)}{row}", "second": f"{letter(second)}{row}"}
        severity = Severity.NOTE if profile.by_id[id].optional else Severity.BLOCKER
        yield Finding("heading-twice", sheet.at(row, second), fields, severity)


def moved(sheet: Sheet, profile: LayoutProfile, head: Head) -> Iterator[Finding]:
    """Columns that stand elsewhere than when the layout was learned; all of them in one note."""
    found = [(column, head.columns[column.id]) for column in profile.columns if column.at and column.id in head.columns]
    shifted = [(column.at, number) for column, number in found if letter(number) != column.at]
    if shifted:
        texts = [f"“{head.title(number)}”{was}→{letter(number)}" for was, number in shifted[:_SHOWN]]
        fields = {"columns": "、".join(texts) + ("…" if len(shifted) > _SHOWN else ""), "count": len(shifted)}
        yield Finding("columns-moved", sheet.at(head.last, shifted[0][1]), fields, Severity.NOTE)


def differences(sheet: Sheet, profile: LayoutProfile, head: Head | None) -> Iterator[Finding]:
    """Everything in which a sheet differs from its layout, new columns and grown headings too."""
    yield from fitting_problems(sheet, profile, head)
    if head is None:
        return
    taken = set(head.columns.values())
    for number, path in enumerate(head.paths, 1):
        if path and number not in taken:
            yield Finding("column-new", sheet.at(head.last, number), {"heading": head.title(number)}, Severity.NOTE)
    rows = head.last - head.first + 1
    if rows != profile.header_rows:
        fields = {"was": profile.header_rows, "found": rows}
        yield Finding("headings-grown", sheet.at(head.first, 1), fields, Severity.NOTE)
