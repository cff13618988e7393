"""Tables as scanners leave them: columns that slipped, rows broken over a page, cells that stand for several rows."""

HEAD = "序号\t重点任务\t具体工作\t时间进度\t牵头部门\t配合部门\t"
TABLE = f"""青河市2026年重点工作安排

一、推进综合管理

建立统计核算制度，编制温室气体清单。

二、加快能源转型

引入绿电，建设风电和储能，削减煤炭消费。

2026年重点任务分工表

{HEAD}
一\t推进综合管理\t1\t建立碳排放统计核算制度\t全年推进\t市发展改革委\t市统计局、市生态环境局等
\t\t2\t深入推进节约工作，制定年度计划，开展抽样\t全年推进\t市发展改革委 市粮食物资储备\t市商务委、市教委、

\t\t\t调查\t\t局\t市文明办，各区人民政府
二\t加快能源转型\t3\t编制温室气体清单，完善统计核算制度\t年内完成\t市生态环境局\t各区人民政府
\t\t4\t引入绿电40亿千瓦时，建设风电\t年内完成\t市能源局\t市电力公司
\t5\t建设储能和风电，削减煤炭消费\t全年推进\t市能源局\t市发展改革委、市电力公司\t
6\t建设绿电交易市场，引入绿电\t全年推进\t市能源局市市场监管局\t\t

"""


def _task(reading, number):
    return next(task for task in reading.tasks if task.number == number and task.clause.startswith("表"))


def test_a_row_broken_over_a_page_is_one_row_with_all_its_parties(read):
    task = _task(read(TABLE), "2")
    assert task.text == "深入推进节约工作，制定年度计划，开展抽样调查"
    assert task.lead_parties == ("市发展改革委", "市粮食物资储备局")
    assert task.supporting_parties == ("市商务委", "市教委", "市文明办", "各区人民政府")


def test_rows_that_slipped_to_the_left_are_moved_back(read):
    reading = read(TABLE)
    assert _task(reading, "5").lead_parties == ("市能源局",)
    assert _task(reading, "5").schedule == "全年推进"
    assert _task(reading, "6").lead_parties == ("市能源局", "市市场监管局")
    assert _task(reading, "6").supporting_parties == ()
    assert "policy-row-shifted" in {finding.code for finding in reading.findings}


def test_a_merged_category_holds_for_the_rows_below_it(read):
    assert _task(read(TABLE), "6").category == "二 加快能源转型"


def test_a_list_that_ends_in_and_others_is_open(read):
    reading = read(TABLE)
    assert (_task(reading, "1").open_list, _task(reading, "4").open_list) == (True, False)


def test_a_label_that_slipped_below_its_first_rows_is_put_right_by_the_body(read):
    text = TABLE.replace("二\t加快能源转型\t3", "\t\t3x", 1).replace("3x", "3")
    printed = TABLE
    assert _task(read(text), "3").category == "一 推进综合管理"
    moved = read(printed)
    assert _task(moved, "3").category == "一 推进综合管理"
    assert "policy-category-contradicts" in {finding.code for finding in moved.findings}


def test_a_heading_that_is_printed_again_on_the_next_page_is_no_row(read):
    text = TABLE.replace("\t\t4\t", f"{HEAD}\n\t\t4\t")
    assert [task.number for task in read(text).tasks if task.clause.startswith("表")] == ["1", "2", "3", "4", "5", "6"]


def test_the_first_of_a_list_leads_where_a_note_says_so(read):
    table = "主要领域\t工作内容\t责任单位\n工业\t开展清洁生产\t区经委、区生态环境局，各镇\n\t开展能源审计\t\n"
    plain = f"青石区2026年工作安排\n\n附件1\n\n任务分工表\n\n{table}\n"
    noted = f"{plain}\n备注：有多个责任单位的，排在首位的为主要责任单位。\n"
    assert [task.lead_parties for task in read(plain).tasks] == [("区经委", "区生态环境局", "各镇")] * 2
    assert [(task.lead_parties, task.supporting_parties) for task in read(noted).tasks] == [
        (("区经委",), ("区生态环境局", "各镇"))
    ] * 2


def test_objectives_take_their_indicator_from_the_head_of_the_row_and_their_party_from_the_row_above(read):
    table = (
        "全区及各领域\t\t工作目标\t责任单位\n"
        "节能\t工业\t规上工业万元产值能耗比上年下降 3%\t区经委\n"
        "\t公共机构\t单位建筑面积能耗下降 1%\t区机管局\n"
        "人均能耗有所下降\t\t\t\n"
        "碳汇\t新建各类绿地\t40 公顷\t区绿化市容局\n"
        "\t新增森林\t46.67 公顷\t\n"
    )
    targets = read(f"青石区2026年工作安排\n\n附件1\n\n主要指标\n\n{table}").targets
    assert [(target.indicator, target.subject, target.lead_parties) for target in targets] == [
        ("规上工业万元产值能耗", "规上工业", ("区经委",)),
        ("单位建筑面积能耗", "公共机构", ("区机管局",)),
        ("人均能耗", "公共机构", ("区机管局",)),
        ("新建各类绿地", "青石区", ("区绿化市容局",)),
        ("新增森林", "青石区", ("区绿化市容局",)),
    ]


def test_a_table_of_units_has_a_target_for_each_unit_and_figure(read):
    table = "单 位\t总量 (万吨标煤)\t强度\n青石医院\t1.0381\t0.0800 吨标煤/平方米\n"
    targets = read(f"青石区2026年工作安排\n\n附件3\n\n2026年重点用能单位节能“双控”指标\n\n{table}").targets
    assert [(t.subject, t.indicator, str(t.operator), str(t.value), t.unit, t.lead_parties) for t in targets] == [
        ("青石医院", "能耗总量", "at_most", "1.0381", "万吨标煤", ("青石医院",)),
        ("青石医院", "能耗强度", "at_most", "0.0800", "吨标煤/平方米", ("青石医院",)),
    ]


def test_a_table_of_figures_that_demands_nothing_is_named_and_not_read(read):
    table = "年份\t能源消费量（万吨标准煤）\t电力\n2024\t120.5\t33\n2025\t118.2\t35\n"
    reading = read(f"青河市2026年工作安排\n\n一、背景\n\n历年能源消费情况\n\n{table}\n\n二、新增光伏装机60万千瓦。\n")
    assert [str(target.value) for target in reading.targets] == ["60"]
    assert "policy-table-not-read" in {finding.code for finding in reading.findings}
