"""Every form of practice comes in as its sender prints it: each figure with its cell, each row as it stands."""

import csv
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from tanheng.kernel.pack import IndicatorShape, Layout, LayoutProfile
from tests.store.sample_world import SAMPLES, figures, packs, profile, said, sample

LAYOUTS = {
    "规上工业汇总表_2024年3月.xlsx": "above_scale_industry",
    "用电分类表_东岸区_2024年3月.xls": "electricity_by_industry",
    "燃气表_东岸区_2024年3月.csv": "gas_by_user",
    "燃气表_东岸区_2024年4月.xls": "gas_by_user",
    "205-1_东岸化工厂_2024年3月.xlsx": "form_205_1",
    "205-2_东岸化工厂_2024年3月.xlsx": "form_205_2",
    "205-3_东岸水泥厂_2024年3月.xls": "form_205_3",
    "205-5_东岸医院_2024年3月.csv": "form_205_5",
    "B204-1_东岸化工厂_2024年3月.xlsx": "form_b204_1",
    "节能月报_东岸化工厂_2024年3月.xlsx": "unit_energy_report",
    "分区能耗反馈表_2024年一季度.xlsx": "district_feedback",
    "地区生产总值_东岸区_2024年一季度.xlsx": "gdp_quarterly",
    "任务进展表_2024年3月.xlsx": "task_progress",
    "考核自查表_2023年.xlsx": "self_check",
    "考核评分录入表_2023年.xlsx": "assessment_score_sheet",
    "意见采纳情况表.csv": "opinions",
    "重点用能单位名录_2024年.xls": "key_units",
    "节能审查台账_2024年.xlsx": "energy_review_ledger",
    "光伏绿证台账_2024年3月.xlsx": "green_power_ledger",
    "在线监测接入表_2024年3月.xlsx": "monitoring_access",
    "能源平衡表_东岸区_2022年.csv": "energy_balance",
    "区域核算数据表_江城市_2023年.xlsx": "area_figures",
}


def expected() -> dict[str, list[tuple]]:
    """The figures of every sample, looked up cell by cell in what make_samples.py writes."""
    with (Path(__file__).parent / "sample_figures.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))[1:]
    return {file: [tuple(row[1:]) for row in group] for file, group in groupby(rows, key=lambda row: row[0])}


def rows(name: str) -> list[dict]:
    return [{field: item.value for field, item in row.fields.items()} for row in sample(name).rows]


def test_there_is_a_sample_of_every_layout():
    assert sorted(LAYOUTS) == sorted(path.name for path in SAMPLES.iterdir())
    assert {item.id for item in packs().all(LayoutProfile)} == set(LAYOUTS.values())


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_form_is_recognised_by_itself_and_nothing_in_it_blocks(name):
    reading = sample(name)
    assert reading.layout == LAYOUTS[name]
    assert said(reading) == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_figure_of_a_form_is_an_observation_with_its_cell(name):
    assert figures(sample(name)) == (expected()[name] if name in expected() else [])


@pytest.mark.parametrize("name", [name for name, id in LAYOUTS.items() if profile(id).status == "U"])
def test_a_form_whose_columns_are_uncertain_says_so_beside_its_figures(name):
    assert "layout-uncertain" in [finding.code for finding in sample(name).findings]


def test_our_own_long_form_stands_beside_the_senders_forms():
    assert [layout.id for layout in packs().all(Layout)] == ["unit_energy_monthly"]


def test_a_comparison_printed_in_a_table_never_revises_what_was_said_a_year_ago():
    comparisons = {item.id for item in packs().all(IndicatorShape) if item.comparison_of}
    for name in LAYOUTS:
        for item in sample(name).observations:
            assert (item.status == "comparison") == (item.key.indicator in comparisons)


def test_rows_that_others_contain_are_never_added_to_them():
    electricity = sample("用电分类表_东岸区_2024年3月.xls").observations
    month = [o for o in electricity if o.key.indicator == "electricity_use" and o.key.accumulation == "month"]
    assert sum(item.value for item in month) == 1000


def test_individual_statistics_keep_their_use_class_and_unit_reports_theirs():
    for name, use_class in (
        ("规上工业汇总表_2024年3月.xlsx", "individual_statistics"),
        ("节能月报_东岸化工厂_2024年3月.xlsx", "unit_report"),
    ):
        units = [item for item in sample(name).observations if item.key.subject.startswith("facility/")]
        assert {item.key.use_class for item in units} == {use_class}


def test_what_is_expected_for_the_year_is_a_forecast_of_the_whole_year():
    forecasts = [
        o for o in sample("节能月报_东岸化工厂_2024年3月.xlsx").observations if o.key.indicator == "energy_forecast"
    ]
    assert {(str(item.key.period), item.status) for item in forecasts} == {("2024", "forecast")}


def test_starts_and_stops_of_a_unit_are_kept_as_words():
    assert rows("节能月报_东岸化工厂_2024年3月.xlsx") == [
        {"item": "检修", "remark": "3号锅炉3月10日至18日检修"},
        {"item": "投产", "remark": "二期空压站3月投用"},
    ]


def test_a_task_that_spans_merged_rows_is_told_in_each_of_them_and_nothing_is_altered():
    first, second, third = rows("任务进展表_2024年3月.xlsx")
    assert first["task"] == second["task"] == "推进公共机构光伏建设"
    assert (first["completion"], second["completion"], third["completion"]) == (
        Decimal(42),
        Decimal("41.7"),
        Decimal("106.7"),
    )
    assert third["progress"] == "320台\n超额完成"
    assert sample("任务进展表_2024年3月.xlsx").rows[1].fields["task"].cell == "B3"


def test_a_self_check_keeps_its_points_as_numbers_and_its_total_is_checked():
    first, second, third = rows("考核自查表_2023年.xlsx")
    assert [row["own_points"] for row in (first, second, third)] == [Decimal(38), Decimal(10), Decimal("18.5")]
    assert second["content"] == "目标完成"


def test_the_scores_of_two_stages_are_kept_apart_with_their_evidence():
    first, second = rows("考核评分录入表_2023年.xlsx")
    assert [(row["stage"], row["points"]) for row in (first, second)] == [
        ("self", Decimal("55.5")),
        ("review", Decimal(52)),
    ]
    assert (first["evidence"], second["evidence"]) == ("A-01；A-02", "A-01")


def test_an_opinion_keeps_its_line_breaks_and_an_empty_cell_stays_empty():
    first, second = rows("意见采纳情况表.csv")
    assert first["reason"] == "今年有新项目投产，\n基数偏低"
    assert "reason" not in second


def test_a_list_of_units_names_the_units_of_the_directory():
    assert [row.subject for row in sample("重点用能单位名录_2024年.xls").rows] == ["facility/1", "facility/2"]


def test_a_date_in_a_logbook_is_a_date_and_a_month_in_words_stays_words():
    first, second = rows("节能审查台账_2024年.xlsx")
    assert (first["decided"], second["decided"]) == (date(2024, 3, 5), "2024年3月")
    assert (first["energy_calorific"], first["energy_equivalent"]) == (Decimal("3200.5"), Decimal(6100))


def test_two_batches_of_certificates_of_one_unit_are_two_rows():
    first, second, third = rows("光伏绿证台账_2024年3月.xlsx")
    assert (first["certificates"], second["certificates"], third["year"]) == (Decimal(1200), Decimal(300), "2023")
    assert (second["kind"], second["retired"]) == ("省内", date(2024, 3, 20))


def test_a_share_that_a_workbook_shows_as_a_percentage_is_read_as_one():
    first, second = rows("在线监测接入表_2024年3月.xlsx")
    assert (first["connected"], first["uploaded"], second["uploaded"]) == (
        Decimal("98.5"),
        Decimal("95.5"),
        Decimal(100),
    )
