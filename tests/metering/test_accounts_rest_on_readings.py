"""A figure of a city leads down to single readings: account, observation, meters, days, readings."""

from datetime import date

import pytest

from tanheng.kernel.period import Period
from tanheng.kernel.subject import Area, Directory, Facility
from tanheng.metering import Store
from tanheng.metering.explaining import explain_readings
from tanheng.metering.observations import observations_of
from tanheng.records.computing import compute, computed_again, explain_figure
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory, record_observations
from tests.metering.rolled import DAY, KNOWN, PACKS, figures_of, meter, readings, refreshed
from tests.records.world import label, located

pytestmark = pytest.mark.django_db
WORKS, TOWN, DISTRICT, CITY = "facility/works", "area/town", "area/district", "area/city"
JANUARY = 31 * DAY


@pytest.fixture
def store(settings, tmp_path):
    """A unit with two gateway meters over January; the second lost three hours on the tenth."""
    settings.TANHENG_HOME = str(tmp_path)
    computed_again.cache_clear()
    opened = Store.open(tmp_path)
    opened.register.add([meter("north", WORKS), meter("south", WORKS)])
    steps = range(JANUARY + 1)
    opened.append(readings("n", 1, [40 * step for step in steps]))
    gap = range(9 * DAY + 10, 9 * DAY + 22)
    for key, some in (("s1", steps[: gap.start]), ("s2", steps[gap.stop :])):
        opened.append(readings(key, 2, [7 * step for step in some], first=some.start))
    opened.fold()
    yield opened
    opened.close()


@pytest.fixture
def recorded(store):
    """The unit in its town, and its month as an observation."""
    clerk = person_named("王芳", "wang@example.org")
    areas = tuple(Area(id, label(id), level) for id, level in ((CITY, "city"), (DISTRICT, "district"), (TOWN, "town")))
    relations = (located(WORKS, TOWN), located(TOWN, DISTRICT), located(DISTRICT, CITY))
    record_directory(Directory((), areas, (Facility(WORKS, label("厂")),), relations), clerk)
    found, rolled = figures_of(store)
    rows = [row for row in rolled.rows() if row["month"] == "2025-01"]
    observed = observations_of(rows, rolled.dimensions, PACKS, store.manifest.digest(), date(2025, 2, 5))
    record_observations(observed.observations, clerk)
    return found[WORKS, "electricity", "2025-01"]


def refs(told):
    return [term["ref"] for step in told["steps"] for term in step["inputs"].values()]


def test_the_co2_of_a_city_is_that_of_its_meters_and_leads_down_to_every_reading(recorded, store):
    result = compute("unit_energy_and_co2", Period.parse("2025-01"), "online_monitoring", KNOWN, packs=PACKS)
    told = explain_figure(result, f"co2@{CITY}@2025-01")
    assert told["value"] == recorded["co2_g"]
    assert told["steps"][-1]["value"] == told["value"]

    (source,) = {ref for ref in refs(told) if ref.startswith("readings:")}
    assert source.startswith("readings:north+south/2025-01-01/2025-02-01@")
    engine, refresher, done = refreshed(store)

    def down(ref):
        return explain_readings(engine, store, done.cubes, done.still, refresher.dimensions, ref)

    month = down(source)
    assert month["as_then"] and month["value"] == recorded["energy"] == sum(part["value"] for part in month["parts"])
    south = down(month["parts"][1]["ref"])
    assert south["value"] == sum(part["value"] for part in south["parts"]) and south["spread"] > 0
    plain, odd = down(south["parts"][4]["ref"]), down(south["parts"][9]["ref"])
    assert len(plain["readings"]) == DAY + 1 and plain["plain"] and not odd["plain"]
    first, last = plain["readings"][0]["value"], plain["readings"][-1]["value"]
    assert plain["value"] == 10 * (last - first) == sum(hour["value"] for hour in plain["parts"])
    assert len(odd["readings"]) == DAY + 1 - 12
    assert plain["files"][0]["sha256"]


def test_a_month_that_misses_an_interval_is_no_observation(store):
    _, rolled = figures_of(store, until=None)
    rows = [{**row, "missing": 3} for row in rolled.rows() if row["month"] == "2025-01"]
    observed = observations_of(rows, rolled.dimensions, PACKS, "0" * 64, date(2025, 2, 5))
    assert observed.observations == ()
    assert [finding.code for finding in observed.findings] == ["metered-month-incomplete"]
