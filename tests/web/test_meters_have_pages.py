"""The meters of a unit, its load by day and hour, and the way from a figure of the city down to single readings."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings as site

from tanheng.kernel.period import Period
from tanheng.metering import Store
from tanheng.metering.observations import observations_of
from tanheng.records.computing import compute
from tanheng.records.people import person_named
from tanheng.records.recording import record_observations
from tests.metering.rolled import DAY, KNOWN, PACKS, figures_of, meter, readings
from tests.web.a_city import CITY, MILL, SHOP

JANUARY = 31 * DAY
MONTH = "2025-01"
NAME = MILL.removeprefix("facility/")


@pytest.fixture
def store(result):
    """The mill with two gateway meters over January, the second silent for the tenth and read again on the eleventh;
    the shop, out of most readers' reach, with one."""
    opened = Store.open(Path(site.TANHENG_HOME))
    opened.register.add([meter("north", MILL), meter("south", MILL), meter("shop", SHOP)])
    steps = range(JANUARY + 1)
    opened.append(readings("n", 1, [40 * step for step in steps]))
    gap = range(9 * DAY + 10, 9 * DAY + 22)
    for key, some in (("s1", steps[: gap.start]), ("s2", steps[gap.stop : 20 * DAY])):
        opened.append(readings(key, 2, [7 * step for step in some], first=some.start))
    opened.append(readings("shop", 3, [5 * step for step in steps]))
    opened.fold()
    _, rolled = figures_of(opened)
    yield opened, rolled
    opened.close()


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_a_unit_lists_its_meters_with_what_came_of_the_last_month(client, store):
    html = page(client, f"/units/{NAME}/")
    meters = html[html.index('id="meters"') : html.index("</section>", html.index('id="meters"'))]
    assert "north" in meters
    assert "south" in meters
    assert "shop" not in meters
    assert "2025-01-01" in meters
    assert "100.0" in meters
    assert f"/units/{NAME}/hours/?meter=north" in meters
    listed = {row["meter"]: row for row in client.get(f"/api/units/{NAME}/meters").json()}
    assert listed["north"]["completeness"] == "100.0"
    assert float(listed["south"]["completeness"]) < 70
    assert listed["south"]["last_day"] == "2025-01-20"


def test_a_day_of_which_nothing_is_known_is_a_gap_and_no_zero(client, store):
    rows = client.get(f"/api/units/{NAME}/hours?meter=south&month={MONTH}").json()
    by_day = {row["period"]: row["figure"] for row in rows}
    assert by_day["2025-01-05"]["value"] == "6.720"
    assert by_day["2025-01-25"]["value"] is None
    assert by_day["2025-01-25"]["standing"] == "missing"
    html = page(client, f"/units/{NAME}/hours/?meter=south&month={MONTH}")
    drawn = re.search(r'"data": \[([^\]]*null[^\]]*)\], "color"', html)
    assert drawn is not None
    assert "2025-01-10" in html[html.index('id="odd-days"') :]


def test_the_hours_of_a_day_add_up_to_the_day(client, store):
    days = client.get(f"/api/units/{NAME}/hours?month={MONTH}").json()
    whole = next(float(row["figure"]["value"]) for row in days if row["period"] == "2025-01-05")
    hours = client.get(f"/api/units/{NAME}/hours?day=2025-01-05").json()
    assert len(hours) == 24
    assert sum(float(row["figure"]["value"]) for row in hours) == pytest.approx(whole)
    html = page(client, f"/units/{NAME}/hours/?day=2025-01-05&meter=north")
    assert "00:00–01:00" in html
    (link,) = re.findall(r'href="(/readings/[^"]+)"', html)
    assert 'id="readings"' in page(client, link)
    assert client.get(f"/units/{NAME}/hours/?day=yesterday").status_code in (404, 422)


def test_a_figure_of_the_city_leads_down_to_the_readings_of_an_hour(client, store):
    opened, rolled = store
    rows = [row for row in rolled.rows() if row["month"] == MONTH and row["unit"] == SHOP]
    observed = observations_of(rows, rolled.dimensions, PACKS, opened.manifest.digest(), KNOWN.replace(year=2025))
    record_observations(observed.observations, person_named("王芳"))
    found = compute("unit_energy_and_co2", Period.parse(MONTH), "online_monitoring", KNOWN)
    city = page(client, f"/results/{found.id}/figure/energy_calorific@{CITY}@{MONTH}/")
    (link,) = dict.fromkeys(re.findall(r'href="(/readings/[^"]+)"', city))
    month = page(client, link)
    day = re.findall(r'href="(/readings/shop/2025-01-05[^"]+)"', month)[0]
    html = page(client, day)
    assert "00:00–01:00" in html
    assert html[html.index('id="readings"') :].count("千瓦时</td>") == DAY + 1
    told = client.get("/api/readings", {"reference": "readings:" + day.removeprefix("/readings/").rstrip("/")}).json()
    assert len(told["readings"]) == DAY + 1
    assert told["as_then"] is True


@pytest.mark.parametrize("role", ["town", "unit", "district"])
def test_readings_out_of_reach_are_told_like_readings_that_are_not(as_role, store, role):
    client = as_role(role)
    opened, _ = store
    there = f"/readings/shop/2025-01-01/2025-02-01@{opened.manifest.digest()[:8]}/"
    nowhere = there.replace("/shop/", "/none/")
    assert client.get(there).status_code == client.get(nowhere).status_code == 404
    mine = there.replace("/shop/", "/north/")
    assert client.get(mine).status_code == 200
    assert client.get(f"/units/{NAME}/hours/?meter=shop").status_code == 404
    assert client.get(f"/units/{SHOP.removeprefix('facility/')}/hours/").status_code == 404


def test_a_site_without_readings_says_so_and_makes_no_store(client, result):
    assert client.get(f"/api/units/{NAME}/meters").json() == []
    assert client.get(f"/units/{NAME}/hours/").status_code == 404
    assert not (Path(site.TANHENG_HOME) / "readings").exists()


def test_a_page_that_was_kept_shows_a_meter_that_is_registered_after_it(client, store):
    opened, _ = store
    assert "third" not in page(client, f"/units/{NAME}/")
    opened.register.add([meter("third", MILL)])
    assert "third" in page(client, f"/units/{NAME}/")
