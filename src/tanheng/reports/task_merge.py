"""Collect and merge: one table out of the sheets that came back, every conflict named, nothing that was said lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.obligation.tracking import Tracked, folded
from tanheng.kernel.pack import PackSet
from tanheng.kernel.subject import Directory
from tanheng.reports.task_returns import COMPARED, Returned, Returns, Stray, Told, told_in
from tanheng.reports.task_sheets import SENT, PartySheet, sent_row

_FIELDS = {"progress": "进展情况", "completion": "完成率", "status": "状态"}


@dataclass(frozen=True)
class Conflict:
    """Where what came back does not agree: a task and a field, and who says what."""

    task: str
    field: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Word:
    """What one row of one sheet says of a task."""

    party: str
    file: str
    said: Mapping[str, str]

    @property
    def who(self) -> str:
        """The party and the file it stands in."""
        return f"{self.party}（{self.file}）"


@dataclass
class Merged:
    """One table out of many: a row for every task, those who did not return theirs, conflicts and findings.

    `beside`: what was said and is not in the table, as (task, who, fields): of supporting parties, of further sheets
    of one party, of rows that belong nowhere.
    """

    rows: list[dict[str, str]] = field(default_factory=list)
    returned: list[Returned] = field(default_factory=list)
    missing: list[PartySheet] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    beside: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def merge(
    folder: Path,
    sheets: Sequence[PartySheet],
    packs: PackSet,
    directory: Directory,
    day: date,
    year: int | None = None,
    told: Told = lambda _done, _whole: None,
) -> Merged:
    """Merges the sheets of a folder.

    Reads    sheets: what was sent to whom; files of any name and kind that spreadsheets have, in any order; year: of
             the plan, to tell sheets of another one; told: is told how many files are read, and of how many.
    Gives    for each task what its lead party says, else what a supporting one does; all else that was said beside
             it. Rows of nobody's task, missing, empty or doubled rows, changed wordings, two sheets of one party,
             disagreements and files of other kinds are named. A task that nobody reported on has a row without
             progress.
    """
    read = Returns({sheet.party: sheet for sheet in sheets}, packs, directory, day, year)
    read.read(folder, told)
    merged = Merged(returned=read.returned, findings=read.findings)
    _several(merged)
    back = {item.party for item in merged.returned}
    merged.missing = [sheet for sheet in sheets if sheet.party not in back]
    for sheet in merged.missing:
        merged.findings.append(
            Finding("return-missing", sheet.party, {"party": sheet.party, "count": len(sheet.tasks)}, Severity.WARNING)
        )
    tasks = {item.task.id: item for sheet in sheets for item in sheet.tasks}
    merged.rows = [_row_of(merged, item) for item in tasks.values()]
    merged.beside += [_apart(stray) for stray in read.strays]
    return merged


def _apart(stray: Stray) -> tuple[str, str, Mapping[str, str]]:
    return stray.task, f"{stray.party}（{stray.file}）", stray.said


def _several(merged: Merged) -> None:
    by_party: dict[str, list[Returned]] = {}
    for item in merged.returned:
        by_party.setdefault(item.party, []).append(item)
    for party, items in by_party.items():
        if len(items) > 1:
            files = ", ".join(item.file for item in items)
            fields = {"party": party, "count": len(items), "files": files}
            merged.findings.append(Finding("return-twice", party, fields, Severity.WARNING))


def _row_of(merged: Merged, item: Tracked) -> dict[str, str]:
    """The row of a task; what the lead party says counts, and who says otherwise is a conflict."""
    told = _told(merged.returned, item.task.id)
    for name in COMPARED:
        _conflict(merged, item, name, [(one.who, one.said[name]) for one in told if name in one.said])
    reports = [one for one in told if any(name in one.said and one.said[name] for name in COMPARED)]
    leads = [one for one in reports if one.party in item.task.lead_parties]
    chosen = next(reversed(leads or reports), None)
    merged.beside += [(item.task.label.zh, one.who, told_in(one.said)) for one in told if one is not chosen]
    said = chosen.said if chosen is not None else {}
    return sent_row(item) | {name: text for name, text in said.items() if name not in SENT}


def comparable(name: str, text: str) -> str | Decimal:
    """What is compared of a field: of a completion its number, for 7.5 is not 75; of words the wording."""
    if name == "completion":
        try:
            return Decimal(text.strip().rstrip("%％").strip())
        except InvalidOperation:
            pass
    return folded(text)


def _told(returned: Sequence[Returned], task: str) -> list[Word]:
    """Who says anything of a task, in the order of the files; what is left empty says nothing."""
    words = [Word(back.party, back.file, said) for back in returned if task in back.rows for said in back.rows[task]]
    return [word for word in words if told_in(word.said)]


def _conflict(merged: Merged, item: Tracked, name: str, said: list[tuple[str, str]]) -> None:
    """Several reports on one task: a completion or a state that differs is a conflict; so is progress of one party."""
    values = {comparable(name, text) for _, text in said}
    if len(values) < 2 or (name == "progress" and len({who.partition("（")[0] for who, _ in said}) == len(said)):
        return
    merged.conflicts.append(Conflict(item.task.id, name, tuple(said)))
    shown = "；".join(f"{who}：{text}" for who, text in said)
    fields = {"task": item.task.label.zh, "field": _FIELDS[name], "values": shown}
    merged.findings.append(Finding("return-conflict", f"task:{item.task.id}", fields, Severity.WARNING))
