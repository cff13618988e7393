"""A child has one parent of a kind on any day; where a facility lay follows from its chain of areas."""

from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Relation, overlapping
from tests.kernel.world import CITY, DALE, EAST, HILL, LONG_AGO, MILL, QUAY, WEST, directory, located

JULY, YEAR = date(2024, 7, 1), Period.year(2024)


def stays(*relations):
    found = directory(*relations).stays(YEAR)
    return [(stay.start, stay.end, stay.areas) for stay in found if stay.facility == MILL]


def test_relations_that_follow_on_each_other_do_not_overlap():
    assert overlapping([located(MILL, QUAY, LONG_AGO, JULY), located(MILL, DALE, JULY)]) == []


def test_every_pair_that_shares_a_day_is_named():
    long, short, late = (
        located(MILL, QUAY),
        located(MILL, HILL, JULY, date(2024, 8, 1)),
        located(MILL, DALE, date(2025, 1, 1)),
    )
    assert overlapping([late, short, long]) == [(long, short), (long, late)]


def test_relations_of_another_kind_or_child_do_not_overlap():
    assert overlapping([located(MILL, QUAY), Relation("owns", MILL, "party/x", LONG_AGO), located(HILL, EAST)]) == []


def test_a_withdrawn_relation_overlaps_nothing():
    assert overlapping([located(MILL, QUAY), located(MILL, DALE, JULY, JULY)]) == []


def test_a_relation_holds_from_its_first_day_up_to_its_end():
    held = located(MILL, QUAY, LONG_AGO, JULY)
    assert held.holds_on(LONG_AGO) and held.holds_on(date(2024, 6, 30))
    assert not held.holds_on(JULY) and not held.holds_on(date(2019, 12, 31))


def test_a_facility_lies_in_every_area_above_it():
    assert stays(located(MILL, QUAY)) == [(LONG_AGO, None, {"town": QUAY, "district": EAST, "city": CITY})]


def test_a_move_makes_two_stays():
    assert [(start, end, areas["town"]) for start, end, areas in stays(
        located(MILL, DALE, JULY), located(MILL, QUAY, LONG_AGO, JULY))] == [
        (LONG_AGO, JULY, QUAY), (JULY, None, DALE)]  # fmt: skip


def test_a_town_takes_its_facilities_along_when_it_changes_district():
    relations = [located(MILL, QUAY), located(QUAY, EAST, LONG_AGO, JULY), located(QUAY, WEST, JULY)]
    assert [(start, areas["district"]) for start, _, areas in stays(*relations)] == [(LONG_AGO, EAST), (JULY, WEST)]


def test_a_withdrawn_relation_changes_no_stay():
    withdrawn = [located(MILL, DALE, JULY, JULY), located(QUAY, WEST, JULY, JULY), located(QUAY, EAST)]
    assert stays(located(MILL, QUAY), *withdrawn) == stays(located(MILL, QUAY))


def test_a_facility_lies_nowhere_between_two_places():
    away = [located(MILL, QUAY, LONG_AGO, date(2024, 3, 1)), located(MILL, DALE, JULY)]
    assert [(start, end) for start, end, _ in stays(*away)] == [(LONG_AGO, date(2024, 3, 1)), (JULY, None)]


def test_a_facility_outside_the_period_has_no_stay_in_it():
    assert stays(located(MILL, QUAY, LONG_AGO, date(2024, 1, 1))) == []
    assert stays(located(MILL, QUAY, date(2025, 1, 1))) == []
    assert stays() == []


def test_a_facility_in_two_towns_at_once_is_refused_because_it_would_be_counted_twice():
    with pytest.raises(Refusal, match="relations-overlap"):
        stays(located(MILL, QUAY), located(MILL, DALE, JULY))


def test_a_town_that_lies_inside_itself_is_refused():
    with pytest.raises(Refusal, match="located-in-itself"):
        stays(located(MILL, QUAY), located(QUAY, HILL), located(HILL, QUAY))


def test_the_name_of_an_unknown_subject_is_its_id():
    assert directory().label_of("facility/stranger") == "facility/stranger"
    assert directory().label_of(QUAY, "en") == f"the name of {QUAY}"
