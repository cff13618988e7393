"""An invented city for the pages: two districts, three units, two months, one gap, one workbook of a sender."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tanheng.kernel.pack import Layout
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Party, Relation
from tanheng.records.computing import compute
from tanheng.records.models import Person
from tanheng.records.recording import record_directory, record_observations
from tanheng.records.site_files import blobs
from tanheng.store.packs import load_packs
from tanheng.store.results import StoredResult
from tanheng.store.workbook import read_workbook
from tanheng.store.workbook_writing import write_workbook

CITY, NORTH, SOUTH, TOWN, PORT = "area/t-city", "area/t-north", "area/t-south", "area/t-town", "area/t-port"
OFFICE, BUREAU = "party/t-office", "party/t-bureau"
KILN, MILL, SHOP = "facility/t-kiln", "facility/t-mill", "facility/t-shop"
SHOP_NAME = "<script>alert(1)</script>&店"
FIRST_KNOWN, REVISED_KNOWN = date(2025, 6, 30), date(2026, 6, 30)
# of every login made for a test
PASSWORD = "a long enough password"
PERIOD = Period.parse("2024-01..2024-02")
RESULTS = ("energy_calorific", "energy_coal_equivalent", "co2")

_FIELDS = ("统一社会信用代码", "单位名称", "报告期", "能源品种", "计量单位", "消费量", "备注")
_ROWS = [
    ("C1", "窑", "2024-01", "柴油", "吨", "4.30", ""),
    ("C1", "窑", "2024-01", "电力", "万千瓦时", "44.6", ""),
    ("C1", "窑", "2024-02", "柴油", "吨", "4.10", ""),
    ("C1", "窑", "2024-02", "电力", "万千瓦时", "40.2", ""),
    ("C2", "厂", "2024-01", "天然气", "万立方米", "8.05", ""),
    ("C2", "厂", "2024-01", "电力", "万千瓦时", "12.5", ""),
    ("C2", "厂", "2024-02", "电力", "万千瓦时", "11.5", ""),
    ("C2", "厂", "2024-03", "天然气", "万立方米", "9.05", ""),
    ("C3", SHOP_NAME, "2024-01", "电力", "万千瓦时", "3.5", "=HYPERLINK(1)"),
    ("C3", SHOP_NAME, "2024-02", "电力", "万千瓦时", "3.1", "<img src=x onerror=alert(2)>"),
]


_CORRECTIONS = [
    ("C1", "窑", "2024-01", "柴油", "吨", "4.86", ""),
    ("C2", "厂", "2024-02", "天然气", "万立方米", "8.6", ""),
]


def found_city(clerk: Person, folder: Path) -> None:
    """Records the directory and imports the workbook, which is kept as a blob."""
    record_directory(_directory(), clerk)
    _send(clerk, folder / "能耗月报.xlsx", _ROWS, date(2025, 2, 20))


def correct(clerk: Person, folder: Path) -> None:
    """A second workbook a year later: one amount is corrected, and the gap is closed."""
    _send(clerk, folder / "更正.xlsx", _CORRECTIONS, date(2026, 4, 15))


def move_mill(clerk: Person) -> None:
    """Records that the mill moved to the port, in another district, after its first month."""
    directory, day = _directory(), date(2024, 2, 1)
    relations = [replace(item, end=day) if item.child == MILL else item for item in directory.relations]
    moved = Relation(LOCATED_IN, MILL, PORT, day)
    record_directory(replace(directory, relations=(*relations, moved)), clerk)


def _send(clerk: Person, path: Path, stated: list[tuple[str, ...]], published: date) -> None:
    packs = load_packs(["cn_shanghai"])
    layout = packs.get(Layout, "unit_energy_monthly")
    write_workbook(path, layout, [dict(zip(_FIELDS, row, strict=True)) for row in stated], "能耗月报", note="填报说明")
    digest = blobs().put(path.read_bytes())
    reading = read_workbook(path, layout, packs, _directory(), published, digest, name=path.name)
    assert [finding.code for finding in reading.findings if finding.severity == "blocker"] == []
    record_observations(reading.observations, clerk)


def computed(known_on: date = FIRST_KNOWN, period: Period = PERIOD, fill: str | None = None) -> StoredResult:
    """The result of the two months; the gap in February stays one unless `fill` names how to fill it."""
    packs = load_packs(["cn_shanghai"])
    return compute("unit_energy_and_co2", period, "city_inventory", known_on, packs=packs, fill=fill)


def _directory() -> Directory:
    areas = [(CITY, "市", "city"), (NORTH, "北区", "district"), (SOUTH, "南区", "district")]
    towns = [(TOWN, "北镇", "town"), (PORT, "港镇", "town")]
    units = [(KILN, "窑", "C1"), (MILL, "厂", "C2"), (SHOP, SHOP_NAME, "C3")]
    inside = {NORTH: CITY, SOUTH: CITY, TOWN: NORTH, PORT: SOUTH, KILN: TOWN, MILL: TOWN, SHOP: PORT}
    return Directory(
        parties=(Party(OFFICE, _label("市双碳办")), Party(BUREAU, _label("市经信局"))),
        areas=tuple(Area(id, _label(name), level) for id, name, level in areas + towns),
        facilities=tuple(Facility(id, _label(name), {"unified_social_credit": code}) for id, name, code in units),
        relations=tuple(Relation(LOCATED_IN, child, parent, date(2020, 1, 1)) for child, parent in inside.items()),
    )


def _label(name: str) -> dict[str, str]:
    return {"zh": name, "en": f"{name} (en)"}
