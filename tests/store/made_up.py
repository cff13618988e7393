"""A small made-up world: two carriers, two facilities, one layout, and workbooks typed cell by cell."""

from datetime import date
from pathlib import Path

import openpyxl

from tanheng.kernel.pack import Carriers, Definition, IndicatorShape, Layout, PackSet
from tanheng.kernel.subject import Directory, Facility
from tanheng.store import Reading, read_workbook

DIGEST = "0" * 64
PUBLISHED = date(2025, 2, 20)
HEADINGS = ["统一社会信用代码", "单位名称", "报告期", "能源品种", "计量单位", "消费量", "备注"]
GOOD = ["A001", "甲厂", "2024-03", "柴油", "吨", 12.5, None]

CARRIERS = Carriers.model_validate(
    {
        "id": "carriers",
        "label": {"zh": "品种", "en": "Carriers"},
        "carriers": [
            {"id": "diesel", "label": {"zh": "柴油", "en": "Diesel"}, "unit": "t", "kind": "fuel"},
            {"id": "electricity", "label": {"zh": "电力", "en": "Electricity"}, "unit": "MWh", "kind": "electricity"},
        ],
    }
)
LAYOUT = Layout.model_validate(
    {
        "id": "monthly",
        "label": {"zh": "月报", "en": "Monthly"},
        "status": "ours",
        "sheet": "能耗月报",
        "header_row": 3,
        "columns": {
            "code": ["统一社会信用代码", "信用代码"],
            "name": ["单位名称"],
            "period": ["报告期", "月份"],
            "carrier": ["能源品种"],
            "unit": ["计量单位", "单位"],
            "value": ["消费量", "消费量(吨)"],
            "note": ["备注"],
        },
        "units": {"吨": "t", "万千瓦时": "10^4 kWh"},
        "indicator": "energy_consumption",
        "accumulation": "month",
        "coverage": "unit_report",
        "use_class": "unit_report",
    }
)
USED = IndicatorShape.model_validate(
    {"id": "energy_consumption", "label": {"zh": "消费量", "en": "Used"}, "unit": "carrier_unit", "adds": "flow"}
)
PACKS = PackSet(
    (Definition("made_up", "made_up/carriers.yaml:1", CARRIERS), Definition("made_up", "made_up/used.yaml:1", USED)), {}
)
DIRECTORY = Directory(
    facilities=(
        Facility("facility/a", {"zh": "甲厂", "en": "Plant A"}, {"credit": "A001"}),
        Facility("facility/b", {"zh": "乙厂", "en": "Plant B"}, {"credit": "B002"}),
    )
)


def workbook(
    folder: Path, *rows: list, headings: list = HEADINGS, header_row: int = 3, sheet: str = "能耗月报"
) -> Path:
    """A workbook with the given rows under its headings; the first of them stands in row header_row + 1."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for column, heading in enumerate(headings, 1):
        page.cell(header_row, column, heading)
    for number, row in enumerate(rows, header_row + 1):
        for column, value in enumerate(row, 1):
            page.cell(number, column, value)
    path = folder / "月报.xlsx"
    book.save(path)
    return path


def with_cell(column: str, value: object) -> list:
    """The good row with one cell changed; columns by letter, as the findings name them."""
    row = list(GOOD)
    row["ABCDEFG".index(column)] = value
    return row


def read(path: Path, layout: Layout = LAYOUT, published: date = PUBLISHED, **options: object) -> Reading:
    return read_workbook(path, layout, PACKS, DIRECTORY, published, DIGEST, **options)


def said(reading: Reading) -> list[tuple[str, str]]:
    """Code and cell of each finding."""
    return [(finding.code, finding.place.rpartition("!")[2]) for finding in reading.findings]
