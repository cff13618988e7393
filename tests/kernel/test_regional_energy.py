"""A region's balance and its CO2, by hand: what closes, what counts, what stands beside the total."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import BalanceLayout, LayoutProfile
from tests.kernel.regions import Computed, balance
from tests.kernel.world import packs

# carbon content tC/GJ and oxidation, typed from the table that the pack cites
CARBON = {"diesel": ("0.0202", "0.98"), "coke": ("0.0295", "0.93"), "blast_furnace_gas": ("0.0708", "0.99")}
DIESEL = balance(
    "diesel", indigenous_production=0, interprovincial_imports=3, export=-0.5, stock_change=0.1,
    total_primary_energy_supply=2.6, petroleum_refineries=1.0, thermal_power=-0.2, total_transformation=0.8,
    losses=0.1, industry=1.2, industry_non_energy_use=0.3, transport_storage_post=2.1, total_final_consumption=3.3,
)  # fmt: skip
COKE = balance("coke", total_primary_energy_supply=5, total_final_consumption=5)
GAS = balance("blast_furnace_gas", recovery_of_energy=2, thermal_power=-0.5, total_final_consumption=1.5)
POWER = balance(
    "electricity", indigenous_production=0.1, interprovincial_imports=2, interprovincial_exports=-0.5,
    thermal_power=1, losses=0.2, total_final_consumption=2.4,
)  # fmt: skip
WHOLE = [*DIESEL, *COKE, *GAS, *POWER]


def grams(mtce, fuel):
    carbon, oxidised = map(Decimal, CARBON[fuel])
    tonnes = Decimal(mtce) * 1_000_000 * Decimal("29.3076") * carbon * oxidised * 44 / 12
    return int((tonnes * 1_000_000).quantize(Decimal(1), ROUND_HALF_EVEN))


def co2(rows=WHOLE, **settings):
    return Computed("regional_energy_co2", rows, **settings)


def energy(rows=WHOLE, **settings):
    return Computed("regional_energy_balance", rows, **settings)


def near(value):
    return pytest.approx(value, abs=2)  # a double of 10^13 grams holds no finer


# ---- closure


def test_a_balance_closes_where_supply_and_transformation_are_used_up():
    found = energy()
    assert found.value("balance_residual", "diesel") == near(0)
    assert found.value("balance_residual") == near(0)
    assert found.codes("blocker") == []


def test_a_fuel_that_does_not_close_is_found_with_its_residual_whichever_term_is_wrong():
    for row in DIESEL:
        if row["item"] in {"total_primary_energy_supply", "total_transformation", "losses", "total_final_consumption"}:
            wrong = [
                other | {"stated_amount": other["stated_amount"] + 0.01} if other is row else other for other in DIESEL
            ]
            found = energy(wrong)
            assert abs(found.value("balance_residual", "diesel")) == near(10_000_000_000)
            assert "balance-not-closed" in found.codes("blocker")


def test_what_is_tolerated_of_a_residual_is_a_setting():
    wrong = [*COKE[:1], *balance("coke", total_final_consumption=4.9998)]
    assert "balance-not-closed" not in energy(wrong).codes()
    assert "balance-not-closed" in energy(wrong, closure_tolerance="100").codes()


def test_sums_that_a_publisher_left_out_are_made_from_their_rows():
    parts = [row for row in DIESEL if not row["item"].startswith("total_")]
    assert energy(parts).value("balance_residual", "diesel") == near(0)
    assert co2(parts).value("co2", "diesel") == near(co2(DIESEL).value("co2", "diesel"))


def test_a_sum_that_its_rows_do_not_make_is_said_and_counts_as_stated():
    found = energy([row for row in DIESEL if row["item"] != "petroleum_refineries"])
    assert found.codes("warning") == ["balance-subtotal-differs"]
    assert found.value("balance_residual", "diesel") == near(0)


def test_a_statistical_difference_belongs_to_the_identity():
    rows = [*balance("coke", total_primary_energy_supply=5.1, total_final_consumption=5, statistical_difference=0.1)]
    assert energy(rows).value("balance_residual", "coke") == near(0)


def test_two_figures_for_one_place_of_the_balance_block_and_count_neither():
    twice = [*COKE, COKE[1] | {"use_class": "administrative", "stated_amount": 4.0}]
    found = energy(twice)
    assert "balance-cell-twice" in found.codes("blocker")
    assert found.value("balance_residual", "coke") == near(5_000_000_000_000)


def test_a_row_that_the_layout_does_not_know_blocks():
    assert "balance-process-unknown" in energy([*COKE, *balance("coke", flared=1)]).codes("blocker")


def test_a_year_without_a_balance_is_a_finding_and_not_a_zero():
    found = energy(period="2021")
    assert found.codes("blocker") == ["balance-missing"]
    assert found.result.figures.height() == 0


def test_a_balance_counts_the_same_in_whatever_unit_of_coal_equivalent_it_is_stated():
    tens = balance(
        "coke", unit="10^4 tce[calorific_value]", total_primary_energy_supply=500, total_final_consumption=500
    )
    assert co2(tens).value("co2", "coke") == near(co2(COKE).value("co2", "coke"))


def test_a_balance_on_the_other_basis_of_electricity_is_refused():
    with pytest.raises(Refusal, match="unit-mismatch"):
        energy(balance("coke", unit="10^4 tce[coal_equivalent]", total_final_consumption=5))


# ---- energy on both bases


def test_the_total_is_the_supply_and_on_the_other_basis_electricity_counts_as_the_coal_it_stands_for():
    found = energy(coal_equivalent_rate="0.300")
    # supply: diesel 2.6 + coke 5 + electricity 0.1 + 2 - 0.5
    assert found.value("energy_total_calorific") == near(9_200_000_000_000)
    by_hand = Decimal("9.2") + Decimal("1.6") / Decimal("0.1229") * (Decimal("0.300") - Decimal("0.1229"))
    assert found.value("energy_total") == near(int(by_hand * 10**12))


def test_from_the_side_of_use_the_total_counts_final_consumption_losses_and_what_transformation_loses():
    found = energy(total_side="consumption")
    # final 3.3 + 5 + 1.5 + 2.4, losses 0.1 + 0.2, transformation -(0.8 + 1.5 + 1)
    assert found.value("energy_total_calorific") == near(9_200_000_000_000)


def test_a_column_of_all_fuels_is_the_total_where_there_is_one_and_how_far_the_fuels_are_off_is_said():
    found = energy([*WHOLE, *balance("TOTAL_ENERGY", total_primary_energy_supply=9, total_final_consumption=9)])
    assert found.value("energy_total_calorific") == near(9_000_000_000_000)
    assert "balance-whole-differs" in found.codes("note")


def test_without_electricity_both_bases_agree():
    found = energy([*DIESEL, *COKE])
    assert found.value("energy_total") == found.value("energy_total_calorific")


# ---- CO2


def test_what_is_burnt_is_final_consumption_without_feedstock_and_with_the_input_to_power():
    # 3.3 - 0.3 + 0.2 Mtce
    assert co2().value("co2", "diesel") == near(grams("3.2", "diesel"))


def test_losses_and_refuelling_abroad_count_as_the_settings_say():
    rows = [*DIESEL, *balance("diesel", bunker_chinese_vessels_abroad=0.4)]
    assert co2(rows, losses="count").value("co2", "diesel") == near(grams("3.3", "diesel"))
    assert co2(rows, bunkers="subtract").value("co2", "diesel") == near(grams("2.8", "diesel"))


def test_bunkers_and_feedstock_stand_beside_the_total_and_not_in_it():
    rows = [*DIESEL, *balance("diesel", bunker_chinese_vessels_abroad=0.4, bunker_foreign_vessels_in_china=-0.1)]
    found = co2(rows)
    assert found.value("bunker_co2") == near(grams("0.5", "diesel"))
    assert found.value("non_energy_use") == near(300_000_000_000)
    assert found.value("co2") == found.value("co2", "diesel") == near(grams("3.2", "diesel"))


def test_the_carbon_of_the_furnace_counts_in_the_coke_or_in_the_gases_and_never_in_both():
    in_coke, in_gases = co2(), co2(furnace_carbon="gases")
    assert in_coke.value("co2", "coke") == near(grams("5", "coke"))
    assert not in_coke.has("co2", "blast_furnace_gas")
    assert in_gases.value("co2", "blast_furnace_gas") == near(grams("2", "blast_furnace_gas"))
    assert not in_gases.has("co2", "coke")
    assert "fuel-not-counted" in in_coke.codes("note")
    with pytest.raises(Refusal, match="carbon-counted-twice"):
        co2(furnace_carbon="both")


def test_refining_and_coking_emit_nothing_by_what_they_take_in():
    rows = balance("crude_oil", import_=8, petroleum_refineries=-8)
    rows = [row | {"item": row["item"].rstrip("_")} for row in rows]
    found = co2(rows)
    assert not found.has("co2", "crude_oil")


def test_electricity_from_outside_emits_by_the_grid_factor_and_what_is_made_here_by_its_fuel():
    found = co2(grid_factor_value="0.6")
    by_hand = Decimal("1.5") / Decimal("0.1229") * Decimal("0.6") * 10**12
    assert found.value("co2", "electricity") == near(int(by_hand))


def test_without_a_grid_factor_the_emission_is_a_gap_that_blocks_and_the_fuels_are_still_there():
    early = [
        row
        | {"period_start": row["period_start"].replace(year=2007), "period_end": row["period_end"].replace(year=2008)}
        for row in WHOLE
    ]
    found = co2(early, period="2007")
    assert found.value("co2", "electricity") is None
    assert "factor-not-found" in found.codes("blocker")
    assert found.value("co2") == found.value("co2", "diesel") + found.value("co2", "coke")


def test_a_fuel_without_a_carbon_content_is_named_and_not_counted_unless_somebody_wants_it_found_missing():
    rows = [*COKE, *balance("other_energy", total_final_consumption=1, recovery_of_energy=1)]
    assert not co2(rows).has("co2", "other_energy")
    assert "factor-not-found" in co2(rows, fuels_left_out="-").codes("blocker")


def test_a_result_that_rests_on_an_unverified_factor_says_so_and_no_other():
    rows = [*COKE, *balance("raw_coal", total_primary_energy_supply=1, total_final_consumption=1)]
    cells = {cell.address.line: cell.unverified for cell in co2(rows).run.paper.of_column("co2")}
    assert cells == {"coke": False, "raw_coal": True, None: True}


def test_every_cell_of_the_account_explains_itself_to_an_outsider():
    rows = [
        *WHOLE,
        *balance("diesel", bunker_chinese_vessels_abroad=0.4),
        *balance("heat", interprovincial_imports=0.1),
    ]
    assert co2(rows, coal_equivalent_rate="0.300").explain_everything() >= 60


def test_a_setting_of_the_run_stands_among_the_factors_of_what_rests_on_it():
    told = co2(coal_equivalent_rate="0.300").why("energy_total@area/region@2022")
    (setting,) = [item for item in told["factors"] if item["id"] == "setting"]
    assert (setting["entry"], setting["exact"], setting["unit"]) == (
        "coal_equivalent_rate",
        "0.300",
        "kgce[coal_equivalent]/kWh",
    )


def test_every_process_of_a_balance_is_a_row_of_the_sheet_it_comes_in():
    layout, sheet = packs().get(BalanceLayout, "regional_balance"), packs().get(LayoutProfile, "energy_balance")
    assert {row.item for row in sheet.rows.known} == set(layout.by_id)
    fuels = {column.carrier for column in sheet.columns if column.carrier}
    assert fuels <= set(packs().carriers)
    assert {layout.electricity, *layout.coke, *layout.furnace_gases} <= fuels
