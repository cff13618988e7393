"""The sheets of tasks that came back, in whatever state: whose each is, and what it says of each task."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.obligation.tracking import Tracked, folded
from tanheng.kernel.pack import LayoutProfile, PackSet
from tanheng.kernel.quantity import written_number
from tanheng.kernel.subject import Directory
from tanheng.reports.task_sheets import PartySheet, sent_row
from tanheng.store.layout_registers import RegisterRow
from tanheng.store.workbook import Reading, read_workbook

COMPARED = ("progress", "completion", "status")
Told = Callable[[int, int], None]
_LAYOUT = "task_progress"
_ENDINGS = (".xlsx", ".xls", ".et", ".csv")
_NAMED = {"task": "任务", "lead": "牵头单位", "supporting": "配合单位", "deadline": "时限"}
_TOLD = (*COMPARED, "problems", "next", "contact", "evidence")
_NOT_ASKED = ("layout-unconfirmed", "period-not-found")  # whose the sheet is and of which tasks is known otherwise
_WHOLE = 100  # per cent


@dataclass(frozen=True)
class Returned:
    """A sheet that came back: the file, whose it is, and what its rows say of each task."""

    file: str
    party: str
    rows: Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class Stray:
    """A row that is in no merge: of no task that is known, or of one in which its sender has no part."""

    party: str
    file: str
    task: str
    said: Mapping[str, str]


@dataclass
class Returns:
    """What is read of a folder.

    Reads    known: what was sent, by party; year: of the plan, where a sheet of another year is to be told.
    Gives    the sheets that can be read; every row that is missing, empty, doubled or of nobody's task, every changed
             wording, every cell and file that cannot be read as a finding.
    """

    known: Mapping[str, PartySheet]
    packs: PackSet
    directory: Directory
    day: date
    year: int | None = None
    returned: list[Returned] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def read(self, folder: Path, told: Told = lambda _done, _whole: None) -> None:
        """Every file of a folder and of those within it, by name; `told` is told how many are read, and of how many."""
        paths = sorted(path for path in folder.rglob("*") if _counts(path))
        for number, path in enumerate(paths):
            told(number, len(paths))
            if path.suffix.lower() in _ENDINGS:
                self._sheet(path)
            else:
                self._say("return-no-sheet", path.name, file=path.name)

    def _sheet(self, path: Path) -> None:
        layout, digest = self.packs.get(LayoutProfile, _LAYOUT), hashlib.sha256(path.read_bytes()).hexdigest()
        try:
            reading = read_workbook(path, layout, self.packs, self.directory, self.day, digest)
        except Refusal as refusal:
            self._unreadable(path, refusal.message("zh"))
            return
        party = _party_of(path, reading.rows, self.known)
        if not reading.rows:
            self._unreadable(path, _why(reading))
        elif party is None:
            self._unreadable(path, "看不出是哪个单位的表")
        else:
            self._noted(party, path, reading)
            self.returned.append(Returned(path.name, party, self._rows(path, party, reading.rows)))

    def _noted(self, party: str, path: Path, reading: Reading) -> None:
        """What the reading of cells found, and a sheet that speaks of another year."""
        self.findings += [
            Finding(one.code, one.place, one.fields, Severity.WARNING)
            for one in reading.findings
            if one.severity is not Severity.NOTE and one.code not in _NOT_ASKED
        ]
        years = {row.period.start.year for row in reading.rows if row.period is not None}
        if self.year is not None and years - {self.year}:
            said = ", ".join(str(year) for year in sorted(years))
            self._say("return-other-year", path.name, party=party, said=said, year=str(self.year))

    def _rows(self, path: Path, party: str, rows: Sequence[RegisterRow]) -> Mapping[str, Sequence[Mapping[str, str]]]:
        own = {item.task.id: item for item in self.known[party].tasks}
        found: dict[str, list[Mapping[str, str]]] = {}
        for id, place, said in self._fitting(path, party, rows, own):
            self._compare_with_sent(party, place, own[id], said)
            if id not in found or any(_differ(said, other) for other in found[id]):
                found.setdefault(id, []).append(said)
            if len(found[id]) > 1:
                self._say("return-row-twice", place, party=party, task=own[id].task.label.zh)
        for id in sorted(set(own) - found.keys()):
            self._say("return-row-absent", path.name, party=party, task=own[id].task.label.zh)
        return found

    def _fitting(
        self, path: Path, party: str, rows: Sequence[RegisterRow], own: Mapping[str, Tracked]
    ) -> Iterator[tuple[str, str, Mapping[str, str]]]:
        """The rows about tasks of a party; the others are kept apart and named."""
        everybody = {item.task.id: item for sheet in self.known.values() for item in sheet.tasks}
        for row in rows:
            said = {name: str(value.value).strip() for name, value in row.fields.items()}
            item = _task_of(said, everybody)
            if item is not None and item.task.id in own:
                yield item.task.id, row.place, said
                continue
            wording = item.task.label.zh if item is not None else said["task"] if "task" in said else "-"
            self.strays.append(Stray(party, path.name, wording, told_in(said)))
            if item is None:
                self._say("return-row-unknown", row.place, file=path.name, task=wording)
            else:
                self._say("return-row-foreign", row.place, party=party, task=wording)

    def _compare_with_sent(self, party: str, place: str, item: Tracked, said: Mapping[str, str]) -> None:
        sent = sent_row(item)
        for name, heading in _NAMED.items():
            back = said[name] if name in said else ""
            if back and folded(back) != folded(sent[name]):
                fields = {"party": party, "field": heading, "sent": sent[name], "back": back}
                self.findings.append(Finding("return-wording-changed", place, fields, Severity.NOTE))
        if not any(name in said and said[name] for name in COMPARED):
            self._say("return-row-empty", place, party=party, task=item.task.label.zh)
        if "completion" in said and _is_odd(said["completion"]):
            self._say("return-completion-odd", place, party=party, task=item.task.label.zh, text=said["completion"])

    def _unreadable(self, path: Path, problem: str) -> None:
        self._say("return-unreadable", path.name, file=path.name, problem=problem)

    def _say(self, code: str, place: str, **fields: object) -> None:
        self.findings.append(Finding(code, place, fields, Severity.WARNING))


def told_in(said: Mapping[str, str]) -> Mapping[str, str]:
    """What a party itself wrote into a row."""
    return {name: text for name, text in said.items() if name in _TOLD and text}


def _counts(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(("~$", "."))


def _why(reading: Reading) -> str:
    found = [finding.message("zh") for finding in reading.findings if finding.severity is Severity.BLOCKER]
    return found[0] if found else "没有一行可读的内容"


def _is_odd(text: str) -> bool:
    """No number from 0 to 100; a share such as 0.6 may be 60 % or less than one: only its sender knows."""
    number = written_number(text.rstrip("%％"))
    return number is None or not 0 <= number <= _WHOLE or 0 < number < 1


def _differ(said: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return dict(told_in(said)) != dict(told_in(other))


def _party_of(path: Path, rows: Sequence[RegisterRow], known: Mapping[str, PartySheet]) -> str | None:
    """Whose sheet it is: the party its name or title says, else the only one that has just these tasks."""
    named = [party for party in known if folded(party) in folded(path.stem)]
    if named:
        return max(named, key=len)
    ids = {_text(row, "task_id") for row in rows} - {""}
    fitting = [party for party, sheet in known.items() if ids and ids == {item.task.id for item in sheet.tasks}]
    if len(fitting) == 1:
        return fitting[0]
    leads = {_text(row, "lead") for row in rows}
    return next(iter(leads)) if len(leads) == 1 and leads <= set(known) else None


def _task_of(said: Mapping[str, str], known: Mapping[str, Tracked]) -> Tracked | None:
    if "task_id" in said and said["task_id"] in known:
        return known[said["task_id"]]
    wording = folded(said["task"]) if "task" in said else ""
    fitting = [item for item in known.values() if wording and folded(item.task.label.zh) == wording]
    return fitting[0] if len(fitting) == 1 else None


def _text(row: RegisterRow, name: str) -> str:
    return str(row.fields[name].value).strip() if name in row.fields else ""
