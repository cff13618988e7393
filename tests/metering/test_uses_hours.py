"""Hours of several meters: known only where every one of them is, with what is due told apart from what is missing."""

from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.metering.fills import Fill, FillBook
from tests.metering.centres import HALL, hours_of, site, steady
from tests.metering.rolled import START, meter, readings

WEEK = Period.parse("2025-01-01..2025-01-08")
TWO = [meter("a", HALL), meter("b", HALL)]


def table_of(folder, meters, *batches, subject=HALL, until=None, period=WEEK):
    hours = hours_of(site(folder, meters, *batches), until)
    _, stays = hours.subject(subject)
    return hours.hours(stays, period)


def test_a_unit_is_the_sum_of_its_gateways(tmp_path):
    table = table_of(tmp_path, TWO, steady("a", 1, 7, 3), steady("b", 2, 7, 4))
    assert (table.energy == 4 * 70).all()
    assert table.known.all()


def test_an_hour_that_one_of_its_meters_lacks_is_not_known(tmp_path):
    table = table_of(tmp_path, TWO, steady("a", 1, 7, 3), steady("b", 2, 7, 4, first=4))
    assert not table.known[0, 0]
    assert table.known.sum() == 7 * 24 - 1
    assert table.due.all()


def test_a_day_short_of_a_quarter_of_an_hour_is_not_known_in_any_hour(tmp_path):
    """Two quarters of the first hour are missing: the hour has an energy, and it is not all of it."""
    table = table_of(tmp_path, TWO[:1], steady("a", 1, 7, 3, first=2))
    assert not table.known[0].any()
    assert table.known[1:].all()


def test_what_has_not_ended_is_not_due_and_not_missing(tmp_path):
    table = table_of(tmp_path, TWO[:1], steady("a", 1, 7, 3), until=START + 2 * 86400 + 5 * 3600 + 900)
    assert (table.due.sum(), table.known.sum()) == (2 * 24 + 5, 2 * 24 + 5)


def test_a_virtual_meter_is_the_difference_of_the_two_in_its_formula(tmp_path):
    meters = [*TWO, meter("own", HALL, level=2, kind="virtual", formula="+b -a")]
    table = table_of(tmp_path, meters, steady("a", 1, 7, 3), steady("b", 2, 7, 4), subject="own")
    assert (table.energy == 40).all()
    assert table.known.all()


def test_a_fill_counts_and_is_told_as_not_measured(tmp_path):
    """The second week lacks its Wednesday until somebody has it filled from the Wednesdays beside."""
    kinds = {"kind": "interval", "modulus": None}
    parts = [readings("a", 1, [3] * (7 * 96), 1), readings("b", 1, [3] * (13 * 96), 8 * 96 + 1)]
    store = site(tmp_path, [meter("a", HALL, **kinds)], *parts)
    period = Period.parse("2025-01-08..2025-01-09")
    hours = hours_of(store)
    _, stays = hours.subject("a")
    assert not hours.hours(stays, period).known.any()
    day = date(2025, 1, 8)
    FillBook.open(store.root).add(Fill("a", day, day, "same_weekday_profile", "collector broken", "Li"))
    table = hours_of(store).hours(stays, period)
    assert (table.energy == 120).all() and table.known.all()
    assert table.not_measured.tolist() == [24 * 120]


def test_a_unit_of_several_carriers_is_asked_which(tmp_path):
    gas = meter("gas", HALL, carrier="natural_gas", value_unit="m3")
    hours = hours_of(site(tmp_path, [meter("a", HALL), gas], steady("a", 1, 1, 3)))
    with pytest.raises(Refusal, match="use-carrier-open"):
        hours.subject(HALL)
    assert [stay.meter for stay in hours.subject(HALL, "natural_gas")[1]] == ["gas"]
    with pytest.raises(Refusal, match="use-carrier-open"):
        hours.subject("a", "steam")
    with pytest.raises(Refusal, match="unit-not-metered"):
        hours.subject("nowhere")


def test_intervals_that_do_not_fill_hours_are_refused(tmp_path):
    with pytest.raises(Refusal, match="use-interval-unfit"):
        table_of(tmp_path, [meter("a", HALL, interval_s=86400)], steady("a", 1, 1, 3))
