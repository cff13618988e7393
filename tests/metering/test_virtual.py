"""Sums and differences of meters: exact where all are known, unknown where one is."""

from __future__ import annotations

from datetime import date

import duckdb

from tanheng.metering import Meter
from tanheng.metering.definition import CUBE, HOURS
from tanheng.metering.virtual import parsed, terms, virtual_cube


def point(name, number, formula=None, carrier="electricity", **fields):
    kind = "virtual" if formula else "register"
    return Meter(name, carrier, "facility/works", date(2026, 1, 1), kind, number=number, formula=formula, **fields)


def cube_of(stays, rows):
    """The virtual rows for cube rows of (meter, day, energy, due, seen); every hour has a part of the energy."""
    engine = duckdb.connect()
    engine.execute("create table cube (" + ", ".join(f"{name} bigint" for name in CUBE) + ")")
    for meter, day, energy, due, seen in rows:
        hours = [None if energy is None else energy // 24] * len(HOURS)
        values = [meter, day, 202601, energy, due, seen, due - seen, energy, *[energy and 0] * 3, None, *hours]
        engine.execute(f"insert into cube values ({', '.join('?' * len(CUBE))})", values)
    engine.register("terms", terms(stays)[0].columns())
    sql = virtual_cube("cube", "terms")
    return engine.execute(f"select meter, day, energy, due, seen, missing, h7 from ({sql}) v order by 1, 2").fetchall()


DAY = 20_454  # 2026-01-01
METERS = [point("gate-1", 1), point("tenant", 2), point("own", 3, "+gate-1 -tenant")]


def test_what_a_landlord_uses_himself_is_the_gate_less_the_tenant():
    rows = [(1, DAY, 2400, 96, 96), (2, DAY, 240, 96, 96)]
    assert cube_of(METERS, rows) == [(3, DAY, 2160, 96, 96, 0, 90)]


def test_a_difference_is_unknown_where_one_meter_is_and_not_the_other_alone():
    rows = [(1, DAY, 2400, 96, 96), (2, DAY, None, 96, 0), (1, DAY + 1, 2400, 96, 96)]
    assert cube_of(METERS, rows) == [(3, DAY, None, 96, 0, 96, None), (3, DAY + 1, None, 96, 0, 96, None)]


def test_a_virtual_meter_of_virtual_meters_is_taken_apart():
    stays = [*METERS, point("solar", 4), point("all", 5, "own +tenant +solar")]
    found, findings = terms(stays)
    assert findings == []
    assert [row[:3] for row in found.rows if row[0] == 5] == [(5, 1, 1), (5, 4, 1)]


def test_a_formula_holds_from_its_day_on():
    stays = [*METERS, point("own", 3, "+gate-1")]
    stays[3] = Meter(**{**stays[3].__dict__, "start": date(2026, 1, 2)})
    stays[2] = Meter(**{**stays[2].__dict__, "end": date(2026, 1, 2)})
    rows = [(m, DAY + d, energy, 96, 96) for d in range(2) for m, energy in ((1, 2400), (2, 240))]
    assert [row[2] for row in cube_of(stays, rows)] == [2160, 2400]


def test_a_formula_that_cannot_be_counted_is_a_finding():
    stays = [
        point("a", 1, "+b"),
        point("b", 2, "+a"),
        point("c", 3, "+nobody"),
        point("gas", 4, carrier="natural_gas"),
        point("d", 5, "+gas"),
    ]
    found, findings = terms(stays)
    assert found.rows == ()
    assert [(finding.code, finding.place) for finding in findings] == [
        ("virtual-meter-loop", "a"),
        ("virtual-meter-loop", "b"),
        ("virtual-meter-unknown", "c"),
        ("virtual-meter-carriers", "d"),
    ]


def test_names_may_hold_hyphens():
    assert parsed("+sim-1-gate -sim-1-line-1 solar") == ((1, "sim-1-gate"), (-1, "sim-1-line-1"), (1, "solar"))
