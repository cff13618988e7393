"""A small invented city, recorded and ready to compute with the packs that are shipped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.subject import Area, Directory, Facility
from tanheng.records.computing import compute
from tanheng.records.models import Person
from tanheng.records.recording import record_directory, record_observations
from tanheng.store.packs import load_packs
from tanheng.store.results import StoredResult
from tests.records.world import CITY, KILN, MILL, TOWN, label, located

DISTRICT = "area/district"
YEAR = Period.year(2024)
FIRST_KNOWN, REVISED_KNOWN = date(2025, 6, 30), date(2026, 6, 30)
PUBLISHED, CORRECTED = date(2025, 2, 20), date(2026, 4, 15)
UNITS = {"electricity": "10^4 kWh", "diesel": "t", "natural_gas": "10^4 Nm3"}


def used(subject: str, month: int, carrier: str, value: str, published: date = PUBLISHED) -> Observation:
    period = Period.month(2024, month)
    breakdown = (("carrier", carrier),)
    key = ObservationKey(
        "energy_consumption", subject, breakdown, period, Accumulation.MONTH, "unit_report", "unit_report"
    )
    source = f"{'0' * 64}/year.xlsx!Sheet!{carrier}{subject}{month}"
    return Observation(key, Decimal(value), UNITS[carrier], "reported", published, source)


def found_city(clerk: Person) -> None:
    """Two units of one town, each with three carriers in every month of a year."""
    areas = (
        Area(CITY, label("市"), "city"),
        Area(DISTRICT, label("区"), "district"),
        Area(TOWN, label("镇"), "town"),
    )
    units = (Facility(KILN, label("窑"), {}), Facility(MILL, label("厂"), {}))
    relations = (located(DISTRICT, CITY), located(KILN, TOWN), located(MILL, TOWN), located(TOWN, DISTRICT))
    record_directory(Directory(areas=areas, facilities=units, relations=relations), clerk)
    stated = [
        used(unit, month, carrier, f"{month}.{number}")
        for number, unit in enumerate((KILN, MILL), start=1)
        for month in range(1, 13)
        for carrier in UNITS
    ]
    record_observations(stated, clerk)


def computed(known_on: date = FIRST_KNOWN, log_position: int | None = None) -> StoredResult:
    packs = load_packs(["cn_shanghai"])
    return compute("unit_energy_and_co2", YEAR, "city_inventory", known_on, log_position, packs)
