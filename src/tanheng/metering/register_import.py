"""The register of meters from a table: CSV, Excel or JSON; every row is checked, and all are written or none."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import combinations
from pathlib import Path
from typing import Any

from tanheng.kernel.faults import Finding, Refusal, blockers
from tanheng.kernel.pack.metering_columns import MeteringColumns
from tanheng.metering.register import Meter, Register
from tanheng.metering.shapes import KINDS, STATS
from tanheng.store.workbook_opening import open_workbook

_NEEDED = ("meter", "carrier", "unit", "start")
_MOST_DECIMALS = 9


@dataclass(frozen=True)
class Row:
    """One row of a table: its place, and its cells as texts by column; an empty cell is not there."""

    place: str
    cells: Mapping[str, str]


def import_register(
    register: Register, path: Path, columns: MeteringColumns, carriers: Collection[str]
) -> tuple[int, list[Finding]]:
    """Writes the meters of a file into the register; a row that stands there already is not written again.

    Reads    .csv, .xlsx, .xls: the first row gives the headings; .json: a list of objects, or one under "meters".
             carriers: the ids that the packs in use know.
    Gives    how many rows were written, and what is wrong with the table: with any finding none is.
    Refuses  readings-column-missing; readings-file-unreadable; what `open_workbook` refuses.
    """
    rows = list(_of_json(path, columns) if path.suffix.lower() == ".json" else _of_workbook(path, columns))
    known = register.rows()
    read = [_meter(row, columns, carriers) for row in rows]
    findings = [finding for _, found in read for finding in found]
    meters = [(row.place, meter) for row, (meter, _) in zip(rows, read, strict=True) if meter is not None]
    findings += [*_parents(meters, known), *_addresses(meters, known)]
    if blockers(findings):
        return 0, findings
    there = {replace(meter, number=None) for meter in register.as_written()}
    new = [meter for _, meter in meters if replace(meter, code=meter.code or meter.meter) not in there]
    return register.add(new), findings


def _of_workbook(path: Path, columns: MeteringColumns) -> Iterator[Row]:
    with open_workbook(path) as book:
        for name in book.sheets():
            sheet = book.sheet(name)
            if not sheet.values:
                continue
            fields = _fields([str(value or "") for value in sheet.values[0]], columns, sheet.place)
            for number, values in enumerate(sheet.values[1:], 2):
                cells = {field: _text(values[place]) for place, field in fields.items() if place < len(values)}
                if any(cells.values()):
                    yield Row(f"{sheet.place}:{number}", {field: text for field, text in cells.items() if text})


def _fields(headings: Iterable[str], columns: MeteringColumns, place: str) -> Mapping[int, str]:
    """The column of the register that each column of a table is."""
    known = {alias: field for field, aliases in columns.meters.items() for alias in aliases}
    names = {index: heading.strip().lower() for index, heading in enumerate(headings)}
    found = {index: known[name] for index, name in names.items() if name in known}
    if twice := sorted(names[index] for index, field in found.items() if list(found.values()).count(field) > 1):
        raise Refusal("readings-column-twice", file=place, columns=", ".join(twice))
    if missing := [field for field in _NEEDED if field not in found.values()]:
        wanted = "; ".join("/".join(columns.meters[field]) for field in missing)
        raise Refusal("readings-column-missing", file=place, columns=wanted)
    return found


def _of_json(path: Path, columns: MeteringColumns) -> Iterator[Row]:
    try:
        document = json.loads(path.read_text("utf-8"), parse_float=str)
    except (ValueError, RecursionError) as error:
        raise Refusal("readings-file-unreadable", file=path.name, problem=error) from error
    listed = document.get("meters") if isinstance(document, dict) else document
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        raise Refusal("readings-file-unreadable", file=path.name, problem="[{...}, ...]?")
    known = {alias: field for field, aliases in columns.meters.items() for alias in aliases}
    for number, item in enumerate(listed):
        cells = {known[name]: _text(value) for name, value in item.items() if name in known}
        yield Row(f"{path.name}[{number}]", {field: text for field, text in cells.items() if text})


def _text(value: Any) -> str:
    """What a cell says; Excel gives whole numbers as 3.0 and days as midnights."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _whole(text: str) -> int:
    return int(text)


def _date(text: str) -> date:
    return date.fromisoformat(text.replace("/", "-"))


def _multiplier(text: str) -> str:
    value = Decimal(text)
    if not (value.is_finite() and value > 0):
        raise ValueError(text)
    return format(value, "f")


_READERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(
        ("level", "decimals", "modulus", "interval_s", "most_per_interval", "first_value", "last_value"), _whole
    ),
    **dict.fromkeys(("start", "end", "calibrated_until"), _date),
    "multiplier": _multiplier,
}


def _meter(row: Row, columns: MeteringColumns, carriers: Collection[str]) -> tuple[Meter | None, list[Finding]]:
    """The meter of a row, or everything that keeps it from being one."""
    findings = [
        Finding("meter-field-missing", row.place, {"field": "/".join(columns.meters[field])})
        for field in _NEEDED
        if field not in row.cells
    ]
    read = dict[str, Any]()
    for field, text in row.cells.items():
        words = columns.words[field] if field in columns.words else {}
        try:
            read[field] = (
                _READERS[field](words[text] if text in words else text) if field in _READERS else words.get(text, text)
            )
        except (ValueError, InvalidOperation):
            findings.append(_wrong(row, columns, field))
    findings += [_wrong(row, columns, field) for field in _impossible(read, carriers)]
    return (None if findings else Meter(**read)), findings


def _wrong(row: Row, columns: MeteringColumns, field: str) -> Finding:
    said = row.cells[field] if field in row.cells else ""
    return Finding("meter-field-wrong", row.place, {"field": "/".join(columns.meters[field]), "value": said})


def _impossible(read: Mapping[str, Any], carriers: Collection[str]) -> list[str]:
    """The fields of a row whose values cannot be."""
    ranges = {"level": range(1, 4), "decimals": range(_MOST_DECIMALS + 1), "interval_s": range(1, 366 * 86_400)}
    wrong = [field for field, allowed in ranges.items() if field in read and read[field] not in allowed]
    wrong += [field for field in ("modulus", "most_per_interval") if field in read and read[field] <= 0]
    listed = {"kind": KINDS, "stat": STATS, "carrier": carriers}
    wrong += [field for field, allowed in listed.items() if field in read and read[field] not in allowed]
    if "start" in read and "end" in read and read["end"] <= read["start"]:
        wrong.append("end")
    if (read.get("kind") == "virtual") != ("formula" in read):
        wrong.append("formula")
    if "parent" in read and read["parent"] == read.get("meter"):
        wrong.append("parent")
    return wrong


def _parents(meters: Iterable[tuple[str, Meter]], known: Iterable[Meter]) -> Iterator[Finding]:
    """Meters above that neither the table nor the register has."""
    listed = list(meters)
    names = {meter.meter for _, meter in listed} | {meter.meter for meter in known}
    for place, meter in listed:
        if meter.parent is not None and meter.parent not in names:
            yield Finding("meter-parent-unknown", place, {"meter": meter.meter, "parent": meter.parent})


def _addresses(meters: Iterable[tuple[str, Meter]], known: Iterable[Meter]) -> Iterator[Finding]:
    """Names under which readings of two points would arrive at one time."""
    listed = list(meters)
    replaced = {(meter.meter, meter.start) for _, meter in listed}
    standing = [("", meter) for meter in known if (meter.meter, meter.start) not in replaced]
    by_name: dict[tuple[str, str, str], list[tuple[str, Meter]]] = {}
    for place, meter in (*listed, *standing):
        if meter.kind != "virtual":
            by_name.setdefault((meter.sender, meter.code or meter.meter, meter.stat), []).append((place, meter))
    for (_, code, _), stays in by_name.items():
        for (place, one), (other_place, other) in combinations(stays, 2):
            if (place or other_place) and one.meter != other.meter and _overlap(one, other):
                fields = {"code": code, "first": one.meter, "second": other.meter}
                yield Finding("meter-code-twice", place or other_place, fields)


def _overlap(one: Meter, other: Meter) -> bool:
    return (other.end is None or one.start < other.end) and (one.end is None or other.start < one.end)
