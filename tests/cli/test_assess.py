"""An assessment as an office does it: sheet out, points in, reviewed, final; explained, published, repeated."""

import json

import openpyxl
import pytest
from docx import Document

from tanheng.kernel.pack import AccountExample
from tests.cli.test_barometer_of_a_site import demanded
from tests.records.worked import PACKS, recorded

(EXAMPLE,) = (example for example in PACKS.all(AccountExample) if example.id == "annual_assessment_2024")
CARD = "district_departments_14th_plan"
EAST, WEST, OPEN = (f"area/example-{name}" for name in ("east", "west", "open"))
ASKED = ("assess", "--period", "2024", "--scorecard", CARD, "--known-on", "2026-06-30")
POINTS, REASON, EVIDENCE, EXEMPT = 9, 11, 12, 13


@pytest.fixture
def city(tanheng):
    tanheng("init", "--pack", "cn_shanghai")
    recorded(EXAMPLE, whole=False)
    demanded(EXAMPLE.targets)
    return tanheng


@pytest.fixture
def enter(city, tmp_path):
    """Fills the sheet of a stage and imports it: by subject, columns and what stands there."""

    def fill(stage, rows, name="scores.xlsx", change=None):
        path = tmp_path / f"{stage}_{name}"
        city("assess", "sheet", "--period", "2024", "--scorecard", CARD, "--stage", stage, "--out", path)
        book = openpyxl.load_workbook(path)
        for row in book.active.iter_rows(min_row=3):
            for column, value in rows.get(row[0].value, {}).items():
                row[column - 1].value = value
        if change is not None:
            change(book.active)
        book.save(path)
        return city("import", path, "--published", "2025-04-01")

    return fill


def scored(subject, points, evidence="A-01", **more):
    return {subject: {POINTS: points, EVIDENCE: evidence} | more}


def of(found, subject):
    return next(sheet for sheet in found["subjects"] if sheet["subject"] == subject)


def judged(found, subject):
    return next(item for item in of(found, subject)["items"] if item["item"] == "measures")


def codes(found):
    return {finding["code"] for finding in found["findings"]}


def test_points_come_in_on_a_sheet_and_the_stage_that_counted_is_said(enter, document):
    enter("self", scored(EAST, 38) | scored(WEST, 35))
    enter("review", {EAST: {POINTS: 33, EVIDENCE: "A-01；A-02", REASON: "一项没有佐证"}})
    found = document(*ASKED, exit_code=1)
    item = judged(found, EAST)
    assert (item["points"], item["self_points"], item["stage"]) == ("33.00", "38", "review")
    assert [entry["stage"] for entry in item["entries"]] == ["self", "review"]
    assert (judged(found, WEST)["points"], judged(found, WEST)["stage"]) == ("35.00", "self")
    # both targets are met in the east and missed in the west: 60 and 0 points, and the veto
    assert (of(found, EAST)["score"], of(found, EAST)["grade"], of(found, EAST)["rank"]) == ("93.00", "pass", 1)
    assert (of(found, WEST)["score"], of(found, WEST)["grade"]) == ("35.00", "fail")
    assert of(found, OPEN)["rank"] is None


def test_the_right_of_reply_and_the_final_word_come_after_the_review(enter, document):
    enter("self", scored(EAST, 38))
    enter("review", scored(EAST, 30))
    enter("reply", scored(EAST, 36, "A-03"))
    enter("final", scored(EAST, 34, "A-03"))
    by_stage = {
        stage: judged(document(*ASKED, "--stage", stage, exit_code=1), EAST)["points"]
        for stage in ("self", "review", "reply", "final")
    }
    assert by_stage == {"self": "38.00", "review": "30.00", "reply": "36.00", "final": "34.00"}


def test_an_item_explains_itself_down_to_the_cell_in_which_it_was_entered(enter, document):
    enter("final", scored(EAST, 34))
    found = document(*ASKED, exit_code=1)
    told = document("explain", found["result"], judged(found, EAST)["address"])
    assert told["value"] == 3400
    assert "!I" in json.dumps(told, ensure_ascii=False)
    targets = next(item for item in of(found, EAST)["items"] if item["item"] == "targets")
    told = json.dumps(document("explain", found["result"], targets["address"]), ensure_ascii=False)
    assert "example.east" in told
    opened = document("explain", found["result"], judged(found, OPEN)["address"])
    assert opened["value"] is None


def test_what_is_open_keeps_the_assessment_from_being_published_until_it_is_accepted(enter, document, city):
    enter("final", scored(EAST, 34) | scored(WEST, 30))
    found = document(*ASKED, exit_code=1)
    assert codes(found) >= {"target-not-set", "score-not-entered", "rank-incomplete"}
    publish = ("publish", found["result"], "--title", "考核结果")
    assert "target-not-set" in city(*publish, exit_code=2).output
    accepted = ("--accept", "target-not-set", "--reason", "新设区", "--accept", "score-not-entered", "--reason", "同上")
    published = document(*publish, *accepted)
    assert document("repeat", published["publication"])["same"] is True


def test_points_without_evidence_or_beyond_the_item_are_named_with_their_cell(enter, document):
    enter("final", scored(EAST, 41) | scored(WEST, 30, None))
    found = document(*ASKED, exit_code=1)
    assert codes(found) >= {"score-beyond-item", "evidence-missing"}
    assert judged(found, EAST)["points"] is None and judged(found, WEST)["points"] is None
    assert "!4" in judged(found, EAST)["why"][0]["zh"] or "final_scores.xlsx" in judged(found, EAST)["why"][0]["zh"]


def test_two_sheets_of_one_stage_that_contradict_each_other_leave_the_item_open(enter, document, city):
    enter("final", scored(EAST, 34))
    enter("final", scored(EAST, 29), name="again.xlsx")
    found = document(*ASKED, exit_code=1)
    assert "score-contradicted" in codes(found)
    assert judged(found, EAST)["points"] is None
    last = document("log")["imports"][-1]["position"]
    city("undo", last, "--reason", "以第一份为准")
    assert judged(document(*ASKED, exit_code=1), EAST)["points"] == "34.00"


def test_text_in_a_number_cell_keeps_a_sheet_out_and_its_cell_is_named(enter, city, tmp_path):
    with pytest.raises(AssertionError, match="!I3"):
        enter("final", {EAST: {POINTS: "三十四", EVIDENCE: "A"}} | scored(WEST, 30))


def test_a_formula_without_a_result_keeps_a_sheet_out_and_is_said_once(enter):
    with pytest.raises(AssertionError) as said:
        enter("final", {EAST: {POINTS: "=5+5", EVIDENCE: "=A1"}})
    assert [str(said.value).count(cell) for cell in ("!I3", "!L3")] == [1, 1]


def test_an_unknown_stage_and_an_unknown_card_are_named_and_count_nowhere(enter, document):
    def spoil(sheet):
        sheet.cell(3, 3).value = "no_such_card"
        sheet.cell(4, 8).value = "复查"

    enter("final", scored(EAST, 34) | scored(WEST, 30) | scored(OPEN, 30), change=spoil)
    found = document(*ASKED, exit_code=1)
    said = [one["message"]["en"] for one in found["findings"] if one["code"] == "score-row-unknown"]
    assert len(said) == 2 and any("no_such_card" in one for one in said) and any("复查" in one for one in said)
    points = sorted(str(judged(found, subject)["points"]) for subject in (EAST, WEST, OPEN))
    assert points in (["30.00", "None", "None"], ["34.00", "None", "None"])


def test_sheets_of_subjects_show_self_score_stage_and_evidence_and_every_file_is_whole(enter, document, tmp_path):
    enter("self", scored(EAST, 38))
    enter("final", {EAST: {POINTS: 34, EVIDENCE: "A-09", REASON: "核减4分"}})
    files = document(*ASKED, "--out", tmp_path / "papers", exit_code=1)["files"]
    names = sorted(path.name for path in (tmp_path / "papers").iterdir())
    assert sorted(file.rpartition("/")[2] for file in files) == names
    (sheet,) = (file for file in files if "考核评分表_area_example-east" in file and file.endswith(".docx"))
    rows = [[cell.text for cell in row.cells] for table in Document(sheet).tables for row in table.rows]
    (head,) = (row for row in rows if "自评分" in row)
    (row,) = (row for row in rows if "措施落实" in row)
    told = dict(zip(head, row, strict=True))
    assert (told["自评分"], told["得分"], told["计分阶段"], told["佐证编号"]) == ("38.00", "34.00", "终评", "A-09")


def test_the_screen_shows_scores_and_how_to_explain_one(enter, city):
    enter("final", scored(EAST, 34))
    text = city(*ASKED, exit_code=1).stdout
    assert "94.00" in text and "tanheng explain" in text


def test_neither_a_card_nor_a_year_is_guessed(city):
    assert "--scorecard" in city("assess", "--period", "2024", exit_code=2).output
    assert "--period" in city("assess", "--scorecard", CARD, exit_code=2).output
    assert CARD in city("assess", "--period", "2024", "--scorecard", "no_such_card", exit_code=2).output


def test_the_cards_are_listed_with_what_is_known_of_their_source(city, document):
    cards = {card["id"]: card for card in document("assess", "cards")["scorecards"]}
    assert (cards[CARD]["status"], cards["energy_11th_plan"]["status"]) == ("unverified", "secondary")
    assert CARD in city("assess", "cards").stdout
