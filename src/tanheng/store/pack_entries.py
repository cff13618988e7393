"""The entries of a definition, such as a factor or a classification, in a CSV beside its YAML header."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tanheng.kernel.faults import Finding


@dataclass(frozen=True)
class Entries:
    """Rows as the shape of the definition reads them, and the line each stands on.

    `after` is how many entries stand inline before them.
    """

    place: str
    rows: tuple[Mapping[str, Any], ...]
    lines: tuple[int, ...]
    after: int = 0

    def at(self, index: object) -> str | None:
        """`file:line` of one entry, the headings for no entry in particular; None for an entry that stands inline."""
        if not isinstance(index, int):
            return None if self.after else f"{self.place}:1"
        return None if index < self.after else f"{self.place}:{self.lines[index - self.after]}"


def read_entries(text: str, place: str, *, after: int = 0) -> tuple[Entries, list[Finding]]:
    """Reads the rows: columns are the fields of an entry, with `period_start` and `period_end` where it has a period.

    An empty cell is an absent field, and an empty `period_end` is an open end.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    rows, lines, findings = list[Mapping[str, Any]](), list[int](), list[Finding]()
    try:
        headings = [cell.strip() for cell in next(reader, [])]
        findings += _doubled(headings, place)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(headings):
                problem = f"{len(cells)} cells under {len(headings)} headings"
                findings.append(Finding("pack-text-unreadable", f"{place}:{reader.line_num}", {"problem": problem}))
                continue
            rows.append(_entry(dict(zip(headings, cells, strict=True))))
            lines.append(reader.line_num)
    except csv.Error as error:
        findings.append(Finding("pack-text-unreadable", f"{place}:{reader.line_num}", {"problem": str(error)}))
    return Entries(place, tuple(rows), tuple(lines), after), findings


def _entry(cells: Mapping[str, str]) -> Mapping[str, Any]:
    given = {name: cell.strip() for name, cell in cells.items() if cell.strip()}
    if "period_start" not in cells:
        return given
    period = [given.pop("period_start", None), given.pop("period_end", None)]
    return {**given, "period": period}


def _doubled(headings: list[str], place: str) -> list[Finding]:
    doubled = sorted({heading for heading in headings if headings.count(heading) > 1})
    return [Finding("pack-key-twice", f"{place}:1", {"key": heading}) for heading in doubled]
