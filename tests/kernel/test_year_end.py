"""The year is foretold in three ways from what was known, and set beside what the targets allow."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.assessment.year_end_by_model import fitted
from tanheng.kernel.demand import Baseline, Demand, Demands, KnownObligation, Target
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.period import Period
from tanheng.kernel.run import Parameters, run
from tests.kernel.area_world import Run, given, told
from tests.kernel.dispatch_world import CITY, EAST, FORGE, HALF, HOTEL, KNOWN, MILL, WEST, gas, packs, place, stated

SEASON = (1.0, 0.8, 1.0, 1.0, 1.0, 1.1, 1.2, 1.2, 1.0, 1.0, 1.0, 1.0)
UNITS = {MILL: (100, 1.05), FORGE: (200, 0.97), HOTEL: (50, 1.2)}
YEAR = sum(SEASON)
TCE = 0.7143  # of a tonne of raw coal


def history(units=None, since=2022, until=6):
    """Coal by month: a season, and a growth from year to year."""
    rows = []
    for unit, (base, growth) in (units or UNITS).items():
        for year in range(since, 2026):
            for month in range(1, 13 if year < 2025 else until + 1):
                amount = round(base * growth ** (year - 2024) * SEASON[month - 1], 3)
                rows += gas(unit, Period.month(year, month), amount)
    return rows


def expects(unit, amount, **other):
    return stated(unit, "raw_coal", Period.year(2025), amount, indicator="energy_forecast", accumulation="year",
                  coverage="key_unit", published=date(2025, 7, 12), **other)  # fmt: skip


def gdp(value, area=CITY):
    return told(
        "gdp_growth",
        area,
        str(HALF),
        value,
        published=date(2025, 7, 18),
        accumulation="year_to_date",
        coverage="region",
    )


def target(value, tier="floor", indicator="energy_per_gdp", operator="down", unit="%"):
    demand = Demand(operator, Decimal(value), unit=unit, by="2025")
    return Target(f"plan.{indicator}.{tier}", Label(zh="目标", en="target"), "plan#1", demand, subject=CITY,
                  indicator=indicator, tier=tier, baseline=Baseline("2024"))  # fmt: skip


def foretold(way, rows, *targets, known_on=KNOWN, where=None, **settings):
    known = Demands(tuple(KnownObligation(each, date(2025, 3, 1)) for each in targets))
    inputs = replace(
        given(rows, where or place(units={MILL: "area/quay", FORGE: "area/hill", HOTEL: "area/dale"})), demands=known
    )
    asked = Parameters(HALF, "energy_reporting", known_on, 1, None, settings)
    return Run(run(f"year_end_by_{way}", packs(), inputs, asked), inputs, packs())


def tce(*units, growth=True):
    return sum(UNITS[unit][0] * (UNITS[unit][1] if growth else 1) * YEAR * TCE for unit in units)


def test_a_season_that_repeats_gives_the_year_as_it_will_be():
    run = foretold("season", history())
    assert float(run.shown(f"year_end_energy@{CITY}@2025")) == pytest.approx(tce(*UNITS), abs=0.2)
    assert run.shown(f"year_end_growth@{WEST}@2025") == "20.00"


def test_a_fitted_trend_and_season_continue_a_series_that_has_them():
    run = foretold("model", history({MILL: UNITS[MILL]}, since=2021))
    assert float(run.shown(f"year_end_energy@{CITY}@2025")) == pytest.approx(tce(MILL), rel=0.01)


def test_the_parameters_of_a_fit_have_nine_digits_so_that_machines_agree():
    months = [month for year in (2023, 2024) for month in Period.year(year).months()]
    fit = fitted({month: 100 * SEASON[month.start.month - 1] * 1.01**place for place, month in enumerate(months)})
    assert fit.trend == pytest.approx(0.00995033, abs=1e-8)
    assert fit.trend == float(f"{fit.trend:.9g}") and fit.level == float(f"{fit.level:.9g}")


def test_what_units_expect_counts_and_the_others_go_on_by_their_season():
    run = foretold("reports", [*history(), expects(MILL, 1500)])
    others = tce(FORGE) + tce(HOTEL)
    season = (UNITS[FORGE][0] * 0.97 + UNITS[HOTEL][0] * 1.2) * TCE * YEAR
    assert float(run.shown(f"year_end_energy@{CITY}@2025")) == pytest.approx(1500 * TCE + season, abs=0.2)
    assert others == pytest.approx(season)


def test_a_forecast_below_what_was_used_already_is_not_believed():
    run = foretold("reports", [*history(), expects(MILL, 300), expects(FORGE, 2400)])
    assert "forecast-below-actual" in run.codes("warning")
    assert float(run.shown(f"year_end_energy@{EAST}@2025")) == pytest.approx(2400 * TCE + tce(MILL), abs=0.2)


def test_the_forecast_of_a_unit_that_supplies_energy_is_another_coverage():
    supplied = [
        stated(MILL, "heat", month, 5, indicator="energy_supplied", published=date(2025, 7, 12), unit="GJ")
        for month in Period.parse("2022-01..2025-06").months()
    ]
    run = foretold("reports", [*history(), *supplied, expects(MILL, 1500), expects(FORGE, 2400)])
    assert "forecast-not-comparable" in run.codes("note")


def test_no_forecast_at_all_is_no_number():
    run = foretold("reports", history())
    assert "forecast-without-history" in run.codes("note")
    assert run.result.figures.height() == 0


@pytest.mark.parametrize("way", ["season", "model"])
def test_a_year_without_history_has_no_number(way):
    rows = [row for row in history(since=2024) if row["period_start"] >= date(2024, 1, 1)]
    rows = [row for row in rows if not (row["period_start"].year == 2024 and row["period_start"].month > 6)]
    run = foretold(way, rows)
    assert not run.result.figures.height()
    assert any(CITY in said for said in run.found("forecast-without-history"))


def test_a_city_without_reports_is_told_which_periods_have_some():
    with pytest.raises(Refusal) as refused:
        foretold("season", [row for row in history() if row["period_start"].year == 2022])
    assert "2022-01..2022-12" in refused.value.message("en") or "2022" in refused.value.message("en")


def test_an_intensity_target_allows_energy_by_the_growth_of_gdp():
    run = foretold("season", [*history(), gdp(5)], target("3"))
    line = f"{CITY}@2025@energy_per_gdp/floor"
    last = tce(*UNITS, growth=False)
    assert float(run.shown(f"year_end_allowed@{line}")) == pytest.approx(last * 1.05 * 0.97, abs=0.2)
    assert float(run.shown(f"year_end_to_save@{line}")) == pytest.approx(tce(*UNITS) - last * 1.05 * 0.97, abs=0.2)


def test_a_stretch_leaves_more_to_save_than_the_floor():
    run = foretold("season", [*history(), gdp(5)], target("3"), target("5", "stretch"))
    floor, stretch = (run.value(f"year_end_to_save@{CITY}@2025@energy_per_gdp/{tier}") for tier in ("floor", "stretch"))
    assert stretch > floor


def test_the_units_above_their_share_are_named_with_what_each_is_above_it():
    run = foretold("season", [*history(), gdp(5)], target("3"), units_named="2")
    hotel = f"year_end_to_save@{CITY}@2025@energy_per_gdp/floor/{HOTEL}"
    expected = 50 * YEAR * TCE * (1.2 - 1.05 * 0.97)
    assert float(run.shown(hotel)) == pytest.approx(expected, abs=0.1)
    words = run.why(hotel)["label"]
    assert "/确保/" in words["zh"] and "floor" not in words["zh"]


def test_a_target_without_base_allows_nothing_and_is_named():
    run = foretold("season", [*history(), gdp(5)], replace(target("3"), baseline=None))
    assert "target-base-missing" in run.codes()


def test_without_gdp_an_intensity_target_says_what_is_missing_and_an_expected_growth_may_be_set():
    run = foretold("season", history(), target("3"))
    assert "year-end-needs-gdp" in run.codes("note")
    set_ = foretold("season", history(), target("3"), gdp_growth="5")
    assert set_.value(f"year_end_allowed@{CITY}@2025@energy_per_gdp/floor") is not None


def test_a_cap_on_the_total_allows_the_growth_that_it_leaves_over_last_year():
    total = told("energy_total", CITY, "2024", 40, published=date(2025, 3, 1))
    cap = target("41", indicator="energy_total", operator="at_most", unit="10^4 tce")
    run = foretold("season", [*history(), total], cap)
    line = f"year_end_allowed@{CITY}@2025@energy_total/floor"
    assert float(run.shown(line)) == pytest.approx(tce(*UNITS, growth=False) * 41 / 40, abs=0.2)


def test_a_forecast_is_made_of_what_was_known_and_its_test_looks_back_the_same_way():
    full = history(until=12)
    half = [row for row in full if row["period_start"] < date(2025, 7, 1)]
    early = foretold("season", full, known_on=KNOWN)
    assert early.value(f"year_end_energy@{CITY}@2025") == foretold("season", half).value(f"year_end_energy@{CITY}@2025")


def test_two_targets_for_one_thing_leave_no_remainder():
    again = replace(target("4"), id="plan.other")
    run = foretold("season", [*history(), gdp(5)], target("3"), again)
    assert "target-stated-twice" in run.codes("blocker")
    assert not [row for row in run.result.figures.rows() if row["year_end_allowed"] is not None]


def test_what_a_few_units_have_left_to_save_does_not_pass_for_what_their_area_has():
    rows = [row for row in history() if (row["subject"], row["period_start"]) != (FORGE, date(2024, 5, 1))]
    run = foretold("season", rows, target("3"), gdp_growth="5")
    assert run.value(f"year_end_to_save@{CITY}@2025@energy_per_gdp/floor") is not None
    assert any("2 of 3 units" in said for said in run.found("forecast-of-few"))
    assert "forecast-of-few" in run.codes("blocker")
    assert "forecast-of-few" not in foretold("season", history(), target("3"), gdp_growth="5").codes()
