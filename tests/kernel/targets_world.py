"""Targets of a small city, with the statements that they are compared with."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tanheng.kernel.demand import Baseline, Demand, Demands, KnownObligation, Path, Target
from tanheng.kernel.pack.shape import Label
from tests.kernel.area_world import CITY, account, given, told

ISSUED = date(2021, 3, 1)
GRAM = 10**10  # of 10^4 tce
RATE = 10**7  # of a per cent


def target(name, indicator, value, by, *, operator="down", base=None, unit="%", subject=CITY, **other):
    """A target; its path as a form, or a table of years."""
    path, high = other.pop("path", None), other.pop("high", None)
    if isinstance(path, dict):
        path = Path("table", {year: Decimal(share) for year, share in path.items()})
    return Target(
        id=name,
        label=Label(zh=name, en=name),
        clause="plan#1",
        demand=Demand(
            operator,
            None if value is None else Decimal(value),
            None if high is None else Decimal(high),
            unit=unit,
            by=by,
        ),
        subject=subject,
        indicator=indicator,
        baseline=None if base is None else Baseline(base),
        path=Path(path) if isinstance(path, str) else path,
        **other,
    )


def demands(*targets, known=ISSUED):
    return Demands(tuple(KnownObligation(item, known) for item in targets))


def series(indicator, subject=CITY, **values):
    """A yearly series: series("energy_total", y2020=1000, y2021=1010)."""
    return [told(indicator, subject, year[1:], value) for year, value in values.items()]


def price(rows):
    return [row | {"unit": "10^8 CNY[2020]"} if row["indicator"] == "gdp" else row for row in rows]


# 1 - (energy ratio / gdp ratio): 2021 3 %, 2022 1 %
GROWN = price(
    [
        *series("energy_total", y2020=1000, y2021=1018.5, y2022=1028.7),
        *series("gdp", y2020=2000, y2021=2100, y2022=2142.42),
    ]
)


def progress(targets, rows=GROWN, period="2022", scheme="energy_assessment", **how):
    inputs = rows if not isinstance(rows, list) else given(rows)
    return account("target_progress", scheme, replace(inputs, demands=demands(*targets)), period, **how)
