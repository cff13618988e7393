"""Each method against a calculation by hand: exact decimals, rounded once, half to even, to a whole gram."""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from tanheng.kernel.accounting import METHODS
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Factor, MethodDefinition
from tanheng.kernel.run.account_run import ACCOUNTS
from tests.kernel.world import MILL, NOW, asked, changed, codes, computed, every_month, figure, packs, stated

MONTH = "2024-03"

# tce and GJ per unit, tC/GJ, oxidation: typed from the tables that the packs cite
FUELS = {
    "natural_gas": ("13.3", "389.31", "0.0153", "0.99"),
    "diesel": ("1.4571", "42.652", "0.0202", "0.98"),
    "gasoline": ("1.4714", "43.07", "0.0189", "0.98"),
    "fuel_oil": ("1.4286", "41.816", "0.0211", "0.98"),
    "lpg": ("1.7143", "50.179", "0.0172", "0.98"),
    "coke": ("0.9714", "28.435", "0.0295", "0.93"),
    "raw_coal": ("0.7143", "20.934", "0.02637", "0.94"),
    "anthracite": ("0.9111", "26.7", "0.0274", "0.94"),
    "bituminous": ("0.6677", "19.57", "0.0261", "0.93"),
    "lignite": ("0.406", "11.9", "0.028", "0.96"),
    "cleaned_coal": ("0.9", "26.334", "0.02541", "0.9"),
    "other_washed_coal": ("0.2857", "8.363", "0.0254", "0.9"),
    "briquettes": ("0.5", "17.46", "0.0336", "0.9"),
    "other_coal_products": ("0.5957", "17.46", "0.0336", "0.98"),
    "coke_oven_gas": ("6.143", "179.81", "0.01358", "0.99"),
    "blast_furnace_gas": ("1.286", "33", "0.0708", "0.99"),
    "converter_gas": ("2.714", "84", "0.0496", "0.99"),
    "other_gas": ("1.786", "52.27", "0.0122", "0.99"),
    "other_coking_products": ("1.1429", "33.453", "0.022", "0.98"),
    "coal_tar": ("1.1429", "33.453", "0.022", "0.98"),
    "crude_benzene": ("1.4286", "41.816", "0.0227", "0.98"),
    "crude_oil": ("1.4286", "41.816", "0.0201", "0.98"),
    "kerosene": ("1.4714", "43.07", "0.0196", "0.98"),
    "jet_kerosene": ("1.4714", "43.07", "0.0195", "0.98"),
    "naphtha": ("1.5", "44.5", "0.02", "0.98"),
    "lubricants": ("1.4143", "41.398", "0.02", "0.98"),
    "paraffin": ("1.3648", "39.934", "0.02", "0.98"),
    "solvents": ("1.4672", "42.945", "0.02", "0.98"),
    "bitumen": ("1.3307", "38.931", "0.022", "0.98"),
    "petroleum_coke": ("1.0918", "32.5", "0.0275", "0.98"),
    "refinery_gas": ("1.5714", "45.998", "0.0182", "0.99"),
    "other_petroleum_products": ("1.4", "41.031", "0.02", "0.98"),
    "lng": ("1.7572", "51.498", "0.0153", "0.98"),
    "hydrogen": ("3.329", "97.56", "0", "1"),
    "biogas": ("7.7", "226", "0", "1"),
    "methanol": ("0.6794", "19.913", "0.0204", "0.98"),
    "ethanol": ("0.9144", "26.8", "0.0195", "0.98"),
    "biomass_waste": ("0.5", "14.6538", "0", "1"),
    "waste_heat_and_pressure": ("0.0341", "1", "0", "1"),
}

# nothing is known of their carbon: an emission of theirs is a gap
WITHOUT_DEFAULTS = {
    "coal_gangue", "coalbed_methane", "coking_coal", "industrial_waste",
    "municipal_waste", "other_energy", "other_fuels",
}  # fmt: skip


def grams(tonnes):
    return int((tonnes * 1_000_000).quantize(Decimal(1), ROUND_HALF_EVEN))


def of_one_row(carrier, amount, known_on=NOW, scheme="city_inventory", use=None, **other):
    rows = [stated(MILL, carrier, MONTH, amount, **other)]
    result = computed(rows, asked(known_on, MONTH, scheme), use)
    return tuple(
        figure(result, column, MILL, MONTH) for column in ("energy_calorific", "energy_coal_equivalent", "co2")
    )


@pytest.mark.parametrize("carrier", FUELS)
@pytest.mark.parametrize("amount", ["7.25", "1234.7"])  # neither lies half-way between two grams for any fuel
def test_a_fuel_gives_energy_and_carbon_dioxide_by_its_own_factors(carrier, amount):
    tce, heat, carbon, oxidised = map(Decimal, FUELS[carrier])
    energy = grams(Decimal(amount) * tce)
    emission = grams(Decimal(amount) * heat * carbon * oxidised * 44 / 12)
    assert of_one_row(carrier, float(amount)) == (energy, energy, emission)


def test_no_fuel_of_the_packs_is_without_a_hand_calculation():
    fuels = {id for id, carrier in packs().carriers.items() if carrier.kind == "fuel"}
    assert fuels == set(FUELS) | WITHOUT_DEFAULTS


@pytest.mark.parametrize("carrier", sorted(WITHOUT_DEFAULTS))
def test_a_fuel_without_a_carbon_content_has_a_gap_for_its_emission_and_never_a_zero(carrier):
    entries = packs().get(Factor, "carbon_content").entries
    assert [entry.id for entry in entries if entry.keys["carrier"] == carrier] == []


@pytest.mark.parametrize(
    ("scheme", "known_on", "tonnes_per_mwh"),
    [
        ("city_inventory", date(2025, 6, 30), "0.5849"),
        ("city_inventory", date(2026, 6, 30), "0.5737"),
        ("shanghai_ets", date(2025, 6, 30), "0.42"),
    ],
)
def test_electricity_gives_energy_on_both_bases_and_carbon_dioxide_by_the_factor_of_its_scheme(
    scheme, known_on, tonnes_per_mwh
):
    amount = Decimal("468.75")
    by_hand = (
        grams(amount * Decimal("0.1229")),
        grams(amount * Decimal("0.287")),
        grams(amount * Decimal(tonnes_per_mwh)),
    )
    assert of_one_row("electricity", 468.75, known_on, scheme) == by_hand


@pytest.mark.parametrize(("stated_amount", "unit"), [(46.875, "10^4 kWh"), (468750.0, "kWh"), (468.75, "MWh")])
def test_an_amount_counts_the_same_in_whatever_unit_of_its_kind_it_was_stated(stated_amount, unit):
    assert of_one_row("electricity", stated_amount, unit=unit) == of_one_row("electricity", 468.75)


@pytest.mark.parametrize("unit", ["kWh/kg", "10^4 kWh", "tce[calorific_value]", "GJ", "10^4 Nm3"])
def test_a_fuel_weighed_in_anything_but_a_weight_is_refused(unit):
    with pytest.raises(Refusal, match="unit-mismatch"):
        of_one_row("diesel", 1.0, unit=unit)


def test_a_unit_that_nobody_registered_is_refused():
    with pytest.raises(Refusal, match="unit-unknown"):
        of_one_row("diesel", 1.0, unit="barrel")


@pytest.mark.parametrize(
    ("factor", "unit"),
    [
        ("oxidation_rate", "%"),
        ("net_calorific_value", "MJ/carrier_unit"),
        ("coal_equivalent_factor", "tce[coal_equivalent]/carrier_unit"),
        ("electricity_coal_equivalent_rate", "tce[calorific_value]/MWh"),
        ("grid_electricity_average", "kgCO2/MWh"),
        ("carbon_content", "tCO2/GJ"),
    ],
)
def test_a_factor_in_another_unit_or_on_another_basis_is_refused_and_never_converted_in_silence(factor, unit):
    with pytest.raises(Refusal, match="unit-mismatch"):
        of_one_row("diesel", 1.0, use=changed(packs(), **{factor: {"unit": unit}}))


def test_nothing_used_is_a_zero_and_nothing_reported_is_not():
    assert of_one_row("diesel", 0.0) == (0, 0, 0)
    assert of_one_row("diesel", None) == (None, None, None)


def test_a_factor_of_zero_gives_a_zero():
    entries = [
        entry.model_copy(update={"value": Decimal(0)}) for entry in packs().get(Factor, "oxidation_rate").entries
    ]
    energy, _, emission = of_one_row("diesel", 2.0, use=changed(packs(), oxidation_rate={"entries": entries}))
    assert (energy, emission) == (2914200, 0)


def test_a_missing_factor_leaves_its_own_result_empty_and_no_other():
    entries = [entry for entry in packs().get(Factor, "carbon_content").entries if entry.keys["carrier"] != "diesel"]
    use = changed(packs(), carbon_content={"entries": entries})
    assert of_one_row("diesel", 2.0, use=use) == (2914200, 2914200, None)
    assert "factor-not-found" in codes(computed(every_month(MILL, "diesel", 2.0), use=use))


def test_every_method_of_the_packs_is_a_function_here():
    assert {method.function for method in packs().all(MethodDefinition)} <= {*METHODS, *ACCOUNTS}
