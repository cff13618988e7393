"""A district runs the site by itself: of its city it knows what comes in files, and nothing of the other districts."""

from __future__ import annotations

import pytest
from django.test import Client

from tanheng.kernel.subject import Directory
from tanheng.records.computing import computed_again
from tanheng.records.people import person_named
from tanheng.records.publishing import publish
from tests.web import a_city
from tests.web.a_barometer import logged_in
from tests.web.a_city import CITY, MILL, NORTH, OFFICE, PORT, SHOP, SOUTH, TOWN
from tests.web.a_sweep import links_of, route_of

pytestmark = pytest.mark.django_db
ELSEWHERE = (SOUTH, PORT, SHOP)
STARTS = (
    "/",
    "/home/",
    "/barometer/",
    "/targets/",
    "/tasks/",
    "/areas/",
    "/public/",
    "/checks/",
    "/inbox/",
    "/library/",
)


@pytest.fixture
def result(settings, tmp_path, monkeypatch):
    """What the district's units reported; the city and the district stand in the directory, and no other district."""
    settings.TANHENG_HOME = str(tmp_path / "home")
    computed_again.cache_clear()
    whole = a_city._directory()
    mine = Directory(
        whole.parties,
        tuple(area for area in whole.areas if area.id not in ELSEWHERE),
        tuple(unit for unit in whole.facilities if unit.id not in ELSEWHERE),
        tuple(item for item in whole.relations if not {item.child, item.parent} & set(ELSEWHERE)),
    )
    monkeypatch.setattr(a_city, "_directory", lambda: mine)
    monkeypatch.setattr(a_city, "_ROWS", [row for row in a_city._ROWS if row[0] != "C3"])
    a_city.found_city(person_named("王芳"), tmp_path)
    return a_city.computed()


@pytest.fixture
def seats(result) -> dict[str, Client]:
    return {
        "office": logged_in("office", area=NORTH, party=OFFICE),
        "leader": logged_in("leader", area=NORTH, party=OFFICE),
        "district": logged_in("district", area=NORTH),
        "town": logged_in("town", area=TOWN),
        "unit": logged_in("unit", party=MILL),
        "verifier": logged_in("verifier", area=NORTH),
        "anyone": Client(),
    }


def broken(client: Client) -> list[tuple[str, str, int]]:
    """The links that open nothing, following one address of each route."""
    found, seen, waiting = [], set(), [("", start) for start in STARTS]
    while waiting:
        source, address = waiting.pop(0)
        route = route_of(address)
        if route is None or route in seen:
            continue
        seen.add(route)
        answer = client.get(address, follow=True)
        if answer.status_code >= 400 and source:
            found.append((source, address, answer.status_code))
        elif answer.status_code == 200 and "text/html" in answer.headers["content-type"]:
            waiting += [(address, link) for link in links_of(answer.content.decode())]
    assert len(seen) > 12
    return found


@pytest.mark.parametrize("role", ["office", "leader", "district", "town", "unit", "verifier", "anyone"])
def test_every_page_of_a_district_s_own_site_opens_and_leads_on(seats, role):
    assert broken(seats[role]) == []


def test_the_way_in_leads_to_the_district_and_not_to_its_city(seats, result):
    assert seats["office"].get("/areas/", follow=True).redirect_chain[-1][0].endswith("/area/t-north/")


def test_a_sum_of_one_district_is_not_called_the_city_s(seats, result):
    html = seats["office"].get(f"/results/{result.id}/area/t-city/").content.decode()
    assert "不是全市的数值" in html
    assert "不是全市的数值" not in seats["office"].get(f"/results/{result.id}/area/t-north/").content.decode()


def test_open_data_of_a_district_s_site_hold_no_figure_of_the_city(seats, result):
    item = publish(result.id, "北区", person_named("王芳"), [], {"gap": "已催报"})
    rows = seats["anyone"].get(f"/public/data/{item.position}.json").json()["rows"]
    assert rows
    assert {row["subject"] for row in rows} & {CITY, *ELSEWHERE} == set()


def test_where_two_districts_are_known_the_city_is_itself(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path / "home")
    a_city.found_city(person_named("王芳"), tmp_path)
    whole = a_city.computed()
    client = logged_in("office", area=CITY, party=OFFICE)
    assert "不是全市的数值" not in client.get(f"/results/{whole.id}/area/t-city/").content.decode()
