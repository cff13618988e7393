"""Targets as a table of rows: the same headings as in a pack, in a CSV of any encoding that offices use."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from tanheng.kernel.demand import Target, target_of
from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack.obligation_shapes import TargetShape, nested
from tanheng.store.sheets_of_text import decoded


@dataclass(frozen=True)
class TargetRows:
    """The targets of a file that can be read, and what is wrong with the others, each with its line."""

    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]


def read_target_table(path: Path, instrument: str) -> TargetRows:
    """Reads targets from a CSV whose headings are the fields of target/1 (demand.operator, baseline.period, ...).

    Reads    instrument: the document they belong to; a row without clause stands at its number there, one without id
             has that number for an id.
    Gives    findings target-row-invalid (blocking), one for each row that does not fit, and target-row-twice.
    Refuses  file-failed, text-unreadable, encoding-mixed.
    """
    if not path.is_file():
        raise Refusal("file-failed", file=path, problem="not found")
    rows = csv.DictReader(io.StringIO(decoded(path.name, path.read_bytes()), newline=""))
    targets, findings = dict[str, Target](), list[Finding]()
    for number, row in enumerate(rows, 1):
        place = f"{path.name}:{number + 1}"
        said = {heading.strip(): value.strip() for heading, value in row.items() if heading and value and value.strip()}
        known = {"id": f"{instrument}.t{number:03d}", "clause": f"{instrument}#row-{number}"}
        try:
            target = target_of(TargetShape.model_validate(nested({**known, **said})))
        except ValidationError as error:
            told = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
            findings.append(Finding("target-row-invalid", place, {"problem": told}))
            continue
        if target.id in targets:
            findings.append(Finding("target-row-twice", place, {"id": target.id}))
        targets[target.id] = target
    return TargetRows(tuple(targets.values()), tuple(findings))
