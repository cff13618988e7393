"""Findings on a document: slips, contradictions, figures that cannot be, tasks that nobody leads."""

from tanheng.policy.formats.opening import source_of_text
from tanheng.policy.reading import read_source

PLAN = (
    "青河市2026年重点工作安排\n\n一、主要目标\n\n{body}\n\n任务分工表\n\n序号\t具体工作\t牵头部门\t配合部门\n{rows}\n"
)


def _plan(body="", rows="1\t新增光伏装机60万千瓦\t市能源局\t市交通委"):
    return PLAN.format(body=body, rows=rows)


def _found(reading, code):
    return [finding for finding in reading.findings if finding.code == code]


def test_a_slip_is_mended_and_said_with_the_likely_reading(read):
    text = _plan(rows="1\t开展五花米草除治，新增森林面积3万亩\t市绿化市容局\t")
    reading = read(text)
    (finding,) = _found(reading, "policy-slip")
    assert finding.suggestion == "互花米草"
    assert text[slice(*finding.span)] == "五花米草"
    assert next(task.text for task in reading.tasks if task.number == "1").startswith("开展互花米草除治")


def test_words_printed_twice_are_said_and_left_as_they_are(read):
    reading = read(_plan(rows="1\t推进脱硫脱硫一体化改造项目12个\t市生态环境局\t"))
    assert [finding.suggestion for finding in _found(reading, "policy-slip")] == ["脱硫"]


def test_an_english_word_between_chinese_ones_is_read_as_the_chinese_one(read):
    reading = read("青河市2026年工作安排\n\n一、聚焦重点行业 and 重点园区，新增光伏装机60万千瓦。\n")
    assert [finding.suggestion for finding in _found(reading, "policy-slip")] == ["和"]


def test_two_values_for_one_target_are_said_with_both_places(read):
    reading = read(_plan(body="2026年，全市新增光伏装机50万千瓦。"))
    (finding,) = _found(reading, "policy-values-differ")
    assert "50万千瓦" in finding.message["zh"] and "60万千瓦" in finding.message["zh"]


def test_an_amount_that_no_single_plant_can_have_is_said(read):
    reading = read(_plan(body="青河环境再生能源有限公司2025年能耗13829.05万吨标煤，暂不予双控。"))
    (finding,) = _found(reading, "policy-implausible")
    assert finding.suggestion == "13829.05吨标煤"
    assert "13829.05" not in {str(target.value) for target in reading.targets}


def test_the_same_amount_for_a_whole_city_is_plausible(read):
    reading = read(_plan(body="全市能源消费总量控制在11000万吨标准煤以内。"))
    assert _found(reading, "policy-implausible") == []


def test_a_task_without_a_lead_is_said(read):
    reading = read(_plan(rows="1\t新增光伏装机60万千瓦\t\t\n2\t建设加氢站3座\t市能源局\t"))
    assert [finding.message["zh"] for finding in _found(reading, "policy-task-without-lead")] == [
        "任务 1 没有牵头单位。"
    ]


def test_a_department_that_a_town_does_not_have_is_said(read):
    reading = read(_plan(rows="1\t新增光伏装机60万千瓦\t镇发展改革委\t市能源局"))
    assert len(_found(reading, "policy-party-wrong-level")) == 1


def test_a_department_under_two_names_is_said(read):
    rows = "1\t新增光伏装机60万千瓦\t区农委\t\n2\t建设加氢站3座\t区农业农村委\t"
    assert len(_found(read(_plan(rows=rows)), "policy-party-two-names")) == 1


def test_names_run_together_are_said_and_split(read):
    reading = read(_plan(rows="1\t开展联合检查\t市发展改革委市市场监管局\t"))
    (finding,) = _found(reading, "policy-party-run-together")
    assert finding.suggestion == "市发展改革委、市市场监管局"


def test_a_target_of_the_body_that_no_table_has_is_said(read):
    body = "全市新增光伏装机60万千瓦，新建绿地1000公顷。"
    (finding,) = _found(read(_plan(body=body)), "policy-target-not-in-table")
    assert "新建绿地" in finding.message["zh"]


def test_a_district_that_asks_for_less_than_its_city_is_said(lexicon):
    above = "青河市2026年工作安排\n\n一、目标\n\n全市单位地区生产总值能耗下降3.5%。\n"
    below = "青石区2026年工作安排\n\n一、目标\n\n全区单位地区生产总值能耗下降3%。\n"
    city = read_source(source_of_text("city.txt", above), lexicon)
    less = read_source(source_of_text("district.txt", below), lexicon, parent=city)
    same = read_source(source_of_text("district.txt", below.replace("3%", "3.5%")), lexicon, parent=city)
    assert [finding.code for finding in less.findings] == ["policy-parent-asks-more"]
    assert [finding.code for finding in same.findings] == []


def test_a_document_that_names_no_year_says_so(read):
    reading = read("青河市节能工作方案\n\n一、新增光伏装机60万千瓦。\n")
    assert len(_found(reading, "policy-period-unknown")) == 1
