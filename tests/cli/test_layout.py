"""`tanheng layout`: what layouts there are, what moved against one, and learning a new one."""

import sys
from pathlib import Path

import yaml
from click.testing import CliRunner

from tanheng.cli import main

SAMPLES = Path(__file__).parents[1] / "store" / "samples"
FIRMS = SAMPLES / "规上工业汇总表_2024年3月.xlsx"


def test_every_layout_is_listed_with_its_status(tanheng, document):
    layouts = {item["id"]: item for item in document("layout", "list")["layouts"]}
    assert layouts["form_205_5"]["status"] == "U"
    assert "unit_energy_monthly" in tanheng("layout", "list").stdout


def test_a_sheet_that_fits_is_said_to_fit(document):
    answer = document("layout", "check", FIRMS)
    assert (answer["layout"], answer["sheets"]) == ("above_scale_industry", ["规上"])
    assert {finding["severity"] for finding in answer["findings"]} <= {"note"}


def test_a_sheet_checked_against_a_layout_it_does_not_have_is_blocked(document):
    answer = document("layout", "check", FIRMS, "--layout", "form_205_1", exit_code=1)
    assert "sheet-missing" in [finding["code"] for finding in answer["findings"]] or answer["findings"]


def test_a_proposal_is_printed_and_nothing_is_saved_until_somebody_agrees(document, tmp_path):
    answer = document("layout", "learn", FIRMS)
    assert (answer["model"], answer["saved"]) == ("above_scale_industry", None)
    assert not list((tmp_path / "home").rglob("*.yaml"))


def test_a_learned_layout_is_used_from_then_on(tanheng, document):
    saved = Path(document("layout", "learn", FIRMS, "--id", "our_firms", "--yes")["saved"])
    assert yaml.safe_load(saved.read_text("utf-8"))["replaces"] == "above_scale_industry"
    assert document("layout", "check", FIRMS)["layout"] == "our_firms"
    assert "没有问题" in tanheng("packs", "check", "site_layouts").stdout


def test_the_same_layout_is_not_overwritten_by_accident(tanheng):
    tanheng("layout", "learn", FIRMS, "--id", "our_firms", "--yes")
    assert "our_firms" in tanheng("layout", "learn", FIRMS, "--id", "our_firms", "--yes", exit_code=2).stderr
    tanheng("layout", "learn", FIRMS, "--id", "our_firms", "--yes", "--replace")


def test_coverage_and_use_class_are_what_somebody_says(document):
    answer = document("layout", "learn", FIRMS, "--coverage", "key_unit", "--use-class", "administrative")
    assert (answer["layout"]["coverage"], answer["layout"]["use_class"]) == ("key_unit", "administrative")


def test_at_a_terminal_each_doubtful_column_is_asked_about(tanheng, monkeypatch, tmp_path):
    monkeypatch.setattr(sys.modules["tanheng.cli.layout"], "_at_a_terminal", lambda: True)
    answers = "n\nkey_unit\n\ny\n"  # not column A; the coverage; the use class as it is; save
    result = CliRunner().invoke(main, ["layout", "learn", str(FIRMS), "--id", "asked"], input=answers)
    assert result.exit_code == 0, result.output
    saved = yaml.safe_load((tmp_path / "home/packs/site_layouts/layouts/asked.yaml").read_text("utf-8"))
    assert (saved["coverage"], saved["use_class"]) == ("key_unit", "individual_statistics")
    assert "column_a" not in [column["id"] for column in saved["columns"]]


def test_saying_no_at_the_end_saves_nothing(tanheng, monkeypatch, tmp_path):
    monkeypatch.setattr(sys.modules["tanheng.cli.layout"], "_at_a_terminal", lambda: True)
    result = CliRunner().invoke(main, ["layout", "learn", str(FIRMS)], input="\n\n\nn\n")
    assert result.exit_code == 0, result.output
    assert not list((tmp_path / "home").rglob("*.yaml"))
