"""A stored figure is taken apart by the stored figures below it: whole numbers, so the parts make the whole."""

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.run import Inputs, drill
from tanheng.kernel.trace import Address
from tests.kernel.world import (
    BAKERY,
    CITY,
    EAST,
    HILL,
    HOSPITAL,
    MILL,
    QUAY,
    WEST,
    YEAR,
    computed,
    directory,
    every_month,
    figure,
    inputs,
    located,
    packs,
    why,
)
from tests.kernel.world import LONG_AGO as LONG

ROWS = [*every_month(MILL, "diesel", 3.0), *every_month(BAKERY, "diesel", 2.0), *every_month(HOSPITAL, "diesel", 1.0)]


def drilled(address: str, given: Inputs, most: int = 40):
    return drill(computed(given), packs(), given, Address.parse(address), parts=most)


@pytest.mark.parametrize("address", [f"co2@{CITY}@2024", f"co2@{EAST}@2024-03", f"energy_calorific@{QUAY}@2024"])
def test_drilling_and_explaining_give_the_same_parts(address):
    given = inputs(ROWS)
    told, explained = drilled(address, given), why(computed(given), given, address)
    assert [told[key] for key in ("value", "parts", "rest", "status", "label")] == [
        explained[key] for key in ("value", "parts", "rest", "status", "label")
    ]


def test_parts_and_rest_make_the_whole_however_few_are_asked_for():
    told = drilled(f"co2@{CITY}@2024", inputs(ROWS), most=1)
    assert [part["address"] for part in told["parts"]] == [f"co2@{EAST}@2024"]
    assert told["rest"] == figure(computed(inputs(ROWS)), "co2", WEST)
    assert told["parts"][0]["value"] + told["rest"] == told["value"]


def test_a_facility_is_taken_apart_by_month():
    told = drilled(f"co2@{MILL}@2024", inputs(ROWS))
    assert [part["address"] for part in told["parts"]] == [f"co2@{MILL}@{month}" for month in YEAR.months()]
    assert sum(part["value"] for part in told["parts"]) == told["value"]


def test_one_month_of_a_facility_has_no_smaller_stored_part():
    told = drilled(f"co2@{MILL}@2024-03", inputs(ROWS))
    assert (told["parts"], told["rest"]) == ([], told["value"])


def test_a_facility_that_moved_is_a_part_of_a_town_for_its_months_only():
    middle = YEAR.months()[6].start
    moved = directory(located(MILL, QUAY, LONG, middle), located(MILL, HILL, middle), located(BAKERY, HILL))
    given = inputs(ROWS, moved)
    assert [part["address"] for part in drilled(f"co2@{QUAY}@2024", given)["parts"]] == [f"co2@{MILL}@2024-01..2024-06"]


def test_stored_figures_know_no_carrier():
    with pytest.raises(Refusal) as refusal:
        drilled(f"co2@{MILL}@2024@diesel", inputs(ROWS))
    assert refusal.value.fields["nearest"] == f"co2@{MILL}@2024"
