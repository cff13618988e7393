"""The list of a district from the platform's exports: low is named, silent is named, and neither is the other."""

from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.metering.uses_platform import platform_list
from tanheng.records.registers import KeptRow
from tests.metering.centres import USES

MARCH, SPRING = Period.parse("2024-03"), Period.parse("2024-03..2024-04")
NORTH = "area/north"


def named(text):
    return Label(zh=text, en=text)


def directory(moved=None):
    """Three units in the north until one of them moves to the south."""
    areas = tuple(Area(f"area/{name}", named(name), "district") for name in ("north", "south"))
    units = tuple(Facility(f"facility/{name}", named(name)) for name in ("a", "b", "c"))
    start = date(2020, 1, 1)
    relations = [Relation(LOCATED_IN, unit.id, NORTH, start, None) for unit in units[:2]]
    relations += [Relation(LOCATED_IN, units[2].id, NORTH, start, moved)]
    relations += [Relation(LOCATED_IN, units[2].id, "area/south", moved, None)] if moved else []
    return Directory(areas=areas, facilities=units, relations=tuple(relations))


def row(unit, position=1, kind="monitoring", period="2024-03", **fields):
    subject = None if unit is None else f"facility/{unit}"
    return KeptRow(
        position, "f", kind, "monitoring_access", f"f.xlsx!s!{unit}{position}", subject, period, fields, {}, MARCH.end
    )


def listed(*rows, period=MARCH, where=None):
    return platform_list(rows, where or directory(), NORTH, period, USES)


def told(found):
    return [(each.code, each.fields["rate"] if "rate" in each.fields else each.place) for each in found.findings]


def test_who_is_below_seventy_or_ninety_is_named_and_the_limits_themselves_are_enough():
    found = listed(
        row("a", connected="70", uploaded="90", anomalies="0"),
        row("b", connected="69.99", uploaded="89.9", anomalies="3"),
    )
    assert [(each.unit, each.low) for each in found.rows] == [
        ("facility/a", ()),
        ("facility/b", ("connected", "uploaded")),
    ]
    assert found.rows[1].anomalies == Decimal(3)
    assert told(found) == [("platform-rate-low", "connected"), ("platform-rate-low", "uploaded")]
    assert [each.fields["status"] for each in found.findings] == ["unverified", "secondary"]


def test_an_empty_rate_is_not_known_and_not_low():
    (only,) = listed(row("a", uploaded="95")).rows
    assert (only.connected, only.uploaded, only.anomalies, only.low) == (None, Decimal(95), None, ())


def test_a_rate_that_cannot_be_is_not_judged():
    found = listed(row("a", connected="120", uploaded="no data"))
    assert (found.rows[0].connected, found.rows[0].uploaded) == (None, None)
    assert told(found) == [("platform-rate-unfit", "connected"), ("platform-rate-unfit", "uploaded")]


def test_a_later_export_of_the_same_month_counts():
    (only,) = listed(row("a", connected="50"), row("a", position=2, connected="80")).rows
    assert (only.connected, only.low) == (Decimal(80), ())


def test_a_key_unit_that_the_platform_does_not_name_is_named():
    key = [row(unit, kind="key_units", period=None) for unit in ("a", "c")]
    found = listed(row("a", connected="80"), *key)
    assert [each.unit for each in found.silent()] == ["facility/c"]
    assert [(each.code, each.fields["units"]) for each in found.findings] == [("platform-silent", "facility/c")]


def test_a_month_without_an_export_makes_nobody_silent():
    key = row("c", kind="key_units", period=None)
    found = listed(row("a", connected="80"), key, period=SPRING)
    assert [(each.unit, each.month) for each in found.rows] == [("facility/a", "2024-03"), ("facility/c", "2024-03")]


def test_a_unit_that_moved_away_is_no_longer_of_the_area():
    rows = [row("c", period=month, connected="80") for month in ("2024-03", "2024-04")]
    found = listed(*rows, period=SPRING, where=directory(moved=date(2024, 4, 1)))
    assert [each.month for each in found.rows] == ["2024-03"]


def test_a_unit_that_nobody_knows_is_named():
    found = listed(row("a", connected="80"), row(None, name="nobody"), row(None, 2, name="nowhere"))
    assert [each.code for each in found.findings] == ["platform-unit-unknown"] * 2
    assert [each.fields["unit"] for each in found.findings] == ["nobody", "nowhere"]


def test_without_an_export_or_an_area_there_is_no_list():
    with pytest.raises(Refusal, match="platform-without-rows"):
        listed(row("a", period="2024-02", connected="80"))
    with pytest.raises(Refusal, match="area-not-in-directory"):
        platform_list([row("a", connected="80")], directory(), "area/nort", MARCH, USES)
