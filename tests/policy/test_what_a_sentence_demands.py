"""Sentences as plans have them, and what a careful official would register; written by hand, not by the code."""

from decimal import Decimal

import pytest

# indicator, operator, value, value_high, unit
SENTENCES = [
    ("单位地区生产总值能耗下降3%。", [("单位地区生产总值能耗", "down", "3", None, "%")]),
    ("单位地区生产总值能耗、单位地区生产总值二氧化碳排放分别下降3%、3.5%。",
     [("单位地区生产总值能耗", "down", "3", None, "%"), ("单位地区生产总值二氧化碳排放", "down", "3.5", None, "%")]),
    ("单位地区生产总值能耗、单位地区生产总值二氧化碳排放量下降3%。",
     [("单位地区生产总值能耗", "down", "3", None, "%"), ("单位地区生产总值二氧化碳排放量", "down", "3", None, "%")]),
    ("规上工业能耗强度降低4%以上。", [("规上工业能耗强度", "down_at_least", "4", None, "%")]),
    ("规上工业能耗强度下降不低于4%。", [("规上工业能耗强度", "down_at_least", "4", None, "%")]),
    ("煤炭消费总量下降5%左右。", [("煤炭消费总量", "about", "5", None, "%")]),
    ("煤炭消费占比下降到30%以下。", [("煤炭消费占比", "at_most", "30", None, "%")]),
    ("能源消费增量控制在450万吨标准煤以内。", [("能源消费增量", "at_most", "450", None, "万吨标准煤")]),
    ("二氧化碳排放增量控制在960万吨左右。", [("二氧化碳排放增量", "about", "960", None, "万吨")]),
    ("能耗总量不超过1.2万吨标煤。", [("能耗总量", "at_most", "1.2", None, "万吨标煤")]),
    ("光伏装机容量力争达到400万千瓦。", [("光伏装机容量", "reach", "400", None, "万千瓦")]),
    ("光伏装机容量突破400万千瓦。", [("光伏装机容量", "at_least", "400", None, "万千瓦")]),
    ("建成光伏装机约四十万千瓦。", [("光伏装机", "about", "40", None, "万千瓦")]),
    ("非化石能源消费比重提高到百分之二十。", [("非化石能源消费比重", "up_to", "20", None, "%")]),
    ("绿电交易量达到40亿千瓦时以上。", [("绿电交易量", "at_least", "40", None, "亿千瓦时")]),
    ("旧纸箱重复利用规模同比提升5%。", [("旧纸箱重复利用规模", "up", "5", None, "%")]),
    ("能效水平提高3个百分点。", [("能效水平", "up", "3", None, "个百分点")]),
    ("公园绿地面积增加2500万平方米。", [("公园绿地面积", "up", "2500", None, "万平方米")]),
    ("新增各类公园120座，新建绿地1000公顷。",
     [("新增各类公园", "reach", "120", None, "座"), ("新建绿地", "reach", "1000", None, "公顷")]),
    ("新建林地7万亩，绿地1200公顷。",
     [("新建林地", "reach", "7", None, "万亩"), ("新建绿地", "reach", "1200", None, "公顷")]),
    ("力争建设8座加氢站。", [("加氢站", "reach", "8", None, "座")]),
    ("推进100家重点用能单位完成能源审计。", [("重点用能单位完成能源审计", "reach", "100", None, "家")]),
    ("完成1万根充电桩建设。", [("充电桩", "reach", "10000", None, "根")]),
    ("推广新能源汽车2.5万辆以上。", [("新能源汽车", "at_least", "25000", None, "辆")]),
    ("评选至少25个无废细胞。", [("无废细胞", "at_least", "25", None, "个")]),
    ("建成3-5个循环利用产业基地。", [("循环利用产业基地", "range", "3", "5", "个")]),
    ("建设10个重点实验室和5个绿色技术创新中心。",
     [("重点实验室", "reach", "10", None, "个"), ("绿色技术创新中心", "reach", "5", None, "个")]),
    ("创建40个绿色工厂和15个绿色园区、开发90项绿色产品。",
     [("创建绿色工厂", "reach", "40", None, "个"), ("创建绿色园区", "reach", "15", None, "个"),
      ("开发绿色产品", "reach", "90", None, "项")]),
    ("完成甲园、乙园两个园区的循环化改造。", [("园区的循环化改造", "reach", "2", None, "个")]),
    ("海铁联运箱量翻一番。", [("海铁联运箱量", "multiply", "2", None, "倍")]),
    ("新型储能规模翻两番。", [("新型储能规模", "multiply", "4", None, "倍")]),
    ("按照不超过原规模2/3保留煤机。", [("保留煤机", "at_most", "0.6667", None, "1")]),
    ("新建数据中心能源利用效率（PUE）不高于1.3。",
     [("新建数据中心能源利用效率（PUE）", "at_most", "1.3", None, "1")]),
    ("可再生能源使用比例逐步提高（≥15%）。", [("可再生能源使用比例", "at_least", "15", None, "%")]),
    ("天然气、非化石能源占一次能源比重分别达到12%、14%。",
     [("天然气占一次能源比重", "reach", "12", None, "%"), ("非化石能源占一次能源比重", "reach", "14", None, "%")]),
    ("化学需氧量（COD）、氨氮（NH3-N）排放量分别比上年下降4%。",
     [("化学需氧量（COD）排放量", "down", "4", None, "%"), ("氨氮（NH3-N）排放量", "down", "4", None, "%")]),
    ("粉煤灰综合利用率稳定在98%以上。", [("粉煤灰综合利用率", "at_least", "98", None, "%")]),
    ("细颗粒物浓度与上年持平。", [("细颗粒物浓度", "change", "0", None, "%")]),
    ("粗钢产量只减不增。", [("粗钢产量", "no_increase", "0", None, None)]),
    ("湿地总量不减少。", [("湿地总量", "no_decrease", "0", None, None)]),
    ("严禁钢铁行业新增产能。", [("钢铁行业新增产能", "forbid", "0", None, None)]),
    ("公共机构屋顶光伏实现应装尽装。", [("公共机构屋顶光伏", "cover_all", "100", None, "%")]),
    ("新建民用建筑全部执行绿色建筑标准。", [("新建民用建筑执行绿色建筑标准", "cover_all", "100", None, "%")]),
    ("氮氧化物工程减排量完成国家下达目标。", [("氮氧化物工程减排量", "assigned", None, None, "t")]),
    ("完成省级下达的充电桩新建任务。", [("充电桩新建", "assigned", None, None, "个")]),
    ("70%以上重点用能单位接入能耗在线监测平台。", [("重点用能单位接入能耗在线监测平台", "at_least", "70", None, "%")]),
    ("形成392吨/日的医废处置能力。", [("医废处置能力", "reach", "392", None, "吨/日")]),
    ("燃油替代量1000吨标准油。", [("燃油替代量", "reach", "1000", None, "吨标准油")]),
    ("全面实现原生生活垃圾零填埋。", [("原生生活垃圾零填埋", "at_most", "0", None, "%")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_demands_what_an_official_would_register(targets, sentence, wanted):
    found = [
        (target.indicator, str(target.operator), _text(target.value), _text(target.value_high), target.unit)
        for target in targets(sentence)
    ]
    assert found == wanted


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


# What stands in plans with figures and demands nothing.
NOT_TARGETS = [
    "2025年，全市单位地区生产总值能耗下降3.2%，新增光伏装机50万千瓦。",
    "截至目前，全市已建成充电桩12000个。",
    "落实“十四五”规划，推进五个新城建设，开展十大行动。",
    "落实《某市碳达峰实施方案（2022-2030年）》和某发改〔2025〕18号文要求。",
    "深入实施11个专项行动，持续推进第七轮环保三年行动计划。",
    "开展七个重点领域创建行动，落实三线一单要求。",
    "加强PM2.5和臭氧协同控制，推广B5生物柴油和5G基站节能。",
    "推进二期、三期工程前期工作，淘汰国三柴油车。",
    "于2026年5月底前报送方案，联系电话57921210。",
    "推进节能技术改造，应改尽改，积极稳妥推进碳达峰碳中和。",
]


@pytest.mark.parametrize("sentence", NOT_TARGETS)
def test_history_names_and_numbers_of_actions_are_no_targets(targets, sentence):
    assert [(target.indicator, target.value) for target in targets(sentence)] == []


def test_the_second_year_goes_on_about_the_same_indicator(targets):
    first, second = targets("到2027年，光伏装机容量力争达到400万千瓦；到2030年，力争达到700万千瓦。")
    assert (first.indicator, first.target_period, str(first.value), first.tier) == (
        "光伏装机容量", "2027", "400", "stretch",
    )  # fmt: skip
    assert (second.indicator, second.target_period, str(second.value), second.tier) == (
        "光伏装机容量", "2030", "700", "stretch",
    )  # fmt: skip


def test_a_wish_behind_a_demand_makes_the_demand_the_floor(targets):
    floor, stretch = targets("能源消费增量控制在450万吨标准煤以内，力争控制在350万吨标准煤。")
    assert (floor.tier, floor.operator, stretch.tier, stretch.operator) == ("floor", "at_most", "stretch", "at_most")


def test_a_size_of_those_who_are_meant_is_a_condition_and_no_target(targets):
    (target,) = targets("单位建筑面积能耗下降15%以上的公共建筑节能改造不少于100万平方米。")
    assert (target.value, target.unit) == (Decimal(100), "万平方米")
    assert "15%" in target.condition


def test_a_size_without_another_demand_is_a_threshold(targets):
    (target,) = targets("推进年综合能耗2000吨标准煤以上用能企业能源管理中心建设。")
    assert (target.operator, target.kind, target.value) == ("threshold", "threshold", Decimal(2000))


def test_a_part_says_of_what_it_is_a_part(targets):
    whole, part = targets("完成既有建筑节能改造400万平方米，其中公共建筑改造不少于100万平方米。")
    assert (whole.value, part.value) == (Decimal(400), Decimal(100))
    assert part.condition == "其中：既有建筑节能改造"


def test_a_change_is_counted_from_the_year_that_is_named_or_the_year_before(targets):
    implied, named = targets("能耗强度下降3%。到2030年，单位地区生产总值二氧化碳排放比2005年下降70%。")
    assert (named.base_period, named.target_period) == ("2005", "2030")
    assert implied.base_period == "2025"


def test_a_five_year_plan_by_name_is_a_period(targets):
    (target,) = targets("“十五五”期间，煤炭消费总量下降5%左右。")
    assert (target.target_period, target.base_period) == ("2026..2030", "2025")


def test_a_demand_from_a_year_on_has_no_end(targets):
    (target,) = targets("2027年起新建学校屋顶安装光伏的面积比例不低于50%。")
    assert target.target_period == "2027.."


def test_each_year_is_a_condition_of_the_figure(targets):
    (target,) = targets("每年淘汰老旧柴油货车1.5万辆以上。")
    assert (target.value, target.condition) == (Decimal(15000), "每年")


def test_units_have_a_normal_form(targets):
    forms = {
        "新增光伏装机60万千瓦。": (Decimal(600), "MW"),
        "节能量50万吨标准煤。": (Decimal(500000), "tce"),
        "新购绿电40亿千瓦时。": (Decimal(4000000000), "kWh"),
        "绿证电量1.7亿度。": (Decimal(170000000), "kWh"),
        "改造建筑200万平方米。": (Decimal(2000000), "m2"),
        "污水处理能力2.9万吨/日。": (Decimal(29000), "t/d"),
    }
    for sentence, wanted in forms.items():
        (target,) = targets(sentence)
        assert (target.value_norm, target.unit_norm) == wanted, sentence


def test_the_quotation_of_a_target_stands_in_the_source_at_its_span(lexicon):
    from tanheng.policy.reading import read_source
    from tanheng.policy.source_text import SourceText

    text = "某市2026年工作安排\n\n一、目标\n\n全市要加快推进节能降碳各项工作，大力发展可再生能源，完善配套政策，"
    text += "健全工作机制，压实各方面责任，力争新增光伏装 机 60 万千瓦以\n\n上，新建绿地 1000 公顷。\n"
    first, second = read_source(SourceText("a.txt", "text/plain", text), lexicon).targets
    assert text[slice(*first.span)] == "力争新增光伏装 机 60 万千瓦以\n\n上"
    assert first.quote == "力争新增光伏装 机 60 万千瓦以上"
    assert text[slice(*second.span)] == second.quote == "新建绿地 1000 公顷"
