"""From readings to unit, carrier and month: exact, with what is missing named and never counted as zero."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tanheng.metering import Store
from tanheng.metering.lists import Beside, Green, Price
from tanheng.metering.rollup import sum_areas
from tests.metering.rolled import DAY, PACKS, cube_of, figures_of, meter, readings, refreshed

STEP = 25  # 0.25 kWh a quarter of an hour
WORKS, OFFICE = "facility/works", "facility/office"
JANUARY = 31 * DAY


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path)
    opened.register.add([meter("gate", WORKS), meter("line", WORKS, level=2, parent="gate"), meter("door", OFFICE)])
    for number in (1, 2, 3):
        opened.append(readings(f"m{number}", number, [1000 + STEP * step for step in range(JANUARY + 1)]))
    opened.fold()
    yield opened
    opened.close()


def test_a_month_is_the_difference_of_its_registers(store):
    found, _ = figures_of(store)
    january = found[WORKS, "electricity", "2025-01"]
    assert january["energy"] == JANUARY * STEP * 10  # 0.01 kWh are 10 Wh
    assert (january["due"], january["seen"], january["missing"]) == (JANUARY, JANUARY, 0)


def test_only_the_gateway_of_a_unit_counts_and_never_its_sub_meters_again(store):
    found, _ = figures_of(store)
    assert found[WORKS, "electricity", "2025-01"]["energy"] == found[OFFICE, "electricity", "2025-01"]["energy"]


def test_an_interval_belongs_to_the_hour_in_which_it_ends(tmp_path):
    store = Store.open(tmp_path)
    store.register.add([meter("gate", WORKS)])
    store.append(readings("k", 1, [0] * (10 * 4 + 1) + [100] * (2 * DAY - 10 * 4)))  # all of it from 10:00 to 10:15
    store.fold()
    day = cube_of(store)[1, 0]
    assert day["h10"] == day["energy"] == 1000
    assert day["h9"] == day["h11"] == 0


def test_the_last_quarter_before_midnight_belongs_to_the_day_that_ends(tmp_path):
    store = Store.open(tmp_path)
    store.register.add([meter("gate", WORKS)])
    store.append(readings("k", 1, [0] * DAY + [100] * (DAY + 1)))
    store.fold()
    found = cube_of(store)
    assert found[1, 0]["h23"] == 1000
    assert found[1, 1]["energy"] == 0


def test_coal_equivalent_and_co2_are_rounded_once_from_the_exact_factor(store):
    found, rolled = figures_of(store)
    january = found[WORKS, "electricity", "2025-01"]
    assert january["energy_gce"] == int(january["energy"] * Fraction("0.1229") + Fraction(1, 2))
    assert january["co2_g"] == int(january["energy"] * Fraction("0.5737") + Fraction(1, 2))
    assert "grid_electricity_average#shanghai-2023" in rolled.used


def test_a_price_by_the_hour_follows_the_bands_of_its_month(store):
    price = Price(WORKS, "electricity", "kWh", Decimal("1"), "shanghai_two_part_2023", "", "")
    found, _ = figures_of(store, Beside(PACKS, [price], []))
    hours = {"valley": 8, "flat": 10, "peak": 4, "critical": 2}  # of January
    ratio = {"valley": Decimal("0.4"), "flat": 1, "peak": Decimal("1.8"), "critical": Decimal("2.25")}
    yuan = 31 * sum(hours[band] * ratio[band] for band in hours)  # 1 kWh an hour at 1 yuan
    assert found[WORKS, "electricity", "2025-01"]["cost_fen"] == yuan * 100


def test_a_unit_without_a_price_has_no_cost_and_not_a_cost_of_zero(store):
    found, _ = figures_of(store)
    assert found[WORKS, "electricity", "2025-01"]["cost_fen"] is None


def test_green_power_is_deducted_up_to_what_was_used_and_nothing_where_none_was_bought(store):
    bought = [Green(WORKS, "electricity", "kWh", "2025-01", Decimal("100"))]
    bought += [Green(OFFICE, "electricity", "MWh", "2025-01", Decimal("999"))]
    found, _ = figures_of(store, Beside(PACKS, [], bought))
    works, office = found[WORKS, "electricity", "2025-01"], found[OFFICE, "electricity", "2025-01"]
    assert works["green"] == 100_000
    assert works["co2_after_green_g"] == int((works["energy"] - 100_000) * Fraction("0.5737") + Fraction(1, 2))
    assert (office["green"], office["co2_after_green_g"]) == (office["energy"], 0)
    without, _ = figures_of(store)
    assert without[WORKS, "electricity", "2025-01"]["co2_after_green_g"] == works["co2_g"]


def test_a_silent_meter_is_missing_and_not_zero(tmp_path):
    store = Store.open(tmp_path)
    store.register.add([meter("gate", WORKS), meter("door", OFFICE)])
    store.append(readings("k", 2, list(range(3 * DAY + 1))))
    store.fold()
    found, _ = figures_of(store)
    works = found[WORKS, "electricity", "2025-01"]
    assert works["energy"] is None and works["co2_g"] is None
    assert works["missing"] == works["due"] == 3 * DAY


def test_what_is_not_yet_due_is_not_missing(store):
    found, _ = figures_of(store)
    assert ("facility/works", "electricity", "2025-02") not in found


def test_an_area_equals_its_units_exactly_and_those_that_lie_nowhere_are_named(store):
    found, rolled = figures_of(store)
    engine, refresher, done = refreshed(store)
    from tanheng.metering.rollup import Rules, roll_up
    from tests.metering.rolled import KNOWN

    cube, still = done.cubes.relation(engine), done.still.relation(engine)
    rolled = roll_up(engine, cube, refresher.dimensions, ["2025-01"], Rules.of(PACKS, KNOWN), still)
    places = {(WORKS, "2025-01"): {"district": "area/north", "city": "area/city"}}
    areas, findings = sum_areas(engine, rolled, places, ["2025-01"])
    city = next(row for row in areas if row["level"] == "city")
    works = found[WORKS, "electricity", "2025-01"]
    assert {name: city[name] for name in ("energy", "energy_gce", "co2_g")} == {
        name: works[name] for name in ("energy", "energy_gce", "co2_g")
    }
    assert [finding.fields["examples"] for finding in findings] == [OFFICE]


def test_a_reading_that_its_sender_calls_invalid_makes_no_hour_even_where_it_looks_plausible(tmp_path):
    store = Store.open(tmp_path)
    store.register.add([meter("gate", WORKS)])
    noon = DAY + 12 * 4
    values = [STEP * step for step in range(3 * DAY + 1)]
    store.append(readings("k1", 1, values[:noon]))
    store.append(readings("k2", 1, [values[noon] + 20], first=noon, flag=1))
    store.append(readings("k3", 1, values[noon + 1 :], first=noon + 1))
    store.fold()
    day = cube_of(store)[1, 1]
    assert (day["h11"], day["h12"]) == (1000, 1000)
    assert day["spread"] > 0
