"""CO2 per GDP at a frozen and at the updated grid factor: an update of the factor is no effort."""

import pytest

from tanheng.kernel.faults import Refusal
from tests.kernel.area_world import CITY, account, told

# 2021: factor 0.5834, 2022: 0.5849, 2023: 0.5737 tCO2/MWh
GDP = {"2021": 1_000_000, "2022": 1_000_000, "2023": 1_000_000}


def rows(fuels=(("coal", 100), ("oil", 10), ("gas", 10)), electricity=100_000, **gdp):
    found = []
    for year, amount in (GDP | {year.removeprefix("_"): amount for year, amount in gdp.items()}).items():
        found += [told("primary_energy", CITY, year, value, fuel) for fuel, value in fuels]
        found += [told("net_electricity", CITY, year, electricity)]
        found += [told("gdp", CITY, year, amount, coverage="region")] if amount else []
    return found


def progress(given, period="2023", **settings):
    return account("carbon_progress", "carbon_assessment", given, period, **settings)


def test_nothing_but_a_new_factor_is_a_decline_that_the_factor_makes():
    run = progress(rows())
    # fuels 2.66e6 + 1.73e5 + 1.56e5 = 2 989 000 t; electricity 1e6 MWh
    assert run.shown(f"co2_of_fuels@{CITY}@2023") == "2989000.000"
    assert run.shown(f"co2_updated@{CITY}@2023") == "3562700.000"  # + 573 700
    assert run.shown(f"co2_frozen@{CITY}@2023") == "3572400.000"  # + 583 400
    assert run.shown(f"co2_of_factor@{CITY}@2023") == "-9700.000"
    assert run.shown(f"carbon_decline_frozen@{CITY}@2023") == "0.00"
    # 1 - 3 562 700 / 3 573 900 = 0.3134 %
    assert run.shown(f"carbon_decline_updated@{CITY}@2023") == "0.31"
    assert run.shown(f"carbon_decline_of_factor@{CITY}@2023") == "0.31"


def test_the_two_declines_differ_by_the_line_of_the_factor_exactly():
    run = progress(rows(_2023=1_050_000))
    for column in ("carbon_decline", "carbon_decline_since_base"):
        frozen, updated, factor = (
            run.value(f"{column}_{kind}@{CITY}@2023") for kind in ("frozen", "updated", "of_factor")
        )
        assert updated - frozen == factor


def test_since_the_base_year_the_frozen_factor_shows_the_effort_alone():
    run = progress(rows(_2023=1_100_000))
    assert run.shown(f"carbon_decline_since_base_frozen@{CITY}@2023") == "9.09"
    assert run.shown(f"co2_of_factor@{CITY}@2021") == "0.000"


def test_the_frozen_year_is_a_setting():
    run = progress(rows(), base_year="2022")
    assert run.shown(f"co2_electricity_frozen@{CITY}@2023") == "584900.000"


def test_a_fuel_that_is_not_stated_leaves_no_total():
    run = progress(rows(fuels=(("coal", 100), ("oil", 10))))
    assert run.value(f"co2_updated@{CITY}@2023") is None
    assert run.why(f"co2_updated@{CITY}@2023")["gaps"]
    assert "observation-missing" in run.codes("warning")


def test_late_gdp_leaves_the_co2_and_no_decline():
    given = [row for row in rows() if row["indicator"] != "gdp"]
    run = progress(given)
    assert run.value(f"carbon_decline_frozen@{CITY}@2023") is None
    assert run.value(f"co2_frozen@{CITY}@2023") is not None


def test_factors_that_nobody_verified_are_marked_beside_the_figure():
    run = progress(rows())
    assert run.why(f"co2_updated@{CITY}@2023")["status"]["unverified"]
    assert "factor-unverified" in run.codes()


def test_progress_without_any_energy_is_refused():
    with pytest.raises(Refusal) as refused:
        progress([told("gdp", CITY, "2023", 1)])
    assert refused.value.code == "no-activity-data"
