"""Every form of a made-up quarter is recognised, says what was true, and shows nothing wrong but what was planted."""

import csv
import hashlib
import json
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tanheng.fiction import build, directory_of_city
from tanheng.kernel.pack import Factor
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, run
from tanheng.store.snapshot import write_snapshot
from tanheng.store.workbook import read_workbook
from tests.fiction.a_city import small_city

MONTHS = Period.parse("2025-01..2025-03")
KNOWN_ON = date(2026, 6, 30)
NO_FIGURES = {"certificates", "key_units", "opinions", "reviews", "self_check", "tasks"}


class Quarter:
    """The city, its folder, and what every file said, each recognised by itself."""

    def __init__(self, folder: Path) -> None:
        self.city, self.folder = small_city(slips=0.12), folder
        build(self.city, folder, MONTHS.months())
        self.manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        directory = directory_of_city(self.city)
        self.readings = {}
        for path, entry in self.manifest["files"].items():
            file = folder / path
            digest, day = hashlib.sha256(file.read_bytes()).hexdigest(), date.fromisoformat(entry["published"])
            self.readings[path] = read_workbook(file, None, self.city.packs, directory, day, digest)

    def files(self, form):
        """The files of a form with their reading, in the order in which they came, blocked ones left out."""
        found = [(entry["published"], path) for path, entry in self.manifest["files"].items() if entry["form"] == form]
        readings = [self.readings[path] for _, path in sorted(found)]
        return [reading for reading in readings if reading.may_be_imported]

    def last(self, form, indicator, accumulation):
        """What counts in the end: the last statement by subject, period and carrier."""
        said = {}
        for reading in self.files(form):
            for item in reading.observations:
                if item.key.indicator == indicator and item.key.accumulation == accumulation:
                    dimensions = dict(item.key.dimensions)
                    said[item.key.subject, str(item.key.period), dimensions.get("carrier"), dimensions.get("item")] = (
                        item
                    )
        return said

    def true(self, name):
        """A table of the truth."""
        with (self.folder / "truth" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    return Quarter(tmp_path_factory.mktemp("quarter"))


def test_every_form_is_there_and_recognised_by_itself(quarter):
    forms = {entry["form"] for entry in quarter.manifest["files"].values()}
    assert forms >= set(quarter.city.forms) - {
        "gdp_census",
        "key_units",
        "opinions",
        "self_check",
        "area_year",
        "balance",
        "entry_report",
    }
    for form in forms - NO_FIGURES:
        assert sum(len(reading.observations) for reading in quarter.files(form)) > 0, form


def test_nothing_is_found_that_was_not_planted(quarter):
    for path, entry in quarter.manifest["files"].items():
        planted = {code for fault in entry["faults"] for code in fault["finds"]}
        found = {item.code for item in quarter.readings[path].findings if str(item.severity) != "note"}
        assert found == planted, path


def test_the_bureaus_table_states_the_true_energy_of_every_firm(quarter):
    true = {
        (row["unit"], row["month"]): Decimal(row["comprehensive_gce"]).scaleb(-6) for row in quarter.true("units.csv")
    }
    said = quarter.last("above_scale", "comprehensive_energy", "month")
    assert said
    for (unit, month, _, _), item in said.items():
        assert item.value == true[unit, month].quantize(Decimal("0.01"), ROUND_HALF_EVEN), (unit, month)


def test_growth_is_against_the_same_firms_of_the_table_a_year_earlier(quarter):
    now = quarter.last("above_scale", "comprehensive_energy", "year_to_date")
    before = quarter.last("above_scale", "comprehensive_energy_same_period", "year_to_date")
    assert {(unit, period.replace("2025", "2024")) for unit, period, _, _ in now} == {
        (unit, period) for unit, period, _, _ in before
    }


def test_the_forms_of_a_firm_add_up_to_its_true_comprehensive_energy(quarter):
    """工业生产消费 less what was made and recovered, from 205-1 and 205-2 as they were read."""
    grams = quarter_grams(quarter)
    lines = [("form_205_1", "industrial_energy_use", 1), ("form_205_2", "transformation_output", -1)]
    lines.append(("form_205_2", "energy_recovered", -1))
    found = defaultdict(Fraction)
    for form, indicator, sign in lines:
        for (unit, period, carrier, _), item in quarter.last(form, indicator, "year_to_date").items():
            assert period == "2025-01..2025-03"
            found[unit] += sign * Fraction(item.value) * tce_of(quarter, carrier) * 10**6
    assert found
    assert found == {unit: grams[unit] for unit in found}


def quarter_grams(quarter):
    grams = defaultdict(int)
    for row in quarter.true("units.csv"):
        grams[row["unit"]] += int(row["comprehensive_gce"])
    return grams


def tce_of(quarter, carrier):
    """tce of the printed unit of a carrier, by the pack's own entry."""
    (entry,) = [
        item
        for item in quarter.city.packs.get(Factor, "coal_equivalent_factor").entries
        if item.keys["carrier"] == carrier
    ]
    how = quarter.city.recipe.carriers[carrier]
    return Fraction(entry.value) * how.unit.ratio_to(quarter.city.packs.carriers[carrier].unit, what=carrier)


def test_the_utilities_total_is_the_sum_of_what_they_measured(quarter):
    for form, indicator in (("electricity", "electricity_use"), ("gas", "gas_use")):
        for reading in quarter.files(form):
            values = [
                item
                for item in reading.observations
                if item.key.indicator == indicator and item.key.accumulation == "month"
            ]
            assert len(values) > 4
            assert all(item.value >= 0 for item in values)


@pytest.mark.parametrize(
    "method", [("unit_energy_reported", "energy_reporting"), ("unit_energy_and_co2", "city_inventory")]
)
def test_the_unit_methods_account_for_exactly_what_was_true(quarter, method, tmp_path):
    readings = quarter.files("unit_report")
    lines = [
        {**item.as_json(), "position": position}
        for position, reading in enumerate(readings, 2)
        for item in reading.observations
    ]
    snapshot = write_snapshot(iter(lines), tmp_path, len(readings) + 1)
    inputs = Inputs(
        snapshot.table(), directory_of_city(quarter.city), {"observations": snapshot.digest, "directory": "x"}
    )
    name, scheme = method
    result = run(name, quarter.city.packs, inputs, Parameters(MONTHS, scheme, KNOWN_ON, len(readings) + 1))
    came = {(row["district"], row["month"]) for row in quarter.true("areas.csv")} - {
        (entry["area"], entry["period"]) for entry in quarter.manifest["missing"] if entry["form"] == "unit_report"
    }
    true = {
        (row["unit"], row["month"]): int(row["energy_gce"])
        for row in quarter.true("units.csv")
        if (row["district"], row["month"]) in came
    }
    found = {
        (row["subject"], str(Period(row["period_start"], row["period_end"]))): row["energy_calorific"]
        for row in result.figures.where(level="facility").rows()
        if row["energy_calorific"] is not None and (row["period_end"] - row["period_start"]).days < 32
    }
    assert found == true
