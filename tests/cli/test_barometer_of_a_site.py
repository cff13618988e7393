"""The barometer of a site: computed, printed, explained, written as documents, published and repeated."""

import json
from datetime import date

import pytest

from tanheng.kernel.demand import target_of
from tanheng.kernel.pack import AccountExample
from tanheng.records.obligations import Decision, ReviewedInstrument, record_review
from tanheng.records.people import person_named
from tests.records.worked import PACKS, recorded

(EXAMPLE,) = (example for example in PACKS.all(AccountExample) if example.id == "barometer_2024h1")
RULE = ("--rule", "gap_over_target")
HALF = "2024-01..2024-06"
ASKED = ("barometer", "--period", HALF, *RULE, "--known-on", "2026-06-30", "--set", "quarters=4")


def demanded(targets):
    """The targets of the example as a document that was reviewed and accepted."""
    reading = json.dumps({"text": "安排"}, ensure_ascii=False).encode()
    plan = ReviewedInstrument(
        "example-plan", "虚构年度安排", "plan.txt", "安排".encode(), reading, issued=date(2024, 1, 15)
    )
    record_review(plan, [Decision(target_of(one), (0, 2), "grammar") for one in targets], person_named("clerk"))


@pytest.fixture
def city(tanheng):
    tanheng("init", "--pack", "cn_shanghai")
    recorded(EXAMPLE, whole=False)
    demanded(EXAMPLE.targets)
    return tanheng


@pytest.fixture
def board(city, document):
    (found,) = document(*ASKED)["boards"]
    return found


def test_the_four_districts_have_the_four_colours(board):
    assert {light["subject"]: light["colour"] for light in board["lights"] if light["measure"] == "energy_per_gdp"} == {
        f"area/example-{colour}": colour for colour in ("red", "yellow", "green", "grey")
    }
    assert board["colours"]["area"] == {"red": 2, "yellow": 1, "green": 1, "grey": 1}


def test_beside_each_light_stand_the_rule_the_numbers_the_distance_and_how_it_was_made(board):
    (yellow,) = [light for light in board["lights"] if light["target_id"] == "example.yellow"]
    assert (yellow["made"], yellow["level"], yellow["tier"], yellow["track"]) == ("estimated", 2, "floor", "area")
    assert yellow["distance"]["value"] == "1050"
    assert yellow["distance"]["unit"] == "tce[coal_equivalent]"
    assert [float(yellow[name]["value"]) for name in ("target", "actual", "gap")] == [3, 2.8, 6.6666667]
    assert board["rule"] | {"label": None} == {
        "id": "gap_over_target", "label": None, "clause": "ndrc-2020-901#rule", "status": "secondary",
    }  # fmt: skip


def test_the_citys_feedback_stands_beside_ours_with_the_difference_in_points(board):
    (yellow,) = [light for light in board["lights"] if light["target_id"] == "example.yellow"]
    (theirs,) = yellow["beside"]
    assert (theirs["made"], theirs["colour"]) == ("fed_back", "yellow")
    assert {name: float(value) for name, value in yellow["difference_points"].items()} == {
        "whole": 0.06, "of_energy": 0.0571429, "of_gdp": 0, "rest": 0.0028571,
    }  # fmt: skip


def test_every_light_of_the_board_explains_itself(board, document):
    for light in board["lights"]:
        told = document("explain", board["result"], light["address"])
        assert told["value"] == light["level"]
        assert told["label"]["zh"].startswith(light["label"]["zh"])


def test_quarters_without_data_are_grey_and_those_without_a_target_are_empty(board):
    (green,) = [light for light in board["lights"] if light["target_id"] == "example.green"]
    assert [quarter["colour"] for quarter in green["quarters"]] == ["", "", "grey", "green"]


def test_a_quarter_may_be_written_as_such(city, document):
    asked = ("barometer", "--period", "2024Q2", *RULE, "--known-on", "2026-06-30")
    assert document(*asked)["boards"][0]["period"] == HALF


def test_documents_and_letters_are_written_whole(city, document, tmp_path):
    out = tmp_path / "papers"
    files = document(*ASKED, "--out", out, "--office", "某市双碳办")["files"]
    names = sorted(path.name for path in out.iterdir())
    assert sorted(file.rpartition("/")[2] for file in files) == names
    letters = {name.rpartition(".")[0] for name in names if name.startswith("预警函")}
    assert letters == {f"预警函_area_example-{colour}的名称_2024年上半年" for colour in ("red", "yellow")}
    assert {name.rpartition(".")[2] for name in names} == {"docx", "pdf", "xlsx"}


def test_without_an_office_no_letter_is_written(city, document, tmp_path):
    files = document(*ASKED, "--out", tmp_path / "papers")["files"]
    assert not [file for file in files if "预警函" in file]


def test_the_screen_shows_the_lights_and_how_to_explain_one(city):
    text = city(*ASKED).stdout
    assert "▲黄" in text
    assert "市反馈 黄" in text
    assert "tanheng explain" in text


def test_without_a_rule_nothing_is_graded(city):
    assert "没有默认规则" in city("barometer", "--period", HALF, "--known-on", "2026-06-30", exit_code=2).output


def test_without_targets_the_next_step_is_named(tanheng):
    tanheng("init", "--pack", "cn_shanghai")
    recorded(EXAMPLE, whole=False)
    assert "请先登记目标" in tanheng("barometer", "--period", HALF, *RULE, exit_code=2).output


def test_an_area_without_lights_is_refused_and_those_with_lights_are_named(city):
    said = city(*ASKED, "--area", "area/nowhere", exit_code=2).output
    assert "area/example-yellow" in said
    shown = city(*ASKED, "--area", "area/example-yellow").stdout
    assert "area/example-red" not in shown


def test_a_published_barometer_repeats_and_a_later_revision_does_not_change_it(city, document):
    (board,) = document(*ASKED)["boards"]
    published = document("publish", board["result"], "--title", "2024年上半年晴雨表")
    assert published
    again = document("repeat", published["publication"])
    assert again["same"] is True


def test_without_a_period_the_option_is_named(tanheng):
    assert "--period" in tanheng("barometer", exit_code=2).output


def test_the_screen_speaks_one_language(city, monkeypatch):
    chinese = city(*ASKED).stdout.partition("解释一盏灯")[0]  # after it stands an address, which is code
    assert "■红" in chinese and "确保" in chinese and "推算" in chinese
    assert not any(code in chinese for code in ("floor", "■red", "estimated", "no_data"))
    monkeypatch.setenv("TANHENG_LANG", "en")
    assert "■red" in city(*ASKED).output
