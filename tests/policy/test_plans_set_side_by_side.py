"""Two years of a plan, and a district's plan against its city's."""

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.papers.paper import as_text
from tanheng.policy.comparing import Comparison, compared
from tanheng.policy.comparing_district import compared_with_city
from tanheng.policy.comparing_report import comparison_paper
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.plans import plan_of, plan_of_file
from tanheng.policy.reading import read_source
from tanheng.policy.source_text import SourceText
from tanheng.store.packs import load_packs

HEAD = "{place}{year}年节能降碳重点工作安排\n\n一、主要目标\n\n{targets}\n\n二、重点任务\n\n{tasks}\n"
TASK = "推进公共建筑空调系统调适。（责任单位：{}住建委）"


@pytest.fixture(scope="module")
def words():
    return PlanWords.of(load_packs(["cn_national"]))


@pytest.fixture
def plan(words):
    def make(targets, tasks="", place="青河市", year=2025):
        text = HEAD.format(place=place, year=year, targets=targets, tasks=tasks or TASK.format(place[-1]))
        reading = read_source(SourceText("plan.txt", "text/plain", text), words.lexicon)
        return plan_of("plan.txt", reading, text, words)

    return make


@pytest.fixture
def verdicts(plan, words):
    """What became of each indicator from a sentence of 2025 to one of 2026."""

    def of(before, after):
        found = compared(plan(before), plan(after, year=2026), words)
        return [(line.verdict.value, line.difference) for line in found.targets]

    return of


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("单位地区生产总值能耗下降2%。", "单位地区生产总值能耗下降3%。", "tightened"),
        ("单位地区生产总值能耗下降3%。", "单位地区生产总值能耗下降2%。", "loosened"),
        ("煤炭消费总量控制在400万吨以内。", "煤炭消费总量控制在380万吨以内。", "tightened"),
        ("新增光伏装机60万千瓦。", "新增光伏装机600兆瓦。", "kept"),
        ("新增光伏装机60万千瓦。", "新增光伏装机50万千瓦。", "loosened"),
        ("新增光伏装机60万千瓦。", "力争新增光伏装机60万千瓦。", "loosened"),
        ("单位地区生产总值能耗下降3%左右。", "单位地区生产总值能耗下降3%以上。", "tightened"),
        ("煤炭消费总量控制在400万吨以内。", "煤炭消费总量持续下降。", "loosened"),
    ],
)
def test_what_is_tighter_depends_on_the_direction_of_the_demand(verdicts, before, after, expected):
    assert [verdict for verdict, _ in verdicts(before, after)] == [expected]


def test_a_floor_is_set_against_the_floor_and_a_stretch_against_the_stretch(plan, words):
    before = plan("能源消费增量确保控制在450万吨标准煤以内，力争控制在350万吨标准煤以内。")
    after = plan("能源消费增量确保控制在400万吨标准煤以内，力争控制在380万吨标准煤以内。", year=2026)
    found = compared(before, after, words)
    assert [(line.first.target.tier, line.verdict.value) for line in found.targets] == [
        ("floor", "tightened"),
        ("stretch", "loosened"),
    ]


def test_a_target_of_another_subject_is_dropped_and_new_and_never_taken_for_the_same(verdicts):
    found = verdicts("全市能源消费增量控制在450万吨标准煤以内。", "交通运输业能源消费增量控制在50万吨标准煤以内。")
    assert [verdict for verdict, _ in found] == ["dropped", "new"]


def test_targets_due_in_different_periods_are_not_called_tighter(verdicts):
    found = verdicts("到2030年，光伏装机容量达到700万千瓦。", "到2026年，光伏装机容量达到400万千瓦。")
    assert found == [("changed", None)]


def test_a_task_keeps_its_place_when_it_is_reworded_and_a_change_of_lead_is_told(plan, words):
    before = plan("单位地区生产总值能耗下降2%。", "研究老旧锅炉清洁替代补贴办法。（责任单位：市生态环境局）")
    after = plan("单位地区生产总值能耗下降2%。", "出台老旧锅炉清洁替代补贴办法。（责任单位：市财政局）", year=2026)
    (line,) = compared(before, after, words).tasks
    assert line.verdict == "tightened"
    assert "研究" in line.why.zh and "牵头由市生态环境局改为市财政局" in line.why.zh


def test_a_task_is_not_looser_for_a_figure_that_is_due_in_another_period(plan, words):
    deed = "到{}年，燃料电池汽车推广应用达到{}辆。（责任单位：市交通委）"
    before = plan("单位地区生产总值能耗下降2%。", deed.format(2030, 9000))
    after = plan("单位地区生产总值能耗下降2%。", deed.format(2026, 1000), year=2026)
    (line,) = compared(before, after, words).tasks
    assert line.verdict == "kept"


def test_a_district_falls_short_by_the_points_that_it_lacks_and_bears_a_part_of_an_amount(plan, words):
    city = plan("单位地区生产总值能耗下降3.5%，新增光伏装机60万千瓦，建成加氢站8座。")
    district = plan("单位地区生产总值能耗下降3%，新增光伏装机3万千瓦。", place="青石区")
    found = compared_with_city(city, district, words)
    lines = {line.first.target.indicator_id: line for line in found.targets if line.first}
    short = lines["energy_per_gdp"]
    assert (short.verdict.value, str(short.difference), short.unit) == ("weaker", "0.5", "%")
    assert lines["pv_capacity_new"].verdict == "answered" and "5.0%" in lines["pv_capacity_new"].why.zh
    assert lines["hydrogen_stations"].verdict == "unanswered"


def test_a_district_that_takes_over_what_is_asked_above_answers_by_reference(plan, words):
    city = plan("氮氧化物重点工程减排量达到500吨。")
    district = plan("氮氧化物重点工程减排量完成市级下达目标。", place="青石区")
    (line,) = [line for line in compared_with_city(city, district, words).targets if line.first]
    assert line.verdict == "by_reference"


def test_a_district_named_first_is_turned_behind_its_city(plan, words):
    city, district = plan("单位地区生产总值能耗下降3%。"), plan("单位地区生产总值能耗下降3%。", place="青石区")
    assert compared_with_city(district, city, words).turned
    assert not compared_with_city(city, district, words).turned


def test_a_plan_is_not_compared_with_itself_and_a_paper_without_demands_is_no_plan(plan, words, tmp_path):
    one = plan("单位地区生产总值能耗下降3%。")
    with pytest.raises(Refusal) as refused:
        compared(one, one, words)
    assert refused.value.code == "plan-with-itself"
    letter = tmp_path / "letter.txt"
    letter.write_text("关于召开会议的函\n\n定于下周召开座谈会，请届时参加。\n", "utf-8")
    with pytest.raises(Refusal) as refused:
        plan_of_file(letter, words)
    assert refused.value.code == "plan-demands-nothing"


def _by_id(found: Comparison):
    return {line.first.target.indicator_id: line for line in found.targets if line.first and line.second}


@pytest.mark.shared
def test_the_plans_of_two_years_of_a_real_city_are_told_apart(shared, words):
    before, after = (plan_of_file(next((shared / "documents").glob(f"{n}_*")), words) for n in ("002", "000"))
    found = compared(before, after, words)
    lines = _by_id(found)
    asked = ("energy_per_gdp", "co2_per_gdp", "coal_total", "green_space_new")
    assert {id: lines[id].verdict.value for id in asked} == {
        "energy_per_gdp": "tightened", "co2_per_gdp": "tightened", "coal_total": "loosened",
        "green_space_new": "loosened",
    }  # fmt: skip
    assert str(lines["pv_capacity_new"].difference) == "400"
    dropped = {line.first.target.indicator_id for line in found.targets if line.verdict == "dropped"}
    assert {"energy_increment", "co2_increment", "non_fossil_share"} <= dropped
    assert "放松的指标" in as_text(comparison_paper(found, 0.35))


@pytest.mark.shared
def test_a_real_district_leaves_its_citys_carbon_target_without_an_answer(shared, words):
    city, district = (plan_of_file(next((shared / "documents").glob(f"{n}_*")), words) for n in ("000", "003"))
    found = compared_with_city(city, district, words)
    verdicts = {
        (line.first.target.indicator_id, line.first.target.subject): line.verdict
        for line in found.targets
        if line.first
    }
    assert verdicts["energy_per_gdp", "上海市"] == "answered"
    assert verdicts["co2_per_gdp", "上海市"] == "unanswered"
    assert verdicts["nox_reduction", "上海市"] == "by_reference"
    assert verdicts["energy_per_capita", "市级机关单位"] == "weaker"
    answered = {line.first.number: line.second.number for line in found.tasks if line.first and line.second}
    assert (answered["6"], answered["26"], answered["69"]) == ("附件4-4", "附件4-19", "附件4-55")
