"""A city is not the sum of its districts: what lies between stands line by line, the difference among the lines."""

from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tests.kernel.area_world import ALWAYS, CITY, EAST, MILL, WEST, account, given, listed, told
from tests.kernel.world import every_month

TOTALS = [told("energy_total", area, "2024", value) for area, value in ((CITY, 1000), (EAST, 300), (WEST, 200))]
LINES = {"municipal_enterprises": 350, "grid_losses": 40, "transformation": 60, "aviation_shipping": 30}


def lines(**other):
    return [told("reconciliation_line", CITY, "2024", value, line) for line, value in (LINES | other).items() if value]


def reconciled(rows, period="2024", **settings):
    return account("city_reconciliation", "energy_assessment", rows, period, **settings)


def test_what_the_lines_do_not_explain_is_the_difference():
    run = reconciled([*TOTALS, *lines()])
    assert run.shown(f"city_less_districts@{CITY}@2024") == "500.000"
    assert run.shown(f"reconciled@{CITY}@2024@grid_losses") == "40.000"
    assert run.shown(f"reconciled_together@{CITY}@2024") == "480.000"
    assert run.shown(f"city_difference@{CITY}@2024") == "20.000"


def test_a_line_that_is_not_known_stays_in_the_difference_and_is_said():
    run = reconciled([*TOTALS, *lines(grid_losses=None)])
    assert run.shown(f"city_difference@{CITY}@2024") == "60.000"
    assert run.why(f"city_difference@{CITY}@2024")["status"]["missing"] == 1
    (said,) = run.found("reconciliation-line-missing")
    assert "grid_losses" in said


def test_without_any_line_all_of_it_is_difference():
    run = reconciled(TOTALS)
    assert run.shown(f"city_difference@{CITY}@2024") == "500.000"


def test_a_district_that_is_not_known_leaves_no_difference():
    run = reconciled([row for row in TOTALS if row["subject"] != WEST] + lines())
    assert run.value(f"city_difference@{CITY}@2024") is None
    assert run.value(f"city_less_districts@{CITY}@2024") is None


def test_parts_and_difference_make_the_city_exactly():
    run = reconciled([*TOTALS, *lines(grid_losses=41.2345678)])
    whole, districts, known, rest = (
        run.value(f"{column}@{CITY}@2024")
        for column in ("energy_reconciled", "districts_together", "reconciled_together", "city_difference")
    )
    assert districts + known + rest == whole


def test_municipal_enterprises_are_built_up_from_the_units_of_the_city_itself():
    where = listed((MILL, CITY, ALWAYS, None))
    burnt = [row | {"item": None} for row in every_month(MILL, "diesel", 1_000_000, Period.parse("2024"))]
    run = reconciled(given([*TOTALS, *lines(municipal_enterprises=None), *burnt], where))
    # 12 x 1 000 000 t x 1.4571 tce/t = 1748.52 x 10^4 tce
    assert run.shown(f"reconciled@{CITY}@2024@municipal_enterprises") == "1748.520"


def test_a_unit_that_left_the_city_is_no_municipal_enterprise():
    where = listed((MILL, CITY, ALWAYS, date(2024, 6, 1)))
    run = reconciled(given([*TOTALS, *lines(municipal_enterprises=None)], where))
    assert "reconciliation-line-missing" in run.codes()


def test_districts_may_stand_as_the_city_feeds_them_back():
    back = {"coverage": "district_feedback"}
    fed_back = [
        told("energy_total", area, "2024-01..2024-06", value, accumulation="year_to_date", **other)
        for area, value, other in (
            (CITY, 500, {}), (EAST, 160, back), (WEST, 90, back),
        )
    ]  # fmt: skip
    run = reconciled(fed_back, "2024-01..2024-06", districts="district_feedback")
    assert run.shown(f"city_difference@{CITY}@2024-01..2024-06") == "250.000"


def test_a_site_without_a_city_has_nothing_to_reconcile():
    with pytest.raises(Refusal) as refused:
        reconciled([told("energy_total", EAST, "2024", 300)])
    assert refused.value.code == "no-activity-data"
