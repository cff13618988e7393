"""What came is read from the events of imports; what was undone did not come; an older event says it all the same."""

from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.obligation.data_owed import Come
from tanheng.kernel.period import Accumulation, Period, year_to_date
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.records.arriving import arrivals
from tanheng.records.models import Event
from tanheng.records.owing import ground_at, month_owings
from tanheng.records.recording import record_directory, record_observations
from tanheng.records.registers import Origin
from tanheng.records.selecting import log_position
from tanheng.records.undoing import undo_import
from tanheng.records.verification import verify_chain
from tanheng.store.packs import load_packs

pytestmark = pytest.mark.django_db
MARCH, PUBLISHED = Period.month(2026, 3), date(2026, 4, 8)
NORTH, SOUTH, MILL, KILN = "area/a-north", "area/a-south", "facility/a-mill", "facility/a-kiln"


@pytest.fixture
def packs():
    return load_packs(["cn_shanghai"])


@pytest.fixture
def districts(clerk, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    label = {"zh": "区", "en": "District"}
    areas = tuple(Area(id, label, "district") for id in (NORTH, SOUTH))
    units = tuple(Facility(id, label) for id in (MILL, KILN))
    lies = (Relation(LOCATED_IN, MILL, NORTH, date(2020, 1, 1)), Relation(LOCATED_IN, KILN, SOUTH, date(2020, 1, 1)))
    record_directory(Directory((), areas, units, lies), clerk)


def stated(subject, period=MARCH, indicator="comprehensive_energy", status="final", value="5"):
    key = ObservationKey(indicator, subject, (), period, Accumulation.YEAR_TO_DATE, "above_scale_industry", "report")
    return Observation(key, Decimal(value), "tce[calorific_value]", status, PUBLISHED, f"{'a' * 64}/规上.xlsx!表!B3")


def send(clerk, *statements, layout="above_scale_industry", note="规上.xlsx"):
    origin = Origin("a" * 64, PUBLISHED, layout) if layout else None
    return record_observations(statements, clerk, note, origin=origin)


def standing(packs, form, day=date(2026, 5, 1), month=MARCH):
    return {item.subject: item.come for item in month_owings(month, day, packs) if item.form.id == form}


def test_an_import_says_in_the_log_by_which_layout_it_was_read_and_whom_it_is_about(clerk, districts, packs):
    send(clerk, stated(MILL), stated(MILL, year_to_date(2026, 3), "output_value"))
    (came,) = Event.objects.filter(kind="observations").values_list("payload__came", flat=True)
    assert came == {
        "layout": "above_scale_industry", "hash": "a" * 64, "published": "2026-04-08", "about": {"2026-03": [MILL]},
    }  # fmt: skip
    assert verify_chain() == []


def test_what_a_table_prints_of_a_year_ago_is_no_report_about_that_year(clerk, districts, packs):
    send(clerk, stated(MILL), stated(MILL, Period.month(2025, 3), "comprehensive_energy_same_period", "comparison"))
    assert [item.month for item in arrivals(packs)] == [MARCH]
    assert ground_at(log_position(), packs).last_month == MARCH


def test_a_table_that_also_mends_a_line_of_an_earlier_month_is_no_report_about_that_month(clerk, districts, packs):
    units = [f"facility/a-{number}" for number in range(5)]
    send(clerk, *(stated(unit) for unit in units), stated(MILL, Period.month(2026, 2)))
    assert [item.month for item in arrivals(packs)] == [MARCH]


def test_a_district_whose_firms_came_is_in_and_the_other_is_late_after_its_day(clerk, districts, packs):
    send(clerk, stated(MILL))
    assert standing(packs, "above_scale_industry") == {NORTH: Come.IN, SOUTH: Come.LATE}
    assert standing(packs, "above_scale_industry", date(2026, 4, 20)) == {NORTH: Come.IN, SOUTH: Come.OWED}
    assert standing(packs, "above_scale_industry", date(2026, 3, 20)) == {NORTH: Come.IN, SOUTH: Come.NOT_YET}
    assert standing(packs, "gas_by_user") == {NORTH: Come.LATE, SOUTH: Come.LATE}


def test_an_import_that_was_undone_did_not_come(clerk, districts, packs):
    done = send(clerk, stated(MILL))
    undo_import(done.position, clerk)
    assert arrivals(packs) == []
    assert standing(packs, "above_scale_industry")[NORTH] is Come.LATE
    assert len(arrivals(packs, done.position)) == 1, "up to then it had come"


def test_a_unit_that_sent_a_form_within_a_year_owes_it_again_and_no_other_does(clerk, districts, packs):
    send(clerk, stated(MILL, Period.month(2025, 12)), layout="unit_energy_report")
    assert standing(packs, "unit_energy_report") == {MILL: Come.LATE}
    assert standing(packs, "unit_energy_report", date(2027, 3, 1), Period.month(2027, 1)) == {}


def test_an_event_of_before_events_said_so_is_known_by_what_it_states(clerk, districts, packs):
    send(clerk, stated(MILL, indicator="output_value"), stated(MILL), layout="")
    (came,) = arrivals(packs)
    assert (came.layout, came.subjects, came.hash) == ("above_scale_industry", frozenset({MILL}), "a" * 64)
