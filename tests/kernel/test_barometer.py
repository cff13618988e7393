"""The barometer of a small city: lights of two districts, their fields, feedback beside them, quarters back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tanheng.kernel.demand import Baseline, Demand, Demands, KnownObligation, Target
from tanheng.kernel.pack.shape import Label
from tests.kernel.area_world import EAST, SETTLED, WEST, account, given, told

INDUSTRY = {"coverage": "above_scale_industry", "accumulation": "year_to_date"}
REGION = {"coverage": "region", "accumulation": "year_to_date"}
FEEDBACK = {"coverage": "district_feedback", "accumulation": "year_to_date", "published": date(2025, 3, 1)}
HALF, QUARTER = "2024-01..2024-06", "2024-01..2024-03"
SCHEME = "energy_assessment"


def demanded(id, subject, value, indicator="energy_per_gdp", *, operator="down", tier="floor", year="2024", **other):
    demand = Demand(operator, Decimal(value), unit=other.pop("unit", "%"), by=year)
    baseline = Baseline(other.pop("base", str(int(year) - 1)))
    label = Label(zh=f"目标{id}", en=f"target {id}")
    return Target(
        id=id, label=label, clause="plan-2024#1", subject=subject, indicator=indicator, demand=demand, tier=tier,
        baseline=baseline, **other,
    )  # fmt: skip


def demands(*targets):
    return Demands(tuple(KnownObligation(target, date(2023, 1, 1)) for target in targets))


def estimated(area, now, before=400_000, months=HALF):
    """What the estimate of an area needs: only above-scale industry moves."""
    earlier = months.replace("2024", "2023")
    return [
        told("above_scale_energy", area, earlier, before, **INDUSTRY),
        told("above_scale_energy", area, months, now, **INDUSTRY),
        told("value_added_current", area, earlier, 1_000_000, "tertiary", **REGION),
        told("value_added_growth", area, months, 5, "tertiary", **REGION),
        told("gdp_growth", area, months, 6, **REGION),
    ]


def last_year(area):
    return [
        told("sector_energy", area, "2023", 100, "industry"),
        told("sector_energy", area, "2023", 40, "tertiary"),
        told("above_scale_energy", area, "2023", 800_000, **INDUSTRY),
        told("value_added_current", area, "2023", 2_000_000, "tertiary", **REGION),
    ]


# East: (44 / 0.8 + 21) / 70 = +8.57 %, which with GDP at +6 % is a decline of -2.43 %
# West: (38 / 0.8 + 21) / 70 = -2.14 %, a decline of 7.68 %
ROWS = [*last_year(EAST), *last_year(WEST), *estimated(EAST, 440_000), *estimated(WEST, 380_000)]
TARGETS = [demanded("east", EAST, "3"), demanded("west", WEST, "3")]


def barometer(rows=ROWS, targets=TARGETS, period=HALF, where=SETTLED, rule="gap_over_target", **settings):
    inputs = replace(given(rows, where), demands=demands(*targets))
    return account("barometer", SCHEME, inputs, period, rule=rule, quarters=settings.pop("quarters", "1"), **settings)


def lights(run, column="light_level"):
    return {(row["subject"], str(row["period_start"])[:4], row["period_end"].month): row[column]
            for row in run.result.figures.rows()}  # fmt: skip


def test_a_district_that_meets_its_target_is_green_and_one_that_rose_is_red():
    run = barometer()
    assert run.value(f"light_level@east#floor/estimated@{HALF}") == 1
    assert run.value(f"light_level@west#floor/estimated@{HALF}") == 3
    assert run.shown(f"light_gap@east#floor/estimated@{HALF}") == "180.86"
    assert run.shown(f"light_actual_rate@west#floor/estimated@{HALF}") == "7.68"
    assert run.shown(f"light_target_rate@west#floor/estimated@{HALF}") == "3.00"
