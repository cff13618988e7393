"""A change of energy is made up of its drivers, whole, whatever begins or ends in the year."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tests.kernel.area_world import EAST, account, told

AMOUNTS = st.floats(min_value=0.01, max_value=5000, allow_nan=False).map(lambda value: round(value, 3))


def sector(id, energy, added=None, growth=None):
    """A sector in both years: energy; value added at one year's prices, or of last year with its growth."""
    rows = [told("sector_energy", EAST, year, value, id) for year, value in zip(("2023", "2024"), energy, strict=True)]
    rows = [row for row in rows if row["stated_amount"] is not None]
    fixed = {"coverage": "region", "item": id}
    if growth is not None:
        rows.append(told("value_added_current", EAST, "2023", added[0], **fixed))
        rows.append(told("value_added_growth", EAST, "2024", growth, **fixed))
    elif added is not None:
        rows += [
            told("value_added", EAST, year, value, **fixed) for year, value in zip(("2023", "2024"), added, strict=True)
        ]
    return rows


def driven(rows, period="2024"):
    return account("drivers", "energy_assessment", rows, period)


def effects(run):
    found = {}
    for row in run.result.figures.rows():
        found |= {name: row[name] for name in row if name.startswith("driver_") and isinstance(row[name], int)
                  and not name.endswith(("_missing", "_unverified"))}  # fmt: skip
    return found


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=5))
def test_the_drivers_make_up_the_change_whole(sectors):
    rows = [row for place, (e0, e1, q0, q1) in enumerate(sectors) for row in sector(f"s{place}", (e0, e1), (q0, q1))]
    found = effects(driven(rows))
    assert abs(found["driver_residual"]) <= 2 * len(sectors)  # of 10^10 gce in 10^4 tce: rounding to grams alone
    parts = sum(found[name] for name in ("driver_activity", "driver_structure", "driver_intensity"))
    assert parts + found["driver_residual"] == found["driver_change"]


def test_a_sector_that_grows_as_all_others_adds_activity_alone():
    run = driven([*sector("industry", (100, 110), (500, 550)), *sector("tertiary", (40, 44), (500, 550))])
    assert run.shown(f"driver_activity@{EAST}@2024") == "14.00"
    assert run.shown(f"driver_structure@{EAST}@2024") == "0.00"
    assert run.shown(f"driver_intensity@{EAST}@2024") == "0.00"
    assert run.shown(f"drivers_share_of_growth@{EAST}@2024@driver_activity") == "10.00"


def test_the_same_energy_from_more_value_added_is_intensity_against_activity():
    run = driven(sector("industry", (100, 100), (500, 600)))
    assert run.shown(f"driver_activity@{EAST}@2024") == "18.23"  # 100 x ln 1.2
    assert run.shown(f"driver_intensity@{EAST}@2024") == "-18.23"
    assert run.value(f"driver_residual@{EAST}@2024") == 0


def test_a_sector_that_begins_is_structure_and_one_that_stops_burning_is_intensity():
    run = driven([*sector("industry", (100, 100), (500, 500)), *sector("new", (0, 30), (0, 100)),
                  *sector("electrified", (5, 0), (50, 50))])  # fmt: skip
    assert run.shown(f"driver_structure@{EAST}@2024@new") == "30.00"
    assert run.shown(f"driver_intensity@{EAST}@2024@electrified") == "-5.00"
    assert run.value(f"driver_residual@{EAST}@2024") in (-1, 0, 1)


def test_households_have_no_value_added_and_stand_apart():
    run = driven([*sector("industry", (100, 110), (500, 550)), *sector("residential", (20, 23))])
    assert run.shown(f"driver_other@{EAST}@2024") == "3.00"
    assert "drivers-without-added" in run.codes("note")


def test_last_years_value_added_and_its_growth_do_as_well():
    run = driven(sector("industry", (100, 110), (500, None), growth=10))
    assert run.shown(f"driver_activity@{EAST}@2024") == "10.00"


def test_a_sector_that_is_known_in_one_year_only_leaves_no_decomposition():
    run = driven([*sector("industry", (100, 110), (500, 550)), *sector("tertiary", (None, 44), (500, 550))])
    assert "drivers-sector-one-sided" in run.codes("warning")
    with pytest.raises(Refusal):
        run.why(f"driver_change@{EAST}@2024")


def test_half_a_year_is_not_decomposed():
    with pytest.raises(Refusal) as refused:
        driven(sector("industry", (100, 110), (500, 550)), "2024-01..2024-06")
    assert refused.value.code == "period-not-year"


def at_prices_of(rows, year, of="2024"):
    """The same, with the value added of some year at the prices of another."""
    return [
        row | {"unit": f"10^4 CNY[{year}]"}
        if row["indicator"] == "value_added" and str(row["period_start"].year) in of
        else row
        for row in rows
    ]


def test_value_added_may_stand_at_the_prices_of_any_one_year():
    rows = [*sector("industry", (100, 110), (500, 600)), *sector("tertiary", (40, 44), (500, 550))]
    assert effects(driven(at_prices_of(rows, 2025, of="2023 2024"))) == effects(driven(rows))


def test_a_sector_at_the_prices_of_another_year_is_named_and_stands_apart():
    rows = [*sector("industry", (100, 110), (500, 600)), *sector("tertiary", (40, 44), (500, 550))]
    for other in (sector("farms", (5, 6), (9, None), growth=3), at_prices_of(sector("farms", (5, 6), (9, 8)), 2025)):
        run = driven([*rows, *other])
        assert run.codes("warning") == {"drivers-prices-differ"}
        assert run.shown(f"driver_other@{EAST}@2024") == "1.00"
        assert run.shown(f"driver_intensity@{EAST}@2024") == run_alone(rows, "driver_intensity")


def test_a_sector_below_zero_is_named_and_stands_apart():
    rows = sector("industry", (100, 110), (500, 600))
    for odd in (sector("farms", (5, 6), (-900, 8)), sector("farms", (-5, -4), (9, 8))):
        run = driven([*rows, *odd])
        assert run.codes("warning") == {"drivers-negative"}
        assert run.shown(f"driver_other@{EAST}@2024") == "1.00"
        assert run.shown(f"driver_activity@{EAST}@2024") == run_alone(rows, "driver_activity")


def run_alone(rows, column):
    return driven(rows).shown(f"{column}@{EAST}@2024")
