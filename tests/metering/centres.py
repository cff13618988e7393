"""Made-up meters for the uses: steady registers of a step a quarter of an hour, worked by hand."""

from tanheng.kernel.pack.metering_uses import DataCentreRules, MeteringUses
from tanheng.metering import Store
from tanheng.metering.engine import DuckEngine
from tanheng.metering.uses_hours import UseHours
from tests.metering.rolled import PACKS, meter, readings

(USES,) = PACKS.all(MeteringUses)
(RULES,) = PACKS.all(DataCentreRules)
HALL = "facility/hall"


def steady(key, number, days, step, first=0):
    """A register of 0.01 kWh that rises by `step` each quarter of an hour, from 00:00 of 1 January 2025 on."""
    count = days * 96 + 1 - first
    return readings(key, number, [step * (first + each) for each in range(count)], first)


def hours_of(store, until=None):
    """The hours of a store."""
    return UseHours.of(store, PACKS, DuckEngine(store.root / "spill"), until)


def site(folder, meters, *batches):
    """A store with those meters and batches."""
    opened = Store.open(folder)
    opened.register.add(meters)
    for each in batches:
        opened.append(each)
    return opened


def hall(**said):
    """The gateway and the IT meter of a data centre."""
    return [meter("hall", HALL), meter("racks", HALL, level=2, parent="hall", usage="IT", **said)]
