"""Tables of readings from files: CSV, Parquet and Excel, in slices of texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.metering_columns import MeteringColumns
from tanheng.metering.bulk import Imported, Slice, import_slices, slices_of
from tanheng.metering.store import Store
from tanheng.store.sheets_of_text import decoded
from tanheng.store.workbook_opening import open_workbook

SLICE_ROWS = 2_000_000
_HEAD_BYTES = 1 << 20
_FLAGS = 8
_CIVIL, _WITH_ZONE = "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S+0000"
_TWICE = "_duplicated_"  # what Polars adds to a heading that it meets again
_NEEDED = ("meter", "at", "value")
_WORKBOOKS = {".xlsx", ".xls", ".et"}


def import_file(store: Store, path: Path, columns: MeteringColumns, *, slice_rows: int = SLICE_ROWS) -> Imported:
    """Writes the readings of a file into the store, all or none; the same content is never imported twice.

    Reads    .csv (UTF-8, with headings), .parquet, .xlsx, .xls; columns meter, at, value and optionally flag, under any
             of their headings. A value is a decimal in the meter's own unit; a column `at` of whole numbers is seconds.
    Gives    as `bulk.import_slices`.
    Refuses  readings-column-missing; readings-file-unreadable.
    """
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    try:
        return import_slices(store, _slices(path, columns, slice_rows), digest, columns.times)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise Refusal("readings-file-unreadable", file=path.name, problem=str(error).partition("\n")[0]) from error


def _slices(path: Path, columns: MeteringColumns, slice_rows: int) -> Iterator[Slice]:
    if path.suffix.lower() in _WORKBOOKS:
        yield from _of_workbook(path, columns)
        return
    lazy = pl.scan_parquet(path) if path.suffix.lower() == ".parquet" else _of_text(path)
    names = _names(lazy.collect_schema().names(), columns, path.name)
    chosen = lazy.select(pl.col(heading).alias(name) for name, heading in names.items())
    rows = chosen.collect_batches(chunk_size=slice_rows, maintain_order=True)
    yield from slices_of((_texts(some, columns) for some in rows), path.name, 2)


def _of_text(path: Path) -> pl.LazyFrame:
    """A CSV; one that is not in UTF-8, as Chinese editions of Excel write them, is turned into that first."""
    with path.open("rb") as content:
        head = content.read(_HEAD_BYTES)
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # nearer to the end a sign is only cut in two
            return pl.scan_csv(decoded(path.name, path.read_bytes()).encode(), infer_schema=False)
    return pl.scan_csv(path, infer_schema=False)


def _of_workbook(path: Path, columns: MeteringColumns) -> Iterator[Slice]:
    """Every sheet of a workbook that has rows, each with its headings in the first row."""
    with open_workbook(path) as book:
        for name in book.sheets():
            sheet = book.sheet(name)
            if len(sheet.values) < 2:
                continue
            headings = [str(value or "").strip() for value in sheet.values[0]]
            names = _names(headings, columns, sheet.place)
            table = {
                field: [_cell(row[headings.index(heading)]) for row in sheet.values[1:]]
                for field, heading in names.items()
            }
            rows = pl.DataFrame(table, schema=dict.fromkeys(names, pl.String))
            yield from slices_of(iter([_texts(rows, columns)]), sheet.place, 2)


def _cell(value: object) -> str | None:
    """A cell as its text. A workbook holds times as fractions of days and numbers as doubles, which end a hair beside
    what was meant: times are taken to the second, numbers to the 15 digits that a workbook shows.
    """
    match value:
        case datetime():
            return (value + timedelta(seconds=0.5)).replace(microsecond=0).isoformat(" ")
        case date():  # what is a time at 00:00 comes as a day
            return f"{value.isoformat()} 00:00:00"
        case float():
            return f"{value:.15g}"
    return None if value is None else str(value)


def _names(headings: list[str], columns: MeteringColumns, place: str) -> Mapping[str, str]:
    """The heading of each column that the table has.

    Refuses  readings-column-missing.
    """
    known = {alias: field for field, aliases in columns.readings.items() for alias in aliases}
    meant = [(known[name], heading) for heading in headings if (name := _plain(heading)) in known]
    if twice := sorted({heading for field, heading in meant if [other for other, _ in meant].count(field) > 1}):
        raise Refusal("readings-column-twice", file=place, columns=", ".join(twice))
    found = dict(meant)
    if missing := [field for field in _NEEDED if field not in found]:
        wanted = "; ".join("/".join(columns.readings[field]) for field in missing)
        raise Refusal("readings-column-missing", file=place, columns=wanted)
    return found


def _plain(heading: str) -> str:
    return heading.partition(_TWICE)[0].strip().lower()


def _texts(rows: pl.DataFrame, columns: MeteringColumns) -> pl.DataFrame:
    """The columns as texts, whatever types a file gave them; flags as numbers, 0 where there is none, null where a word
    is not known.
    """
    flag = pl.lit(0, pl.UInt8)
    if "flag" in rows.columns:
        said = pl.col("flag").cast(pl.String).str.strip_chars().replace(dict(columns.words["flag"]))
        number = said.cast(pl.UInt8, strict=False)
        flag = pl.when(said.is_null() | (said == "")).then(flag).when(number < _FLAGS).then(number)
    meter, at = pl.col("meter").cast(pl.String).str.strip_chars(), _time_text(rows.schema["at"])
    return rows.select(meter, at.alias("at"), pl.col("value").cast(pl.String), flag.alias("flag"))


def _time_text(kind: pl.DataType) -> pl.Expr:
    """A time as its civil text; seconds, and a time of Parquet that names its zone, as a text that names one too."""
    at = pl.col("at")
    if kind.is_integer():
        return pl.from_epoch("at").dt.strftime(_WITH_ZONE)
    if isinstance(kind, pl.Datetime) and kind.time_zone is not None:
        return at.dt.convert_time_zone("UTC").dt.strftime(_WITH_ZONE)
    return at.cast(pl.Datetime).dt.strftime(_CIVIL) if kind.is_temporal() else at.cast(pl.String).str.strip_chars()
