"""The workbook of a stored result: figures, findings, the factor entries it used, and its receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tanheng.kernel.pack import Factor, PackSet
from tanheng.store.export_columns import WORDS, ExportColumn, figure_rows
from tanheng.store.plain_text import inert
from tanheng.store.results import StoredResult

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (the same result gives the same file, whenever it is exported)
_FINDING_HEADINGS = {
    "zh": ("代码", "程度", "位置", "问题", "下一步"),
    "en": ("Code", "Severity", "Place", "Problem", "Next step"),
}
_FACTOR_HEADINGS = {
    "zh": ("因子", "条目", "适用", "起（含）", "止（不含）", "取值", "单位", "公布", "条款", "核实状态"),
    "en": ("Factor", "Entry", "For", "From (included)", "To (not included)", "Value", "Unit", "Published", "Clause",
           "Status"),
}  # fmt: skip


@dataclass(frozen=True)
class _Book:
    """The workbook being written, and its formats by name."""

    book: Any
    words: Mapping[str, str]

    def format(self, kind: str, decimals: int | None = None) -> Any:
        shapes = {"day": "yyyy-mm-dd", "count": "#,##0", "number": "#,##0" + ("." + "0" * decimals if decimals else "")}
        return self.book.add_format({"num_format": shapes[kind]})

    def sheet(self, name: str, headings: Sequence[str], *, width: int = 16) -> Any:
        sheet = self.book.add_worksheet(self.words[name])
        bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, inert(heading), bold)
        sheet.set_column(0, max(0, len(headings) - 1), width)
        sheet.freeze_panes(1, 0)
        return sheet


def write_result_workbook(
    path: Path, result: StoredResult, columns: Sequence[ExportColumn], pack_set: PackSet, lang: str
) -> None:
    """Writes the four sheets. Factor values are shown only when the packs are those the result was computed with."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": result.id, "created": _MADE})
    out = _Book(book, WORDS[lang])
    _write_figures(out, columns, figure_rows(result), fictional=pack_set.fictional)
    _write_texts(out.sheet("findings", _FINDING_HEADINGS[lang], width=28), _finding_rows(result, lang))
    _write_texts(out.sheet("factors", _FACTOR_HEADINGS[lang]), _factor_rows(result, pack_set, lang))
    receipt = [("result", result.id), *_flat(result.receipt)]
    if pack_set.fictional:
        receipt.insert(0, ("fictional", WORDS[lang]["fictional"]))
    _write_texts(out.sheet("receipt", ("", ""), width=40), receipt)
    book.close()


def _write_figures(out: _Book, columns: Sequence[ExportColumn], rows: Sequence[Any], *, fictional: bool) -> None:
    sheet = out.sheet("figures", [column.heading for column in columns])
    if fictional:
        sheet.set_header("&C" + out.words["fictional"])
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    for at, column in enumerate(columns):
        look = out.format(column.kind, column.grid.decimals if column.grid else None) if _has_look(column) else None
        for number, row in enumerate(rows, 1):
            if (value := column.of(row)) is not None:
                _write_value(sheet, number, at, column, value, look, out.words)


def _has_look(column: ExportColumn) -> bool:
    return column.kind in {"day", "count", "number"}


def _write_value(
    sheet: Any, row: int, at: int, column: ExportColumn, value: Any, look: Any, words: Mapping[str, str]
) -> None:
    if column.grid is not None:
        sheet.write_number(row, at, float(column.grid.exact(value)), look)
    elif column.kind == "day":
        sheet.write_datetime(row, at, value, look)
    elif column.kind == "flag":
        sheet.write_string(row, at, words["yes"] if value else words["no"])
    elif column.kind == "count" and abs(value) < 10**15:
        sheet.write_number(row, at, value, look)
    else:  # text, and whole numbers of more digits than Excel keeps
        sheet.write_string(row, at, inert(value))


def _finding_rows(result: StoredResult, lang: str) -> Iterator[tuple[str, ...]]:
    for finding in result.findings:
        said, do = finding["message"][lang], finding["next_step"][lang]
        yield finding["code"], WORDS[lang][finding["severity"]], finding["place"], said, do


def _factor_rows(result: StoredResult, pack_set: PackSet, lang: str) -> Iterator[tuple[str, ...]]:
    same_packs = all(pack_set.hashes.get(id) == hash for id, hash in result.receipt["packs"].items())
    for id, entries in sorted(result.receipt.get("entries", {}).items()):
        for entry in entries:
            yield _factor_row(pack_set.get(Factor, id), entry, lang) if same_packs else (id, entry)


def _factor_row(factor: Factor, id: str, lang: str) -> tuple[str, ...]:
    entry = factor.entry(id)
    keys = ", ".join(f"{name}={value}" for name, value in sorted(entry.keys.items()))
    end = entry.end.isoformat() if entry.end else ""
    value, unit = format(entry.value, "f"), factor.unit.text
    dates = (entry.start.isoformat(), end)
    return (
        factor.label[lang],
        id,
        keys,
        *dates,
        value,
        unit,
        entry.published.isoformat(),
        entry.clause,
        WORDS[lang][entry.status.value],
    )


def _write_texts(sheet: Any, rows: Any) -> None:
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, inert(text))


def _flat(content: Any, name: str = "") -> list[tuple[str, str]]:
    """The receipt line by line: `parameters.period`, `packs.cn_national`."""
    if isinstance(content, Mapping):
        return [line for key, value in content.items() for line in _flat(value, f"{name}.{key}".lstrip("."))]
    if isinstance(content, list | tuple):
        return [(name, ", ".join(str(item) for item in content))]
    return [(name, str(content))]
