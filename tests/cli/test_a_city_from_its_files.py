"""A made-up city's folders through the program: built, imported, every account of its areas run and explained."""

import json
from pathlib import Path

import openpyxl
import pytest

KNOWN_ON = "2026-11-20"
BLOCKED = {"assessment_basis": 1}  # what its deduction set leaves out blocks publication
CITY, DISTRICT = "area/linjiang", "area/lj-dongpu"
FORMS = ("区域核算数据表", "地区生产总值", "规上工业汇总表", "能源平衡表", "节能月报_", "用电分类表", "入库补报")
RUNS = {
    "assessment_basis": f"intensity_assessed@{CITY}@2025",
    "carbon_progress": f"carbon_decline_updated@{CITY}@2025",
    "quarterly_estimate": f"energy_estimate@{DISTRICT}@2025",
    "city_reconciliation": f"city_difference@{CITY}@2025",
    "coverage_adjustment": f"coverage_adjustment@{DISTRICT}@2025",
    "energy_intensity": f"intensity_decline@{CITY}@2025",
    "co2_intensity": f"co2_intensity_decline@{CITY}@2025",
    "regional_energy_balance": f"energy_total@{CITY}@2025",
    "regional_energy_co2": f"co2@{CITY}@2025",
}


@pytest.fixture
def imported(tanheng, document, tmp_path, monkeypatch):
    """Two Decembers of a whole city, without most files of its single units; one plant writes 10^4 tce for its tce."""
    folder = tmp_path / "city"
    tanheng("fiction", "build", "--out", folder, "--from", "2024-12", "--to", "2025-12", "--units", 40)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    kept = {path for path in manifest["files"] if Path(path).name.startswith(FORMS)}
    for path in folder.glob("20*-12/**/*"):
        named = path.relative_to(folder).as_posix()
        if path.is_file() and path.name != "published.csv" and named not in kept:
            path.unlink()
    sent = sorted(path for path in kept if path.startswith("2025-12/节能月报/"))
    write_in_ten_thousands(folder / sent[0])
    monkeypatch.setenv("TANHENG_PACKS", str(folder / "packs"))
    tanheng("init", "--pack", "linjiang")
    monkeypatch.delenv("TANHENG_PACKS")
    answer = document("import", folder / "2024-12", folder / "2025-12")
    assert not [file["file"] for file in answer["files"] if file["rejected"]]
    return manifest["files"][sent[0]]["area"]


def write_in_ten_thousands(path):
    book = openpyxl.load_workbook(path)
    (unit,) = [row[1] for row in book.active.iter_rows() if row[0].value == "综合能源消费量"]
    unit.value = f"万{unit.value}"
    book.save(path)


def test_every_account_of_areas_runs_on_imported_files_and_explains_itself(imported, document):
    for method, address in RUNS.items():
        told = document("run", method, "--period", "2025", "--known-on", KNOWN_ON, exit_code=BLOCKED.get(method, 0))
        figures = {figure["address"]: figure["value"] for figure in told["figures"]}
        assert figures[address] is not None, (method, [finding["code"] for finding in told["findings"]])
        explained = document("explain", told["result"], address)
        assert explained["value"] == figures[address], method
        assert explained["steps"] or explained["parts"], method
    told = document("run", "plausibility", "--period", "2025-12", "--known-on", KNOWN_ON)
    (slip,) = [finding for finding in told["findings"] if finding["code"] == "implausible-share"]
    assert imported in slip["place"]
    address = f"times_the_city@{imported}@2025-12"
    assert document("explain", told["result"], address)["value"] > 10**9  # more than the city uses in a year
