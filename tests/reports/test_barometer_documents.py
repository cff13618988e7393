"""What the documents of the barometer say: lights with their making, letters to those below green, grey asked for."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from tanheng.kernel.demand import Demands, KnownObligation, target_of
from tanheng.kernel.pack import AccountExample
from tanheng.kernel.period import Period
from tanheng.kernel.run import Parameters, computed_account, result_of
from tanheng.papers.paper import as_text
from tanheng.reports import board as board_room
from tanheng.reports.barometer_paper import barometer_paper
from tanheng.reports.board import board
from tanheng.reports.warning_letter import warning_letters
from tanheng.store.results import StoredResult, result_id
from tests.golden.test_worked_accounts import PACKS, inputs

(EXAMPLE,) = (example for example in PACKS.all(AccountExample) if example.id == "barometer_2024h1")


@cache
def computed(quarters="8"):
    known = Demands(tuple(KnownObligation(target_of(one), date(2023, 1, 1)) for one in EXAMPLE.targets))
    given = replace(inputs(EXAMPLE, PACKS), demands=known)
    settings = {"rule": "gap_over_target", "quarters": quarters}
    asked = Parameters(Period.parse(EXAMPLE.period), EXAMPLE.scheme, EXAMPLE.known_on, 1, None, settings)
    return computed_account("barometer", PACKS, given, asked)


@pytest.fixture
def lights(monkeypatch):
    """The board of the worked example, without a site."""
    done = computed()
    result = result_of(done)
    receipt = result.receipt.as_json()
    stored = StoredResult(
        result_id(receipt), receipt, tuple(item.as_json() for item in result.findings), result.figures
    )
    monkeypatch.setattr(board_room, "workings_of", lambda _: done)
    return board(stored)


def test_the_document_counts_the_lights_by_colour_and_says_that_grey_is_no_success(lights):
    text = as_text(barometer_paper([lights]))
    assert "各区（块）共5项目标：红灯2个、黄灯1个、绿灯1个、灰灯1个" in text
    assert "灰灯为无数据，不等于完成" in text


def test_every_light_stands_with_its_numbers_and_how_it_was_made(lights):
    text = as_text(barometer_paper([lights]))
    (line,) = [one for one in text.splitlines() if one.startswith("area/example-yellow |") and "1,050" in one]
    assert "推算" in line
    assert "▲黄" in line
    for number in ("3.00", "2.80", "6.67", "1,050"):
        assert number in line


def test_the_feedback_stands_beside_ours_with_what_makes_the_difference(lights):
    text = as_text(barometer_paper([lights]))
    assert "市反馈 | ▲黄" in text
    heads = next(line for line in text.splitlines() if line.startswith("对象 |") and "相差" in line)
    assert "档" in heads  # floor and stretch stand in one table
    assert "0.06" in text


def test_eight_quarters_stand_in_an_annex_and_quarters_without_a_target_are_empty(lights):
    annex = barometer_paper([lights]).annexes[0]
    assert annex.title == "近几个季度的灯"
    (row,) = [row.cells for row in annex.blocks[0].all_rows if row.cells[0] == "area/example-red"][:1]
    assert [str(cell) for cell in row[2:]] == ["", "", "", "", "", "", "○灰", "■红"]


def test_the_rule_stands_below_with_how_far_it_was_checked(lights):
    text = as_text(barometer_paper([lights]))
    assert "差距比例三级" in text
    assert "二手来源" in text


def test_whoever_is_below_green_gets_a_letter_and_nobody_else(lights):
    letters = warning_letters([lights], "某市双碳办")
    assert sorted(letters) == ["预警函_area/example-red_2024年上半年", "预警函_area/example-yellow_2024年上半年"]


def test_a_letter_says_what_must_be_saved_and_leaves_the_days_to_whoever_signs(lights):
    letter = as_text(warning_letters([lights], "某市双碳办")["预警函_area/example-red_2024年上半年"])
    assert "有2项目标未达到进度要求，其中最低为红灯" in letter
    assert "14175吨标准煤" in letter.replace(",", "")
    assert "____个工作日" in letter
    assert "代拟稿" in letter


def test_only_red_may_be_warned_of(lights):
    assert list(warning_letters([lights], "某市双碳办", ("red",))) == ["预警函_area/example-red_2024年上半年"]


def test_feedback_below_green_brings_a_letter_even_where_our_own_light_is_green(lights):
    better = replace(lights.lights[0].counting, colour="green", level=3)
    yellow = next(light for light in lights.lights if light.target == "example.yellow")
    only = replace(lights, lights=(replace(yellow, counting=better),))
    (letter,) = warning_letters([only], "某市双碳办").values()
    assert "市反馈" in as_text(letter)


def test_the_data_for_a_page_hold_every_light_and_its_address(lights):
    told = lights.as_json()
    assert {light["colour"] for light in told["lights"]} == {"red", "yellow", "green", "grey"}
    assert all(light["address"].startswith("light_level@") for light in told["lights"])
    assert all(len(light["quarters"]) == 8 for light in told["lights"])


def test_the_first_page_shows_every_light_at_a_glance(lights):
    glance = next(block for block in barometer_paper([lights]).blocks if getattr(block, "title", "") == "各区一览")
    assert [column.heading for column in glance.columns[1:]]
    cells = [str(cell) for row in glance.all_rows for cell in row.cells[1:] if cell]
    assert len(cells) == sum(1 for light in lights.lights if light.track == "area")


def test_a_measure_of_which_nothing_is_known_is_a_sentence_and_no_table_of_dashes(lights):
    grey = [replace(light, counting=_dark(light.counting), others=()) for light in lights.lights]
    text = as_text(barometer_paper([replace(lights, lights=tuple(grey))]))
    assert "均无可比数据，为灰灯" in text
    assert "距下一颜色" not in text


def _dark(light):
    return replace(light, level=None, colour="grey", actual=None, gap=None, distance=None)


def test_a_column_of_results_has_its_unit_even_where_a_light_is_grey(lights):
    tables = [block for block in barometer_paper([lights]).blocks if hasattr(block, "columns")]
    heads = [column for table in tables for column in table.columns if column.heading in ("目标", "实际")]
    assert heads
    assert all(column.unit for column in heads)
