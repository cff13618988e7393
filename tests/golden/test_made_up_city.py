"""Every account of a made-up city equals what was true in it, and what goes wrong on the way is found by name."""

from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from tanheng.kernel.pack import Factor
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit as Measure
from tests.golden.made_up import MONTHS, MadeUp, faults_of, made_up

YEAR = Period.parse("2024")


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> MadeUp:
    return made_up(tmp_path_factory.mktemp("made-up"), slips=0.12)


@pytest.fixture(scope="module")
def accounts(city):
    return city.computed(list(city.read))


def true_by_unit(city):
    """Grams by unit and month, of the files that came."""
    return {
        (row["unit"], row["month"]): int(row["energy_gce"])
        for row in city.truth("units.csv")
        if (row["district"], row["month"]) not in city.missing()
    }


def months_of(result, level):
    rows = result.figures.where(level=level).rows()
    return [
        row
        for row in rows
        if row["period_end"] <= Period.month(row["period_start"].year, row["period_start"].month).end
    ]


def test_the_city_has_every_kind_of_slip_and_files_that_never_came(city):
    planted = {fault["slip"] for file in city.read for fault in file.entry["faults"]}
    assert planted == {"text", "negative", "ten-times", "wrong-unit", "one-code"}
    assert any(file.entry["corrects"] for file in city.read)


def test_every_planted_fault_is_found_in_its_cell_and_nothing_else_is(city):
    found = {
        (Path(file.path).name, finding.code, finding.place.split("!", 1)[1])
        for file in city.read
        for finding in file.reading.findings
    }
    assert {(file, code) for file, code, _ in found} == {(file, code) for file, code, _ in faults_of(city.read)}
    in_their_cell = {"number-expected", "number-negative", "unit-unknown"}
    assert {item for item in found if item[1] in in_their_cell} == {
        item for item in faults_of(city.read) if item[1] in in_their_cell
    }


def test_a_file_with_a_fault_that_blocks_gives_way_to_its_correction(city):
    blocked = {Path(file.path).name for file in city.read if not file.reading.may_be_imported}
    corrected = {
        file.entry["corrects"] for file in city.read if file.reading.may_be_imported and file.entry["corrects"]
    }
    assert blocked and blocked <= corrected


def test_every_unit_month_of_the_accounts_is_what_was_true(city, accounts):
    found = {
        (row["subject"], str(Period(row["period_start"], row["period_end"]))): row["energy_calorific"]
        for row in months_of(accounts, "facility")
    }
    true = true_by_unit(city)
    assert {key: value for key, value in found.items() if value is not None} == true


def test_every_units_co2_is_its_true_fuel_and_electricity_times_the_entries_that_the_receipt_names(city, accounts):
    """Multiplied out in fractions, one rounding to a gram for each carrier and month."""
    true = defaultdict(int)
    for row in city.truth("carriers.csv"):
        if (row["district"], row["month"]) not in city.missing():
            carrier = city.city.packs.carriers[row["carrier"]]
            amount = Fraction(row["amount"]) * Measure.parse(row["stated_unit"]).ratio_to(carrier.unit, what=carrier.id)
            true[row["unit"], row["month"]] += round(amount * grams_of(city, accounts, carrier))
    found = {
        (row["subject"], str(Period(row["period_start"], row["period_end"]))): row["co2"]
        for row in months_of(accounts, "facility")
        if row["co2"] is not None
    }
    assert found == true


def grams_of(city, accounts, carrier):
    """g CO2 of one unit of a carrier, by the entries that were used."""
    if carrier.kind == "electricity":
        return used(city, accounts, "grid_electricity_average", {}) * 10**6
    roles = ("net_calorific_value", "carbon_content", "oxidation_rate")
    content, carbon, burnt = (used(city, accounts, role, {"carrier": carrier.id}) for role in roles)
    return content * carbon * burnt * 44 / 12 * 10**6


def used(city, accounts, factor, keys):
    ids = accounts.receipt.entries[factor]
    entries = [item for item in city.city.packs.get(Factor, factor).entries if item.id in ids]
    (entry,) = [item for item in entries if keys.items() <= item.keys.items()]
    return Fraction(entry.value)


@pytest.mark.parametrize("level", ["town", "district", "city"])
def test_every_area_is_the_sum_of_what_was_true_in_it(city, accounts, level):
    districts = {unit.id: unit for unit in city.city.units}
    sums = {}
    for (unit, month), grams in true_by_unit(city).items():
        day = Period.parse(month).start
        town = districts[unit].town_on(day)
        area = {"town": town.id, "district": town.district_on(day), "city": city.city.recipe.city}[level]
        sums[area, month] = sums.setdefault((area, month), 0) + grams
    found = {
        (row["subject"], str(Period(row["period_start"], row["period_end"]))): row["energy_calorific"]
        for row in months_of(accounts, level)
        if row["energy_calorific"] is not None
    }
    assert found == sums


def test_without_the_corrections_the_accounts_differ_where_a_slip_was_planted_and_nowhere_else(city):
    first = [file for file in city.read if not file.entry["corrects"]]
    true = true_by_unit(city)
    found = {
        (row["subject"], str(Period(row["period_start"], row["period_end"]))): row["energy_calorific"]
        for row in months_of(city.computed(first), "facility")
        if row["energy_calorific"] is not None
    }
    differ = {key for key in true if key in found and found[key] != true[key]}
    slipped = {
        (fault["unit"], file.entry["period"])
        for file in first
        for fault in file.entry["faults"]
        if fault["slip"] == "ten-times"
    }
    assert differ == slipped
    rejected = {(file.entry["area"], file.entry["period"]) for file in first if not file.reading.may_be_imported}
    assert {key[1] for key in true if key not in found} == {month for _, month in rejected}


def test_a_year_is_the_sum_of_its_months(city):
    result = city.computed(list(city.read), YEAR)
    (year,) = [
        row
        for row in result.figures.where(level="city").rows()
        if (row["period_start"], row["period_end"]) == (YEAR.start, YEAR.end)
    ]
    true = sum(grams for (_, month), grams in true_by_unit(city).items() if YEAR.covers(Period.parse(month)))
    assert year["energy_calorific"] == true
    assert MONTHS.covers(YEAR)
