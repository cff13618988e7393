"""The check of a site: every fault is named with its meter and time, and units get an index of what is known."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from tanheng.kernel.faults import Refusal
from tanheng.metering import Batch, Meter, Store
from tanheng.metering.balances import day_month_findings, tree_balances, tree_findings
from tanheng.metering.checking import Check
from tanheng.metering.engine import DuckEngine
from tanheng.metering.repairing import repair_by, with_calendars
from tanheng.metering.reported import read_reported
from tanheng.metering.simulate import Simulation
from tanheng.metering.simulate_faults import named, wanted
from tanheng.metering.simulate_plan import Plan
from tanheng.metering.standing import Standing, calibration_findings
from tanheng.metering.unit_index import unit_indexes
from tanheng.store import load_packs
from tests.metering import rolled
from tests.metering.energies import GRIDS, LIMITS

FINDS = {
    "gap": "meter-gap-spread",
    "spike": "meter-readings-set-aside",
    "negative": "meter-readings-set-aside",
    "silent": "meter-silent",
    "rollover": "meter-turned-over",
    "swap": "meter-swapped",
    "reset": "meter-reset",
    "wrong_unit": "meter-unit-slip",
    "stuck": "meter-caught-up",
    "clock": "meter-clock-off",
    "interval_gap": "meter-amounts-missing",
    "interval_spike": "meter-amount-jumped",
    "interval_negative": "meter-amount-negative",
}
QUIET = {"late", "duplicate"}  # nothing is wrong any more once they have come


def brought_in(store, plan):
    """A simulation in a store, in the order in which its readings came."""
    simulation = Simulation(plan)
    batches = [piece.readings for piece in simulation.pieces()] + simulation.again + simulation.late
    store.register.add(replace(row, number=None) for row in simulation.register())
    numbers = store.register.numbers()
    names = {row.number - 1: numbers[row.meter] for row in simulation.register()}
    known = np.array([names[index] for index in sorted(names)], np.int32)
    for place, readings in enumerate(batches):
        flags = np.zeros(len(readings), np.uint8)
        store.append(Batch(str(place), "simulated", known[readings.index], readings.at, readings.value, flags))
    store.fold()
    return simulation


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Forty meters for forty days with every fault: (simulation, what the check says)."""
    home = tmp_path_factory.mktemp("checked")
    store = Store.open(home)
    simulation = brought_in(store, Plan(40, 40, 7, wanted=wanted("all", 40)))
    engine = DuckEngine(home / "spill")
    answer = Check.of(store, load_packs(), engine, None, None).run()
    yield simulation, answer
    engine.close()
    store.close()


@pytest.mark.parametrize("kind", FINDS)
def test_every_fault_is_named_with_its_meter_and_time(checked, kind):
    simulation, answer = checked
    (fault,) = [one for one in simulation.faults if one.kind == kind]
    line = named(simulation.plan, fault)
    places = [finding.place for finding in answer.findings if finding.code == FINDS[kind]]
    mine = [place.split("/")[1:] for place in places if place.split("/")[0] == line["meter"]]
    begins = np.datetime_as_string(np.datetime64(line["after"] + 28_800, "s"), "m")
    ends = np.datetime_as_string(np.datetime64(line["until"] + 28_800, "s"), "m")
    assert any(start <= ends and begins <= end for start, end in mine)


def test_nothing_is_said_of_meters_without_a_fault(checked):
    simulation, answer = checked
    faulty = {named(simulation.plan, fault)["meter"] for fault in simulation.faults if fault.kind not in QUIET}
    assert {finding.place.split("/")[0] for finding in answer.findings} <= faulty


def test_a_finding_says_how_large_the_fault_is(checked):
    _, answer = checked
    (gap,) = [f for f in answer.findings if f.code == "meter-gap-spread" and f.fields["end"] > f.fields["start"]][:1]
    assert gap.fields["size"] > 0
    assert str(gap.fields["size"]) in gap.message("zh")


def test_a_silent_meter_has_a_day_by_which_it_must_be_repaired(checked):
    _, answer = checked
    (silent,) = [finding for finding in answer.findings if finding.code == "meter-silent"]
    since = date.fromisoformat(str(silent.fields["since"])[:10])
    assert silent.fields["repair_by"] == repair_by(since, LIMITS)


def test_standings_add_up(checked):
    _, answer = checked
    assert len(answer.meters) == 40
    for one in answer.meters:
        assert one.due == 40 * 96
        assert one.energy == one.measured + one.spread + one.filled + one.suspect


def test_sub_meters_read_in_full_close_with_their_parent(checked):
    _, answer = checked
    assert {one.what for one in answer.balances} | set(answer.unclosed) == {f"sim-0000{n}-gate" for n in range(1, 5)}
    assert all(0 <= one.difference <= one.against // 20 for one in answer.balances)


def test_a_unit_with_a_part_unknown_has_an_index_of_the_others(checked):
    _, answer = checked
    for one in answer.units:
        known = [value for value in one.parts.values() if value is not None]
        assert one.parts["timeliness"] is None
        assert one.index == sum(known) / len(known)
    assert max(one.index for one in answer.units) <= 1


def test_a_check_of_some_days_says_nothing_of_the_others(tmp_path):
    store = Store.open(tmp_path)
    brought_in(store, Plan(10, 10, 3, wanted=(("spike", 1),)))
    engine = DuckEngine(tmp_path / "spill")
    whole = Check.of(store, load_packs(), engine, None, None).run()
    (spike,) = [finding for finding in whole.findings if finding.code == "meter-readings-set-aside"]
    day = date.fromisoformat(str(spike.fields["start"])[:10])
    later = Check.of(store, load_packs(), engine, (date(2026, 1, day.day + 1), date(2026, 1, 11)), None).run()
    assert Counter(finding.code for finding in later.findings)["meter-readings-set-aside"] == 0


def test_a_register_that_stood_still_for_some_hours_once_is_named_with_them(tmp_path):
    store = Store.open(tmp_path)
    store.register.add([rolled.meter("gate", "facility/works"), rolled.meter("night", "facility/hall")])
    use = np.full(10 * rolled.DAY, 5)
    use[400:430] = 0
    resting = np.where(np.arange(10 * rolled.DAY) % rolled.DAY < 24, 0, 5)
    for number, each in ((1, use), (2, resting)):
        store.append(rolled.readings(f"k{number}", number, [0, *np.cumsum(each).tolist()]))
    store.fold()
    found = Check.of(store, load_packs(), DuckEngine(tmp_path / "spill"), None, None).run().findings
    (still,) = [finding for finding in found if finding.code == "meter-stood-still-hours"]
    assert still.place == "gate/2025-01-05T04:00/2025-01-05T11:00"
    assert (still.fields["hours"], still.fields["repair_by"]) == (7, date(2025, 1, 8))


def test_the_day_of_repair_passes_over_the_holidays_of_the_calendar():
    limits = with_calendars(LIMITS, load_packs())
    assert repair_by(date(2025, 9, 30), limits) == date(2025, 10, 11)  # eight days off; Saturday the 11th is worked


def test_an_empty_store_cannot_be_checked(tmp_path):
    with pytest.raises(Refusal, match="no-readings"):
        Check.of(Store.open(tmp_path), load_packs(), DuckEngine(tmp_path / "spill"), None, None)


def test_three_working_days_do_not_count_the_weekend_and_holidays():
    assert repair_by(date(2026, 1, 5), LIMITS) == date(2026, 1, 8)  # Monday to Thursday
    assert repair_by(date(2026, 1, 8), LIMITS) == date(2026, 1, 13)  # Thursday over the weekend
    festive = LIMITS.model_copy(update={"holidays": (date(2026, 1, 12),), "working_weekends": (date(2026, 1, 10),)})
    assert repair_by(date(2026, 1, 8), festive) == date(2026, 1, 13)
    assert repair_by(date(2026, 1, 9), festive) == date(2026, 1, 14)


def standing(name, energy, missing=0, unit="facility/works"):
    return Standing(name, unit, "electricity", "Wh", 96, 96 - missing, missing, energy, energy, 0, 0, 0, 1)


def point(name, **fields):
    return Meter(name, "electricity", "facility/works", date(2026, 1, 1), **fields)


def test_sub_meters_above_their_parent_are_a_finding_however_little():
    stays = [point("gate"), point("a", parent="gate"), point("b", parent="gate")]
    stood = [standing("gate", 1000), standing("a", 501), standing("b", 500)]
    (finding,) = tree_findings(tree_balances(stood, stays)[0], LIMITS, "2026-01")
    assert (finding.code, finding.fields["difference"]) == ("sub-meters-differ", -1)


def test_a_loss_within_the_limit_is_no_finding():
    stays = [point("gate"), point("a", parent="gate")]
    for energy, findings in ((950, 0), (949, 1)):
        balances = tree_balances([standing("gate", 1000), standing("a", energy)], stays)[0]
        assert len(tree_findings(balances, LIMITS, "2026-01")) == findings


def test_a_tree_with_a_gap_is_not_judged_but_named():
    stays = [point("gate"), point("a", parent="gate")]
    assert tree_balances([standing("gate", 1000), standing("a", 400, missing=5)], stays) == ([], ["gate"])


def test_days_that_differ_from_their_month_by_more_than_five_in_a_hundred_are_a_finding():
    stays = [point("daily", stat="day"), point("monthly", stat="month")]
    for days, findings in ((950, 0), (1051, 1)):
        found = day_month_findings([standing("daily", days), standing("monthly", 1000)], stays, LIMITS, "2026-01")
        assert [finding.code for finding in found] == ["days-differ-from-month"] * findings


def test_a_calibration_that_has_ended_is_a_warning_and_one_unknown_a_note():
    stays = [
        point("old", calibrated_until=date(2026, 1, 30)),
        point("new", calibrated_until=date(2027, 1, 1)),
        point("x"),
    ]
    found = calibration_findings(stays, date(2026, 1, 31))
    assert [(finding.code, finding.place, finding.severity) for finding in found] == [
        ("meter-calibration-ended", "old", "warning"),
        ("meter-calibration-unknown", "x", "note"),
    ]


def test_accuracy_counts_only_meters_whose_calibration_is_on_record():
    stays = [point("a", calibrated_until=date(2026, 1, 30)), point("b", calibrated_until=date(2027, 1, 1)), point("c")]
    stood = [standing(name, 100) for name in "abc"]
    (index,) = unit_indexes(stood, stays, [], LIMITS, date(2026, 1, 31), {"facility/works": Decimal("0.25")})
    assert (index.parts["accuracy"], index.parts["timeliness"]) == (Decimal("0.5"), Decimal("0.75"))


def test_what_a_unit_reported_is_read_in_its_own_unit(tmp_path):
    path = tmp_path / "reported.csv"
    path.write_text("facility,carrier,amount,value_unit\nfacility/works,electricity,12.5,MWh\n", "utf-8")
    assert read_reported(path, GRIDS) == {("facility/works", "electricity"): 12_500_000}
    path.write_text("facility,carrier,amount,value_unit\nfacility/works,electricity,12.5,tce\n", "utf-8")
    with pytest.raises(Refusal, match="reported-unreadable"):
        read_reported(path, GRIDS)


def test_findings_leave_as_json(checked):
    _, answer = checked
    assert json.dumps([finding.as_json() for finding in answer.findings])
