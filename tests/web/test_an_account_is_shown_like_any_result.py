"""A regional balance and an intensity, recorded and computed, on every page and through the API."""

from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Relation
from tanheng.records.computing import compute, computed_again, explain_figure
from tanheng.records.people import person_named
from tanheng.records.publishing import publish, repeat
from tanheng.records.recording import record_directory, record_observations
from tanheng.store.packs import load_packs

CITY, NORTH = "area/t-city", "area/t-north"
KNOWN = date(2026, 6, 30)
BALANCE = {
    ("coke", "total_primary_energy_supply"): "500",
    ("coke", "total_final_consumption"): "500",
    ("diesel", "total_primary_energy_supply"): "120.5",
    ("diesel", "industry"): "100.5",
    ("diesel", "industry_non_energy_use"): "10",
    ("diesel", "transport_storage_post"): "20",
    ("blast_furnace_gas", "recovery_of_energy"): "80",
    ("blast_furnace_gas", "total_final_consumption"): "80",
}
SERIES = {
    ("energy_total", "2021", "10^4 tce[coal_equivalent]"): "1000",
    ("energy_total", "2022", "10^4 tce[coal_equivalent]"): "1030",
    ("gdp", "2021", "10^8 CNY[2020]"): "2000",
    ("gdp", "2022", "10^8 CNY[2020]"): "2100",
    ("intensity_change", "2022", "%"): "-1.90",
}


def stated(indicator, period, value, unit, cell, *, subject=CITY, coverage="whole_society", **breakdown):
    dimensions = tuple(sorted(breakdown.items()))
    about = Period.parse(period)
    key = ObservationKey(indicator, subject, dimensions, about, Accumulation.YEAR, coverage, "statistics_aggregate")
    source = f"{'0' * 64}/yearbook.xlsx!Sheet!{cell}"
    return Observation(key, Decimal(value), unit, "final", date(2023, 6, 30), source)


@pytest.fixture
def site(db, settings, tmp_path):
    """A city with a district, its balance, and its series of energy and GDP; the district has GDP only."""
    settings.TANHENG_HOME = str(tmp_path / "home")
    computed_again.cache_clear()
    clerk = person_named("王芳")
    areas = (Area(CITY, {"zh": "市", "en": "City"}, "city"), Area(NORTH, {"zh": "北区", "en": "North"}, "district"))
    inside = (Relation(LOCATED_IN, NORTH, CITY, date(2020, 1, 1)),)
    record_directory(Directory(areas=areas, relations=inside), clerk)
    rows = [
        stated(
            "energy_balance",
            "2022",
            value,
            "10^4 tce[calorific_value]",
            f"B{number}",
            coverage="region",
            carrier=fuel,
            item=row,
        )
        for number, ((fuel, row), value) in enumerate(BALANCE.items(), 1)
    ]
    rows += [
        stated(indicator, year, value, unit, f"C{number}")
        for number, ((indicator, year, unit), value) in enumerate(SERIES.items(), 1)
    ]
    rows += [stated("gdp", "2022", "210", "10^8 CNY[2020]", "D1", subject=NORTH)]
    record_observations(rows, clerk)
    return clerk


@pytest.fixture
def balance(site):
    return compute("regional_energy_co2", Period.year(2022), "city_inventory", KNOWN, packs=load_packs(["cn_shanghai"]))


@pytest.fixture
def intensity(site):
    packs = load_packs(["cn_shanghai"])
    settings = {"target": "14"}
    return compute(
        "energy_intensity", Period.parse("2021..2022"), "energy_statistics", KNOWN, packs=packs, settings=settings
    )


def page(client, url, language="en"):
    answer = client.get(url, headers={"accept-language": language}, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_recorded_balance_comes_back_with_its_fuels_and_processes(balance):
    (row,) = balance.figures.rows()
    assert (row["subject"], row["level"], row["co2_missing"]) == (CITY, "city", 0)
    told = explain_figure(balance, f"co2@{CITY}@2022")
    assert [part["address"].rpartition("@")[2] for part in told["parts"]] == ["coke", "diesel"]
    assert sum(part["value"] for part in told["parts"]) == told["value"] == row["co2"]


def test_a_line_of_a_balance_is_explained_down_to_the_cells_of_the_workbook(balance):
    told = explain_figure(balance, f"activity_data@{CITY}@2022@diesel")
    refs = {term["ref"] for step in told["steps"] for term in step["inputs"].values()}
    assert any(ref.endswith("yearbook.xlsx!Sheet!B5") for ref in refs)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_list_of_results_and_the_page_of_the_city_show_an_account(balance, client, language):
    assert balance.id[:8] in page(client, "/results/", language)
    shown = page(client, f"/results/{balance.id}/", language)
    assert "naked" not in shown


def test_every_column_of_an_account_has_its_page(balance, intensity, client):
    shown = set()
    for result in (balance, intensity):
        for row in result.figures.rows():
            period = Period(row["period_start"], row["period_end"])
            for column in [name for name in row if f"{name}_missing" in row]:
                if row[column] is not None:
                    assert column in page(client, f"/results/{result.id}/figure/{column}@{row['subject']}@{period}")
                    shown.add(column)
    assert {"energy_total", "energy_intensity"} <= shown


def test_a_year_of_a_run_has_a_page_with_the_columns_it_has_cells_for(intensity, client):
    shown = page(client, f"/results/{intensity.id}/area/t-city/?period=2022")
    assert "1.90" in shown
    assert "0.4905" in shown
    assert "Energy per GDP, prices of 2015" not in shown
    assert client.get(f"/results/{intensity.id}/area/t-city/?period=2022-03").status_code == 404


def test_a_part_that_an_account_says_nothing_of_is_no_gap_and_no_difference(balance, client):
    shown = page(client, f"/results/{balance.id}/")
    assert "North" not in shown
    assert "Difference: what no line above counts" not in shown


def test_the_steps_of_a_ratio_stand_on_its_page_though_it_has_no_parts(intensity, client):
    shown = page(client, f"/results/{intensity.id}/figure/intensity_decline@{CITY}@2022/")
    assert "1,030" in shown
    assert "yearbook.xlsx" in shown


def test_a_formula_with_a_logarithm_is_printed_with_its_name(site, client):
    packs, settings = load_packs(["cn_shanghai"]), {"target": "14"}
    found = compute("energy_intensity", Period.year(2022), "energy_statistics", KNOWN, packs=packs, settings=settings)
    assert "log" in page(client, f"/results/{found.id}/figure/target_progress@{CITY}@2022/")


def test_the_interface_gives_an_account_like_any_result(intensity, client):
    rows = client.get(f"/api/results/{intensity.id}/figures?period=2022").json()
    (city,) = [row for row in rows if row["subject"] == CITY]
    assert city["figures"]["intensity_decline"]["display"] == "1.90"
    assert city["figures"]["energy_elasticity"]["display"] == "0.600"


def test_an_account_can_be_published_and_repeated(balance, site):
    published = publish(balance.id, "二〇二二年能源平衡", site, [f"co2@{CITY}@2022"])
    assert repeat(published).same
