"""The month is compared like with like, and whoever explains it is named."""

from dataclasses import replace
from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import MethodUse, Suppression
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Relation
from tests.kernel.area_world import told
from tests.kernel.dispatch_world import (
    BEFORE,
    CITY,
    DALE,
    DEPOT,
    EAST,
    FORGE,
    HALF,
    HILL,
    HOTEL,
    LONG_AGO,
    MILL,
    QUAY,
    WEST,
    dispatched,
    event,
    gas,
    packs,
    place,
    reports,
    table,
)

ALL = {"mill": (100, 110), "forge": (200, 190), "hotel": (50, 80), "depot": (10, 10)}


def added(subject, line=None):
    address = f"reported_energy_contribution@{subject}@{HALF}"
    return address if line is None else f"{address}@{line}"


def test_a_growth_is_the_sum_of_what_its_areas_add_to_it():
    run = dispatched(reports(**ALL))
    assert run.shown(f"reported_energy_growth@{CITY}@{HALF}") == "8.33"  # 390 / 360
    assert run.shown(added(EAST)) == "0.00"
    assert run.shown(added(WEST)) == "8.33"
    assert run.value(added(EAST)) + run.value(added(WEST)) == run.value(f"reported_energy_growth@{CITY}@{HALF}")


def test_the_units_that_explain_a_growth_move_in_its_direction_and_all_others_are_one_rest():
    run = dispatched(reports(**ALL), units_named="1")
    assert run.shown(added(CITY, HOTEL)) == "8.33"
    assert run.shown(added(CITY, "rest")) == "0.00"
    assert run.value(added(CITY, HOTEL)) + run.value(added(CITY, "rest")) == run.value(
        f"reported_energy_growth@{CITY}@{HALF}"
    )
    with pytest.raises(Refusal):
        run.why(added(CITY, FORGE))


def test_a_fall_is_explained_by_those_that_fell():
    run = dispatched(reports(mill=(100, 90), forge=(100, 110), hotel=(50, 20)), units_named="1")
    assert run.shown(f"reported_energy_growth@{CITY}@{HALF}") == "-12.00"
    assert run.shown(added(CITY, HOTEL)) == "-12.00"


def test_a_field_is_followed_in_each_district_and_in_the_city():
    run = dispatched(reports(**ALL))
    assert run.shown(f"reported_energy_growth@{CITY}#commerce@{HALF}") == "60.00"
    assert run.shown(f"reported_energy_growth@{WEST}#commerce@{HALF}") == "60.00"
    assert run.shown(added(f"{CITY}#commerce")) == "8.33"


def test_a_unit_that_owes_the_month_and_is_silent_is_in_neither_year():
    rows = [row for row in reports(**ALL) if (row["subject"], row["period_start"].isoformat()) != (FORGE, "2025-06-01")]
    run = dispatched(rows)
    assert run.shown(f"reported_energy_growth@{CITY}@{HALF}") == "25.00"  # 200 / 160: the forge would be a fall of 40 t
    (said,) = [text for text in run.found("dispatch-units-silent") if CITY in text]
    assert FORGE in said
    assert run.shown(f"reporting_rate@{CITY}@2025-06") == "75.00"
    assert run.value(f"reporting_rate@{HILL}@2025-06") == 0


def test_a_month_missing_in_the_middle_leaves_the_unit_out_by_name():
    rows = [row for row in reports(**ALL) if (row["subject"], row["period_start"].isoformat()) != (FORGE, "2025-03-01")]
    run = dispatched(rows)
    assert run.shown(f"reported_energy_growth@{CITY}@{HALF}") == "25.00"
    assert any(FORGE in said for said in run.found("dispatch-units-incomplete"))
    assert "dispatch-units-incomplete" in run.codes("blocker")


def test_a_growth_of_a_few_of_the_units_that_report_does_not_pass_for_that_of_their_area():
    late = {(MILL, "2025-03-01"), (FORGE, "2025-03-01"), (HOTEL, "2025-03-01")}
    rows = [row for row in reports(**ALL) if (row["subject"], row["period_start"].isoformat()) not in late]
    run = dispatched(rows)
    assert run.shown(f"reported_energy_growth@{CITY}@{HALF}") == "0.00"  # the depot's alone
    assert run.shown(f"compared_share@{CITY}@{HALF}") == "2.7"  # 60 of 600 + 1200 + 400 + 60
    assert any("1 of 4 units" in said for said in run.found("dispatch-few-compared"))
    assert "dispatch-few-compared" in run.codes("blocker")
    assert "dispatch-few-compared" not in dispatched(rows, compared_share_least="2").codes()
    assert dispatched(reports(**ALL)).shown(f"compared_share@{CITY}@{HALF}") == "100.0"


def test_a_report_that_came_after_the_due_day_was_not_in_time():
    rows = reports(**ALL)
    for row in rows:
        if row["subject"] == HOTEL and row["period_start"] == date(2025, 6, 1):
            row["published"] = date(2025, 7, 18)
    run = dispatched(rows)
    assert run.shown(f"reporting_rate@{CITY}@2025-06") == "100.00"
    assert run.shown(f"reporting_rate_in_time@{CITY}@2025-06") == "75.00"
    assert dispatched(rows, due_day="20").shown(f"reporting_rate_in_time@{CITY}@2025-06") == "100.00"


def test_a_unit_that_opened_since_is_new_and_one_that_closed_is_stopped():
    opened = Relation(LOCATED_IN, HOTEL, DALE, date(2025, 1, 1))
    closed = Relation(LOCATED_IN, FORGE, HILL, LONG_AGO, date(2024, 12, 1))
    run = dispatched(reports(mill=(100, 100), forge=(100, None), hotel=(None, 60)), place(opened, closed))
    assert run.shown(f"reported_energy_growth@{CITY}@{HALF}") == "-20.00"  # 160 / 200
    assert run.shown(added(CITY, FORGE)) == "-50.00"
    assert run.shown(added(DALE.replace("dale", "west"))) == "30.00"


def test_a_unit_that_says_it_stopped_counts_as_stopped_and_not_as_silent():
    run = dispatched(reports(mill=(100, 100), forge=(100, None)), events=(event(FORGE, "停产", month="2025-02"),))
    assert run.shown(f"reported_energy_growth@{CITY}@{HALF}") == "-50.00"
    assert "dispatch-units-silent" not in run.codes()


def test_a_unit_without_last_year_that_did_not_open_since_is_not_in_the_growth():
    run = dispatched(reports(mill=(100, 110), hotel=(None, 500)))
    assert run.shown(f"reported_energy_growth@{CITY}@{HALF}") == "10.00"
    assert any(HOTEL in said for said in run.found("dispatch-units-uncompared"))
    said_so = dispatched(reports(mill=(100, 110), hotel=(None, 500)), events=(event(HOTEL, "投产"),))
    assert said_so.shown(f"reported_energy_growth@{CITY}@{HALF}") == "510.00"


def test_a_unit_that_moved_counts_in_both_years_where_it_lies_now():
    moved = (
        Relation(LOCATED_IN, MILL, QUAY, LONG_AGO, date(2025, 3, 1)),
        Relation(LOCATED_IN, MILL, DALE, date(2025, 3, 1)),
    )
    run = dispatched(reports(**ALL), place(*moved))
    assert run.shown(f"reported_energy_growth@{WEST}@{HALF}") == "25.00"  # 200 / 160
    assert run.shown(f"reported_energy_growth@{EAST}@{HALF}") == "-5.00"
    assert any(MILL in said for said in run.found("dispatch-units-moved"))


def test_a_district_that_was_merged_in_the_middle_of_the_year_is_compared_as_it_is_now():
    merged = (
        Relation(LOCATED_IN, DALE, WEST, LONG_AGO, date(2025, 4, 1)),
        Relation(LOCATED_IN, DALE, EAST, date(2025, 4, 1)),
        Relation(LOCATED_IN, WEST, CITY, LONG_AGO, date(2025, 4, 1)),
    )
    run = dispatched(reports(**ALL), place(*merged))
    assert run.shown(f"reported_energy_growth@{EAST}@{HALF}") == "8.33"
    with pytest.raises(Refusal):
        run.why(f"reported_energy_growth@{WEST}@{HALF}")


def test_growth_is_taken_against_the_comparison_of_the_table_and_the_adjustment_is_shown():
    run = dispatched(table("above_scale_energy", EAST, 1050, 1000, 980))
    assert run.shown(f"above_scale_growth@{EAST}@{HALF}") == "5.00"
    assert run.shown(f"above_scale_growth_published@{EAST}@{HALF}") == "7.14"
    assert run.shown(f"above_scale_adjustment@{EAST}@{HALF}") == "-2.14"


def test_a_city_without_a_table_is_the_sum_of_its_districts_and_says_so():
    rows = [*table("above_scale_energy", EAST, 1050, 1000, 980), *table("above_scale_energy", WEST, 450, 500, 500)]
    run = dispatched(rows)
    assert run.value(f"above_scale_growth@{CITY}@{HALF}") == 0
    assert run.shown(f"above_scale_contribution@{EAST}@{HALF}") == "3.33"
    assert any(CITY in said for said in run.found("dispatch-summed"))
    own = dispatched([*rows, *table("above_scale_energy", CITY, 1600, 1500, 1500)])
    assert own.shown(f"above_scale_growth@{CITY}@{HALF}") == "6.67"
    assert "dispatch-summed" not in own.codes()


def test_a_sum_of_some_of_its_districts_does_not_pass_for_a_city():
    run = dispatched(table("above_scale_energy", EAST, 1050, 1000, 980))
    assert run.shown(f"above_scale_growth@{CITY}@{HALF}") == "5.00"
    assert any(WEST in said and CITY in said for said in run.found("dispatch-summed-in-part"))
    assert "dispatch-summed-in-part" in run.codes("blocker")


def test_energy_per_output_sets_one_table_beside_the_other():
    run = dispatched(
        [*table("above_scale_energy", EAST, 1050, 1000, 980), *table("output_value", EAST, 1100, 1000, 990)]
    )
    assert run.shown(f"output_energy_change@{EAST}@{HALF}") == "-4.55"


def test_each_industry_adds_to_the_growth_of_electricity():
    rows = [
        *table("electricity_use", EAST, 660, 600, 600, item="C", use_class="grid_and_gas"),
        *table("electricity_use", EAST, 380, 400, 400, item="residential", use_class="grid_and_gas"),
    ]
    run = dispatched(rows)
    assert run.shown(f"electricity_growth@{EAST}@{HALF}") == "4.00"
    assert run.shown(f"electricity_contribution@{EAST}@{HALF}@C") == "6.00"
    assert run.shown(f"electricity_contribution@{EAST}@{HALF}@residential") == "-2.00"


def test_january_and_february_are_one_period():
    rows = table("electricity_use", EAST, 105, 100, 100, use_class="grid_and_gas", accumulation="january_february")
    for row in rows:
        row["period_end"] = row["period_start"].replace(month=3)
    run = dispatched(rows, period=Period.parse("2025-01..2025-02"), known_on=date(2025, 7, 25))
    assert run.shown(f"electricity_growth@{EAST}@2025-01..2025-02") == "5.00"
    with pytest.raises(Refusal) as refused:
        dispatched(rows, period=Period.parse("2025-01"))
    assert refused.value.code == "period-not-to-date"


def test_a_negative_base_gives_no_growth_at_all():
    run = dispatched(table("above_scale_energy", EAST, 100, -50, None))
    assert run.value(f"above_scale_growth@{EAST}@{HALF}") is None
    assert "dispatch-base-not-positive" in run.codes("warning")


def test_two_statements_that_contradict_each_other_block_the_result():
    rows = table("above_scale_energy", EAST, 1050, 1000, 980)
    twice = told("above_scale_energy", EAST, str(HALF), 990, coverage="above_scale_industry",
                 published=date(2025, 7, 20), use_class="administrative", accumulation="year_to_date")  # fmt: skip
    run = dispatched([*rows, twice])
    assert run.value(f"above_scale_growth@{EAST}@{HALF}") is None
    assert "observation-contradicted" in run.codes("blocker")


def test_single_returns_of_the_statistics_never_enter():
    own = [
        told("comprehensive_energy", MILL, str(HALF), 700, coverage="above_scale_industry",
             use_class="individual_statistics", accumulation="year_to_date")
    ]  # fmt: skip
    with pytest.raises(Refusal) as refused:
        dispatched(own)
    assert refused.value.code == "no-activity-data"
    barred = [row | {"use_class": "individual_statistics"} for row in reports(**ALL)]
    with pytest.raises(Refusal):
        dispatched(barred)


def test_a_total_of_too_few_firms_stays_confidential():
    hidden = table("above_scale_energy", EAST, 1050, 1000, 980, use_class="individual_statistics")
    run = dispatched([*hidden, *table("above_scale_energy", WEST, 450, 500, 500)])
    with pytest.raises(Refusal):
        run.why(f"above_scale_growth@{EAST}@{HALF}")
    assert any(EAST in said for said in run.found("dispatch-summed-in-part"))


@pytest.mark.parametrize("method", ["dispatch", "year_end_by_reports", "year_end_by_season", "year_end_by_model"])
def test_no_way_of_the_month_may_use_a_confidential_class(method):
    confidential = {name for rule in packs().all(Suppression) for name in rule.use_classes}
    used = {name for use in packs().all(MethodUse) if use.method == method for name in use.use_classes}
    assert used and not used & confidential


def test_a_month_without_gdp_is_the_normal_month():
    assert dispatched(reports(**ALL)).codes() == {"dispatch-estimate"}


def test_what_came_later_does_not_change_what_was_known_earlier():
    rows = [*reports(**ALL), *gas(MILL, Period.parse("2025-06"), 500, position=2)]
    rows[-1]["published"] = date(2025, 8, 20)
    assert dispatched(rows).shown(f"reported_energy_growth@{CITY}@{HALF}") == "8.33"
    later = dispatched(rows, known_on=date(2025, 9, 1))
    assert later.shown(f"reported_energy_growth@{CITY}@{HALF}") == "26.39"  # 390 more t in June: (2340 + 390) / 2160


def test_the_names_of_the_periods_are_those_of_the_tables():
    assert (str(HALF), str(BEFORE)) == ("2025-01..2025-06", "2024-01..2024-06")
    assert DEPOT


def test_the_explanation_of_what_a_unit_adds_names_the_unit():
    plain = dispatched(reports(**ALL)).inputs.directory
    named = tuple(replace(item, label={"zh": f"{item.id[9:]}号", "en": "Inn"}) for item in plain.facilities)
    run = dispatched(reports(**ALL), replace(plain, facilities=named))
    label = run.why(added(CITY, HOTEL))["label"]
    assert "hotel号" in label["zh"] and HOTEL not in label["zh"]
