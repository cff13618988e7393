"""The second reading: every benchmark of the pack against the table it was typed from, with its status."""

import csv
from decimal import Decimal

from tanheng.kernel.pack import Factor
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS

PACKS = load_packs(["cn_shanghai"], [SHIPPED_PACKS])
LEVELS = {"reasonable": "reasonable_value", "advanced": "advanced_value", "guide": "guide_value"}
ROWS = {  # category of the pack: standard and category of the table
    "department_store": ("DB31/T 552-2017", "department store / shopping mall"),
    "supermarket": ("DB31/T 552-2017", "supermarket / warehouse store"),
    "restaurant": ("DB31/T 552-2017", "restaurant"),
    "university": ("DB31/T 783-2026", "undergraduate / adult university"),
    "vocational_college": ("DB31/T 783-2026", "vocational college"),
    "hotel_five_star": ("DB31/T 551-2011", "five-star"),
    "hotel_four_star": ("DB31/T 551-2011", "four-star"),
    "hotel_one_to_three_star": ("DB31/T 551-2011", "one- to three-star"),
    "jiangsu_hotel_five_star": ("Jiangsu public building limits (trial)", "five-star"),
    "jiangsu_hotel_four_star": ("Jiangsu public building limits (trial)", "four-star"),
    "jiangsu_hotel_three_star_and_below": ("Jiangsu public building limits (trial)", "three-star and below"),
    "office_class_1": ("DB31/T 1341-2021", "class I: main-city centre with central air conditioning"),
}
FACTORS = ("benchmark_energy_per_area", "benchmark_office_energy_per_area")


def table(shared):
    with (shared / "rules" / "benchmarks.csv").open(encoding="utf-8", newline="") as file:
        return {(row["standard"], row["category"]): row for row in csv.DictReader(file)}


def entries():
    return [entry for id in FACTORS for entry in PACKS.get(Factor, id).entries]


def test_every_benchmark_is_the_value_of_the_table_with_its_status(shared):
    rows = table(shared)
    for entry in entries():
        row = rows[ROWS[entry.keys["category"]]]
        assert entry.value == Decimal(row[LEVELS[entry.keys["level"]]]), entry.id
        assert entry.status == ("unverified" if row["confidence"] == "unverified" else "secondary"), entry.id


def test_every_value_of_those_rows_is_an_entry(shared):
    rows = table(shared)
    wanted = {
        (category, level) for category, place in ROWS.items() for level, column in LEVELS.items() if rows[place][column]
    }
    assert {(entry.keys["category"], entry.keys["level"]) for entry in entries()} == wanted


def test_offices_stand_on_the_calorific_value_of_electricity_and_all_others_on_its_coal_equivalent(shared):
    by_basis = {id: str(PACKS.get(Factor, id).unit) for id in FACTORS}
    assert by_basis == {
        "benchmark_energy_per_area": "kgce[coal_equivalent]/m2",
        "benchmark_office_energy_per_area": "kgce[calorific_value]/m2",
    }
    rows = table(shared)
    bases = {category: rows[place]["electricity_basis"] for category, place in ROWS.items()}
    assert {category for category, basis in bases.items() if "当量值" in basis} == {"office_class_1"}
