"""`tanheng dispatch` on the files of a made-up district: the month, its documents, figures that explain themselves."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from tanheng.cli import main

DISTRICT, KNOWN_ON = "area/lj-dongpu", "2025-07-25"
FORMS = ("规上工业汇总表", "用电分类表", "燃气表", "用能单位能耗月报", "节能月报_", "地区生产总值")


@pytest.fixture
def imported(tanheng, tmp_path, monkeypatch):
    """Eighteen months of one district; files with slips are sent back, as on any site."""
    folder = tmp_path / "district"
    tanheng("fiction", "build", "--out", folder, "--from", "2024-01", "--to", "2025-06", "--units", 160,
            "--district", DISTRICT)  # fmt: skip
    for path in folder.glob("20*/**/*"):
        if path.is_file() and path.name != "published.csv" and not path.name.startswith(FORMS):
            path.unlink()
    monkeypatch.setenv("TANHENG_PACKS", str(folder / "packs"))
    tanheng("init", "--pack", "linjiang")
    monkeypatch.delenv("TANHENG_PACKS")
    months = sorted(str(path) for path in folder.glob("20*") if path.is_dir())
    assert CliRunner().invoke(main, ["import", *months]).exit_code in (0, 1)


def test_a_month_is_computed_written_explained_and_refused_where_nothing_is(imported, document, tanheng, tmp_path):
    asked = ("dispatch", "--period", "2025-06", "--area", DISTRICT, "--known-on", KNOWN_ON)
    told = document(*asked, "--out", tmp_path / "out", exit_code=1)
    (missed,) = [each for each in told["findings"] if each["code"] == "dispatch-units-incomplete"]
    assert missed["severity"] == "blocker"  # the report of January 2025 never came
    assert all("未定稿" in _opening(Path(file)) for file in told["files"] if file.endswith(".docx"))
    assert len(told["five_lines"]) == 5
    assert sorted(Path(file).suffix for file in told["files"]) == [".docx"] * 3 + [".pdf"] * 3 + [".xlsx"] * 3
    assert all(Path(file).stat().st_size for file in told["files"])
    grown = {figure["column"]: figure for figure in told["figures"] if figure["subject"] == DISTRICT}
    for column in ("electricity_growth", "above_scale_growth"):
        explained = document("explain", told["result"], grown[column]["address"])
        assert explained["steps"]
        assert explained["display"]["value"] is not None
    assert "1．增速" in tanheng(*asked, "--no-year-end", exit_code=1).stdout
    assert "2025" in tanheng("dispatch", "--period", "2019-06", "--known-on", KNOWN_ON, exit_code=2).output
    nowhere = tanheng(*asked[:3], "--known-on", KNOWN_ON, "--area", "area/nowhere", "--no-year-end", exit_code=2)
    assert "area/nowhere" in nowhere.output
    assert "speed" in tanheng(*asked, "--set", "speed=1", exit_code=2).output


def _opening(path: Path) -> str:
    """The words above the title of a paper in Word."""
    return Document(str(path)).paragraphs[0].text
