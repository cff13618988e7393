"""The rules of lights against the table of what the national barometers said, as far as its data allow.

The table has levels and no targets. The five-year targets of two provinces are known, and their yearly falls.
"""

import csv
from collections import defaultdict
from decimal import Decimal
from functools import reduce

import pytest

from tanheng.kernel.assessment import graded
from tanheng.kernel.pack import BarometerRule, InstrumentShape
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS

PACKS = load_packs(["cn_national"], [SHIPPED_PACKS])
NUMBERS = {item.number: item.id for item in PACKS.all(InstrumentShape) if item.number}
FIVE_YEARS = {"上海": "17", "河南": "16"}  # falls demanded from 2015 to 2020


def read(shared, name):
    with (shared / "rules" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_notice_that_a_rule_cites_grades_by_exactly_the_levels_of_the_rule(shared):
    said = defaultdict(set)
    for row in read(shared, "barometer_levels.csv"):
        if row["document"] in NUMBERS:
            said[NUMBERS[row["document"]]].add(int(row["level"]))
    rules = {rule.clause.partition("#")[0]: rule for rule in PACKS.all(BarometerRule)}
    assert set(said) == {"ndrc-2020-901", "ndrc-2021-629"}
    for instrument, levels in said.items():
        assert {level.level for level in rules[instrument].levels} == levels


def test_every_set_of_the_table_covers_thirty_provinces_once(shared):
    sets = defaultdict(list)
    for row in read(shared, "barometer_levels.csv"):
        sets[row["period"], row["indicator"]].append(row["province"])
    assert len(sets) == 14
    assert all(len(provinces) == len(set(provinces)) == 30 for provinces in sets.values())


@pytest.mark.parametrize("province", FIVE_YEARS)
def test_a_province_whose_five_year_target_is_known_has_the_light_that_the_notice_printed(shared, province):
    """Falls of 2016 to 2020 chained, against the target of the five years: the notice of 2020 says level 3 of both."""
    rows = [row for row in read(shared, "provincial_intensity.csv") if row["province"] == province]
    falls = {row["year"]: -Decimal(row["intensity_change_pct"]) for row in rows if row["year"] >= "2016"}
    assert set(falls) == {"2016", "2017", "2018", "2019", "2020"}
    left = reduce(lambda kept, fall: kept * (1 - fall / 100), falls.values(), Decimal(1))
    light = graded(PACKS.get(BarometerRule, "gap_over_target"), "fall", Decimal(FIVE_YEARS[province]), (1 - left) * 100)
    (printed,) = [
        row["level"] for row in read(shared, "barometer_levels.csv")
        if (row["province"], row["period"], row["indicator"]) == (province, "2020Q1-Q3", "energy_intensity")
    ]  # fmt: skip
    assert light.level == int(printed) == 3
