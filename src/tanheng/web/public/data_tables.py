"""Published tables as files: one row for each figure, with every column described."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from tanheng.store.plain_text import inert
from tanheng.web.public.published import Cell, PublishedTable

Json = dict[str, Any]


@dataclass(frozen=True)
class DataColumn:
    """A column of every file: its name, what it holds in both languages, and its type as CSVW knows it."""

    name: str
    zh: str
    en: str
    datatype: str = "string"


COLUMNS = (
    DataColumn("subject", "对象编号", "Identifier of the place"),
    DataColumn("name_zh", "对象名称", "Name of the place in Chinese"),
    DataColumn("name_en", "对象名称（英文）", "Name of the place in English"),
    DataColumn("level", "层级", "Level of the place: city, district, town"),
    DataColumn("period", "所属期", "Period the figure is about"),
    DataColumn("start", "起（含）", "First day of the period", "date"),
    DataColumn("end", "止（不含）", "First day after the period", "date"),
    DataColumn("indicator", "指标编号", "Identifier of the indicator"),
    DataColumn("indicator_zh", "指标名称", "Name of the indicator in Chinese"),
    DataColumn("indicator_en", "指标名称（英文）", "Name of the indicator in English"),
    DataColumn(
        "value", "数值；空为缺数或不予显示，不是零", "Value; empty: missing or not shown, never zero", "decimal"
    ),
    DataColumn("unit", "单位及口径", "Unit with its basis"),
    DataColumn("status", "完整程度", "complete, filled, incomplete, missing or withheld"),
    DataColumn("gaps", "缺数行数", "How many rows below have no value", "integer"),
    DataColumn("filled", "补数行数", "How many rows below were filled by a named method", "integer"),
    DataColumn("unverified", "用到未核实的因子", "Whether an unverified factor was used", "boolean"),
    DataColumn("explanation", "由来", "Address of its explanation", "anyURI"),
)


def data_rows(table: PublishedTable, site: str) -> Sequence[Mapping[str, object]]:
    """The figures of a table. `value` is exact, as text; None where there is none.

    Reads    site: the address before that of a page, such as `https://carbon.example`.
    """
    return [_row(cell, site) for cell in table.cells]


def csv_text(table: PublishedTable, site: str) -> str:
    """The table as a CSV that a spreadsheet opens with its Chinese intact and computes nothing in."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    for row in data_rows(table, site):
        writer.writerow([_text(row[column.name], column) for column in COLUMNS])
    return "\ufeff" + out.getvalue()


def json_document(table: PublishedTable, site: str) -> Json:
    """The table with its metadata."""
    return {**about(table), "columns": [_described(column) for column in COLUMNS], "rows": [*data_rows(table, site)]}


def about(table: PublishedTable) -> Json:
    """What a reader must know of a table: title, period, method, when it was known and published, digest, licence."""
    head, publication = table.head, table.publication
    return {
        "publication": publication.reference,
        "title": publication.title,
        "published": publication.event.at.isoformat(),
        "period": str(head.period),
        "known_on": head.known_on.isoformat(),
        "scheme": head.scheme,
        "method": head.method.id,
        "method_version": head.stored.receipt["method_version"],
        "clause": head.method.clause,
        "result": head.id,
        "figures_digest": publication.figures_digest,
        "receipt_digest": publication.receipt_digest,
        "fictional": head.packs.fictional,
        "publisher": settings.TANHENG_DATA_PUBLISHER or None,
        "licence": settings.TANHENG_DATA_LICENCE or None,
        "contact": settings.TANHENG_DATA_CONTACT or None,
    }


def csvw_metadata(table: PublishedTable, address: str) -> Json:
    """The description of the CSV in the words of the W3C's tabular metadata."""
    columns = [
        {"name": item.name, "titles": item.name, "dc:description": {"zh": item.zh, "en": item.en}}
        | {"datatype": item.datatype}
        for item in COLUMNS
    ]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": address,
        "dc:title": table.publication.title,
        "dc:publisher": settings.TANHENG_DATA_PUBLISHER or None,
        "dc:license": settings.TANHENG_DATA_LICENCE or None,
        "dc:issued": timezone.localdate(table.publication.event.at).isoformat(),
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {"columns": columns, "primaryKey": ["subject", "period", "indicator"]},
    }


def _row(cell: Cell, site: str) -> Mapping[str, object]:
    address, column, table = cell.address, cell.column, cell.table
    figure, label = cell.figure, column.indicator.label
    grid = column.indicator.on_grid
    return {
        "subject": address.subject,
        "name_zh": table.directory.label_of(address.subject, "zh"),
        "name_en": table.directory.label_of(address.subject, "en"),
        "level": str(cell.row["level"]),
        "period": str(address.period),
        "start": address.period.start.isoformat(),
        "end": address.period.end.isoformat(),
        "indicator": column.id,
        "indicator_zh": label.zh,
        "indicator_en": label.en,
        "value": None if cell.count is None else format(grid.exact(cell.count), "f"),
        "unit": column.unit,
        "status": "withheld" if cell.is_withheld else str(figure.standing),
        "gaps": figure.gaps,
        "filled": figure.filled,
        "unverified": figure.unverified,
        "explanation": "" if cell.is_withheld else site + figure.href,
    }


def _text(value: object, column: DataColumn) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if column.datatype in ("decimal", "integer", "date") else inert(str(value))


def _described(column: DataColumn) -> Json:
    return {"name": column.name, "zh": column.zh, "en": column.en, "datatype": column.datatype}
