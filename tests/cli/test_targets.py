"""`tanheng targets`: the way to a target, adopting a table, and the progress of all targets, as people use them."""

import csv
import json
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from tanheng.cli.output import show_causes
from tanheng.kernel.demand import document_of, target_of
from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.records.people import person_named
from tanheng.records.recording import record_observations
from tests.records.worked import EXAMPLES, observation, recorded

EXAMPLE = EXAMPLES["target_progress"]
KEYS = [
    "progress_pct", "progress_linear_pct", "cumulative_pct", "remaining_annual_pct", "stretch_next_pct", "schedule_pct",
]  # fmt: skip


def flat(document, head=""):
    """An exchange form as the row of a table."""
    row = {}
    for name, value in document.items():
        if isinstance(value, dict):
            row |= flat(value, f"{head}{name}.")
        elif name != "schema":
            row[f"{head}{name}"] = value
    return row


@pytest.fixture
def table(tmp_path):
    """The targets of the worked example as a CSV."""
    rows = [flat(document_of(target_of(shape))) for shape in EXAMPLE.targets]
    path = tmp_path / "targets.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, sorted({heading for row in rows for heading in row}))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def region(tanheng, table):
    """The region of the worked example, with its targets adopted."""
    tanheng("init", "--pack", "cn_shanghai")
    recorded(EXAMPLE)
    tanheng("targets", "adopt", table, "--instrument", "example-plan", "--issued", "2021-03-01")
    return tanheng


def test_the_contract_of_the_way_to_a_target_is_kept_to_the_letter(tanheng):
    found = json.loads(tanheng("targets", "path", "--cut", 16, "--years", 5, "--done", "7.64", "--json").stdout)
    assert list(found) == KEYS
    assert (round(found["progress_pct"], 2), found["progress_linear_pct"]) == (45.58, 47.75)
    assert len(found["schedule_pct"]) == 5 and found["schedule_pct"][-1] == 16


def test_a_rise_and_several_years_are_written_with_commas(document):
    found = document("targets", "path", "--cut", 14, "--years", 5, "--done", "2.9,-1.2,3.3")
    assert found["cumulative_pct"] == pytest.approx(100 * (1 - 0.971 * 1.012 * 0.967), abs=1e-6)


def test_what_is_undefined_is_null_and_never_a_number(document):
    found = document("targets", "path", "--cut", 0, "--years", 3, "--done", "1")
    assert (found["progress_pct"], found["progress_linear_pct"]) == (None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--cut", "x", "--years", 5),
        ("--cut", "nan", "--years", 5),
        ("--cut", 14, "--years", 0),
        ("--cut", 14, "--years", 10**12),
        ("--cut", 14, "--years", 5, "--done", "2_9"),
        ("--cut", 14, "--years", "5.5"),
    ],
)
def test_numbers_that_make_no_way_are_refused_in_a_sentence(tanheng, wrong):
    said = tanheng("targets", "path", *wrong, exit_code=2)
    assert "Traceback" not in said.output and "下一步" in said.output


def test_a_wrong_kind_of_value_is_told_in_the_readers_language(tanheng, monkeypatch):
    asked = ("targets", "path", "--cut", 14, "--years", "5.5")
    assert "须为整数" in tanheng(*asked, exit_code=2).output
    monkeypatch.setenv("TANHENG_LANG", "en")
    assert "integer" in tanheng(*asked, exit_code=2).output


def test_of_nothing_no_rate_is_left(document):
    found = document("targets", "path", "--cut", 100, "--years", 2, "--done", "100")
    assert (found["progress_linear_pct"], found["remaining_annual_pct"]) == (100.0, None)
    assert document("targets", "path", "--cut", 100, "--years", 2, "--done", "40")["remaining_annual_pct"] == 100.0


def test_the_way_is_told_in_words_too(tanheng):
    said = tanheng("targets", "path", "--cut", 14, "--years", 5, "--done", "2.9").stdout
    assert "2.971" in said and "已完成" in said


def test_a_table_is_adopted_once(region, document, table):
    again = document("targets", "adopt", table, "--instrument", "example-plan", "--issued", "2021-03-01")
    assert again["recorded"]["unchanged"] == 4 and again["recorded"]["position"] is None


def test_a_table_of_a_pack_is_adopted_by_its_id(site, document):
    found = document("targets", "adopt", "lj-control-2025.targets")
    assert found["recorded"]["new"] == found["recorded"]["accepted"] > 70


def test_rows_that_are_no_targets_are_all_named_and_nothing_is_recorded(region, document, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text(
        "label.zh,label.en,demand.operator,demand.value\n甲,A,down,\n乙,B,sideways,3\n丙,C,down,3\n", "utf-8"
    )
    said = region("targets", "adopt", bad, "--instrument", "bad-plan", exit_code=1).output
    assert "bad.csv:2" in said and "bad.csv:3" in said and "bad.csv:4" not in said
    assert all("bad-plan" not in item["id"] for item in document("policy", "list")["obligations"])


def test_a_csv_without_its_document_is_refused(region, table):
    assert "--instrument" in region("targets", "adopt", table, exit_code=2).output


def test_every_target_stands_beside_its_result_and_can_be_explained(region, document):
    found = document("targets", "progress", "--period", "2022")
    rows = {row["target"]: row for row in found["targets"]}
    five = rows["example.five"]["figures"]["target_progress"]
    assert (five["value"], five["display"]) == (455833998, {"value": "45.58", "unit": "%"})
    assert document("explain", found["result"], five["address"])["value"] == five["value"]
    assert rows["example.year#stretch"]["tier"] == "stretch"
    assert rows["example.five"]["subject_label"]["zh"] == "area/example-region的名称"


def test_the_frozen_figures_stand_beside_the_restated_ones(region, document):
    (said,) = [item for item in EXAMPLE.statements if (item.indicator, item.period) == ("energy_total", "2022")]
    first = observation(said.model_copy(update={"value": "1010"}), 99)
    record_observations([replace(first, published=date(2026, 3, 1))], person_named("clerk"))
    found = document("targets", "progress", "--period", "2022", "--frozen-on", "2025-06-30")
    five = next(row for row in found["targets"] if row["target"] == "example.five")
    assert five["frozen"]["target_progress"] == 455833998 < five["figures"]["target_progress"]["value"]
    assert "target_progress" in five["restated"]
    assert "45.58" in region("targets", "progress", "--period", "2022", "--frozen-on", "2025-06-30").stdout


def test_the_progress_is_a_paper_a_page_and_a_workbook(region, tmp_path):
    region("targets", "progress", "--period", "2022", "--out", tmp_path / "out")
    files = sorted(path.suffix for path in (tmp_path / "out").iterdir())
    assert files == [".docx", ".pdf", ".xlsx"]
    book = load_workbook(next((tmp_path / "out").glob("*.xlsx")))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(isinstance(value, float) and abs(value - 45.5833998) < 1e-6 for value in cells)


def test_a_year_without_targets_says_how_to_record_some(site):
    assert "tanheng targets adopt" in site("targets", "progress", "--period", "2019", exit_code=2).output


def test_cuts_may_be_parted_by_the_comma_of_either_script(tanheng):
    def said(done):
        return tanheng("targets", "path", "--cut", "14", "--years", "5", "--done", done, "--json").output

    assert said("3，2.5") == said("3,2.5")


def test_what_many_targets_lack_is_told_once_with_how_many_more_there_are(capsys):
    places = [f"target:p.t{number:03}" for number in range(9)]
    findings = [
        Finding("target-base-missing", place, {"target": Worded("甲", "a"), "id": place}, Severity.WARNING)
        for place in places
    ]
    show_causes([item.as_json() for item in findings])
    said = capsys.readouterr().out
    assert said.count("→") == 1
    assert "另有 8 处" in said


def test_screens_word_units_and_leave_none_to_a_program(region):
    said = region("targets", "progress", "--period", "2022").stdout
    assert "万吨标准煤" in said or "%" in said
    assert not [sign for sign in ("10^", "tce", " 1 1") if sign in said]
