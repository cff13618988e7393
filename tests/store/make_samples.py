"""Makes the sample files of every form, with the habits of their senders: `python -m tests.store.make_samples`.

All names, codes and figures are invented. The files are kept, so that a test reads what was written once; making them
again changes nothing but the times inside.
"""

# ruff: noqa: E501  (a row of a sheet stands on one line)

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import xlsxwriter
import xlwt

SAMPLES = Path(__file__).parent / "samples"
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (a workbook's own time has no zone)


class Formula:
    """A formula with the result that was saved with it."""

    def __init__(self, text: str, value: object) -> None:
        self.text, self.value = text, value


def xlsx(
    name: str, sheet: str, rows: list[list], merged: tuple[str, ...] = (), *, percents: tuple[str, ...] = ()
) -> None:
    book = xlsxwriter.Workbook(str(SAMPLES / name), {"strings_to_formulas": False})
    book.set_properties({"created": _MADE})
    page, percent = book.add_worksheet(sheet), book.add_format({"num_format": "0.00%"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for place in merged:
        page.merge_range(place, "")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            style = percent if xlsxwriter.utility.xl_rowcol_to_cell(number, column) in percents else None
            if isinstance(value, Formula):
                page.write_formula(number, column, value.text, style, value.value)
            elif isinstance(value, date):
                page.write_datetime(number, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif value is not None:
                page.write(number, column, value, style)
    book.close()


def xls(name: str, sheet: str, rows: list[list], merged: tuple[tuple[int, int, int, int], ...] = ()) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    covered = {
        (row, column)
        for top, bottom, left, right in merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    for top, bottom, left, right in merged:
        page.write_merge(top, bottom, left, right, rows[top][left])
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None and (number, column) not in covered:
                page.write(number, column, value)
    book.save(str(SAMPLES / name))


def text(name: str, rows: list[list], encoding: str) -> None:
    lines = [",".join("" if value is None else _quoted(str(value)) for value in row) for row in rows]
    (SAMPLES / name).write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))


def _quoted(value: str) -> str:
    return f'"{value}"' if "," in value or "\n" in value else value


def above_scale() -> None:
    xlsx("规上工业汇总表_2024年3月.xlsx", "规上", [
        ["东岸区规模以上工业企业能源消费与产值汇总表（2024年1-3月）"],
        [None, None, None, None, None, None, None, None, None, "单位：吨标准煤、万元、%"],
        ["序号", "企业名称", "统一社会信用代码", "行业代码", "属地", "综合能源消费量", None, None, None, "工业总产值", None, None, "单耗升降率"],
        [None, None, None, None, None, "本月", "1-本月", "上年同期", "增速", "1-本月", "上年同期", "增速", None],
        [None, "合计", None, None, None, Formula("=SUM(F6:F8)", 1710.5), Formula("=SUM(G6:G8)", 4850.25), Formula("=SUM(H6:H8)", 4750), 2.1, Formula("=SUM(J6:J8)", 61500), 60000, 2.5, None],
        [1, "东岸化工厂", "91TH00000000000001", "2614", "青石镇", 1200.5, 3500.25, 3400, Formula("=(G6/H6-1)*100", 2.948529411764706), 42000, 41000, 2.4, 0.5],
        [2, "东岸水泥厂", "91TH00000000000002", "3011", "青石镇", 400, 1100, 1150, -4.3, 12500, 12000, 4.2, -8.2],
        [3, "东岸电子厂", "91TH00000000000003", "3974", "柳桥镇", 110, 250, 200, 25, 7000, 7000, 0, 25],
        ["注：综合能源消费量按当量值计算。"],
    ], ("A1:M1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:I3", "J3:L3", "M3:M4"))  # fmt: skip


def electricity() -> None:
    rows = [
        ["东岸区全社会用电分类情况表（2024年3月）"],
        [None, None, None, None, None, "单位：万千瓦时、户、千伏安"],
        ["行业", "用电量", None, None, None, None, "户数", "装接容量"],
        [None, "本月", "上年同月", "累计", "上年同期", "累计增速", None, None],
        ["全社会用电总计", 1000, 950, 3000, 2900, 3.4, "—", "—"],
        ["A、全行业用电合计", 800, 760, 2400, 2300, 4.3, "—", "—"],
        ["  第一产业", 10, 9, 30, 28, 7.1, 12, 600],
        ["  第二产业", 600, 571, 1800, 1722, 4.5, None, None],
        ["    工业", 560, 533, 1690, 1617, 4.5, None, None],
        ["      其中：化学原料和化学制品制造业", 300, 280, 900, 850, 5.9, 3, 9000],
        ["            医药制造业", 60, 55, 170, 160, 6.3, 2, 3000],
        ["    建筑业", 40, 38, 110, 105, 4.8, 20, 4000],
        ["  第三产业", 190, 180, 570, 550, 3.6, 300, 20000],
        ["B、城乡居民生活用电合计", 200, 190, 600, 600, 0, 5000, 30000],
        ["制表：李四"],
    ]
    xls(
        "用电分类表_东岸区_2024年3月.xls",
        "分行业用电",
        rows,
        ((0, 0, 0, 7), (2, 3, 0, 0), (2, 2, 1, 5), (2, 3, 6, 6), (2, 3, 7, 7)),
    )


def gas() -> None:
    text("燃气表_东岸区_2024年3月.csv", [
        ["东岸区天然气销售情况（2024年3月）"],
        ["单位：万立方米"],
        ["用户类别", "本月", "累计", "上年同期", "增速%"],
        ["居民", "60.5", "200.1", "190", "5.3"],
        ["工业", "1,210.25", "3,600", "3,500", "2.9"],
        ["商业", "20", "62", "-", ""],
        ["合计", "1290.75", "3862.1", "3690", "4.7"],
    ], "gbk")  # fmt: skip


_UNIT = [["统一社会信用代码：91TH00000000000001"], ["单位详细名称：东岸化工厂", None, None, None, "2024年1-3月"]]


def form_205_1() -> None:
    code = ["统一社会信用代码", *"91TH00000000000001"]
    xlsx("205-1_东岸化工厂_2024年3月.xlsx", "205-1", [
        ["能源购进、消费与库存"],
        code,
        ["单位详细名称：东岸化工厂", None, None, None, None, "2024年1-3月", None, None, None, None, None, "表号：205-1表"],
        ["能源名称", "计量单位", "代码", "年初库存量", "购进量", None, "购进金额（千元）", "消费量", None, None, None, None, "期末库存量", "采用折标系数", "参考折标系数"],
        [None, None, None, None, "实物量", "购自省外", None, "合计", "工业生产消费", None, "非工业生产消费", "运输工具消费", None, None, None],
        [None, None, None, None, None, None, None, None, "小计", "用于原材料", None, None, None, None, None],
        ["甲", "乙", "丙", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        ["原煤", "吨", "01", 100, 1000, 800, 900, 950, 940, 0, 10, 0, 150, 0.7, 0.7143],
        ["  其中：一般烟煤", "吨", "04", 100, 900, 800, 800, 850, 850, None, None, None, 150, 0.68, None],
        ["天然气", "万立方米", "15", None, 20, 20, 700, 20, 20, 5, None, None, None, 13.3, 13.3],
        ["电力", "万千瓦时", "33", None, 500, None, 3500, 500, 480, None, 20, None, None, 1.229, 1.229],
        ["能源合计", "吨标准煤", "40", None, None, None, 5100, 1545.5, None, None, None, None, None, None, None],
        ["单位负责人：王五", None, None, "统计负责人：赵六", None, None, "填表人：孙七", None, "报出日期：2024年4月12日"],
    ], ("A1:O1", "E4:F4", "H4:L4", "I5:J5", "A4:A6", "B4:B6", "C4:C6", "D4:D6", "G4:G6", "M4:M6", "N4:N6", "O4:O6", "E5:E6", "F5:F6", "H5:H6", "K5:K6", "L5:L6"))  # fmt: skip


def form_205_2() -> None:
    xlsx("205-2_东岸化工厂_2024年3月.xlsx", "205-2", [
        ["能源加工转换与回收利用"],
        *_UNIT,
        ["能源名称", "计量单位", "代码", "加工转换投入", None, None, None, "能源加工转换产出", "回收利用"],
        [None, None, None, "合计", "1.火力发电", "2.供热", "4.炼焦", None, None],
        ["甲", "乙", "丙", 1, 2, 3, 4, 5, 6],
        ["原煤", "吨", "01", 300, 200, 100, None, None, None],
        ["热力", "百万千焦", "32", None, None, None, None, 1500, None],
        ["电力", "万千瓦时", "33", None, None, None, None, 45.5, None],
        ["余热余压", "百万千焦", "37", None, None, None, None, None, 320],
    ], ("D4:G4", "A4:A5", "B4:B5", "C4:C5", "H4:H5", "I4:I5"))  # fmt: skip


def form_205_3() -> None:
    xls("205-3_东岸水泥厂_2024年3月.xls", "205-3", [
        ["单位产品能源消耗"],
        ["统一社会信用代码：91TH00000000000002"],
        ["单位详细名称：东岸水泥厂", None, None, None, "2024年1-3月"],
        ["指标名称", "计量单位", "产品计量单位", "本期", None, None, "上年同期", None, None],
        [None, None, None, "单耗", "能耗量（吨标准煤）", "产量", "单耗", "能耗量（吨标准煤）", "产量"],
        ["吨水泥熟料综合能耗", "千克标准煤/吨", "吨", 110, 1100, 10000, 112, 1008, 9000],
    ], ((3, 3, 3, 5), (3, 3, 6, 8), (3, 4, 0, 0), (3, 4, 1, 1), (3, 4, 2, 2)))  # fmt: skip


def form_205_5() -> None:
    text("205-5_东岸医院_2024年3月.csv", [
        ["非工业重点耗能单位能源消费情况（2024年1-3月）"],
        ["统一社会信用代码：91TH00000000000004"],
        ["能源名称", "计量单位", "代码", "消费量", "折标准煤（吨标准煤）"],
        ["天然气", "万立方米", "15", "10", "133"],
        ["电力", "万千瓦时", "33", "100", "122.9"],
        ["合计", "", "", "", "255.9"],
    ], "utf-8-sig")  # fmt: skip


def form_b204_1() -> None:
    xlsx("B204-1_东岸化工厂_2024年3月.xlsx", "B204-1", [
        ["工业产销总值及主要产品产量"],
        *_UNIT,
        ["指标名称", "计量单位", "代码", "本年", None, "上年同期", None],
        [None, None, None, "本月", "1-本月", "本月", "1-本月"],
        ["甲", "乙", "丙", 1, 2, 3, 4],
        ["一、工业总产值（当年价格）", "千元", "01", 140000, 420000, 135000, 410000],
        ["二、工业销售产值（当年价格）", "千元", "02", 139000, 418000, 134000, 405000],
        ["　　其中：出口交货值", "千元", "03", 20000, 60000, 21000, 62000],
    ], ("D4:E4", "F4:G4", "A4:A5", "B4:B5", "C4:C5"))  # fmt: skip


def unit_report() -> None:
    xlsx("节能月报_东岸化工厂_2024年3月.xlsx", "月报", [
        ["重点用能单位节能月报"],
        ["统一社会信用代码：91TH00000000000001", None, None, "报告期：2024年3月"],
        ["项目", "计量单位", "本月", "1-本月", "全年预计", "备注"],
        ["天然气", "万立方米", 7, 20, 85, None],
        ["电力", "万千瓦时", 170, 500, 2100, None],
        ["综合能源消费量（当量值）", "吨标准煤", 302.03, 880.5, 3700, None],
        ["工业总产值", "万元", 14000, 42000, None, None],
        ["检修", None, None, None, None, "3号锅炉3月10日至18日检修"],
        ["投产", None, None, None, None, "二期空压站3月投用"],
        ["填表人：孙七"],
    ])  # fmt: skip


def feedback() -> None:
    xlsx("分区能耗反馈表_2024年一季度.xlsx", "反馈表", [
        ["分区能源消费总量和强度情况反馈表（2024年1-3月）"],
        [None, None, None, "单位：万吨标准煤、%"],
        ["序号", "区域", "能源消费总量", "总量增速", "GDP可比增速", "强度降低率", "目标进度"],
        [1, "江城市", 120.5, 1.2, 5.1, 3.71, 95.2],
        [2, "东岸区", 30.25, 0.021, 5.5, 3.22, 88],
        [3, "西山区", 41, -0.5, 4.9, 5.15, 1.05],
        ["注：总量为等价值。"],
    ], ("A1:G1",), percents=("D5", "G6"))  # fmt: skip


def gdp() -> None:
    xlsx("地区生产总值_东岸区_2024年一季度.xlsx", "GDP", [
        ["东岸区地区生产总值（2024年1-3月）"],
        [None, None, "单位：万元、%"],
        ["指标", "绝对量", "可比增速"],
        ["地区生产总值", 1500000, 5.5],
        ["  第一产业", 15000, 2.1],
        ["  第二产业", 660000, 4.8],
        ["    其中：工业", 600000, 4.9],
        ["  第三产业", 825000, 6.1],
    ])  # fmt: skip


def tasks() -> None:
    xlsx("任务进展表_2024年3月.xlsx", "进展", [
        ["东岸区双碳重点任务进展情况表（2024年3月）"],
        ["序号", "任务", "牵头", "配合", "年度目标", "进展", "完成率", "问题", "下步", "联络员", "状态"],
        [1, "推进公共机构光伏建设", "机管局", "教育局、卫健委", "新增5兆瓦", "已并网2.1兆瓦", 0.42, "个别屋顶荷载不足", "加快复核", "周八", "进行中"],
        [None, None, None, None, "完成12所学校", "完成5所", "41.7%", None, None, None, "进行中"],
        [2, "淘汰落后电机", "经信委", None, "300台", "320台\n超额完成", 1.067, None, None, "吴九", "已完成"],
    ], ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "H3:H4", "I3:I4", "J3:J4"), percents=("G3", "G5"))  # fmt: skip


def self_check() -> None:
    xlsx("考核自查表_2023年.xlsx", "自查", [
        ["2023年度节能目标责任考核自查表"],
        ["考核内容", "指标", "分值", "评分标准", "自评分", "说明", "佐证编号", "打分部门"],
        ["目标完成", "能耗强度降低率", 40, "完成得满分，每差0.1个百分点扣2分", 38, "差0.1个百分点", "1-1", "市发展改革委"],
        [None, "可再生能源", 10, "完成得满分", 10, None, "1-2、1-3", "市发展改革委"],
        ["措施落实", "重点单位管理", 20, "按比例得分", 18.5, None, "2-1", "市经济信息化委"],
        ["合计", None, 70, None, 66.5, None, None, None],
    ], ("A3:A4",))  # fmt: skip


def assessment_scores() -> None:
    heads = ["对象编号", "考核对象", "评分表编号", "考核年度", "评分项编号", "评分项", "分值", "阶段", "得分", "等级", "理由",
             "佐证编号", "免予考核", "评分人"]  # fmt: skip
    about = ["area/east", "东岸区", "energy_11th_plan", "2023"]
    xlsx("考核评分录入表_2023年.xlsx", "评分", [
        ["考核评分录入表（2023年）"],
        heads,
        [*about, "measures", "节能措施", "60", "self", 55.5, None, "按自查情况", "A-01；A-02", None, "市发展改革委"],
        [*about, "measures", "节能措施", "60", "review", 52, None, "两项佐证不足", "A-01", None, "市发展改革委"],
    ], ())  # fmt: skip


def opinions() -> None:
    rows = [
        ["单位", "原文", "意见", "理由", "采纳情况"],
        ["青石镇", "能耗总量下降2%", "建议改为下降1%", "今年有新项目投产，\n基数偏低", "部分采纳，改为1.5%"],
        ["教育局", "全文", "无意见", "", "—"],
    ]
    text("意见采纳情况表.csv", [["关于《东岸区2024年双碳工作要点》意见采纳情况表"], *rows], "utf-8")


def key_units() -> None:
    xls("重点用能单位名录_2024年.xls", "名录", [
        ["2024年重点用能单位名录"],
        ["序号", "单位名称", "统一社会信用代码", "行业", "属地", "类别", "上年综合能源消费量（吨标准煤）"],
        [1, "东岸化工厂", "91TH00000000000001", "化学原料和化学制品制造业", "青石镇", "千家", 14012.5],
        [2, "东岸水泥厂", "91TH00000000000002", "非金属矿物制品业", "青石镇", "千家", 4400],
    ])  # fmt: skip


def energy_reviews() -> None:
    xlsx("节能审查台账_2024年.xlsx", "台账", [
        ["2024年固定资产投资项目节能审查台账"],
        ["序号", "项目名称", "建设单位", "项目代码", "批复文号", "批复日期", "年综合能源消费量（吨标准煤）", None, "验收情况"],
        [None, None, None, None, None, None, "当量值", "等价值", None],
        [1, "东岸化工二期", "东岸化工厂", "2401-TH-01", "东发改能审〔2024〕3号", date(2024, 3, 5), 3200.5, 6100, "未验收"],
        [2, "柳桥数据中心", "柳桥公司", "2402-TH-07", "东发改能审〔2024〕5号", "2024年3月", 8000, 18500.25, None],
    ], ("G2:H2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:F3", "I2:I3"))  # fmt: skip


def green_power() -> None:
    xlsx("光伏绿证台账_2024年3月.xlsx", "绿证", [
        ["光伏与绿证台账（2024年3月）"],
        ["序号", "单位名称", "统一社会信用代码", "省内/跨省", "生产月", "张数", "划转", "核销", "计入年份"],
        [1, "东岸化工厂", "91TH00000000000001", "跨省", "2024年1月", 1200, date(2024, 3, 1), None, "2024"],
        [2, "东岸化工厂", "91TH00000000000001", "省内", "2024年1月", 300, date(2024, 3, 1), date(2024, 3, 20), "2024"],
        [3, "东岸电子厂", "91TH00000000000003", "跨省", "2023年12月", 50, None, None, "2023"],
    ])  # fmt: skip


def monitoring() -> None:
    xlsx("在线监测接入表_2024年3月.xlsx", "接入", [
        ["重点用能单位在线监测接入情况（2024年3月）"],
        ["序号", "单位名称", "统一社会信用代码", "接入率(%)", "上传率", "异常", "备注"],
        [1, "东岸化工厂", "91TH00000000000001", 98.5, 0.955, 3, "2号表离线"],
        [2, "东岸水泥厂", "91TH00000000000002", 100, 1, 0, None],
    ], percents=("E3", "E4"))  # fmt: skip


def balance() -> None:
    text("能源平衡表_东岸区_2022年.csv", [
        ["东岸区能源平衡表（标准量）"],
        ["地区：东岸区", "", "2022年", "", "单位：万吨标准煤"],
        ["项目", "合计", "焦炭", "柴油", "电力"],
        ["一次能源生产量", "1", "", "", "1"],
        ["外省调入量", "680.5", "500", "120.5", "60"],
        ["本省调出量", "-20", "", "", "-20"],
        ["可供本地区消费的能源量", "661.5", "500", "120.5", "41"],
        ["损失量", "2", "", "", "2"],
        ["终端消费量", "659.5", "500", "120.5", "39"],
        ["工业", "600", "500", "80.5", "19.5"],
        ["用作原料、材料", "10", "", "10", ""],
    ], "gb18030")  # fmt: skip


def web_page() -> None:
    page = (
        "<html><head><meta charset='gbk'></head><body><table><tr><td colspan=5>东岸区天然气销售情况（2024年4月）</td></tr>"
        "<tr><td>单位：万立方米</td></tr><tr><th rowspan=2>用户类别</th><th colspan=4>用量</th></tr>"
        "<tr><th>本月</th><th>累计</th><th>上年同期</th><th>增速</th></tr>"
        "<tr><td>居民</td><td>50</td><td>250.1</td><td>240</td><td>4.2%</td></tr>"
        "<tr><td>合计</td><td>50</td><td>250.1</td><td>240</td><td>4.2%</td></tr></table></body></html>"
    )
    (SAMPLES / "燃气表_东岸区_2024年4月.xls").write_bytes(page.encode("gbk"))


def area_figures() -> None:
    xlsx("区域核算数据表_江城市_2023年.xlsx", "区域核算数据", [
        ["区域核算数据表（2023年）"],
        ["区域", "指标", "分项", "凭证编号", "期间类型", "期间", "口径", "数据状态", "计量单位", "数值", "来源说明"],
        ["江城市", "能源消费总量（等价值）", None, None, "全年", "2023", "全社会", None, "万吨标准煤（等价值）", 1204.5, "年鉴"],
        ["江城市", "市与区衔接项", "电网损耗", None, "全年", "2023", "全社会", None, "万吨标准煤（等价值）", 18.25, None],
        ["东岸区", "分行业能源消费量（等价值）", "工业", None, "全年", "2023", "全社会", None, "万吨标准煤（等价值）", 210, None],
        ["东岸区", "地区生产总值（可比价）", None, None, "全年", "2023", "全社会", "普查修订", "亿元（2020年价）", 1500.75, None],
        ["东岸区", "绿色电力证书", "买入（跨省，只交易绿证）", "GEC-7", "全年", "2023", "全社会", None, "兆瓦时", 900, None],
        ["西山区", "能源消费总量（等价值）", None, None, "全年", "2023", "全社会", None, "万吨标准煤（等价值）", None, "尚未收到"],
    ], ())  # fmt: skip


MAKERS = (
    above_scale, electricity, gas, form_205_1, form_205_2, form_205_3, form_205_5, form_b204_1, unit_report, feedback, gdp,
    tasks, self_check, assessment_scores, opinions, key_units, energy_reviews, green_power, monitoring, web_page, balance,
    area_figures,
)  # fmt: skip

if __name__ == "__main__":
    SAMPLES.mkdir(exist_ok=True)
    for make in MAKERS:
        make()
