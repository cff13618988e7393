"""What the documents of a month say: only what was computed, by name, with what is missing named as missing."""

from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from tanheng.kernel.demand import Demands, KnownObligation, Task
from tanheng.kernel.fact import KeptField, KeptRow
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.run import Parameters, computed_account
from tanheng.papers.paper import as_text
from tanheng.reports.five_lines import five_lines
from tanheng.reports.leader_page import decisions, leader_page
from tanheng.reports.month_reading import MonthReading
from tanheng.reports.monthly_analysis import month_tables, monthly_analysis
from tanheng.reports.three_forms import write_papers
from tests.kernel.area_world import given, told
from tests.kernel.dispatch_world import CITY, EAST, FORGE, HALF, HOTEL, KNOWN, MILL, WEST, event, packs, place, table
from tests.kernel.test_year_end import expects, gdp, history, target

WHERE = {MILL: "area/quay", FORGE: "area/hill", HOTEL: "area/dale"}
TABLES = [
    *table("above_scale_energy", EAST, 1050, 1000, 980),
    *table("output_value", EAST, 110000, 100000, 100000),
    *table("electricity_use", EAST, 66000, 60000, 60000, item="C", use_class="grid_and_gas"),
    *table("electricity_use", EAST, 38000, 40000, 40000, item="residential", use_class="grid_and_gas"),
]
TARGETS = (target("3"), target("5", "stretch"))


def month(rows, *targets, area=CITY, ways=("reports", "season"), events=()):
    known = Demands(tuple(KnownObligation(each, date(2025, 3, 1)) for each in targets))
    inputs = replace(given(rows, place(units=WHERE)), demands=known, kept=events)
    asked = Parameters(HALF, "energy_reporting", KNOWN, 1, None, {})

    def of(method):
        return computed_account(method, packs(), inputs, asked)

    return MonthReading(area, of("dispatch"), {way: of(f"year_end_by_{way}") for way in ways})


@pytest.fixture(scope="module")
def whole():
    rows = [*history(), gdp(5), expects(MILL, 1500), *TABLES]
    return month(rows, *TARGETS, events=(event(MILL, "检修", "6月停机检修5天"),))


def test_the_analysis_says_growth_adjustment_units_and_what_remains(whole):
    text = as_text(monthly_analysis(whole))
    assert "规上工业能耗0.105万吨标准煤，同比增长5.0%（按上年公布数增长7.1%，口径调整-2.1个百分点）" in text
    assert "用能单位报送能耗0.151万吨标准煤，同口径增长2.6%（推算）" in text
    assert f"从单位看，{HOTEL}（拉动2.86个百分点）" in text
    assert "制造业拉动6.00个百分点，城乡居民生活用电合计下拉2.00个百分点" in text
    assert f"检修1户：{MILL}" in text
    assert "“确保”目标，按单位自报还须压减" in text and "“力争”目标" in text


def test_every_number_of_the_annexes_says_where_it_is_explained(whole):
    tables = {one.title: one for one in month_tables(whole)}
    (east,) = [row.cells for row in tables["各区域增速与拉动"].all_rows if row.cells[0] == EAST]
    assert east[2].ref == f"reported_energy_growth@{EAST}@{HALF}"
    assert tables["距目标还须压减量与超份额单位"].all_rows[0].strong


def test_the_five_lines_are_five_and_name_the_units(whole):
    lines = five_lines(whole)
    assert len(lines) == 5
    assert HOTEL in lines[2] and MILL in lines[3]
    assert "全年" in lines[4]


def test_the_leader_gets_one_page_with_three_cases_and_the_decisions(whole, tmp_path):
    written = write_papers(tmp_path, {"page": leader_page(whole)}, packs())
    (pdf,) = [path for path in written.paths if path.suffix == ".pdf"]
    assert len(PdfReader(pdf).pages) == 1
    assert {path.suffix for path in written.paths} == {".docx", ".pdf", ".xlsx"}
    asked = decisions(whole)
    assert 1 <= len(asked) <= 3
    assert MILL in asked[0]


def test_the_body_of_the_analysis_fits_two_pages(whole, tmp_path):
    bare = replace(monthly_analysis(whole), annexes=())
    written = write_papers(tmp_path, {"analysis": bare}, packs())
    (pdf,) = [path for path in written.paths if path.suffix == ".pdf"]
    assert len(PdfReader(pdf).pages) <= 2


def test_a_month_with_nothing_but_tables_says_what_is_missing_and_invents_nothing():
    text = as_text(monthly_analysis(month(TABLES, ways=())))
    assert "用能单位报送能耗" not in text and "全年" not in text
    lines = five_lines(month(TABLES, ways=()))
    assert "无可比数" in lines[0] and "本次没有推算全年" in lines[4]


def test_gdp_that_is_not_out_is_said_and_not_guessed():
    assert "地区生产总值本期尚未公布" in as_text(monthly_analysis(month([*history(), *TABLES])))
    later = as_text(monthly_analysis(month([*history(), gdp(5)])))
    assert "地区生产总值2025年1-6月可比增长5.0%" in later


def test_single_returns_of_the_statistics_are_in_no_document():
    secret = told("comprehensive_energy", MILL, str(HALF), 7654.321, coverage="above_scale_industry",
                  use_class="individual_statistics", accumulation="year_to_date")  # fmt: skip
    text = as_text(monthly_analysis(month([*history(), *TABLES, secret])))
    assert "7654" not in text and "0.765" not in text


def test_a_silent_unit_is_asked_for_by_name():
    rows = [row for row in history() if (row["subject"], row["period_start"]) != (FORGE, date(2025, 6, 1))]
    found = month([*rows, *TABLES], ways=())
    assert any(FORGE in line and "催报" in line for line in decisions(found))
    assert f"未报1户：{FORGE}" in as_text(monthly_analysis(found))


def test_every_paper_says_how_few_units_a_growth_and_a_year_rest_on():
    rows = [row for row in history() if (row["subject"], row["period_start"]) != (FORGE, date(2025, 3, 1))]
    found = month([*rows, gdp(5), *TABLES], *TARGETS, ways=("season",))
    share = "（可比2户，占已报能耗"
    assert share in five_lines(found)[0] and "单位不全，不代表本区域" in five_lines(found)[4]
    assert all(share in as_text(paper(found)) for paper in (monthly_analysis, leader_page))
    assert "可比" not in five_lines(month([*history(), *TABLES], ways=()))[0]


def test_a_task_that_is_overdue_is_in_the_analysis_and_one_that_is_done_is_not():
    late, done = (
        Task(f"plan.{name}", Label(zh=name, en=name), "plan#2", schedule="6月底前完成", lead_parties=("区经委",))
        for name in ("淘汰落后设备", "节能诊断")
    )
    said = KeptRow("tasks", None, None, {
        name: KeptField(text, "hash/tasks.xlsx!sheet!A1")
        for name, text in {"task": "节能诊断", "status": "已完成", "evidence": "证据1"}.items()
    }, "tasks.xlsx!sheet!2", date(2025, 7, 1), 1)  # fmt: skip
    found = month([*history(), *TABLES], late, done, ways=(), events=(said,))
    text = as_text(monthly_analysis(found))
    assert "任务逾期1项（淘汰落后设备）" in text
    assert "节能诊断" not in text


def test_the_place_among_the_neighbours_is_that_of_the_growth(whole):
    assert month(history(), area=WEST, ways=()).rank() == (2, 2)
    assert month(history(), area=EAST, ways=()).rank() == (1, 2)
    assert whole.rank() is None
