"""A very small world for the tests of the records: two units in one town, and what they stated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Party, Relation

SUMMER, AUTUMN = date(2025, 6, 1), date(2025, 9, 1)
MILL, KILN, TOWN, OTHER_TOWN, CITY = "facility/mill", "facility/kiln", "area/town", "area/other-town", "area/city"


def label(text: str) -> Mapping[str, str]:
    return {"zh": text, "en": text}


def located(child: str, parent: str, start: date = date(2020, 1, 1), end: date | None = None) -> Relation:
    return Relation(LOCATED_IN, child, parent, start, end)


def directory(*relations: Relation) -> Directory:
    return Directory(
        parties=(Party("party/bureau", label("发改委")),),
        areas=(
            Area(CITY, label("市"), "city"),
            Area(OTHER_TOWN, label("他镇"), "town"),
            Area(TOWN, label("镇"), "town"),
        ),
        facilities=(Facility(KILN, label("窑"), {"stats": "002"}), Facility(MILL, label("厂"), {"stats": "001"})),
        relations=relations or (located(KILN, TOWN), located(MILL, TOWN)),
    )


def stated(
    value: str,
    published: date = SUMMER,
    *,
    subject: str = MILL,
    month: int = 1,
    carrier: str = "diesel",
    source: str = "sha/book.xlsx!Sheet!F12",
) -> Observation:
    key = ObservationKey(
        "energy_consumption",
        subject,
        (("carrier", carrier),),
        Period.month(2024, month),
        Accumulation.MONTH,
        "whole_unit",
        "unit_report",
    )
    return Observation(key, Decimal(value), "t", "final", published, source)


def many(count: int, value: str = "1.5", published: date = SUMMER) -> list[Observation]:
    """As many statements, each about a unit of its own."""
    return [
        stated(value, published, subject=f"facility/{number}", source=f"sha/book.xlsx!Sheet!F{number}")
        for number in range(count)
    ]
