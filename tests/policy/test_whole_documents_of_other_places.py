"""Three made-up documents in styles of their own, and every target and task that a careful official takes from them."""

from pathlib import Path

import pytest

from tanheng.policy.reading import read_document

FOLDER = Path(__file__).parent / "documents"

# clause, indicator, operator, value, value_high, unit, target period, tier, leads
ENERGY, TRAFFIC, INDUSTRY = (
    "省能源局|省发展改革委|各设区市人民政府",
    "省交通运输厅|省公安厅|省能源局",
    "省工业和信息化厅",
)
PROVINCE = [
    ("一", "单位地区生产总值能耗", "about", "2.8", "", "%", "2026", "", ""),
    ("一", "单位地区生产总值二氧化碳排放", "down_at_least", "3.5", "", "%", "2026", "", ""),
    ("一", "能源消费增量", "at_most", "260", "", "万吨标准煤", "2026", "floor", ""),
    ("一", "能源消费增量", "at_most", "220", "", "万吨标准煤", "2026", "stretch", ""),
    ("一", "可再生能源电力消纳责任权重", "assigned", "", "", "%", "2026", "", ""),
    ("一", "煤炭消费总量", "no_increase", "0", "", "", "2026", "", ""),
    ("二（一）1", "新增光伏装机", "at_least", "300", "", "万千瓦", "2026", "", ENERGY),
    ("二（一）1", "新增风电装机", "reach", "150", "", "万千瓦", "2026", "", ENERGY),
    ("二（一）1", "分布式光伏", "at_least", "120", "", "万千瓦", "2026", "", ENERGY),
    ("二（一）1", "抽水蓄能电站", "reach", "2", "", "座", "2026", "", ENERGY),
    ("二（一）1", "新型储能装机规模", "multiply", "2", "", "倍", "2027", "", ENERGY),
    ("二（一）2", "煤电机组“三改联动”", "reach", "15", "", "台", "2026", "", "省能源局"),
    ("二（一）2", "煤电机组“三改联动”", "reach", "800", "", "万千瓦", "2026", "", "省能源局"),
    ("二（一）2", "在运机组供电煤耗", "at_most", "300", "", "克标准煤/千瓦时", "2026", "", "省能源局"),
    ("二（二）3", "重点节能改造项目", "reach", "120", "", "项", "2026", "", INDUSTRY),
    ("二（二）3", "年节能量", "reach", "80", "", "万吨标准煤", "2026", "", INDUSTRY),
    ("二（二）3", "水泥熟料能效标杆水平以上产能占比", "reach", "30", "", "%", "2026", "", INDUSTRY),
    ("二（二）3", "平板玻璃能效标杆水平以上产能占比", "reach", "25", "", "%", "2026", "", INDUSTRY),
    ("二（二）3", "新增钢铁产能", "forbid", "0", "", "", "2026", "", INDUSTRY),
    ("二（二）3", "重点用能单位开展节能诊断", "threshold", "5000", "", "吨标准煤", "2026", "", INDUSTRY),
    ("二（二）3", "重点用能单位开展节能诊断", "at_least", "200", "", "家", "2026", "", INDUSTRY),
    ("二（二）4", "新创建国家级绿色工厂", "about", "20", "", "家", "2026", "", "省工信厅|省生态环境厅"),
    ("二（二）4", "新创建绿色园区", "range", "3", "5", "个", "2026", "", "省工信厅|省生态环境厅"),
    ("二（三）5", "城镇新建建筑执行绿色建筑标准", "cover_all", "100", "", "%", "2026", "", "省住房和城乡建设厅"),
    ("二（三）5", "星级绿色建筑占比", "up_to", "40", "", "%", "2026", "", "省住房和城乡建设厅"),
    ("二（三）5", "新增超低能耗建筑", "at_least", "50", "", "万平方米", "2026", "", "省住房和城乡建设厅"),
    ("二（三）6", "新增新能源公交车", "reach", "1200", "", "辆", "2026", "", TRAFFIC),
    ("二（三）6", "城市建成区公交车新能源占比", "at_least", "85", "", "%", "2026", "", TRAFFIC),
    ("二（三）6", "新建公共充电桩", "reach", "20000", "", "个", "2026", "", TRAFFIC),
    ("二（三）6", "淘汰国三及以下柴油货车", "at_least", "15000", "", "辆", "2026", "", TRAFFIC),
    ("二（三）6", "铁路货运量", "up", "5", "", "%", "2026", "", TRAFFIC),
    ("二（三）6", "多式联运量", "up", "15", "", "%", "2026", "", TRAFFIC),
]  # fmt: skip

DISTRICT = [
    ("一", "能耗强度", "down", "13.5", "", "%", "2026..2030", "", ""),
    ("一", "碳排放强度", "down", "17", "", "%", "2026..2030", "", ""),
    ("一", "非化石能源消费比重", "about", "28", "", "%", "2030", "", ""),
    ("一", "森林覆盖率", "reach", "41.2", "", "%", "2030", "", ""),
    ("一", "碳达峰", "before", "2030", "", "年", "2030", "floor", ""),
    ("一", "非化石能源消费比重", "up_to", "40", "", "%", "2035", "stretch", ""),
    ("表1-1", "单位地区生产总值二氧化碳排放", "down_at_least", "8", "", "%", "2027", "", ""),
    ("表1-1", "单位地区生产总值二氧化碳排放", "down_at_least", "17", "", "%", "2030", "", ""),
    ("表1-2", "非化石能源消费比重", "reach", "24", "", "%", "2027", "", ""),
    ("表1-2", "非化石能源消费比重", "about", "28", "", "%", "2030", "", ""),
    ("表1-3", "光伏发电装机容量", "reach", "20", "", "万千瓦", "2027", "", "区发展改革局"),
    ("表1-3", "光伏发电装机容量", "reach", "35", "", "万千瓦", "2030", "", ""),
    ("表1-4", "森林覆盖率", "reach", "41.2", "", "%", "2027", "", ""),
    ("表1-4", "森林覆盖率", "reach", "41.2", "", "%", "2030", "", ""),
    ("二（一）", "光伏装机容量", "reach", "20", "", "万千瓦", "2027", "", "区发展改革局"),
    ("二（一）", "新建工业厂房屋顶光伏覆盖率", "at_least", "50", "", "%", "2027", "", "区发展改革局"),
    ("二（一）", "党政机关屋顶", "cover_all", "100", "", "%", "2027", "", "区发展改革局"),
    ("二（一）", "煤炭消费量", "at_most", "45", "", "万吨", "2027", "floor", "区发展改革局"),
    ("二（一）", "煤炭消费量", "at_most", "40", "", "万吨", "2027", "stretch", "区发展改革局"),
    ("二（二）", "既有建筑节能改造", "reach", "60", "", "万平方米", "2027", "", "区住建局"),
    ("二（二）", "公共建筑改造", "at_least", "15", "", "万平方米", "2027", "", "区住建局"),
    ("二（二）", "低碳社区", "reach", "5", "", "个", "2027", "", "区住建局"),
    ("二（二）", "零碳街区", "reach", "2", "", "条", "2027", "", "区住建局"),
    ("二（三）", "新增造林面积", "reach", "8000", "", "亩", "", "", "区城管局|区自然资源分局"),
    ("二（三）", "湿地面积", "no_decrease", "0", "", "", "", "", "区城管局|区自然资源分局"),
    ("二（三）", "生活垃圾回收利用率", "reach", "48", "", "%", "", "", "区城管局|区自然资源分局"),
    ("二（三）", "资源化利用率", "at_least", "90", "", "%", "", "", "区城管局|区自然资源分局"),
    ("附件-1", "能耗强度", "down", "3.2", "", "%", "2026", "", "北桥镇"),
    ("附件-1", "新增光伏装机", "reach", "8", "", "兆瓦", "2026", "", "北桥镇"),
    ("附件-2", "能耗强度", "down", "2.8", "", "%", "2026", "", "柳河镇"),
    ("附件-2", "新增光伏装机", "reach", "5.5", "", "兆瓦", "2026", "", "柳河镇"),
    ("附件-3", "能耗强度", "down", "3.0", "", "%", "2026", "", "城东街道"),
    ("附件-3", "新增光伏装机", "reach", "2", "", "兆瓦", "2026", "", "城东街道"),
]  # fmt: skip

MIIT, HOUSING, ROADS = "市工业和信息化局", "市住房城乡建设局", "市交通运输局"
FIVE_YEARS = [
    ("第二章", "单位地区生产总值能源消耗", "down_at_least", "12.5", "", "%", "2030", "", ""),
    ("第二章", "化学需氧量重点工程减排量", "reach", "2.1", "", "万吨", "2030", "", ""),
    ("第二章", "氨氮重点工程减排量", "reach", "0.12", "", "万吨", "2030", "", ""),
    ("第二章", "氮氧化物重点工程减排量", "reach", "1.86", "", "万吨", "2030", "", ""),
    ("第二章", "挥发性有机物重点工程减排量", "reach", "0.95", "", "万吨", "2030", "", ""),
    ("第三章第一节1", "钢铁产能超低排放改造", "reach", "5.3", "", "亿吨", "2030", "", MIIT),
    ("第三章第一节1", "燃煤锅炉超低排放改造", "cover_all", "100", "", "%", "2030", "", MIIT),
    ("第三章第一节1", "规模以上工业单位增加值能耗", "down", "14.5", "", "%", "2030", "", MIIT),
    ("第三章第一节1", "万元工业增加值用水量", "down", "16", "", "%", "2030", "", MIIT),
    ("第三章第一节2", "国家级零碳园区", "range", "1", "2", "个", "2030", "", "市发展改革委"),
    ("第三章第一节2", "省级以上园区完成循环化改造", "at_least", "30", "", "%", "2030", "", "市发展改革委"),
    ("第三章第二节3", "城镇新建建筑执行绿色建筑标准", "cover_all", "100", "", "%", "2030", "", HOUSING),
    ("第三章第二节3", "新建超低能耗建筑、近零能耗建筑面积", "reach", "150", "", "万平方米", "2030", "", HOUSING),
    ("第三章第二节3", "既有居住建筑节能改造面积", "at_least", "80", "", "万m2", "2030", "", HOUSING),
    ("第三章第二节3", "公共建筑节能改造面积", "reach", "120", "", "万m2", "2030", "", HOUSING),
    ("第三章第二节3", "建筑能效", "up", "20", "", "%", "2030", "", HOUSING),
    ("第三章第二节4", "新能源汽车新车销售量占比", "reach", "60", "", "%", "2030", "", ROADS),
    ("第三章第二节4", "营运车辆单位运输周转量二氧化碳排放", "about", "8", "", "%", "2030", "", ROADS),
    ("第三章第二节4", "水路集装箱吞吐量", "at_least", "200", "", "万标箱", "2030", "", ROADS),
    ("第三章第二节4", "城区绿色出行比例", "at_least", "75", "", "%", "2030", "", ROADS),
    ("第三章第二节4", "新增公共充电桩", "at_least", "5000", "", "个", "2030", "", ROADS),
    ("附表1-1", "单位GDP能耗", "down", "2.6", "", "%", "2026", "", "临海区"),
    ("附表1-1", "单位GDP能耗", "down", "12.8", "", "%", "2030", "", "临海区"),
    ("附表1-2", "单位GDP能耗", "down", "2.4", "", "%", "2026", "", "山前县"),
    ("附表1-2", "单位GDP能耗", "down", "12", "", "%", "2030", "", "山前县"),
    ("附表1-3", "单位GDP能耗", "down", "2.5", "", "%", "2026", "", "北屿市"),
    ("附表1-3", "单位GDP能耗", "down", "12.5", "", "%", "2030", "", "北屿市"),
    ("附表2-1", "化学需氧量", "reach", "0.62", "", "万吨", "", "", "临海区"),
    ("附表2-1", "氨氮", "reach", "0.04", "", "万吨", "", "", "临海区"),
    ("附表2-2", "化学需氧量", "reach", "0.71", "", "万吨", "", "", "山前县"),
    ("附表2-2", "氨氮", "reach", "0.035", "", "万吨", "", "", "山前县"),
]  # fmt: skip

TASKS = {
    "province_work_plan.txt": [
        ("二（一）1", ENERGY, "", False),
        ("二（一）2", "省能源局", "省工业和信息化厅|省生态环境厅", False),
        ("二（二）3", "省工业和信息化厅", "省发展改革委|省市场监督管理局", True),
        ("二（二）4", "省工信厅|省生态环境厅", "", False),
        ("二（三）5", "省住房和城乡建设厅", "", False),
        ("二（三）6", TRAFFIC, "", False),
        ("三（一）", "", "", False),
        ("三（二）", "省发展改革委|省统计局", "", False),
    ],
    "city_five_year_plan.txt": [
        ("第三章第一节1", MIIT, "市发展改革委|市生态环境局|市市场监管局|各区、县（市）人民政府", False),
        ("第三章第一节2", "市发展改革委", "市工业和信息化局|市商务局", True),
        ("第三章第二节3", HOUSING, "市机关事务管理局", False),
        ("第三章第二节4", ROADS, "市公安局|市商务局|市发展改革委", False),
        ("第四章（一）", "", "", False),
        ("第四章（二）", "", "", False),
    ],
    "district_action_plan.md": [
        ("二（一）", "区发展改革局", "区住建局|区机关事务中心|各镇街", False),
        ("二（二）", "区住建局", "区城管局|各镇街", False),
        ("二（三）", "区城管局|区自然资源分局", "", False),
    ],
}


def _row(target):
    numbers = ["" if number is None else str(number) for number in (target.value, target.value_high)]
    return (
        target.clause, target.indicator, str(target.operator), *numbers, target.unit or "",
        target.target_period or "", target.tier or "", "|".join(target.lead_parties),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("province_work_plan.txt", PROVINCE),
        ("district_action_plan.md", DISTRICT),
        ("city_five_year_plan.txt", FIVE_YEARS),
    ],
)
def test_every_target_of_a_document_of_another_place_is_found_and_none_is_invented(lexicon, name, wanted):
    assert [_row(target) for target in read_document(FOLDER / name, lexicon).targets] == wanted


@pytest.mark.parametrize("name", TASKS)
def test_every_task_of_prose_names_those_who_are_responsible_for_it(lexicon, name):
    found = [
        (task.number, "|".join(task.lead_parties), "|".join(task.supporting_parties), task.open_list)
        for task in read_document(FOLDER / name, lexicon).tasks
    ]
    assert found == TASKS[name]


def test_a_column_of_properties_says_which_targets_bind(lexicon):
    reading = read_document(FOLDER / "district_action_plan.md", lexicon)
    forces = {target.indicator: target.force for target in reading.targets if target.clause.startswith("表1")}
    assert forces == {
        "单位地区生产总值二氧化碳排放": "binding",
        "非化石能源消费比重": "anticipatory",
        "光伏发电装机容量": "anticipatory",
        "森林覆盖率": "binding",
    }


def test_what_was_reached_last_year_is_no_target(lexicon):
    reading = read_document(FOLDER / "district_action_plan.md", lexicon)
    assert not {"18.2", "21.3", "12.6", "41.1"} & {str(target.value) for target in reading.targets}


def test_an_instrument_has_its_number_its_issuer_its_date_and_its_period(lexicon):
    instrument = read_document(FOLDER / "province_work_plan.txt", lexicon).instrument
    assert instrument.number == "云发改资环〔2026〕118号"
    assert instrument.issuer == "云岭省发展和改革委员会、云岭省生态环境厅"
    assert instrument.date == "2026-03-18"
    assert instrument.periods == ("2026",)
