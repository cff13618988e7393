"""Meters on the command line: simulated, checked and filled."""

import csv
import json

import pytest

from tanheng.metering.simulate_faults import wanted
from tanheng.metering.simulate_plan import Plan
from tanheng.metering.store import Store
from tests.metering.test_checking import brought_in


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A site with the readings of ten meters, one of which fell silent and one of which has a spike."""
    monkeypatch.setenv("TANHENG_HOME", str(tmp_path / "home"))
    store = Store.open(tmp_path / "home")
    brought_in(store, Plan(10, 20, 3, wanted=wanted("spike:1,silent:1,interval_gap:1", 10)))
    store.close()
    return tmp_path / "home"


def test_a_simulation_says_what_it_wrote_and_where_the_truth_is(document, tmp_path):
    out, truth = tmp_path / "out", tmp_path / "truth.csv"
    answer = document(
        "meters",
        "simulate",
        "--meters",
        12,
        "--days",
        3,
        "--faults",
        "gap",
        "--seed",
        4,
        "--out",
        out,
        "--truth",
        truth,
    )
    assert (answer["meters"], answer["hours"], answer["faults"]) == (12, 12 * 72, {"gap": 1})
    with truth.open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == answer["hours"]
    assert {row["step"] for row in rows} == {"Wh", "L", "kJ"}
    (fault,) = json.loads((tmp_path / "truth.faults.json").read_text("utf-8"))
    marked = [row for row in rows if row["fault"] == "gap"]
    assert {row["meter"] for row in marked} == {fault["meter"]}
    assert 12 <= len(marked) <= 14


def test_what_was_simulated_is_imported_as_a_folder_and_only_once(document, tmp_path):
    out = tmp_path / "out"
    made = document(
        "meters", "simulate", "--meters", 20, "--days", 4, "--faults", "late,duplicate,swap,interval_negative",
        "--out", out, "--truth", tmp_path / "truth.parquet",
    )  # fmt: skip
    first = document("meters", "import", out)
    assert first[0] == {"file": "meters.csv", "rows": 21, "repeated": False, "findings": []}
    assert sum(item["rows"] for item in first[1:]) == made["readings"]
    assert not any(item["findings"] for item in first)
    assert all(item["repeated"] for item in document("meters", "import", out))


def test_readings_wait_until_their_register_can_be_read(document, tmp_path):
    (tmp_path / "out" / "readings").mkdir(parents=True)
    register = "meter,carrier,facility,start\nx,moonlight,facility/works,2026-01-01\n"
    (tmp_path / "out" / "meters.csv").write_text(register, "utf-8")
    (tmp_path / "out" / "readings" / "1.csv").write_text("meter,at,value\nx,2026-01-01 00:15,1\n", "utf-8")
    assert [item["file"] for item in document("meters", "import", tmp_path / "out", exit_code=1)] == ["meters.csv"]


def test_a_folder_in_use_is_left_alone(tanheng, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x", "utf-8")
    tanheng(
        "meters", "simulate", "--meters", 2, "--days", 2, "--out", tmp_path / "out", "--truth", tmp_path / "t.csv",
        exit_code=2,
    )  # fmt: skip
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_a_check_finds_faults_and_is_no_failure(document, home):
    answer = document("meters", "check")
    codes = {finding["code"] for finding in answer["findings"]}
    assert {"meter-silent", "meter-incomplete", "meter-readings-set-aside", "meter-amounts-missing"} <= codes
    assert len(answer["meters"]) == 10
    assert 0 < float(answer["units"][0]["index"]) < 1


def test_a_check_reads_well_in_both_languages(tanheng, home, monkeypatch):
    assert "失联" in tanheng("meters", "check", "--help").stdout
    assert "无读数" in tanheng("meters", "check").stdout
    monkeypatch.setenv("TANHENG_LANG", "en")
    assert "silent since" in tanheng("meters", "check").stdout


def test_what_is_filled_is_decided_listed_and_taken_back(document, home):
    before = document("meters", "check")
    gap = next(f for f in before["findings"] if f["code"] == "meter-amounts-missing")
    name, first, last = gap["fields"]["meter"], gap["fields"]["start"][:10], gap["fields"]["end"][:10]
    fill = ("--from", first, "--to", last, "--method", "neighbour_days", "--reason", "collector broken", "--by", "Li")
    (listed,) = document("meters", "fill", name, *fill)
    after = document("meters", "check")
    filled = {one["meter"]: one["filled"] for one in after["meters"] if one["filled"]}
    assert set(filled) == {name}
    seen = {one["meter"]: one["seen"] for one in before["meters"]}
    assert {one["meter"]: one["seen"] for one in after["meters"]} == seen
    assert document("meters", "fill", "--withdraw", listed["row"], "--reason", "they came", "--by", "Li") == []


def test_a_fill_without_a_reason_is_refused(tanheng, home):
    tanheng(
        "meters", "fill", "sim-00001-gas", "--from", "2026-01-02", "--to", "2026-01-02", "--method", "neighbour_days",
        exit_code=2,
    )  # fmt: skip
