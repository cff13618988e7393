"""区域核算数据表: each row says what its figure is, which is what the methods read; a total of firms is its area's."""

from decimal import Decimal

import openpyxl
import pytest

from tanheng.kernel.pack import IndicatorShape, MethodDefinition, MethodUse, Template
from tanheng.kernel.pack.layout import OF_THE_ROW
from tanheng.kernel.period import Period
from tanheng.store.template_reading import read_filled
from tanheng.store.template_writing import TemplateFilling, write_template
from tests.store.sample_world import SAMPLES, packs, profile, read, said, sample

HEAD = ["区域", "指标", "分项", "凭证编号", "期间类型", "期间", "口径", "数据状态", "计量单位", "数值", "来源说明"]
STATED = [
    "东岸区",
    "能源消费总量（等价值）",
    None,
    None,
    "全年",
    "2023",
    "全社会",
    None,
    "万吨标准煤（等价值）",
    321.5,
    "年鉴",
]


def book(path, *rows, head=HEAD):
    made = openpyxl.Workbook()
    made.active.title = "区域核算数据"
    made.active.append(["区域核算数据表（2023年）"])
    for row in (head, *rows):
        made.active.append(row)
    made.save(path)
    return read(path)


@pytest.fixture
def of(tmp_path):
    return lambda *rows: book(tmp_path / "区域核算数据表.xlsx", *rows)


def with_(**cells):
    row = dict(zip(HEAD, STATED, strict=True)) | cells
    return [row[name] for name in HEAD]


def keys(reading):
    return [
        (o.key.indicator, dict(o.key.dimensions).get("item"), str(o.key.period), str(o.key.accumulation),
         o.key.coverage, o.unit, o.status)
        for o in reading.observations
    ]  # fmt: skip


def test_a_row_becomes_the_observation_that_it_says(of):
    reading = of(
        STATED,
        with_(指标="分行业能源消费量（等价值）", 分项="工业", 数值=210),
        with_(
            指标="地区生产总值（可比价）", 口径="地区核算", 计量单位="亿元（2015年价）", 数据状态="普查修订", 数值=1500
        ),
        with_(
            指标="增加值增速（可比价）",
            分项="第三产业",
            期间类型="累计",
            期间="2023-06",
            口径=None,
            计量单位="%",
            数值=-1.5,
        ),
        with_(指标="绿色电力证书", 分项="买入（跨省，只交易绿证）", 凭证编号="GEC-7", 计量单位="兆瓦时", 数值=900),
    )
    assert said(reading) == []
    assert keys(reading) == [
        ("energy_total", None, "2023", "year", "whole_society", "10^4 tce[coal_equivalent]", "final"),
        ("sector_energy", "industry", "2023", "year", "whole_society", "10^4 tce[coal_equivalent]", "final"),
        ("gdp", None, "2023", "year", "region", "10^8 CNY[2015]", "census"),
        ("value_added_growth", "tertiary", "2023-01..2023-06", "year_to_date", "region", "%", "final"),
        ("green_certificates", "bought/cross_province/GEC-7", "2023", "year", "whole_society", "MWh", "final"),
    ]
    assert {o.key.use_class for o in reading.observations} == {"administrative"}
    assert reading.observations[0].source.endswith("!J3")


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        ({"指标": "能源消费量"}, ("choice-unknown", "B3")),
        ({"分项": "工业"}, ("choice-unknown", "C3")),
        ({"指标": "一次能源消费量（当量值）"}, ("cell-empty", "C3")),
        ({"指标": "一次能源消费量（当量值）", "分项": "风电"}, ("choice-unknown", "C3")),
        ({"期间类型": "半年"}, ("choice-unknown", "E3")),
        ({"期间类型": None}, ("cell-empty", "E3")),
        ({"期间": "2023-03"}, ("period-not-of-layout", "F3")),
        ({"口径": "全市"}, ("choice-unknown", "G3")),
        ({"计量单位": "万吨标准煤（当量值）"}, ("unit-not-for-indicator", "I3")),
        ({"计量单位": "亩"}, ("unit-unknown", "I3")),
        ({"区域": "无此区"}, ("subject-unknown", "A3")),
        ({"数值": "约300"}, ("number-expected", "J3")),
    ],
)
def test_what_a_row_says_wrongly_is_found_in_its_cell_and_nothing_of_it_is_recorded(of, cells, finding):
    reading = of(with_(**cells))
    assert finding in said(reading)
    assert reading.observations == ()
    assert not reading.may_be_imported


def test_the_same_figure_twice_is_a_mistake_and_the_same_of_another_coverage_is_not(of):
    assert ("row-again", "A4") in [(code, "A4") for code, _ in said(of(STATED, with_(数值=322)))]
    assert said(of(STATED, with_(口径="分区反馈", 数值=322))) == []


def test_every_indicator_of_the_form_is_read_by_a_method_in_a_coverage_that_the_form_can_say():
    layout = profile("area_figures")
    said_of = {column.reads: column for column in layout.columns if column.reads in OF_THE_ROW}
    defined = {method.id: method for method in packs().all(MethodDefinition)}
    read_by = {}
    for use in packs().all(MethodUse):
        if layout.use_class not in (use.use_classes or ()):
            continue
        for reads in defined[use.method].reads:
            read_by.setdefault(reads.indicator, set()).add((str(reads.accumulation), reads.coverage or use.coverage))
    for row in layout.rows.known:
        assert set(row.items) <= set(said_of["item"].words.values()), row.indicator
        assert row.names[0] == packs().get(IndicatorShape, row.indicator).label.zh
        if row.indicator in read_by:
            can = {
                (kind, cover)
                for kind in said_of["accumulation"].words.values()
                for cover in said_of["coverage"].words.values()
            }
            assert read_by[row.indicator] & can, row.indicator
            assert row.coverage in {cover for _, cover in read_by[row.indicator]}, row.indicator
    unread = {row.indicator for row in layout.rows.known} - set(read_by)
    assert unread <= {"gdp_current", "primary_energy", "net_electricity"}  # read under packs of a province


def test_the_template_comes_back_as_it_was_filled_in(tmp_path):
    path, template = tmp_path / "sent.xlsx", packs().get(Template, "area_figures")
    rows = write_template(
        path, template, packs(), TemplateFilling((), Period.parse("2024"), "江城市", ("江城市", "东岸区"))
    )
    assert rows == 2 * len(template.fixed_rows)
    made = openpyxl.load_workbook(path)
    sheet = made.worksheets[0]
    first = {cell.value: cell.column for cell in sheet[4]}
    assert list(first) == HEAD
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert {rules[place].type for place in ("A5", "B5", "C5", "E5", "G5", "H5", "I5")} == {"list"}
    for number in range(5, 5 + rows):
        sheet.cell(number, first["数值"]).value = number + 0.125
    sheet.cell(5, first["来源说明"]).value = "快报\n第3页"
    made.save(path)
    reading = read(path, published=Period.parse("2025").start)
    assert said(reading) == []
    assert [o.value for o in reading.observations] == [
        Decimal(number) + Decimal("0.125") for number in range(5, 5 + rows)
    ]
    assert {o.key.subject for o in reading.observations} == {"area/river", "area/east"}
    assert read_filled(path, template).rows[0].values["source"] == "快报\n第3页"


def test_a_row_of_the_template_that_nobody_filled_in_is_no_figure_and_no_mistake(tmp_path):
    path, template = tmp_path / "sent.xlsx", packs().get(Template, "area_figures")
    write_template(path, template, packs(), TemplateFilling((), Period.parse("2024"), "江城市", ("江城市",)))
    reading = read(path)
    assert (reading.observations, reading.may_be_imported) == ((), True)


def test_the_total_of_above_scale_firms_is_a_figure_of_their_area_that_may_be_shown():
    reading = sample("规上工业汇总表_2024年3月.xlsx")
    totals = [o for o in reading.observations if o.key.indicator.startswith("above_scale_energy")]
    assert [(o.key.indicator, str(o.key.accumulation), str(o.key.period), o.value) for o in totals] == [
        ("above_scale_energy", "month", "2024-03", Decimal("1710.5")),
        ("above_scale_energy", "year_to_date", "2024-01..2024-03", Decimal("4850.25")),
        ("above_scale_energy_same_period", "year_to_date", "2023-01..2023-03", Decimal(4750)),
    ]
    assert {(o.key.subject, o.key.coverage, o.key.use_class) for o in totals} == {
        ("area/east", "above_scale_industry", "statistics_aggregate")
    }
    firms = [o for o in reading.observations if o.key.subject.startswith("facility/")]
    assert {o.key.use_class for o in firms} == {"individual_statistics"}


def test_a_total_of_two_firms_is_as_confidential_as_they_are(tmp_path):
    book, path = (
        openpyxl.load_workbook(SAMPLES / "规上工业汇总表_2024年3月.xlsx", data_only=True),
        tmp_path / "规上.xlsx",
    )
    sheet = book.active
    for column, value in {"F": 1600.5, "G": 4600.25, "H": 4550, "J": 54500, "K": 53000}.items():
        sheet[f"{column}5"] = value
    sheet.delete_rows(8)
    book.save(path)
    reading = read(path)
    assert any(o.key.subject == "area/east" for o in reading.observations)
    assert {o.key.use_class for o in reading.observations} == {"individual_statistics"}


def test_a_total_that_one_firm_makes_up_almost_alone_is_as_confidential_as_the_firm(tmp_path):
    book, path = (
        openpyxl.load_workbook(SAMPLES / "规上工业汇总表_2024年3月.xlsx", data_only=True),
        tmp_path / "规上.xlsx",
    )
    sheet = book.active
    others = sum(sheet[f"F{row}"].value for row in (7, 8))
    sheet["F6"] = others * 9  # nine tenths of the month's energy; year to date as it was
    sheet["F5"] = others * 10
    book.save(path)
    totals = {
        (o.key.indicator, str(o.key.accumulation)): o.key.use_class
        for o in read(path).observations
        if o.key.subject == "area/east"
    }
    assert totals["above_scale_energy", "month"] == "individual_statistics"
    assert totals["above_scale_energy", "year_to_date"] == "statistics_aggregate"
