"""A unit that moved from one district to another: what it gives to each adds up on every page."""

import re
from datetime import date
from html import unescape
from urllib.parse import unquote

import pytest

from tanheng.kernel.period import Period
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.kernel.trace import Address
from tanheng.records.computing import explain_figure
from tanheng.records.people import person_named
from tanheng.web.results.places import Places
from tests.web.a_city import KILN, MILL, PERIOD, SHOP, computed, move_mill

_FIGURE = re.compile(r'<a class="figure[^"]*" href="([^"]+)"[^>]*><span class="figure-value">([^<]+)</span>')
BEFORE, AFTER = f"co2@{MILL}@2024-01", f"co2@{MILL}@2024-02"


@pytest.fixture
def moved(result):
    """The result of the same two months, after it was recorded that the mill had moved."""
    move_mill(person_named("王芳"))
    return computed()


def figures(html: str) -> dict[str, str]:
    return {unquote(unescape(href)).split("/figure/")[1].rstrip("/"): value for href, value in _FIGURE.findall(html)}


def units(client, result, area: str, **query: str) -> str:
    html = client.get(f"/results/{result.id}/area/{area}/", query).content.decode()
    return html[html.index("用能单位</h2>") : html.index('id="publish"')]


def grams(text: str) -> int:
    return int(text.replace(",", "").replace(".", ""))


@pytest.mark.parametrize(
    ("area", "listed"),
    [
        ("t-town", {BEFORE, f"co2@{KILN}@{PERIOD}"}),
        ("t-north", {BEFORE, f"co2@{KILN}@{PERIOD}"}),
        ("t-port", {AFTER, f"co2@{SHOP}@{PERIOD}"}),
        ("t-south", {AFTER, f"co2@{SHOP}@{PERIOD}"}),
    ],
)
def test_a_list_shows_what_the_unit_gave_to_the_area_and_no_difference(client, moved, area, listed):
    html = units(client, moved, area)
    shown = {address: value for address, value in figures(html).items() if address.startswith("co2@")}
    whole = shown.pop(f"co2@area/{area}@{PERIOD}")
    assert set(shown) == listed
    assert abs(sum(map(grams, shown.values())) - grams(whole)) <= 1  # each is rounded for reading
    assert "差额" not in html
    assert "仅计 2024年" in html


def test_the_figure_of_those_months_is_explained_as_the_same_number(client, moved):
    for area, address in (("t-town", BEFORE), ("t-port", AFTER)):
        told = explain_figure(moved, Address.parse(address))
        assert figures(units(client, moved, area))[address] == told["display"]["value"]
        assert told["address"] == address


def test_the_page_of_the_unit_says_where_each_month_counts(client, moved):
    html = client.get(f"/results/{moved.id}/figure/co2@{MILL}@{PERIOD}/").content.decode()
    stays = re.search(r'id="stays".*?</section>', html, re.S)[0]
    assert set(figures(stays)) == {BEFORE, AFTER}
    assert stays.index("北镇") < stays.index("港镇")
    whole = re.search(r'data-value="([^"]+)"', html)[1]
    exact = [explain_figure(moved, Address.parse(address))["value"] for address in (BEFORE, AFTER)]
    assert f"{sum(exact):,}" == whole


def test_in_one_month_a_unit_stands_in_one_place(client, moved):
    assert MILL in units(client, moved, "t-town", period="2024-01")
    assert MILL not in units(client, moved, "t-town", period="2024-02")
    assert MILL in units(client, moved, "t-port", period="2024-02")
    assert "仅计" not in units(client, moved, "t-port", period="2024-02")


def test_a_unit_that_stayed_has_no_list_of_places(client, moved):
    assert 'id="stays"' not in client.get(f"/results/{moved.id}/figure/co2@{KILN}@{PERIOD}/").content.decode()


def test_a_move_inside_a_district_splits_the_unit_in_the_towns_and_not_in_the_district():
    label, start, day = {"zh": "x", "en": "x"}, date(2020, 1, 1), date(2024, 5, 15)
    areas = [Area("area/d", label, "district"), Area("area/a", label, "town"), Area("area/b", label, "town")]
    relations = [
        Relation(LOCATED_IN, "area/a", "area/d", start),
        Relation(LOCATED_IN, "area/b", "area/d", start),
        Relation(LOCATED_IN, MILL, "area/a", start, day),
        Relation(LOCATED_IN, MILL, "area/b", day),
    ]
    directory = Directory(areas=tuple(areas), facilities=(Facility(MILL, label, {}),), relations=tuple(relations))
    places = Places(directory, Period.year(2024))
    assert places.facility_spans("area/d") == {MILL: [Period.year(2024)]}
    assert places.facility_spans("area/a") == {MILL: [Period.parse("2024-01..2024-05")]}
    assert places.facility_spans("area/b") == {MILL: [Period.parse("2024-06..2024-12")]}
    assert [(str(span), area.id) for span, area in places.stays(MILL)] == [
        ("2024-01..2024-05", "area/a"),
        ("2024-06..2024-12", "area/b"),
    ]
