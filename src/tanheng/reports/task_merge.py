"""Collect and merge: the sheets that came back in whatever state, one table out of them, every conflict named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.obligation.tracking import Tracked
from tanheng.kernel.pack import LayoutProfile, PackSet
from tanheng.kernel.subject import Directory
from tanheng.reports.task_sheets import SENT, PartySheet, sent_row
from tanheng.store.layout_registers import RegisterRow
from tanheng.store.workbook import read_workbook

_LAYOUT = "task_progress"
_ENDINGS = (".xlsx", ".xls", ".et", ".csv")
_COMPARED = ("progress", "completion", "status")
_NAMED = {"task": "任务", "lead": "牵头单位", "supporting": "配合单位", "deadline": "时限"}
_FIELDS = {"progress": "进展情况", "completion": "完成率", "status": "状态"}
_BLANKS = re.compile(r"[\s，。、；：,.;:（）()]+")


@dataclass(frozen=True)
class Returned:
    """A sheet that came back: the file, whose it is, and what it says of each task."""

    file: str
    party: str
    rows: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Conflict:
    """Where what came back does not agree: a task and a field, and who says what."""

    task: str
    field: str
    said: tuple[tuple[str, str], ...]


@dataclass
class Merged:
    """One table out of many: a row for every task, those who did not return theirs, conflicts and findings."""

    rows: list[dict[str, str]] = field(default_factory=list)
    returned: list[Returned] = field(default_factory=list)
    missing: list[PartySheet] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def merge(folder: Path, sheets: Sequence[PartySheet], packs: PackSet, directory: Directory, day: date) -> Merged:
    """Merges the sheets of a folder.

    Reads    sheets: what was sent to whom; files of any name and kind that spreadsheets have, in any order.
    Gives    for each task what its lead party says, else what a supporting one does; rows of nobody's task, rows that
             are missing or empty, changed wordings, two sheets of one party and disagreements are named. A task that
             nobody reported on has a row without progress.
    """
    merged, known = Merged(), {sheet.party: sheet for sheet in sheets}
    for path in sorted(path for path in folder.rglob("*") if _is_sheet(path)):
        _read_into(merged, path, known, packs, directory, day)
    _several(merged)
    back = {item.party for item in merged.returned}
    merged.missing = [sheet for sheet in sheets if sheet.party not in back]
    for sheet in merged.missing:
        merged.findings.append(
            Finding("return-missing", sheet.party, {"party": sheet.party, "count": len(sheet.tasks)}, Severity.WARNING)
        )
    tasks = {item.task.id: item for sheet in sheets for item in sheet.tasks}
    merged.rows = [_row_of(merged, item) for item in tasks.values()]
    return merged


def _is_sheet(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in _ENDINGS and not path.name.startswith(("~$", "."))


def _read_into(
    merged: Merged, path: Path, known: Mapping[str, PartySheet], packs: PackSet, directory: Directory, day: date
) -> None:
    layout, digest = packs.get(LayoutProfile, _LAYOUT), hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        reading = read_workbook(path, layout, packs, directory, day, digest)
    except Refusal as refusal:
        fields = {"file": path.name, "problem": refusal.message("zh")}
        merged.findings.append(Finding("return-unreadable", path.name, fields, Severity.WARNING))
        return
    party = _party_of(path, reading.rows, known)
    if party is None:
        fields = {"file": path.name, "problem": "看不出是哪个单位的表"}
        merged.findings.append(Finding("return-unreadable", path.name, fields, Severity.WARNING))
        return
    merged.returned.append(Returned(path.name, party, dict(_rows_of(merged, path, party, reading.rows, known))))


def _party_of(path: Path, rows: Sequence[RegisterRow], known: Mapping[str, PartySheet]) -> str | None:
    """Whose sheet it is: the party its name or title says, else the only one that has just these tasks."""
    named = [party for party in known if _folded(party) in _folded(path.stem)]
    if named:
        return max(named, key=len)
    ids = {_text(row, "task_id") for row in rows} - {""}
    fitting = [party for party, sheet in known.items() if ids and ids == {item.task.id for item in sheet.tasks}]
    if len(fitting) == 1:
        return fitting[0]
    leads = {_text(row, "lead") for row in rows}
    return next(iter(leads)) if len(leads) == 1 and leads <= set(known) else None


def _rows_of(
    merged: Merged, path: Path, party: str, rows: Sequence[RegisterRow], known: Mapping[str, PartySheet]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    own = {item.task.id: item for item in known[party].tasks}
    everybody = {item.task.id: item for sheet in known.values() for item in sheet.tasks}
    seen = set[str]()
    for row in rows:
        said = {name: str(value.value).strip() for name, value in row.fields.items()}
        item = _task_of(said, everybody)
        place = row.place
        if item is None:
            fields = {"file": path.name, "task": said["task"] if "task" in said else "-"}
            merged.findings.append(Finding("return-row-unknown", place, fields, Severity.WARNING))
        elif item.task.id not in own:
            fields = {"party": party, "task": item.task.label.zh}
            merged.findings.append(Finding("return-row-foreign", place, fields, Severity.WARNING))
        else:
            seen.add(item.task.id)
            _compare_with_sent(merged, party, place, item, said)
            yield item.task.id, said
    for id in sorted(set(own) - seen):
        fields = {"party": party, "task": own[id].task.label.zh}
        merged.findings.append(Finding("return-row-absent", path.name, fields, Severity.WARNING))


def _task_of(said: Mapping[str, str], known: Mapping[str, Tracked]) -> Tracked | None:
    if "task_id" in said and said["task_id"] in known:
        return known[said["task_id"]]
    wording = _folded(said["task"]) if "task" in said else ""
    fitting = [item for item in known.values() if wording and _folded(item.task.label.zh) == wording]
    return fitting[0] if len(fitting) == 1 else None


def _compare_with_sent(merged: Merged, party: str, place: str, item: Tracked, said: Mapping[str, str]) -> None:
    sent = sent_row(item)
    for name, heading in _NAMED.items():
        back = said[name] if name in said else ""
        if back and _folded(back) != _folded(sent[name]):
            fields = {"party": party, "field": heading, "sent": sent[name], "back": back}
            merged.findings.append(Finding("return-wording-changed", place, fields, Severity.NOTE))
    if not any(name in said and said[name] for name in _COMPARED):
        fields = {"party": party, "task": item.task.label.zh}
        merged.findings.append(Finding("return-row-empty", place, fields, Severity.WARNING))


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
    told = [(back.party, back.file, back.rows[item.task.id]) for back in merged.returned if item.task.id in back.rows]
    told = [one for one in told if any(name in one[2] and one[2][name] for name in _COMPARED)]
    for name in _COMPARED:
        _conflict(
            merged, item, name, [(f"{party}（{file}）", said[name]) for party, file, said in told if name in said]
        )
    leads = [said for party, _, said in told if party in item.task.lead_parties]
    chosen = leads[-1] if leads else told[-1][2] if told else {}
    return sent_row(item) | {name: text for name, text in chosen.items() if name not in SENT}


def _conflict(merged: Merged, item: Tracked, name: str, said: list[tuple[str, str]]) -> None:
    """Several reports on one task: a completion or a state that differs is a conflict; so is progress of one party."""
    values = {_folded(text) for _, text in said}
    if len(values) < 2 or (name == "progress" and len({who.partition("（")[0] for who, _ in said}) == len(said)):
        return
    merged.conflicts.append(Conflict(item.task.id, name, tuple(said)))
    shown = "；".join(f"{who}：{text}" for who, text in said)
    fields = {"task": item.task.label.zh, "field": _FIELDS[name], "values": shown}
    merged.findings.append(Finding("return-conflict", f"task:{item.task.id}", fields, Severity.WARNING))


def _text(row: RegisterRow, name: str) -> str:
    return str(row.fields[name].value).strip() if name in row.fields else ""


def _folded(text: str) -> str:
    return _BLANKS.sub("", text)
