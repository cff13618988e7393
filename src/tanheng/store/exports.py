"""A stored result as a file for people or programs: .xlsx, .csv or .parquet."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import PackSet
from tanheng.kernel.subject import Directory
from tanheng.store.atomic import replacing
from tanheng.store.export_columns import WORDS, ExportColumn, export_columns, figure_rows, result_indicators
from tanheng.store.export_workbook import write_result_workbook
from tanheng.store.plain_text import inert
from tanheng.store.results import StoredResult

_ENDINGS = (".xlsx", ".csv", ".parquet")


def write_export(
    result: StoredResult, path: Path, *, pack_set: PackSet, directory: Directory | None = None, lang: str = "zh"
) -> None:
    """Writes a result to `path`, in the form that its ending names.

    Gives    per figure its value in the unit people read, with unit and basis in the heading, and the exact whole
             number behind it; a missing figure is an empty cell. The .xlsx has sheets for figures, findings, factor
             entries and receipt; the .csv opens in Excel with its Chinese intact; the .parquet is for programs.
    Refuses  export-kind-unknown: another ending; definition-missing: the packs are not those of the result.
    """
    ending = path.suffix.lower()
    if ending not in _ENDINGS:
        raise Refusal("export-kind-unknown", suffix=path.suffix or path.name)
    withheld = "withheld" in result.figures.columns
    indicators, said_in = result_indicators(result, pack_set), "en" if lang == "en" else "zh"
    columns = list(export_columns(indicators, directory, said_in, withheld=withheld))
    with replacing(path) as draft:
        if ending == ".csv":
            _write_csv(draft, columns, figure_rows(result), WORDS[lang])
        elif ending == ".parquet":
            _write_parquet(draft, columns, figure_rows(result))
        else:
            write_result_workbook(draft, result, columns, pack_set, lang)


def _write_csv(path: Path, columns: Sequence[ExportColumn], rows: Sequence[dict[str, Any]], words: Any) -> None:
    # the byte order mark tells Excel that this is UTF-8
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([inert(column.heading) for column in columns])
        for row in rows:
            writer.writerow([_cell(column, row, words) for column in columns])


def _cell(column: ExportColumn, row: dict[str, Any], words: Any) -> str:
    value = column.of(row)
    if value is None:
        return ""
    if column.grid is not None:
        return format(column.grid.exact(value), "f")
    if column.kind == "flag":
        return str(words["yes"] if value else words["no"])
    return inert(value) if column.kind == "text" else str(value)


def _write_parquet(path: Path, columns: Sequence[ExportColumn], rows: Sequence[dict[str, Any]]) -> None:
    kinds = {"text": pl.String, "day": pl.Date, "count": pl.Int64, "flag": pl.Boolean, "number": pl.Float64}
    series = [
        pl.Series(column.name, [_plain(column, row) for row in rows], kinds[column.kind])
        for column in columns
        if column.name not in {"name", "period"}  # words of one language: programs join the directory instead
    ]
    pl.DataFrame(series).write_parquet(path, compression="zstd")


def _plain(column: ExportColumn, row: dict[str, Any]) -> Any:
    if column.name == "level":
        return row["level"]
    value = column.of(row)
    return float(column.grid.exact(value)) if column.grid is not None and value is not None else value
