"""A paper with everything a paper can hold; its figures are invented."""

from decimal import Decimal
from functools import cache
from types import MappingProxyType

from tanheng.kernel.pack.planning_shapes import OfficialLayout
from tanheng.papers import (
    Annex,
    Column,
    Figure,
    Heading,
    Light,
    Note,
    Panel,
    Paper,
    Paragraph,
    RedHead,
    Row,
    Series,
    Signature,
    Strong,
    Table,
    bar_chart,
    line_chart,
    path_series,
    ranking,
    small_multiples,
)
from tanheng.papers.layout import layout_for
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

D = Decimal
MONTHS = [f"{month}月" for month in range(1, 10)]
LIGHTS = MappingProxyType({"red": "红", "yellow": "黄", "green": "绿", "grey": "灰"})


@cache
def layout() -> OfficialLayout:
    return layout_for(load_packs(folders=[SHIPPED_PACKS]), "document")


def energy_table() -> Table:
    """Six made-up districts, one of which has reported nothing."""
    columns = [
        Column("序号", 6),
        Column("区", 12),
        Column("本期", 14, places=2, unit="万吨标准煤", summed=True, group="规上工业能耗"),
        Column("上年同期", 14, places=2, unit="万吨标准煤", group="规上工业能耗"),
        Column("增速", 10, places=1, unit="%"),
        Column("评价", 9),
    ]
    rows = [
        (
            1,
            "青石区",
            Figure(D("123.456"), "万吨标准煤", 2, "energy@area/qingshi@2026Q3"),
            D("120.1"),
            D("2.794"),
            Light("red", "红"),
        ),
        (2, "南渡区", D("88.2"), D("90.05"), D("-2.054"), Light("green", "绿")),
        (3, "东沙区", D("1045.5"), D("1043.0"), D("0.24"), Light("yellow", "黄")),
        (4, "北岸新区", None, D("77.1"), None, Light("grey", "灰")),
        Row(("", "其中：园区", D("230.12"), D("229.9"), D("0.096"), ""), strong=True),
    ]
    return Table(columns, rows, title="表1　各区规模以上工业能耗", note="注：各区数据为推算数。", name="各区能耗")


def sample() -> Paper:
    """The paper: a red head, prose, tables, all four forms of charts, annexes upright and lying."""
    actual = (D("2.9"), D("6.1"), D("8.2"), None, None)
    path = path_series(
        actual,
        (D("2.97"), D("5.86"), D("8.65"), D("11.37"), D("14")),
        estimate=(None, None, D("8.2"), D("11.0"), D("13.5")),
    )
    energy = [
        Series("本年", [D(90 + 3 * n) for n in range(8)] + [None]),
        Series("上年同期", [D(88 + 2 * n) for n in range(9)], "reference"),
    ]
    panels = [
        Panel(f"{name}区", [Series("能耗", [D(5 + at + n % (at + 2)) for n in range(9)])])
        for at, name in enumerate(("青石", "南渡", "东沙", "北岸新", "河口", "西桥"))
    ]
    names = ["青石精细化工有限公司", "南渡热电有限责任公司", "东沙集成电路制造有限公司", "河口造纸厂"]
    blocks = [
        Paragraph("市领导：", indent=False),
        Paragraph(
            (
                "前三季度，全市规模以上工业能耗",
                Figure(D("1487.256"), "万吨标准煤", 1),
                "，同比增长",
                Figure(D("1.34"), "%", 1),
                "，",
                Strong("高于进度要求0.4个百分点"),
                "。单位GDP能耗、CO₂排放按推算数列示，面积以km²计。",
            )
        ),
        Heading("一、总体情况"),
        line_chart("图1　规模以上工业能耗", MONTHS, energy, unit="万吨标准煤", note="注：9月数据未报。"),
        Heading("（一）进度", 2),
        line_chart("图2　单位GDP能耗累计下降", ["2026", "2027", "2028", "2029", "2030"], path, unit="%"),
        Heading("二、分区情况"),
        energy_table(),
        bar_chart(
            "图3　用电量",
            ["青石区", "南渡区", "东沙区", "北岸新区"],
            [
                Series("本期", [D("12.1"), D("9.4"), D("-1.2"), None]),
                Series("上年同期", [D("11"), D("9.9"), D("1.3"), D("4.4")]),
            ],
            unit="亿千瓦时",
        ),
        ranking(
            "图4　拉动前四位企业",
            names,
            [D("0.52"), D("0.31"), None, D("-0.24")],
            unit="百分点",
            places=2,
            mark=D("0.2"),
            mark_name="平均",
        ),
        small_multiples("图5　各区月度能耗", MONTHS, panels, unit="万吨标准煤"),
        Note("说明：本期数据截至2026年10月20日。"),
    ]
    wide = Table(
        [Column("区", 12), *(Column(month, 8, places=1, summed=True) for month in [*MONTHS, "10月", "11月", "12月"])],
        [(f"{name}区", *(D(at * 7 + month) / 3 for month in range(12))) for at, name in enumerate("青南东北河西")],
        note="注：单位为万吨标准煤。",
    )
    annexes = (Annex("各区月度能耗", [wide], wide=True), Annex("灯色", [Paragraph("灯色含义如下。"), _legend()]))
    return Paper(
        "前三季度能耗运行分析",
        blocks,
        (Signature("临时测试办公室", "2026年10月25日"),),
        annexes,
        head=RedHead("测试市发展和改革委员会文件", "测发改〔2026〕12号"),
        trace="凭据 9f3ac2d1 · 摘要 sha256:0011223344 · 数据截至 2026-10-20",
        mark="内部资料",
    )


def _legend() -> Table:
    meanings = {"red": "未达到进度要求", "yellow": "接近", "green": "达到", "grey": "没有数据"}
    rows = [(Light(colour, word), meanings[colour]) for colour, word in LIGHTS.items()]
    return Table([Column("灯色", 10), Column("含义", 40)], rows)
