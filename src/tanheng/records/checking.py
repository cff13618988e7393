"""Checking workbooks that were sent together, without recording anything: what is wrong, and what they would add."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from tanheng.kernel.faults import Finding, Refusal, blockers
from tanheng.kernel.pack import Layout, LayoutProfile, PackSet
from tanheng.kernel.subject import Directory
from tanheng.records.canonical import canonical, digest
from tanheng.records.changes import Outcome
from tanheng.records.foreseeing import Foreseen, ForeseenLine, Foresight
from tanheng.records.reach import Reach
from tanheng.records.selecting import directory_as_of
from tanheng.records.site_files import blobs
from tanheng.records.suspecting import Suspicion
from tanheng.store import Reading, load_packs, read_workbook

Progress = Callable[[str, int, int], None]
"""Told which step is at work, how far it is, and how far it has to go."""
OPENING, READING, COMPARING, RECORDING = "opening", "reading", "comparing", "recording"


@dataclass(frozen=True)
class SentWorkbook:
    """A workbook that somebody sent: its name, its hash among the blobs, when it was published; its layout, if said."""

    name: str
    digest: str
    published: date
    layout: str = ""


@dataclass(frozen=True)
class CheckedWorkbook:
    """What the check of one workbook found; `reading` is None where it could not be read at all."""

    file: SentWorkbook
    reading: Reading | None
    findings: tuple[Finding, ...]
    foreseen: Foreseen | None

    @property
    def blocked(self) -> bool:
        """Whether something keeps it, and all that was sent with it, from being recorded."""
        return self.reading is None or bool(blockers(self.findings))

    def count(self, outcome: Outcome) -> int:
        """How many of its statements are new, changed or unchanged."""
        return 0 if self.foreseen is None else self.foreseen.count(outcome)

    @property
    def fingerprint(self) -> str:
        """What the dry run said, as a hash: whoever agrees to it agrees to this, and to nothing that came since."""
        lines = self.foreseen.lines if self.foreseen else ()
        told = [
            [str(line.outcome), line.statement.as_json(), line.earlier and line.earlier.as_json()] for line in lines
        ]
        return digest(canonical(told))


def _told(line: ForeseenLine) -> list[Any]:
    earlier = None if line.earlier is None else line.earlier.as_json()
    return [str(line.outcome), line.statement.as_json(), earlier]


def check_workbooks(files: Sequence[SentWorkbook], reach: Reach, progress: Progress) -> list[CheckedWorkbook]:
    """Reads kept workbooks against packs and directory as they stand, each as if those before it had been recorded.

    Gives    one answer for each; what refuses to be read at all is a finding there. Where one is blocked none of them
             will be recorded, so that none is judged as following on another.
    Refuses  blob-not-found.
    """
    progress(OPENING, 0, 1)
    packs, directory = load_packs(), reach.directory(directory_as_of())
    read = []
    for number, file in enumerate(files, 1):
        read.append(_read(file, packs, directory, reach, partial(progress, f"{READING} {number}/{len(files)}")))
    progress(COMPARING, 0, 1)
    return judged(read, packs)


def judged(read: Sequence[CheckedWorkbook], packs: PackSet) -> list[CheckedWorkbook]:
    """The same workbooks with what each would add to the records as they stand.

    Finds    observation-twice: a workbook that states one figure twice.
    """
    ahead, together = Foresight(Suspicion.of_packs(packs)), not any(item.blocked for item in read)
    return [_judged(item, ahead, together=together) for item in read]


def _judged(item: CheckedWorkbook, ahead: Foresight, *, together: bool) -> CheckedWorkbook:
    if item.reading is None:
        return item
    try:
        foreseen = ahead.of(item.reading.observations, comes_about=together)
    except Refusal as refusal:
        found = Finding(refusal.code, item.file.name, refusal.fields)
        return CheckedWorkbook(item.file, item.reading, (*item.findings, found), None)
    return CheckedWorkbook(item.file, item.reading, (*item.findings, *foreseen.findings), foreseen)


def _read(
    file: SentWorkbook, packs: PackSet, directory: Directory, reach: Reach, told: Callable[[int, int], None]
) -> CheckedWorkbook:
    path = blobs().path(file.digest)
    try:
        layout = layout_of(packs, file.layout)
        reading = read_workbook(path, layout, packs, directory, file.published, file.digest, name=file.name, told=told)
    except Refusal as refusal:
        return CheckedWorkbook(file, None, (Finding(refusal.code, file.name, refusal.fields),), None)
    reading = reach.checked(reading)
    return CheckedWorkbook(file, reading, reading.findings, None)


def layout_of(packs: PackSet, id: str) -> Layout | LayoutProfile | None:
    """The layout of that id; None where it is to be recognised from the workbook.

    Refuses  definition-missing.
    """
    if not id:
        return None
    simple = any(layout.id == id for layout in packs.all(Layout))
    return packs.get(Layout, id) if simple else packs.get(LayoutProfile, id)
