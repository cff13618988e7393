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
    def _stays(self) -> Mapping[str, tuple[Stay, ...]]:
        """The stays of every point under its own name, whatever names its readings otherwise arrive under."""
        named = [replace(meter, sender="", code=meter.meter, stat="") for meter in self._meters]
        return {code: stays for (_, code, _), stays in addresses(named, self._offset_s).items()}

    @cached_property
    def _stats(self) -> Mapping[str, str]:
        return {meter.meter: meter.stat for meter in self._meters}

    def placed(self, piece: Slice, first_seq: int) -> tuple[pl.DataFrame, list[Finding]]:
        """The readings of a slice and what is wrong with it."""
        rows = piece.rows
        at, stays = self._ends(rows), _Stays.of(rows["meter"], self._stays)
        decimals, inside = stays.decimals_at(at)
        steps, fault = _steps(rows["value"], decimals)
        wrong = {
            "reading-time-wrong": (at <= 0) | (at >= END_OF_TIME),
            "reading-meter-unknown": stays.number < 0,
            "reading-outside-stay": ~inside,
            "reading-incomplete": rows["flag"].is_null().to_numpy(),
        }
        findings = _findings(piece, wrong, fault)
        seq = np.arange(first_seq, first_seq + rows.height, dtype=np.int64)
        columns = {"meter": stays.number, "at": at, "value": steps, "flag": rows["flag"], "seq": seq}
        return pl.DataFrame(columns if not findings else {name: [] for name in SCHEMA}, schema=SCHEMA), findings

    def _ends(self, rows: pl.DataFrame) -> Whole:
        """The ends of the intervals; 0 where a time cannot be read. Each text is read once."""
        stats = {self._stats[meter] for meter in rows["meter"].unique() if meter in self._stats}
        texts = list(rows["at"].unique().drop_nulls())
        which, found = _places(rows["at"], texts), np.zeros(rows.height, np.int64)
        for stat in stats:
            read = [self._read_time(text, stat) for text in texts]
            ends = np.array([0 if end is None else end for end in (*read, None)], np.int64)
            if len(stats) == 1:
                return ends[which]
            mine = [meter for meter, own in self._stats.items() if own == stat]
            found = np.where(rows["meter"].is_in(mine).to_numpy(), ends[which], found)
        return found


def _places(texts: pl.Series, known: Sequence[str]) -> Whole:
    """The place of every text in a list; the length of the list where it is not in it."""
    places = texts.cast(pl.Enum(known), strict=False).to_physical().cast(pl.Int64)
    return places.set(places.is_null(), len(known)).to_numpy()


@dataclass(frozen=True)
class _Stays:
    """For each row the point it means and its stays, side by side."""

    number: npt.NDArray[np.int32]
    which: Whole
    table: tuple[tuple[Whole, Whole, Whole], ...]  # the first stay of each point, the second, ...: start, end, decimals

    @staticmethod
    def of(meters: pl.Series, known: Mapping[str, tuple[Stay, ...]]) -> _Stays:
        """Looks up the points of a column of names."""
        names = [name for name in meters.unique().drop_nulls() if name in known]
        which = _places(meters, names)
        lists = [known[name] for name in names] + [()]
        numbers = np.array([stays[0].number if stays else -1 for stays in lists], np.int32)
        most = max(len(stays) for stays in lists)
        return _Stays(numbers[which], which, tuple(_nth(lists, place) for place in range(most)))

    def decimals_at(self, at: Whole) -> tuple[Whole, npt.NDArray[np.bool_]]:
        """The decimals that each row's meter showed at its time, and whether it was registered then."""
        decimals, inside = np.zeros(len(at), np.int64), np.zeros(len(at), np.bool_)
        for start, end, shown in self.table:
            here = (start[self.which] < at) & (at <= end[self.which])
            decimals[here] = shown[self.which][here]
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
