"""Tables as other offices print them, the places of Word files, and words that do not say of what they are."""

import io
from collections.abc import Callable

import docx

from tanheng.kernel.pack.obligation_shapes import DemandShape
from tanheng.policy import Reading

_Read = Callable[[str], Reading]


def test_a_row_whose_objective_is_that_handed_down_is_no_second_heading(read: _Read) -> None:
    """完成省下达目标 ends like the heading 目标, below an empty cell of category."""
    found = read(
        "某市2025年减排目标\n领域\t项目\t目标\t责任部门\n"
        "减排\t氮氧化物重点工程减排量\t完成省下达目标\t市生态环境局\n"
        "\t挥发性有机物重点工程减排量\t完成省下达目标\t\n"
    ).targets
    assert [(target.indicator_id, target.operator.value, target.lead_parties) for target in found] == [
        ("nox_reduction", "assigned", ("市生态环境局",)),
        ("voc_reduction", "assigned", ("市生态环境局",)),
    ]


def test_a_cumulated_change_in_brackets_is_read_where_no_year_has_its_figure(read: _Read) -> None:
    """〔4.8〕 follows from 11.2 and 16; 〔15〕 stands alone."""
    found = read(
        "某省“十四五”能源规划\n专栏1 “十四五”能源发展主要指标\n"
        "指标\t单位\t2020年\t2025年\t年均增速/累计\t属性\n"
        "非化石能源消费比重\t%\t11.2\t16\t〔4.8〕\t约束性\n"
        "煤炭消费比重\t%\t67.6\t60\t〔-7.6〕\t约束性\n"
        "单位生产总值能耗下降\t%\t—\t〔15〕\t—\t约束性\n"
    ).targets
    assert [(target.indicator_id, target.operator.value, str(target.value)) for target in found] == [
        ("non_fossil_share", "reach", "16"),
        ("coal_share", "reach", "60"),
        ("energy_per_gdp", "down", "15"),
    ]


def test_a_capacity_without_its_waste_is_that_of_the_words_before_it(read: _Read) -> None:
    of_rubble = read(
        "某市方案\n一、任务\n1.推进拆房和装修垃圾利用设施建设，到2025年，资源化利用能力达到810万吨/年。\n"
    ).targets
    of_wet = read("某市方案\n一、任务\n1.完成湿垃圾利用设施达标改造，资源化利用能力达到1万吨/日。\n").targets
    assert [target.indicator_id for target in (*of_rubble, *of_wet)] == [
        "construction_waste_capacity",
        "wet_waste_capacity",
    ]


def test_an_adverb_in_the_text_of_a_task_is_no_schedule(read: _Read) -> None:
    tasks = read(
        "某市2025年工作方案\n一、任务\n1.持续推进绿色建筑发展，完善各项制度。（责任单位：市发展改革委）\n"
        "2.组织节能检查，年底前完成全部整改和验收工作。（责任单位：市发展改革委）\n"
    ).tasks
    assert [task.schedule for task in tasks] == ["", "年底前完成"]


def test_what_stands_before_the_aims_tells_what_was_and_holds_no_task(read: _Read) -> None:
    tasks = read(
        "某市2025年工作方案\n一、发展基础\n全市可再生能源发展取得明显成效，结构持续优化。\n"
        "二、任务\n1.组织节能检查和整改验收工作。（责任单位：市发展改革委）\n"
    ).tasks
    assert [task.clause for task in tasks] == ["二1"]


def test_tables_of_a_word_file_are_counted_as_tables(opened_as: Callable[[str, bytes], Reading]) -> None:
    from tanheng.policy.formats import word

    document = docx.Document()
    for text in ("某市2025年工作方案", "一、任务", "附件1"):
        document.add_paragraph(text)
    for _ in range(2):
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "指标", "目标"
        document.add_paragraph("说明")
    kept = io.BytesIO()
    document.save(kept)
    places = [place.name for place in word.read_word("x.docx", kept.getvalue()).places]
    assert [place for place in places if place.startswith("table")] == ["table 1, row 1"] * 2 + ["table 2, row 1"] * 2


def test_two_rows_of_merged_headings_name_every_figure(opened_as: Callable[[str, bytes], Reading]) -> None:
    """The wish beside the aim, the sum as a row of its own, and the whole place as its subject."""
    page = (
        "<html><head><meta charset=utf-8></head><body><p>某市2025年节能目标分解方案</p><table>"
        "<tr><th rowspan=2>序号</th><th rowspan=2>县市区</th><th colspan=2>能耗强度目标</th>"
        "<th rowspan=2>新增光伏装机（万千瓦）</th></tr>"
        "<tr><th>下降率（%）</th><th>力争下降率（%）</th></tr>"
        "<tr><td>1</td><td>甲县</td><td>3.0</td><td>3.2</td><td>1.0</td></tr>"
        "<tr><td>2</td><td>乙县</td><td>3.1</td><td>3.3</td><td>1.2</td></tr>"
        "<tr><td></td><td>合计</td><td></td><td></td><td>2.2</td></tr></table></body></html>"
    )
    found = opened_as("plan.html", page.encode()).targets
    said = [(t.subject, t.indicator, t.operator.value, str(t.value), t.unit, t.tier) for t in found]
    assert said[:3] == [
        ("甲县", "能耗强度", "down", "3.0", "%", None),
        ("甲县", "能耗强度", "down", "3.2", "%", "stretch"),
        ("甲县", "新增光伏装机", "reach", "1.0", "万千瓦", None),
    ]
    assert len(said) == 7
    assert said[6][1:] == ("新增光伏装机", "reach", "2.2", "万千瓦", None)
    assert said[6][0] != "合计"
    assert found[6].lead_parties == ()


def test_a_box_of_projects_drawn_as_a_table_is_read(opened_as: Callable[[str, bytes], Reading]) -> None:
    document = docx.Document()
    for text in ("某市2025年工作方案", "一、任务", "专栏1 重点工程"):
        document.add_paragraph(text)
    table = document.add_table(2, 1)
    table.cell(0, 0).text = "光伏工程：新建集中式光伏电站3座。"
    table.cell(1, 0).text = "储能工程：新增新型储能装机5万千瓦。"
    kept = io.BytesIO()
    document.save(kept)
    reading = opened_as("plan.docx", kept.getvalue())
    assert [(t.indicator, str(t.value), t.unit) for t in reading.targets] == [
        ("新建集中式光伏电站", "3", "座"),
        ("新增新型储能装机", "5", "万千瓦"),
    ]
    assert [finding.code for finding in reading.findings] == []


def test_who_signed_is_no_task(read: _Read) -> None:
    tasks = read(
        "某市2025年工作方案\n一、任务\n1.组织节能检查和整改验收工作。（责任单位：市发展改革委）\n"
        "某某市人民政府办公室\n2025年3月1日\n"
    ).tasks
    assert len(tasks) == 1


def test_a_fall_between_two_values_can_be_registered_as_it_was_proposed(read: _Read) -> None:
    (found,) = read("某市2026年工作方案\n一、目标\n单位工业增加值用水量较2020年下降18%至20%。\n").targets
    demand = DemandShape.model_validate(
        {"operator": found.operator.value, "value": found.value, "value_high": found.value_high, "unit": found.unit}
    )
    assert (str(demand.value), str(demand.value_high)) == ("18", "20")


def test_a_numbered_line_that_heads_nothing_is_an_item_with_or_without_its_stop(read):
    told = (
        "某某县2026年工作要点",
        "",
        "一、主要目标",
        "1.新增光伏装机12万千瓦",
        "2.单位GDP能耗下降3%。",
        "二、能源",
        "推进风电。",
    )
    found = read("\n".join(told)).targets
    assert [(item.clause, item.value, item.unit) for item in found] == [("一1", 12, "万千瓦"), ("一2", 3, "%")]
