"""Many readings at once: a table of meters, times and values as texts becomes files, all of it or nothing.

A table of any length passes through in slices; memory is bounded by the slice. The manifest changes once, at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from tanheng.kernel.faults import Finding
from tanheng.metering.ingest.addresses import Stay, addresses
from tanheng.metering.ingest.reading_text import time_reader, whole_steps
from tanheng.metering.manifest import Manifest, Part
from tanheng.metering.parts import SCHEMA
from tanheng.metering.register import Meter
from tanheng.metering.shapes import END_OF_TIME
from tanheng.metering.store import Store

MOST_FINDINGS = 100
_PLACES = 6
_POWERS = 10 ** np.arange(_PLACES, -1, -1, dtype=np.int64)
_PLAIN = rf"^[+-]?[0-9]{{1,15}}(\.[0-9]{{0,{_PLACES}}})?$"
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Slice:
    """Some rows of a table: columns meter, at, value as texts, flag as numbers; and the line on which each stands."""

    rows: pl.DataFrame
    place: str
    lines: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Imported:
    """What came of an import: readings written, whether they already were there, and what is wrong with the table."""

    rows: int
    repeated: bool
    findings: tuple[Finding, ...]


def import_slices(store: Store, slices: Iterable[Slice], digest: str, times: tuple[str, ...]) -> Imported:
    """Writes the readings of a table into files; durable and counted when it returns, or nothing of it is.

    Reads    digest: what tells the table from any other; one that was imported before is not imported again.
    Gives    findings reading-meter-unknown, reading-outside-stay, reading-time-wrong, reading-too-fine,
             reading-no-number, at most a hundred: with any of them nothing is written.
    Refuses  readings-being-written.
    """
    with store.writing():
        manifest = store.manifest
        if digest in manifest.imported:
            return Imported(0, True, ())
        placing = _Placing(store.register.rows(), manifest.offset_s, times)
        parts, findings, seq = _written(store, manifest, slices, placing)
        if findings:
            return Imported(0, False, tuple(findings))
        known = (*manifest.imported, digest)
        store.settle(replace(manifest.with_parts(parts), next_seq=seq, imported=known))
    return Imported(seq - manifest.next_seq, False, ())


def _written(
    store: Store, manifest: Manifest, slices: Iterable[Slice], placing: _Placing
) -> tuple[list[Part], list[Finding], int]:
    """The parts of a table, what is wrong with it, and the number of the next reading.

    One slice is written while the next one is read; after the first finding the rest is only looked through.
    """
    parts, findings, seq = list[Part](), list[Finding](), manifest.next_seq
    with ThreadPoolExecutor(1) as writer:
        writing: Future[list[Part]] | None = None
        for piece in slices:
            readings, wrong = placing.placed(piece, seq)
            findings += wrong[: MOST_FINDINGS - len(findings)]
            seq += readings.height
            parts += writing.result() if writing else []
            writing = writer.submit(store.written, readings, manifest) if readings.height and not findings else None
        parts += writing.result() if writing else []
    return parts, findings, seq


class _Placing:
    """Places slices: what is the same for a whole table is looked up once."""

    def __init__(self, meters: Sequence[Meter], offset_s: int, times: tuple[str, ...]) -> None:
        self._meters, self._offset_s = meters, offset_s
        self._read_time = time_reader(times, offset_s)

    @cached_property
    def _points(self) -> _Points:
        """Every point under its own name, whatever names its readings otherwise arrive under."""
        named = [replace(meter, sender="", code=meter.meter, stat="") for meter in self._meters]
        stats = {meter.meter: meter.stat for meter in self._meters}
        known = {code: stays for (_, code, _), stays in addresses(named, self._offset_s).items()}
        return _Points.of(known, [stats[name] for name in known])

    def placed(self, piece: Slice, first_seq: int) -> tuple[pl.DataFrame, list[Finding]]:
        """The readings of a slice and what is wrong with it."""
        rows = piece.rows
        points, which = self._points, _places(rows["meter"], self._points.names)
        at, number = self._ends(rows, which), points.number[which]
        decimals, inside = points.decimals_at(which, at)
        steps, fault = _steps(rows["value"], decimals)
        wrong = {
            "reading-time-wrong": (at <= 0) | (at >= END_OF_TIME),
            "reading-meter-unknown": number < 0,
            "reading-outside-stay": ~inside,
            "reading-incomplete": rows["flag"].is_null().to_numpy(),
        }
        findings = _findings(piece, wrong, fault)
        seq = np.arange(first_seq, first_seq + rows.height, dtype=np.int64)
        columns = {"meter": number, "at": at, "value": steps, "flag": rows["flag"], "seq": seq}
        return pl.DataFrame(columns if not findings else {name: [] for name in SCHEMA}, schema=SCHEMA), findings

    def _ends(self, rows: pl.DataFrame, which: Whole) -> Whole:
        """The ends of the intervals; 0 where a time cannot be read. Each text is read once."""
        texts = list(rows["at"].unique().drop_nulls())
        when, found = _places(rows["at"], pl.Enum(texts)), np.zeros(rows.height, np.int64)
        kind = self._points.stat[which]
        met = [place for place, count in enumerate(np.bincount(kind, minlength=1)) if count]
        for place in met:
            read = [self._read_time(text, self._points.stats[place]) for text in texts]
            ends = np.array([0 if end is None else end for end in (*read, None)], np.int64)
            if len(met) == 1:
                return ends[when]
            found = np.where(kind == place, ends[when], found)
        return found


def _places(texts: pl.Series, known: pl.Enum) -> Whole:
    """The place of every text in a list; the length of the list where it is not in it."""
    places = texts.cast(known, strict=False).to_physical().cast(pl.Int64)
    return places.set(places.is_null(), len(known.categories)).to_numpy()


@dataclass(frozen=True)
class _Points:
    """The points of a register and their stays, side by side; behind the last name what no name means.

    `stat` is the place of each in `stats`; `table` the first stay of each point, the second, ...: start, end, decimals.
    """

    names: pl.Enum
    number: npt.NDArray[np.int32]
    stat: npt.NDArray[np.int64]
    stats: tuple[str, ...]
    table: tuple[tuple[Whole, Whole, Whole], ...]

    @staticmethod
    def of(known: Mapping[str, tuple[Stay, ...]], stat: Sequence[str]) -> _Points:
        """The points by name with their stays, and of each how its readings name their time."""
        lists, stats = [*known.values(), ()], tuple(sorted({*stat, ""}))
        numbers = np.array([stays[0].number if stays else -1 for stays in lists], np.int32)
        kinds = np.array([stats.index(each) for each in (*stat, "")], np.int64)
        most = max(len(stays) for stays in lists)
        table = tuple(_nth(lists, place) for place in range(most))
        return _Points(pl.Enum(list(known)), numbers, kinds, stats, table)

    def decimals_at(self, which: Whole, at: Whole) -> tuple[Whole, npt.NDArray[np.bool_]]:
        """The decimals that each row's meter showed at its time, and whether it was registered then."""
        decimals, inside = np.zeros(len(at), np.int64), np.zeros(len(at), np.bool_)
        for start, end, shown in self.table:
            here = (start[which] < at) & (at <= end[which])
            decimals = np.where(here, shown[which], decimals)
            inside |= here
        return decimals, inside


def _nth(lists: Sequence[tuple[Stay, ...]], place: int) -> tuple[Whole, Whole, Whole]:
    none = Stay(END_OF_TIME, 0, 0, 0)
    found = [stays[place] if place < len(stays) else none for stays in lists]
    return tuple(np.array([getattr(stay, name) for stay in found], np.int64) for name in ("start", "end", "decimals"))  # type: ignore[return-value]


def _steps(values: pl.Series, decimals: Whole) -> tuple[Whole, dict[int, str]]:
    """Whole steps of every value, exactly, and by row the reason where a value has none."""
    plain = values.str.contains(_PLAIN)
    fine = (
        values.set(~plain | plain.is_null(), None)
        .cast(pl.Decimal(38, _PLACES))
        .to_physical()
        .cast(pl.Int64, strict=False)
    )
    known = (decimals <= _PLACES) & fine.is_not_null().to_numpy()
    unit = _POWERS[np.minimum(decimals, _PLACES)]
    ticks = fine.set(fine.is_null(), 1).to_numpy()
    steps, left = np.divmod(ticks, unit)
    fault = {}
    for row in np.flatnonzero(~known | (left != 0)):  # more decimals than usual, an exponent, or no number at all
        read = whole_steps((values[int(row)] or "").strip(), int(decimals[row]))
        if isinstance(read, str):
            fault[int(row)] = read
        steps[row] = -1 if isinstance(read, str) else read
    return steps, fault


def _findings(piece: Slice, wrong: Mapping[str, npt.NDArray[np.bool_]], fault: Mapping[int, str]) -> list[Finding]:
    """What is wrong with the rows of a slice, one reason a row, in their order."""
    reasons = {row: fault[row] for row in list(fault)[:MOST_FINDINGS]}
    for code in ("reading-incomplete", "reading-outside-stay", "reading-time-wrong", "reading-meter-unknown"):
        reasons |= {int(row): code for row in np.flatnonzero(wrong[code])[:MOST_FINDINGS]}
    return [_finding(piece, row, reasons[row]) for row in sorted(reasons)]


def _finding(piece: Slice, row: int, code: str) -> Finding:
    cells = piece.rows.row(row)[:3]
    return Finding(code, f"{piece.place}:{piece.lines[row]}", {"reading": ", ".join(str(cell) for cell in cells)})


def slices_of(rows: Iterator[pl.DataFrame], place: str, first_line: int) -> Iterator[Slice]:
    """Slices of one table after the other; lines without anything in them are left out."""
    for some in rows:
        lines = np.arange(first_line, first_line + some.height)
        first_line += some.height
        empty = some["meter"].is_null() & some["at"].is_null() & some["value"].is_null()
        yield Slice(some.filter(~empty), place, lines[~empty.to_numpy()]) if empty.any() else Slice(some, place, lines)
