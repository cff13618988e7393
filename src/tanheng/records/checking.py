"""Checking a workbook that was sent, without recording anything: what is wrong with it, and what it would add."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tanheng.kernel.faults import Finding, blockers
from tanheng.records.changes import Outcome
from tanheng.records.foreseeing import Foresight
from tanheng.records.selecting import directory_as_of
from tanheng.records.site_files import blobs
from tanheng.records.suspecting import Suspicion
from tanheng.store import load_packs, read_workbook

Progress = Callable[[str, int, int], None]
"""Told which step begins, how many are done, and how many there are."""
STEPS = ("opening", "reading", "comparing")


@dataclass(frozen=True)
class Checked:
    """What the check of a workbook found. `counts` is None where it was not compared with the records."""

    layout: str
    rows: int
    statements: int
    findings: tuple[Finding, ...]
    counts: Mapping[str, int] | None

    @property
    def may_be_imported(self) -> bool:
        """Whether nothing in it blocks."""
        return not blockers(self.findings)


def check_workbook(digest: str, name: str, published: date, *, compared: bool, progress: Progress) -> Checked:
    """Reads a kept workbook against packs and directory as they stand.

    Reads    compared: whether to say what would be new, changed or unchanged, and what is odd beside the records; for
             whoever sees all of them: the counts would tell others what is recorded of units that they do not see.
    Refuses  blob-not-found; whatever reading a workbook refuses.
    """
    progress(STEPS[0], 0, len(STEPS))
    packs, directory = load_packs(), directory_as_of()
    progress(STEPS[1], 1, len(STEPS))
    reading = read_workbook(blobs().path(digest), None, packs, directory, published, digest, name=name)
    if not compared:
        return Checked(reading.layout, reading.rows_read, len(reading.observations), reading.findings, None)
    progress(STEPS[2], 2, len(STEPS))
    foreseen = Foresight(Suspicion.of_packs(packs)).of(reading.observations)
    counts = {str(outcome): foreseen.count(outcome) for outcome in Outcome}
    found = (*reading.findings, *foreseen.findings)
    return Checked(reading.layout, reading.rows_read, len(reading.observations), found, counts)
