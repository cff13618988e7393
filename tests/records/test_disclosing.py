"""Figures made of confidential returns: computed exactly, shown only where nobody can be told from them."""

import csv
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import openpyxl
import polars as pl
import pytest

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.subject import Area, Directory, Facility
from tanheng.records.area_month import area_month
from tanheng.records.comparing import compare
from tanheng.records.computing import compute, computed_again, explain_figure, open_result
from tanheng.records.disclosing import check_source
from tanheng.records.kept_packs import packs_of
from tanheng.records.publishing import open_publication, publish, published_result, repeat
from tanheng.records.recording import record_directory, record_observations
from tanheng.records.run_inputs import inputs_at
from tanheng.records.selecting import directory_as_of
from tanheng.records.site_files import results
from tanheng.store import write_export
from tanheng.store.packs import load_packs
from tests.records.city import computed, found_city
from tests.records.world import CITY, MILL, label, located

pytestmark = pytest.mark.django_db

DISTRICT, OTHER = "area/district", "area/other-district"
MANY, FEW, ONE_LARGE, SAFE, ALONE = (f"area/{name}" for name in ("many", "few", "one-large", "safe", "alone"))
# tonnes of diesel of each unit in each month; `few` is hidden for its two units, and `many` with it
TOWNS = {
    MANY: (DISTRICT, (3, 4, 5)),
    FEW: (DISTRICT, (6, 7)),
    SAFE: (DISTRICT, (20, 30, 40, 50)),
    ONE_LARGE: (OTHER, (900, 10, 20)),
    ALONE: (OTHER, (100, 110, 120, 130)),
}
WHEN = date(2025, 6, 30)
COLUMN = "energy_calorific"
OF_FIRMS = {"indicator": "comprehensive_energy", "dimensions": ()}


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    computed_again.cache_clear()


def said(unit: str, month: int, value: float) -> Observation:
    key = ObservationKey(
        "industrial_energy_use", unit, (("carrier", "diesel"),), Period.month(2024, month),
        Accumulation.MONTH, "above_scale_industry", "individual_statistics",
    )  # fmt: skip
    source = f"{'f' * 64}/205-1.xlsx!S!F{unit}{month}"
    return Observation(key, Decimal(str(value)), "t", "final", date(2025, 2, 20), source)


def units_of(town: str) -> list[str]:
    return [f"facility/{town.removeprefix('area/')}-{number}" for number in range(len(TOWNS[town][1]))]


@pytest.fixture
def city(clerk):
    areas = [
        Area(CITY, label("市"), "city"),
        Area(DISTRICT, label("区"), "district"),
        Area(OTHER, label("他区"), "district"),
    ]
    areas += [Area(town, label(town), "town") for town in TOWNS]
    units = [Facility(unit, label(unit), {}) for town in TOWNS for unit in units_of(town)]
    relations = [located(DISTRICT, CITY), located(OTHER, CITY)]
    relations += [located(town, district) for town, (district, _) in TOWNS.items()]
    relations += [located(unit, town) for town in TOWNS for unit in units_of(town)]
    record_directory(Directory(areas=tuple(areas), facilities=tuple(units), relations=tuple(relations)), clerk)
    stated = [
        said(unit, month, value)
        for town, (_, values) in TOWNS.items()
        for unit, value in zip(units_of(town), values, strict=True)
        for month in (1, 2, 3)
    ]
    record_observations(stated, clerk)


@pytest.fixture
def result(city):
    packs = load_packs(["cn_national"])
    return compute("unit_energy_statistical", Period.parse("2024-01..2024-03"), "energy_statistics", WHEN, None, packs)


def values(result) -> dict[str, int | None]:
    whole = result.figures.where(period_start=date(2024, 1, 1), period_end=date(2024, 4, 1))
    return {row["subject"]: row[COLUMN] for row in whole.rows()}


def exact(result):
    return results().load(result.id)


def test_units_and_small_cells_are_hidden_and_wider_sums_are_exact(result):
    shown, true = values(result), values(exact(result))
    assert not any(subject.startswith("facility/") for subject in shown)
    assert {subject for subject, value in shown.items() if value is not None} == {CITY, DISTRICT, OTHER, SAFE}
    assert all(value in (None, true[subject]) for subject, value in shown.items())
    assert true[DISTRICT] == true[MANY] + true[FEW] + true[SAFE]


def test_the_receipt_and_the_kept_figures_are_those_that_were_computed(result):
    assert open_result().receipt == exact(result).receipt
    assert all(value is not None for value in values(exact(result)).values())


def test_a_note_says_what_is_withheld_and_no_finding_names_a_unit(result):
    (note,) = [finding for finding in result.findings if finding["code"] == "figures-withheld"]
    assert (note["severity"], note["fields"]["areas"], note["fields"]["minimum"]) == ("note", "4", "3")
    assert "facility/" not in json.dumps(result.findings, ensure_ascii=False)


def test_an_explanation_merges_what_may_not_be_seen_and_stays_exact(result):
    told = explain_figure(result, f"{COLUMN}@{DISTRICT}@2024-01..2024-03")
    assert [part["address"] for part in told["parts"]] == [f"{COLUMN}@{SAFE}@2024-01..2024-03"]
    assert told["value"] == told["parts"][0]["value"] + told["rest"] == values(result)[DISTRICT]
    (step,) = told["steps"]
    terms = {name: term["value"] for name, term in step["inputs"].items()}
    assert eval(step["formula"], {}, terms) == step["value"] == told["value"]
    text = json.dumps(told, ensure_ascii=False)
    assert "facility/" not in text
    assert FEW not in text
    assert "205-1.xlsx" not in text


@pytest.mark.parametrize(
    "address",
    [
        f"{COLUMN}@{FEW}@2024-01", f"{COLUMN}@{MANY}@2024-01..2024-03", f"{COLUMN}@facility/safe-0@2024-01",
        f"{COLUMN}@{DISTRICT}@2024-01@diesel",
    ],
)  # fmt: skip
def test_a_hidden_figure_is_neither_explained_nor_quoted(result, clerk, address):
    with pytest.raises(Refusal, match="figure-withheld"):
        explain_figure(result, address)
    with pytest.raises(Refusal, match=r"figure-(withheld|not-found)"):
        publish(result.id, "能耗", clerk, [address])


@pytest.mark.parametrize("ending", ["xlsx", "csv", "parquet"])
def test_an_export_holds_nothing_that_is_hidden(result, tmp_path, ending):
    path = tmp_path / f"out.{ending}"
    write_export(open_result(), path, pack_set=packs_of(result.receipt["packs"]), directory=directory_as_of())
    hidden = {str(values(exact(result))[town]) for town in (FEW, MANY, ONE_LARGE, ALONE)}
    cells = cells_of(path)
    assert any(str(values(result)[DISTRICT]) == cell for cell in cells)
    assert not hidden & cells
    assert not any("facility/" in cell for cell in cells)


def cells_of(path) -> set[str]:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    if path.suffix == ".csv":
        return {cell for row in csv.reader(path.read_text("utf-8-sig").splitlines()) for cell in row}
    return {str(cell) for row in pl.read_parquet(path).rows() for cell in row}


def test_a_publication_shows_what_may_be_shown_and_repeats_exactly(result, clerk):
    made = publish(result.id, "能耗", clerk, [f"{COLUMN}@{DISTRICT}@2024-01..2024-03"])
    assert values(published_result(open_publication("latest"))) == values(result)
    assert repeat(made).same


def test_a_comparison_names_no_unit(result, clerk):
    record_observations([said("facility/safe-0", 1, 21)], clerk)
    packs = packs_of(result.receipt["packs"])
    again = compute("unit_energy_statistical", Period.parse("2024-01..2024-03"), "energy_statistics", WHEN, None, packs)
    found = compare(result, again)
    assert not found.same_digest
    assert found.amounts == ()
    assert {item.address.subject for item in found.figures} == {CITY, DISTRICT, SAFE}


def test_the_workbook_of_a_confidential_return_is_not_shown(city):
    with pytest.raises(Refusal, match="source-withheld"):
        check_source("f" * 64)


def test_another_scheme_is_not_touched_and_does_not_use_the_returns(city, clerk):
    found_city(clerk)
    check_source("0" * 64)
    result = computed()
    assert explain_figure(result, f"co2@{MILL}@2024")["value"]
    assert "withheld" not in result.figures.columns


def test_what_is_hidden_cannot_be_had_from_one_year_and_its_months(city, clerk):
    """In one month a town has two units only: the town is hidden in all, or the year would tell that month."""
    record_observations([said("facility/safe-0", 4, 9), said("facility/safe-1", 4, 9)], clerk)
    packs = load_packs(["cn_national"])
    months = Period.parse("2024-01..2024-04")
    found = compute("unit_energy_statistical", months, "energy_statistics", WHEN, None, packs)
    assert not any(row["subject"] == SAFE and row[COLUMN] is not None for row in found.figures.rows())


def test_shown_sums_follow_each_other_from_month_to_month(result):
    months = [row for row in result.figures.where(subject=DISTRICT).rows() if row["period_end"] < date(2024, 4, 1)]
    ordered = sorted(months, key=lambda row: row["period_start"])
    assert all(first[COLUMN] == second[COLUMN] for first, second in pairwise(ordered))


def test_the_month_of_an_area_hides_the_neighbour_that_would_give_a_hidden_one_away(city, clerk):
    units = [(town, unit) for town in TOWNS for unit in units_of(town)]
    months = [replace(said(unit, 1, 5), key=replace(said(unit, 1, 5).key, **OF_FIRMS)) for _, unit in units]
    record_observations(months, clerk)
    inputs, packs = inputs_at().inputs(), load_packs(["cn_national"])

    def hidden(area: str) -> bool:
        (line,) = [
            line
            for line in area_month(inputs, packs, area, Period.month(2024, 1), WHEN).lines
            if line.indicator == "comprehensive_energy"
        ]
        return line.suppressed

    # FEW rests on two units; MANY is the smallest of its neighbours
    assert {area for area in (CITY, DISTRICT, OTHER, *TOWNS) if hidden(area)} == {FEW, MANY}
