"""Laws of regional accounts: closure is linear, carbon counts once, a rate chained is the ratio of the ends."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.regions import Computed, balance, said

LAW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AMOUNT = st.integers(0, 2_000_000).map(lambda tens: tens / 1000)
FUELS = ("diesel", "gasoline", "coke", "natural_gas", "blast_furnace_gas")
BALANCES = st.dictionaries(st.sampled_from(FUELS), st.tuples(AMOUNT, AMOUNT, AMOUNT), min_size=1)


def rows_of(fuels, residual=0.0):
    """Balances that close but for `residual`: supply, losses and input to power are given, the rest is used."""
    found = []
    for fuel, (supply, losses, power) in fuels.items():
        total = {"total_primary_energy_supply": supply + losses + power, "losses": losses, "thermal_power": -power}
        found += balance(fuel, **total, total_transformation=-power, total_final_consumption=supply - residual)
    return found


def accounted(rows, method="regional_energy_co2", **other):
    return Computed(method, rows, **other)


@LAW
@given(BALANCES, st.integers(-5000, 5000).filter(lambda tonnes: abs(tonnes) != 300))
def test_what_is_left_over_of_each_fuel_is_what_was_taken_from_its_use(fuels, tonnes):
    found = accounted(rows_of(fuels, tonnes / 1e6), "regional_energy_balance")
    for fuel in fuels:
        assert found.value("balance_residual", fuel) == pytest.approx(tonnes * 10**6, abs=10**4)
    assert ("balance-not-closed" in found.codes()) == (abs(tonnes) > 300)


@LAW
@given(BALANCES)
def test_the_emission_of_a_region_is_the_sum_of_its_fuels_exactly(fuels):
    found = accounted(rows_of(fuels))
    counted = [fuel for fuel in fuels if found.has("co2", fuel)]
    assert set(fuels) - set(counted) <= {"blast_furnace_gas"}
    if counted:
        assert found.value("co2") == sum(found.value("co2", fuel) for fuel in counted)


@LAW
@given(BALANCES)
def test_no_setting_counts_both_the_coke_and_the_gas_of_the_furnace(fuels):
    for side in ("coke", "gases"):
        found = accounted(rows_of(fuels), furnace_carbon=side)
        assert not (found.has("co2", "coke") and found.has("co2", "blast_furnace_gas"))


@LAW
@given(BALANCES, st.integers(2, 9))
def test_a_balance_of_so_many_times_as_much_emits_so_many_times_as_much(fuels, times):
    once, often = rows_of(fuels), [row | {"stated_amount": row["stated_amount"] * times} for row in rows_of(fuels)]
    single, multiple = accounted(once), accounted(often)
    if single.has("co2"):
        assert multiple.value("co2") == pytest.approx(single.value("co2") * times, rel=1e-9, abs=len(fuels) * times)


@LAW
@given(st.lists(st.tuples(st.integers(500, 2000), st.integers(500, 2000)), min_size=3, max_size=6))
def test_rates_chained_over_the_years_give_the_ratio_of_the_first_and_the_last(levels):
    rows = []
    for year, (energy, gdp) in enumerate(levels, 2021):
        rows.append(said("energy_total", str(year), energy, "10^4 tce[coal_equivalent]"))
        rows.append(said("gdp", str(year), gdp, "10^8 CNY[2020]"))
    last = 2021 + len(levels) - 1
    found = accounted(rows, "energy_intensity", period=f"2022..{last}", scheme="energy_statistics")
    whole = 1 - (levels[-1][0] / levels[-1][1]) / (levels[0][0] / levels[0][1])
    assert found.value("cumulative_decline") / 10**9 == pytest.approx(whole, abs=1e-7 * max(1, abs(whole)))
