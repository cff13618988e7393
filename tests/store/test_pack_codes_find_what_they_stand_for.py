"""Codes and names that others write: each finds one thing, and a list that hangs wrong is said with its line."""

from functools import cache

import pytest

from tanheng.kernel.pack import Classification, Factor, PackSet
from tanheng.kernel.run.line import Line
from tanheng.store import load_packs, read_packs
from tanheng.store.cell_values import folded
from tanheng.store.home import SHIPPED_PACKS

PACK = "schema: pack/1\nid: one\nlabel: {zh: 包, en: Pack}\nversion: 0.1.0\n"
GUIDE = "schema: instrument/1\nid: g\nlabel: {zh: 指南, en: G}\nclauses:\n  - {address: '1', label: {zh: 表, en: T}}\n"
LIST = """schema: classification/1
id: trades
label: {zh: 行业, en: Trades}
system: made up
clause: g#1
status: unverified
entries_csv: trades.csv
"""
ROWS = "code,label_zh,label_en,parent,aliases\nA,农业,Farming,,\n01,种植业,Crops,A,种植|农作物\n"
CARRIERS = """schema: carriers/1
id: c
label: {zh: 品, en: C}
carriers:
  - {id: x, label: {zh: 甲, en: X}, unit: t, kind: fuel, codes: {trades: "01"}}
  - {id: y, label: {zh: 乙, en: Y}, unit: t, kind: material, codes: {trades: "A"}}
"""


@cache
def packs() -> PackSet:
    return load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])


def problems(tmp_path, rows=ROWS, **files):
    texts = {"pack.yaml": PACK, "g.yaml": GUIDE, "trades.yaml": LIST, "trades.csv": rows, **files}
    for name, text in texts.items():
        path = tmp_path / "one" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return [(finding.code, finding.place, finding.message("en")) for finding in read_packs(None, [tmp_path])[1]]


# ---- the shape


def test_a_code_has_its_names_its_place_above_and_below_and_what_else_senders_write(tmp_path):
    assert problems(tmp_path) == []
    trades = load_packs(["one"], [tmp_path]).get(Classification, "trades")
    assert [entry.code for entry in trades.path("01")] == ["A", "01"]
    assert trades.by_code["01"].aliases == ("种植", "农作物")
    assert [entry.code for entry in trades.children("A")] == ["01"]
    assert [entry.code for entry in trades.children(None)] == ["A"]
    assert trades.path("99") == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS + "01,林业,Forestry,A,\n", "codes stand twice: 01"),
        (ROWS + "02,林业,Forestry,B,\n", "parent names codes that do not exist: B"),
        (ROWS.replace("Farming,,", "Farming,01,"), "stands above itself"),
    ],
)
def test_a_list_that_does_not_hang_together_is_said_with_its_file(tmp_path, rows, said):
    (problem,) = problems(tmp_path, rows)
    assert problem[:2] == ("definition-invalid", "one/trades.yaml:1")
    assert said in problem[2]


def test_a_row_without_a_name_is_said_with_its_line(tmp_path):
    (problem,) = problems(tmp_path, ROWS + "02,,Forestry,A,\n")
    assert problem[:2] == ("pack-field-missing", "one/trades.csv:4")


def test_rows_of_a_table_follow_the_entries_that_stand_inline_and_each_keeps_its_own_line(tmp_path):
    inline = LIST + "entries:\n  - {code: Z, label: {zh: 其他, en: Other}}\n"
    assert problems(tmp_path, **{"trades.yaml": inline}) == []
    assert load_packs(["one"], [tmp_path]).get(Classification, "trades").entries[0].code == "Z"
    problem, *others = problems(
        tmp_path, ROWS + "02,,Forestry,A,\n", **{"trades.yaml": inline.replace("zh: 其他, ", "")}
    )
    assert {problem[1], *(other[1] for other in others)} == {"one/trades.yaml:9", "one/trades.csv:4"}


def test_the_code_of_a_carrier_stands_in_its_list_and_for_no_other_carrier(tmp_path):
    assert problems(tmp_path, **{"c.yaml": CARRIERS}) == []
    (unknown,) = problems(tmp_path, **{"c.yaml": CARRIERS.replace('"A"', '"B"')})
    assert (unknown[0], unknown[1]) == ("definition-invalid", "one/c.yaml:2")
    (twice,) = problems(tmp_path, **{"c.yaml": CARRIERS.replace('"A"', '"01"')})
    assert twice[0] == "alias-twice"
    (nowhere,) = problems(tmp_path, **{"c.yaml": CARRIERS.replace('trades: "A"', 'crafts: "A"')})
    assert nowhere[0] == "definition-missing"


@pytest.mark.parametrize("text", ["a: " + "[" * 50_000 + "]" * 50_000, "- " * 50_000 + "1", "a: " + "[" * 200_000])
def test_a_file_nested_deeper_than_any_definition_is_turned_away_and_nothing_crashes(tmp_path, text):
    (problem,) = problems(tmp_path, **{"deep.yaml": text})
    assert problem[:2] == ("pack-text-unreadable", "one/deep.yaml:1")


def test_a_name_that_reads_like_a_field_of_units_is_a_name(tmp_path):
    carriers = CARRIERS.replace("{trades: ", "{grid: ")
    assert [code for code, *_ in problems(tmp_path, **{"c.yaml": carriers})] == ["definition-missing"]
    (unknown,) = problems(tmp_path, **{"c.yaml": CARRIERS.replace("unit: t, kind: fuel", "unit: 吨, kind: fuel")})
    assert unknown[:2] == ("unit-unknown", "one/c.yaml:5")


# ---- the lists that are shipped


def test_the_industries_are_twenty_sections_and_ninety_seven_divisions():
    industries = packs().get(Classification, "industries")
    sections = [entry.code for entry in industries.children(None)]
    divisions = [entry.code for entry in industries.entries if entry.parent]
    assert sections == [chr(ord("A") + n) for n in range(20)]
    assert divisions == [f"{n:02}" for n in range(1, 98)]
    assert [entry.label.zh for entry in industries.path("31")] == ["制造业", "黑色金属冶炼和压延加工业"]
    assert industries.path("31")[0].code == "C" and industries.path("44")[0].code == "D"


def test_the_city_has_sixteen_districts_and_the_country_thirty_four_provinces():
    districts, provinces = (packs().get(Classification, id) for id in ("districts", "provinces"))
    codes = [entry.code for entry in districts.children("310000")]
    assert len(codes) == 16
    assert all(code.startswith("3101") for code in codes)
    assert districts.by_code["310116"].label.zh == "金山区"
    assert len(provinces.entries) == 34
    assert provinces.by_code["310000"].label.zh == "上海市"


def test_an_item_is_called_by_the_list_of_items_though_a_list_of_carriers_has_its_code_too():
    assert packs().get(Classification, "energy_statistics_205").by_code["26"].label.zh == "润滑油"
    assert Line.parse("electricity_use::26").label(packs())["zh"].endswith("化学原料和化学制品制造业")


def test_every_region_and_carrier_that_a_factor_names_is_a_code_or_a_carrier_of_the_packs():
    regions = packs().get(Classification, "grid_regions").by_code
    for factor in packs().all(Factor):
        for entry in factor.entries:
            assert entry.keys.get("grid_region", "national") in regions, (factor.id, entry.id)
            assert entry.keys.get("carrier", "diesel") in packs().carriers, (factor.id, entry.id)


def test_every_code_of_the_statistical_form_is_a_carrier_but_the_total():
    form = packs().get(Classification, "energy_statistics_205")
    of_carriers = {carrier.codes["energy_statistics_205"] for carrier in packs().carriers.values() if carrier.codes}
    assert {entry.code for entry in form.entries} - of_carriers == {"40"}
    for carrier in packs().carriers.values():
        if carrier.codes:
            name = form.by_code[carrier.codes["energy_statistics_205"]].label.zh
            assert folded(name) in {folded(alias) for alias in (carrier.label.zh, *carrier.aliases)}, carrier.id


def test_codes_that_nobody_has_seen_in_print_say_so():
    assert {item.status for item in packs().all(Classification)} == {"unverified"}


@pytest.mark.parametrize(
    ("written", "carrier"),
    [
        ("汽油", "gasoline"), ("车用汽油", "gasoline"), ("0号柴油", "diesel"), ("天然气(气态)", "natural_gas"),
        ("热力", "heat"), ("蒸汽", "heat"), ("电力", "electricity"), ("电", "electricity"), ("用电量", "electricity"),
        ("余热余压", "waste_heat_and_pressure"), ("城市生活垃圾用于燃料", "municipal_waste"),
        ("工业废料", "industrial_waste"), ("其他工业废料用于燃料", "industrial_waste"), ("其他燃料", "other_fuels"),
        ("其它洗煤", "other_washed_coal"), ("航空煤油", "jet_kerosene"), ("LNG", "lng"), ("熟料", "clinker"),
    ],
)  # fmt: skip
def test_what_senders_write_finds_its_carrier(written, carrier):
    found = [
        item.id
        for item in packs().carriers.values()
        if folded(written) in {folded(name) for name in (item.id, item.label.zh, item.label.en, *item.aliases)}
    ]
    assert found == [carrier]


@pytest.mark.parametrize("written", ["煤", "煤气", "能源合计", "油"])
def test_a_name_of_several_carriers_finds_none(written):
    names = {folded(name) for item in packs().carriers.values() for name in (item.label.zh, *item.aliases)}
    assert folded(written) not in names


def test_names_stay_apart_also_where_spaces_brackets_and_capitals_are_written_otherwise():
    owners = {}
    for carrier in packs().carriers.values():
        for name in {folded(name) for name in (carrier.id, carrier.label.zh, carrier.label.en, *carrier.aliases)}:
            assert owners.setdefault(name, carrier.id) == carrier.id
