"""A city in February: two districts with seven units that reported both years, and the tables of statistics and grid.

`python a_month.py` founds it with a login for each role, for a site in a browser.
"""

from __future__ import annotations

import os
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanheng.web.site.settings")

import django

django.setup()

from decimal import Decimal  # noqa: E402

from django.contrib.auth import get_user_model  # noqa: E402

from tanheng.kernel.fact import Observation, ObservationKey  # noqa: E402
from tanheng.kernel.pack import IndicatorShape  # noqa: E402
from tanheng.kernel.period import Accumulation, Period  # noqa: E402
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Party, Relation  # noqa: E402
from tanheng.records import prepare_database  # noqa: E402
from tanheng.records.mandates import grant_mandate  # noqa: E402
from tanheng.records.people import person_named, person_of_login  # noqa: E402
from tanheng.records.recording import record_directory, record_observations  # noqa: E402
from tanheng.store.packs import load_packs  # noqa: E402
from tests.web.a_city import PASSWORD  # noqa: E402

CITY, NORTH, SOUTH = "area/m-city", "area/m-north", "area/m-south"
OFFICE, BUREAU = "party/m-office", "party/m-bureau"
MONTH, SPAN, BEFORE = "2025-02", Period.parse("2025-01..2025-02"), Period.parse("2024-01..2024-02")
PUBLISHED, REVISED = date(2025, 3, 1), date(2025, 6, 1)
PAGE = f"/month/m-city/{MONTH}/"
_NAMES = {CITY: "某市", NORTH: "北区", SOUTH: "南区"}
# a unit: where it lies, its name, tonnes of coal a month a year before and now
_UNITS = {
    "facility/m-mill": (NORTH, "北厂", "100", "120"),
    "facility/m-forge": (NORTH, "锻造厂", "110", "108"),
    "facility/m-kiln": (NORTH, "北窑", "105", "107"),
    "facility/m-press": (NORTH, "冲压厂", "95", "99"),
    "facility/m-dye": (SOUTH, "印染厂", "100", "90"),
    "facility/m-food": (SOUTH, "食品厂", "90", "95"),
    "facility/m-glass": (SOUTH, "玻璃厂", "98", "97"),
}
_TABLES = (("above_scale_energy", "above_scale_industry", "statistics_aggregate", None),
           ("electricity_use", "whole_society", "grid_and_gas", "C"))  # fmt: skip
_GROWN = {CITY: ("2000", "2100"), NORTH: ("1200", "1290"), SOUTH: ("800", "810")}
LOGINS = {
    "office": (OFFICE, CITY),
    "department": (BUREAU, CITY),
    "district": ("", NORTH),
    "leader": (OFFICE, CITY),
    "unit": ("facility/m-mill", ""),
}


def found_month(*, gap: bool = False) -> None:
    """Records the city and what came for February; with a gap one unit of the south never sent its January."""
    clerk = person_named("王芳")
    record_directory(_directory(), clerk)
    record_observations([*_reports(gap), *_tables()], clerk)


def revise() -> None:
    """A correction that was published in June: the mill of the north used more."""
    report = _report("facility/m-mill", Period.parse(MONTH), "150", REVISED)
    record_observations([report], person_named("王芳"))


def found_logins() -> None:
    """A login for each role, each under its mandate."""
    for login, (party, area) in LOGINS.items():
        get_user_model().objects.create_user(login, password=PASSWORD)
        held = {"role": login, "party": party, "area": area, "scheme": ""}
        grant_mandate(person=person_of_login(login), actor=person_named("王芳"), start=date(2020, 1, 1), **held)


def _reports(gap: bool) -> list[Observation]:
    missing = ("facility/m-dye", "2025-01") if gap else None
    return [
        _report(unit, month, amount, PUBLISHED)
        for unit, (_, _, earlier, now) in _UNITS.items()
        for span, amount in ((BEFORE, earlier), (SPAN, now))
        for month in span.months()
        if (unit, str(month)) != missing
    ]


def _report(unit: str, month: Period, amount: str, published: date) -> Observation:
    key = ObservationKey(
        "energy_consumption", unit, (("carrier", "raw_coal"),), month, Accumulation.MONTH, *("unit_report",) * 2
    )
    return Observation(key, Decimal(amount), "t", "final", published, f"{'0' * 64}/月报.xlsx!表!A{month.start.month}")


def _tables() -> list[Observation]:
    packs, found = load_packs(), []
    for indicator, coverage, use, item in _TABLES:
        unit = packs.get(IndicatorShape, indicator).unit.text
        for area, (earlier, now) in _GROWN.items():
            for name, span, value in ((indicator, SPAN, now), (f"{indicator}_same_period", BEFORE, earlier)):
                named = (("item", item),) if item else ()
                key = ObservationKey(name, area, named, span, Accumulation.YEAR_TO_DATE, coverage, use)
                place = f"{'1' * 64}/汇总表.xlsx!表!{name}-{area}"
                found.append(Observation(key, Decimal(value), unit, "final", PUBLISHED, place))
    return found


def _directory() -> Directory:
    inside = {NORTH: CITY, SOUTH: CITY, **{unit: said[0] for unit, said in _UNITS.items()}}
    levels = {CITY: "city", NORTH: "district", SOUTH: "district"}
    return Directory(
        parties=(Party(OFFICE, _label("市双碳办")), Party(BUREAU, _label("市经信局"))),
        areas=tuple(Area(id, _label(_NAMES[id]), level) for id, level in levels.items()),
        facilities=tuple(Facility(unit, _label(said[1]), {"industry": "34"}) for unit, said in _UNITS.items()),
        relations=tuple(Relation(LOCATED_IN, child, parent, date(2020, 1, 1)) for child, parent in inside.items()),
    )


def _label(name: str) -> dict[str, str]:
    return {"zh": name, "en": f"{name} (en)"}


if __name__ == "__main__":
    prepare_database()
    found_month()
    found_logins()
