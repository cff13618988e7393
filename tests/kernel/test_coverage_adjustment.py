"""A table compares itself with figures of its own coverage; what was published a year ago is another comparison."""

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Classification
from tests.kernel.area_world import EAST, WEST, account, told
from tests.kernel.world import packs

HALF, BEFORE = "2024-01..2024-06", "2023-01..2023-06"


def table(now=1050, printed=1000, published=980, item="C", subject=EAST, **other):
    rows = [
        ("electricity_use", HALF, now), ("electricity_use_same_period", BEFORE, printed),
        ("electricity_use", BEFORE, published),
    ]  # fmt: skip
    return [
        told(indicator, subject, period, value, item, use_class="grid_and_gas", **other)
        for indicator, period, value in rows
        if value is not None
    ]


def adjusted(rows, period=HALF, **settings):
    return account("coverage_adjustment", "energy_statistics", rows, period, **settings)


def test_both_growths_stand_side_by_side_with_their_difference():
    run = adjusted(table())
    assert run.shown(f"growth_in_table@{EAST}@{HALF}") == "5.00"
    assert run.shown(f"growth_on_publication@{EAST}@{HALF}") == "7.14"
    assert run.shown(f"coverage_adjustment@{EAST}@{HALF}") == "-2.14"
    assert run.value(f"amount_adjustment@{EAST}@{BEFORE}") == 20


def test_the_rows_of_a_table_are_compared_together():
    run = adjusted([*table(), *table(now=500, printed=400, published=400, item="D")])
    assert run.shown(f"growth_in_table@{EAST}@{HALF}") == "10.71"  # 1550 / 1400


def test_the_first_year_has_the_growth_of_its_table_alone():
    run = adjusted(table(published=None))
    assert run.shown(f"growth_in_table@{EAST}@{HALF}") == "5.00"
    assert run.value(f"growth_on_publication@{EAST}@{HALF}") is None
    assert run.value(f"coverage_adjustment@{EAST}@{HALF}") is None
    assert "observation-missing" in run.codes("note")


def test_a_row_that_last_years_table_did_not_have_leaves_no_growth_on_it():
    run = adjusted([*table(), *table(now=500, printed=400, published=None, item="D")])
    assert run.value(f"growth_on_publication@{EAST}@{HALF}") is None


def test_figures_of_another_coverage_are_not_compared():
    other = table()[2] | {"coverage": "grid_company"}
    run = adjusted([*table()[:2], other])
    assert run.value(f"growth_on_publication@{EAST}@{HALF}") is None
    (said,) = run.found("coverage-unequal")
    assert "grid_company" in said


def test_january_and_february_are_one_period():
    rows = table(accumulation="january_february")
    for row in rows:
        row["period_end"] = row["period_start"].replace(month=3)
    assert adjusted(rows, "2024-01..2024-02").shown(f"growth_in_table@{EAST}@2024-01..2024-02") == "5.00"
    with pytest.raises(Refusal) as refused:
        adjusted(table(), "2024-01")
    assert refused.value.code == "period-not-to-date"


def test_the_indicator_is_a_setting():
    rows = [row | {"indicator": row["indicator"].replace("electricity", "gas"), "coverage": "gas_company",
                   "unit": "10^4 Nm3"} for row in table(subject=WEST)]  # fmt: skip
    assert adjusted(rows, indicator="gas_use").shown(f"growth_in_table@{WEST}@{HALF}") == "5.00"


def test_single_firms_of_the_statistics_are_never_compared_here():
    rows = [row | {"use_class": "individual_statistics"} for row in table()]
    with pytest.raises(Refusal) as refused:
        adjusted(rows)
    assert refused.value.code == "no-activity-data"


def test_an_indicator_without_a_printed_comparison_is_refused():
    with pytest.raises(Refusal) as refused:
        adjusted(table(), indicator="energy_total")
    assert refused.value.code == "no-activity-data"


def test_a_period_without_data_is_told_which_periods_have_some():
    with pytest.raises(Refusal) as refused:
        adjusted(table(), "2024-01..2024-09")
    assert "there are data for 2023-01..2024-06" in refused.value.message("en")
    assert "有数据的期间为 2023-01..2024-06" in refused.value.message("zh")
    with pytest.raises(Refusal) as refused:
        adjusted([], "2024-01..2024-09")
    assert "nor in any other period" in refused.value.message("en")


def test_a_missing_industry_is_named_in_words():
    run = adjusted([*table(), *table(now=500, printed=400, published=None, item="D")])
    (missing,) = run.found("observation-missing")
    codes = next(each for each in packs().all(Classification) if each.names == "item" and "D" in each.by_code)
    assert f"{codes.by_code['D'].label['en']} (D)" in missing
