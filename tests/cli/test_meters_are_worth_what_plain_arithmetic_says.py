"""From the truth of simulated meters to cost, green power and CO2 of a unit, by plain arithmetic beside the roll-up."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

UNIT = "facility/sim-00001"
YUAN = Fraction("0.6543")
# Shanghai's two-part tariff in July: by hour, against the flat price of the contract
RATIOS = (
    *("0.40",) * 6, "1", "1", "1.80", "1.80", "1.80", "1.80", "2.25", "2.25", "1.80", "1", "1", "1",
    "1.80", "1.80", "1.80", "1", "0.40", "0.40",
)  # fmt: skip
PRICES = f"unit,carrier,per,yuan,tariff,first,last\n{UNIT},electricity,kWh,0.6543,shanghai_two_part_2023,,\n"


@pytest.fixture
def simulated(document, tmp_path):
    """A unit of seven meters over ten days of July, faults that can be undone in every hour among them."""
    asked = ("--meters", 7, "--days", 10, "--faults", "reset:2,wrong_unit:2", "--seed", 77, "--from", "2025-07-01")
    document("meters", "simulate", *asked, "--out", tmp_path / "made", "--truth", tmp_path / "truth.csv")
    document("meters", "import", tmp_path / "made")
    with (tmp_path / "truth.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["meter"] == "sim-00001-gate"]
    return [
        (datetime.fromtimestamp(int(row["at"]) - 3600, UTC) + timedelta(hours=8), int(row["energy"])) for row in rows
    ]


@pytest.mark.parametrize("bought_kwh", [1000, 10_000_000])
def test_cost_and_green_power_of_a_unit_are_those_of_plain_arithmetic(document, simulated, tmp_path, bought_kwh):
    (tmp_path / "prices.csv").write_text(PRICES, "utf-8")
    green = f"unit,carrier,per,month,amount\n{UNIT},electricity,kWh,2025-07,{bought_kwh}\n"
    (tmp_path / "green.csv").write_text(green, "utf-8")
    lists = ("--prices", tmp_path / "prices.csv", "--green", tmp_path / "green.csv")
    told = document("meters", "rollup", *lists, "--known-on", "2026-06-30")
    (row,) = (row for row in told["figures"] if row["unit"] == UNIT and row["carrier"] == "electricity")
    energy = sum(wh for _, wh in simulated)
    fen = sum(wh * YUAN / 1000 * Fraction(RATIOS[hour.hour]) * 100 for hour, wh in simulated)
    assert (row["energy"], row["missing"], row["still_hours"]) == (energy, 0, 0)
    assert row["cost_fen"] == int(fen + Fraction(1, 2))
    assert row["green"] == min(bought_kwh * 1000, energy)
    left = Fraction(energy - row["green"], energy)
    assert abs(row["co2_after_green_g"] - row["co2_g"] * left) <= 1


def test_a_frozen_month_stays_and_what_late_readings_change_stands_beside_it(document, tmp_path):
    asked = ("--meters", 2, "--days", 33, "--faults", "late:1", "--seed", 5)
    document("meters", "simulate", *asked, "--out", tmp_path / "made", "--truth", tmp_path / "truth.csv")
    late = next((tmp_path / "made" / "readings").glob("*late*"))
    late.rename(tmp_path / late.name)
    document("meters", "import", tmp_path / "made")
    before = document("meters", "rollup", "--freeze", "2026-01")
    document("meters", "import", tmp_path / late.name)
    after = document("meters", "rollup")
    names = ("unit", "carrier", "month", "energy", "measured", "spread")
    january = [
        [[row[name] for name in names] for row in told["figures"] if row["month"] == "2026-01"]
        for told in (before, after)
    ]
    assert january[0] == january[1]
    assert {row["month"] for row in after["figures"] if row["frozen"]} == {"2026-01"}
    changed = {(row["meter"], row["day"][:7]) for row in after["changed"]}
    assert len({meter for meter, _ in changed}) == 1
    touched = {row["month"] for row in after["changed_figures"]}
    assert {row["month"] for row in after["restated"]} == touched & {"2026-01"}
    assert all(row["because"] == ["readings"] for row in after["changed_figures"])
