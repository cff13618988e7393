"""From the forms 205-1 and 205-2 of firms to the figure of their district, to their cells, and to what may be shown."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.run import explain
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.kernel.trace import Address
from tanheng.records.canonical import canonical
from tanheng.records.computing import computed_again
from tanheng.records.people import person_named
from tanheng.records.publishing import publish
from tanheng.records.recording import record_directory
from tanheng.records.site_files import results

SAMPLES = Path(__file__).parents[1] / "store" / "samples"
METHOD, SPRING = "unit_energy_statistical_to_date", "2024-01..2024-03"
CITY, DISTRICT, TOWN, OTHER_TOWN = "area/river", "area/east", "area/stone", "area/willow"
NAMES = {1: "东岸化工厂", 2: "东岸水泥厂", 3: "东岸电子厂", 4: "东岸热电厂"}
TOWNS = {1: TOWN, 2: TOWN, 3: TOWN, 4: OTHER_TOWN}
# what the second, third and fourth firm wrote otherwise than the first, whose files are the samples: 205-1, then 205-2
USED = {2: {"I8": 900}, 3: {"I8": 700, "I9": 600}, 4: {"I8": 500, "I9": 400}}
MADE = {2: {"H8": 1000, "H9": 20, "I10": 100}, 4: {"H8": 2000, "H9": None, "I10": None}}
# by hand, in tce: coal x 0.7 as adopted, gas 20 x 13.3 = 266, power 4800 MWh x 0.1229 = 589.92;
# less heat x 0.03412, power x 0.1229 and 余热余压 x 0.0341
BY_HAND = {
    1: 1_395_908_500,  # 940 x 0.7 = 658, + 266 + 589.92 - 1500 GJ: 51.18 - 455 MWh: 55.9195 - 320 GJ: 10.912
    2: 1_423_810_000,  # 900 x 0.7 = 630, + 266 + 589.92 - 1000 GJ: 34.12 - 200 MWh: 24.58 - 100 GJ: 3.41
    3: 1_345_920_000,  # 700 x 0.7 = 490, + 266 + 589.92, and no form 205-2
    4: 1_137_680_000,  # 500 x 0.7 = 350, + 266 + 589.92 - 2000 GJ: 68.24
}
OF_THE_DISTRICT = 5_303_318_500  # 1395.9085 + 1423.81 + 1345.92 + 1137.68


def site_of_firms() -> None:
    """Four firms in two towns of a district."""
    words = {CITY: "江城市", DISTRICT: "东岸区", TOWN: "青石镇", OTHER_TOWN: "柳桥镇"}
    levels = {CITY: "city", DISTRICT: "district", TOWN: "town", OTHER_TOWN: "town"}
    parents = {DISTRICT: CITY, TOWN: DISTRICT, OTHER_TOWN: DISTRICT, **{f"facility/{n}": TOWNS[n] for n in TOWNS}}
    areas = tuple(Area(id, {"zh": words[id], "en": id}, level) for id, level in levels.items())
    firms = tuple(Facility(f"facility/{n}", {"zh": NAMES[n], "en": f"Firm {n}"}, {"uscc": code(n)}) for n in NAMES)
    relations = tuple(Relation(LOCATED_IN, child, parent, date(2020, 1, 1)) for child, parent in parents.items())
    record_directory(Directory((), areas, firms, relations), person_named("clerk"))


def code(number: int) -> str:
    return f"91TH{number:014d}"


def forms(folder: Path, number: int) -> list[Path]:
    """The forms of a firm: the samples themselves, or the same sheets as another firm fills them in."""
    kept = [SAMPLES / f"205-{form}_东岸化工厂_2024年3月.xlsx" for form in (1, 2)]
    if number == 1:
        return kept
    made = []
    for path, cells in zip(kept, (USED, MADE), strict=True):
        if number not in cells:
            continue
        book = openpyxl.load_workbook(path)
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace(code(1), code(number)).replace(NAMES[1], NAMES[number])
        if path is kept[0]:  # the form has a box for each character of the code
            book.worksheets[0]["S2"] = str(number)
        for place, value in cells[number].items():
            book.worksheets[0][place] = value
        made.append(folder / path.name.replace(NAMES[1], NAMES[number]))
        book.save(made[-1])
    return made


@pytest.fixture
def ran(tanheng, document, tmp_path):
    """The forms of all firms imported and the quarter accounted: the document that `tanheng run --json` prints."""
    tanheng("init")
    site_of_firms()
    files = [path for number in NAMES for path in forms(tmp_path, number)]
    told = document("import", *files, "--published", "2024-04-20")
    assert [file["rejected"] for file in told["files"]] == [False] * 7
    return document("run", METHOD, "--period", SPRING, "--known-on", "2026-06-30")


def exactly(told, address):
    """The explanation as those who may see the returns have it."""
    receipt = results().load(told["result"]).receipt
    result, packs, inputs = computed_again(canonical(receipt))
    return explain(result, packs, inputs, Address.parse(address))


def test_the_figure_of_the_district_is_what_its_firms_used_less_what_they_made_and_recovered(ran):
    shown = {row["subject"]: row["value"] for row in ran["figures"] if row["column"] == "energy_calorific"}
    assert shown[DISTRICT] == shown[CITY] == OF_THE_DISTRICT == sum(BY_HAND.values())
    assert {row["address"].split("@")[2] for row in ran["figures"]} == {SPRING}


def test_whoever_may_see_the_returns_is_led_to_their_cells(ran):
    for number, value in BY_HAND.items():
        assert exactly(ran, f"energy_calorific@facility/{number}@{SPRING}")["value"] == value
    used = exactly(ran, f"energy_calorific@facility/1@{SPRING}@industrial_energy_use:raw_coal")
    made = exactly(ran, f"energy_calorific@facility/1@{SPRING}@transformation_output:electricity")
    kept = exactly(ran, f"energy_calorific@facility/1@{SPRING}@energy_recovered:waste_heat_and_pressure")
    assert (used["value"], made["value"], kept["value"]) == (658_000_000, -55_919_500, -10_912_000)
    assert cells(used) == {"205-1!I8", "205-1!N8"}
    assert cells(made) == {"205-2!H9"}
    assert cells(kept) == {"205-2!I10"}


def cells(told) -> set[str]:
    refs = [term["ref"] for step in told["steps"] for term in step["inputs"].values()]
    return {ref.partition("!")[2] for ref in refs if ref.startswith("cell:")}


def test_everybody_else_sees_the_district_and_no_firm_town_or_cell(ran, document, tanheng, tmp_path):
    told = document("explain", ran["result"], f"energy_calorific@{DISTRICT}@{SPRING}")
    assert (told["value"], told["parts"], told["rest"]) == (OF_THE_DISTRICT, [], OF_THE_DISTRICT)
    assert not any(word in str(told) for word in ("facility/", ".xlsx", "cell:"))
    for subject in ("facility/1", TOWN, OTHER_TOWN):
        refused = tanheng("explain", ran["result"], f"energy_calorific@{subject}@{SPRING}", exit_code=2)
        assert "保密的单户统计资料" in refused.stderr
    out = tmp_path / "out.csv"
    tanheng("export", ran["result"], "--out", out)
    text = out.read_text("utf-8-sig")
    assert NAMES[1] not in text
    assert "5303.319" in text or str(OF_THE_DISTRICT) in text
    assert not any(str(value) in text for value in BY_HAND.values())


def test_a_month_of_the_forms_is_refused_with_the_period_to_ask_for(ran, tanheng):
    assert SPRING in tanheng("run", METHOD, "--period", "2024-03", exit_code=2).stderr


def test_a_line_that_fell_out_of_the_next_return_is_a_gap_of_the_next_period(ran, document, tmp_path):
    path = forms(tmp_path, 3)[0]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("2024年1-3月", "2024年1-4月")
    sheet["I10"] = sheet["J10"] = None  # natural gas
    later = tmp_path / path.name.replace("2024年3月", "2024年4月")
    book.save(later)
    document("import", later, "--published", "2024-05-20")
    told = document("run", METHOD, "--period", "2024-01..2024-04", "--known-on", "2026-06-30")
    result, _, _ = computed_again(canonical(results().load(told["result"]).receipt))
    gaps = {(gap.facility, str(gap.line)) for gap in result.gaps}
    assert ("facility/3", "industrial_energy_use:natural_gas") in gaps
    assert ("facility/3", "industrial_energy_use:raw_coal") not in gaps
    assert ("facility/1", "industrial_energy_use:raw_coal") in gaps  # it has sent nothing for April yet
    with pytest.raises(Refusal, match="publication-blocked") as refused:  # though nobody is shown whose it is
        publish(told["result"], "一至四月", person_named("clerk"))
    assert refused.value.fields["codes"] == "gap"
