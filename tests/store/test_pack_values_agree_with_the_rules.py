"""The second reading: every value of the national and the Shanghai pack against the table it was typed from.

Compared value by value, unit by unit, status by status. A row of the table that no entry holds fails as much as an
entry that no row supports.
"""

import calendar
import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tanheng.kernel.pack import Classification, Factor, FactorEntry, PackSet
from tanheng.kernel.quantity import Unit
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS

# nobody has read an original: what a published page says is secondary, and so is what was derived from it
STATUS = {
    "sourced": "secondary",
    "secondary": "secondary",
    "derived NCV/29.3076": "secondary",
    "unverified": "unverified",
}
FUEL_COLUMNS = {  # factor: (column, confidence of the column, unit of the column)
    "coal_equivalent_factor": ("tce_per_unit", "tce_confidence", "tce[calorific_value]/{unit}"),
    "net_calorific_value": ("ncv", "confidence", "GJ/{unit}"),
    "carbon_content": ("carbon_content_tC_per_TJ", "emission_confidence", "kgC/GJ"),
    "oxidation_rate": ("oxidation_rate", "emission_confidence", "1"),
}
# rows that are no carrier of their own: coefficients of electricity under a scheme
RATES = {
    "electricity_eq_2014": ("electricity_coal_equivalent_rate", "national-2014"),
    "electricity_eq_sh_552": ("building_electricity_552", "guide-2017"),
    "electricity_eq_sh_783": ("building_electricity_783", "guide-2026"),
}
# carriers of statistical forms and coal of unknown rank, of which the table has no row
BESIDE_THE_TABLE = {
    "biomass_waste", "coal_gangue", "industrial_waste", "municipal_waste",
    "other_energy", "other_fuels", "waste_heat_and_pressure",
}  # fmt: skip

KINDS = {
    "average (location-based)": "grid_electricity_average",
    "average excluding market-traded non-fossil (residual-mix like)": "grid_electricity_residual",
    "fossil power": "grid_electricity_fossil",
    "enterprise reporting default": "grid_electricity_reporting_default",
    "electricity carbon FOOTPRINT (LCA) - do not use for scope 2": "grid_electricity_footprint",
    "average (provincial account)": "grid_electricity_provincial_account",
    "average (provincial assessment)": "grid_electricity_provincial_assessment",
    "average (old NDRC regional)": "grid_electricity_ndrc_regional",
}
LOCAL = {
    ("MRV / local ETS default, purchased electricity", "2012-2021"): ("shanghai_monitoring_electricity", "mrv-2012"),
    ("MRV / local ETS default, purchased electricity", "2022-"): ("shanghai_monitoring_electricity", "notice-2022-34"),
    ("MRV purchased green power (inter-provincial, Beijing Power Exchange)", "2022-"): (
        "shanghai_green_power",
        "notice-2023-89",
    ),
    ("MRV purchased heat", "2012-2021"): ("shanghai_monitoring_heat", "mrv-2012"),
    ("MRV purchased heat", "2022-"): ("shanghai_monitoring_heat", "notice-2022-34"),
    ("purchased heat default", ""): ("purchased_heat_emission_factor", "default"),
}


@cache
def packs() -> PackSet:
    return load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])


def entries(factor: str) -> dict[str, FactorEntry]:
    return {entry.id: entry for entry in packs().get(Factor, factor).entries}


def of_carrier(factor: str, carrier: str) -> FactorEntry:
    (found,) = [entry for entry in packs().get(Factor, factor).entries if entry.keys["carrier"] == carrier]
    return found


def read(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "rules" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unit_of(factor: str, carrier: str = "") -> Unit:
    unit = packs().get(Factor, factor).unit
    return unit.of_row(carrier_unit=packs().carriers[carrier].unit.text) if carrier else unit


def converted(value: str, unit: str, wanted: Unit) -> Fraction:
    """A printed value in another unit, exactly."""
    return Fraction(Decimal(value)) * Unit.parse(unit).ratio_to(wanted, what="a value of the table")


def last_day(printed: str) -> date:
    """The last day of what is known of a day: a year, a month, or the day itself."""
    parts = [int(part) for part in printed.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


# ---- fuels


def fuels(shared: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for row in read(shared, "fuels.csv"):
        if row["fuel_code"] not in RATES:
            yield {"electricity_cv": "electricity"}.get(row["fuel_code"], row["fuel_code"]), row


@pytest.mark.parametrize("factor", FUEL_COLUMNS)
def test_every_fuel_has_the_printed_value_in_the_printed_unit_with_the_confidence_of_its_column(shared, factor):
    column, confidence, unit = FUEL_COLUMNS[factor]
    seen = set()
    for carrier, row in fuels(shared):
        if row[confidence] == "n/a":
            assert carrier not in {entry.keys["carrier"] for entry in packs().get(Factor, factor).entries}
            continue
        entry, printed = of_carrier(factor, carrier), row[column]
        if unit == "kgC/GJ":  # tC/TJ of the table: a thousandth of it in tC/GJ
            wanted = Fraction(Decimal(printed)) / 1000
        else:
            wanted = converted(printed, unit.format(unit=row["unit"]), unit_of(factor, carrier))
        assert Fraction(entry.value) == wanted, (carrier, entry.value, printed)
        assert entry.status == STATUS[row[confidence]], carrier
        assert "derived" in entry.note or not row[confidence].startswith("derived"), carrier
        seen.add(carrier)
    held = {entry.keys["carrier"] for entry in packs().get(Factor, factor).entries}
    assert held - seen <= BESIDE_THE_TABLE


@pytest.mark.parametrize("factor", ["guide_carbon_content", "guide_oxidation_rate"])
def test_the_guide_for_earlier_years_repeats_the_table_except_where_the_guide_is_said_to_differ(shared, factor):
    column, confidence, unit = FUEL_COLUMNS[factor.removeprefix("guide_")]
    differing = {}
    for carrier, row in fuels(shared):
        if row[confidence] == "n/a":
            continue
        entry = of_carrier(factor, carrier)
        wanted = Fraction(Decimal(row[column])) / (1000 if unit == "kgC/GJ" else 1)
        if Fraction(entry.value) != wanted:
            differing[carrier] = str(entry.value)
        assert entry.status == STATUS[row[confidence]], carrier
    assert differing == ({"refinery_gas": "0.98"} if factor == "guide_oxidation_rate" else {})


def test_every_fuel_of_the_table_is_a_carrier_by_its_printed_name_and_unit(shared):
    for id, row in fuels(shared):
        carrier = packs().carriers[id]
        name = row["name_zh"].replace("(", "（").replace(")", "）").removesuffix("（当量）").removesuffix("（当量值）")
        assert name in {carrier.label.zh, *carrier.aliases}, row["name_zh"]
        assert Unit.parse(row["unit"]).ratio_to(carrier.unit, what=id) == (10 if id == "electricity" else 1)


def test_electricity_rates_stand_in_the_factors_of_their_own_schemes(shared):
    for row in read(shared, "fuels.csv"):
        if row["fuel_code"] in RATES:
            factor, id = RATES[row["fuel_code"]]
            wanted = converted(row["tce_per_unit"], f"tce[coal_equivalent]/{row['unit']}", unit_of(factor))
            assert Fraction(entries(factor)[id].value) == wanted
            assert entries(factor)[id].status == STATUS[row["tce_confidence"]]


# ---- electricity and heat


def place_of(row: dict[str, str]) -> tuple[str, str]:
    """The factor and the entry that a row of the grid table belongs in."""
    local = (row["factor_type"], row["data_year"])
    if local in LOCAL:
        return LOCAL[local]
    regions = packs().get(Classification, "grid_regions").entries
    (region,) = [item.code for item in regions if item.label.zh == row["region"]]
    return KINDS[row["factor_type"]], f"{region}-{row['data_year']}"


def test_every_row_of_the_grid_table_is_the_entry_of_its_kind_region_and_year(shared):
    for row in read(shared, "grid_factors.csv"):
        factor, id = place_of(row)
        entry = entries(factor)[id]
        if factor == "grid_electricity_footprint":  # kg/kWh = t/MWh; its basis is not that of an inventory
            assert (row["unit"], unit_of(factor).text) == ("kgCO2e/kWh", "tCO2e[unstated]/MWh")
            wanted = Fraction(Decimal(row["value"]))
        else:
            wanted = converted(row["value"], row["unit"].replace("10^4kWh", "10^4 kWh"), unit_of(factor))
        assert Fraction(entry.value) == wanted, id
        assert entry.status == STATUS[row["confidence"]], id
        if row["published"]:
            assert entry.published == last_day(row["published"]), id


def test_every_row_of_the_grid_table_stands_once_and_no_entry_is_without_a_row(shared):
    factors = {*KINDS.values(), *(factor for factor, _ in LOCAL.values())}
    held = Counter((factor, id) for factor in factors for id in entries(factor))
    earlier = entries("purchased_heat_emission_factor")["guides"]  # the row names two sources: an entry for each
    assert earlier.value == entries("purchased_heat_emission_factor")["default"].value
    del held["purchased_heat_emission_factor", earlier.id]
    assert Counter(place_of(row) for row in read(shared, "grid_factors.csv")) == held


def test_a_grid_factor_governs_the_year_it_was_measured_on_and_no_other(shared):
    for row in read(shared, "grid_factors.csv"):
        factor, id = place_of(row)
        if factor in KINDS.values() and factor != "grid_electricity_reporting_default":
            entry, year = entries(factor)[id], int(row["data_year"])
            assert (entry.start, entry.end, entry.data_year) == (date(year, 1, 1), date(year + 1, 1, 1), year)


def test_the_coal_rate_of_a_year_is_the_one_in_the_rules(shared):
    text = (shared / "rules" / "ACCOUNTING.md").read_text("utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith("| National gross coal rate")]
    for entry in packs().get(Factor, "electricity_coal_equivalent_rate").entries:
        assert f"{entry.data_year} {entry.value}" in line
        assert (entry.status, entry.start.year) == ("unverified", entry.data_year)


def test_carbon_dioxide_of_primary_energy_is_that_of_the_rules(shared):
    text = (shared / "rules" / "ACCOUNTING.md").read_text("utf-8")
    for factor in packs().all(Factor):
        if factor.unit.text == "tCO2/tce[calorific_value]":
            for entry in factor.entries:
                assert f"{next(iter(entry.keys.values()))}*{entry.value}" in text
                assert entry.status == "unverified"


def test_calorific_values_of_the_other_family_are_those_of_the_rules(shared):
    text = (shared / "rules" / "ACCOUNTING.md").read_text("utf-8") + (shared / "rules" / "fuels.csv").read_text("utf-8")
    for entry in packs().get(Factor, "net_calorific_value_gbt_2589").entries:
        carrier = entry.keys["carrier"]
        per_unit = 10 if packs().carriers[carrier].unit.text == "10^4 Nm3" else 1
        kilojoules = str(int(entry.value * 1000 / per_unit))
        spaced = f"{kilojoules[:-3]} {kilojoules[-3:]}"
        assert kilojoules in text or spaced in text or str(entry.value) in text, carrier


# ---- warming potentials and processes


@pytest.mark.parametrize("name", ["SAR", "AR5", "AR6"])
def test_every_warming_potential_is_the_printed_one_of_its_set(shared, name):
    factor = f"gwp_100_{name.lower()}"
    held = dict(entries(factor))
    assert unit_of(factor).text == f"tCO2e[{name}]/t"
    for row in read(shared, "gwp.csv"):
        id = row["gas"].lower().replace("-", "")
        if not row[f"{name}_100"]:
            assert id not in held
            continue
        entry = held.pop(id)
        assert entry.value == Decimal(row[f"{name}_100"]), id
        # the table says "sourced" of AR5 and AR6 only; its rows carry one word for all three sets
        sourced = row["confidence"] == "sourced" and (name != "SAR" or row["gas"] == "CO2")
        assert entry.status == ("secondary" if sourced else "unverified"), id
    by_origin = {id: str(entry.value) for id, entry in held.items()}
    assert by_origin == ({"ch4_fossil": "29.8", "ch4_non_fossil": "27.0"} if name == "AR6" else {})


def test_every_process_factor_is_the_printed_one(shared):
    rows = [row for row in read(shared, "inventory_nonenergy_parameters.csv") if row["sector"] == "IPPU"]
    names = {"limestone as flux": "limestone_flux", "dolomite as flux": "dolomite_flux"}
    printed = {row["category"]: row for row in rows if row["source"] == "process CO2"}
    assert len(printed) == len(entries("process_emission_factor"))
    for category, row in printed.items():
        entry = of_carrier("process_emission_factor", names.get(category, category.replace(" ", "_")))
        assert (entry.value, entry.status) == (Decimal(row["value"]), STATUS[row["confidence"]])
        assert Unit.parse(row["unit"]) == unit_of("process_emission_factor", entry.keys["carrier"])


def test_carbon_in_iron_and_steel_nitric_acid_and_switchgear_are_the_printed_ones(shared):
    rows = {row["source"]: row for row in read(shared, "inventory_nonenergy_parameters.csv") if row["sector"] == "IPPU"}
    iron, steel = (Decimal(part) / 100 for part in rows["steel"]["value"].split(" / "))
    assert (of_carrier("material_carbon_fraction", "pig_iron").value, rows["steel"]["unit"]) == (iron, "%C")
    assert of_carrier("material_carbon_fraction", "steel").value == steel
    acid = [f"{entry.value} (" for entry in entries("nitric_acid_n2o").values()]
    assert all(value in rows["nitric acid"]["value"] for value in acid)
    leakage = entries("sf6_use_phase_leakage")["default"]
    assert (str(leakage.value), leakage.status) == (rows["SF6 switchgear"]["value"], "secondary")


# ---- what the table cannot say


def test_no_value_calls_itself_verified_while_nobody_has_read_an_original():
    for factor in packs().all(Factor):
        assert [entry.id for entry in factor.entries if entry.status == "verified"] == []
