"""The barometer of a quarter on a page: every colour with its sign and word, the rule, both ways of knowing."""

import re
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import AreaMap
from tanheng.kernel.period import Period
from tanheng.records import computing, workings
from tanheng.reports.board import board
from tanheng.reports.stored_board import stored_board
from tanheng.web.dashboards.lights import reader_of
from tanheng.web.dashboards.maps import sheet_of
from tanheng.web.dashboards.quarters import quarter_name, quarter_of
from tests.web.a_barometer import COLOURS, QUARTER, graded, logged_in

pytestmark = pytest.mark.django_db
HALF = Period.parse("2024-01..2024-06")


@pytest.fixture
def stored(settings, tmp_path):
    return graded(tmp_path, settings)


def page(client, address=f"/barometer/{QUARTER}/", language="zh-hans"):
    client.cookies["django_language"] = language
    return client.get(address)


def text(client, **more):
    return page(client, **more).content.decode()


@pytest.mark.parametrize("quarters", ["1", "4", "8"])
def test_lights_read_off_the_stored_figures_are_those_of_the_working_paper(settings, tmp_path, quarters):
    stored = graded(tmp_path, settings, quarters)
    written, read = board(stored), stored_board(stored)
    assert [each.target for each in read.lights] == [each.target for each in written.lights]
    for ours, theirs in zip(read.lights, written.lights, strict=True):
        told = [quarter for quarter in theirs.quarters if quarter.colour]
        assert replace(ours, quarters=()) == replace(theirs, quarters=())
        assert [quarter for quarter in ours.quarters if quarter.colour] == told
    assert (read.rule, read.period, read.colours()) == (written.rule, written.period, written.colours())


def test_every_district_stands_with_sign_word_and_the_way_its_figure_was_made(stored):
    html = text(logged_in("office"))
    for colour, sign, word in (("red", "■", "红"), ("yellow", "▲", "黄"), ("green", "●", "绿"), ("grey", "○", "灰")):
        assert f"example-{colour}" in html
        assert f'<span aria-hidden="true">{sign}</span> {word}' in html
    for words in ("推算", "市反馈", "差距比例三级", "1,050", "二手来源", "知识日期 2026-06-30"):
        assert words in html


def test_without_a_map_the_districts_are_tiles_that_lead_to_their_lights(stored):
    html = text(logged_in("office"))
    assert '<svg class="map"' not in html
    assert html.count('class="tile fill-') == len(COLOURS)
    assert f"/results/{stored.id}/figure/light_level@example.red%23floor/estimated@{HALF}/" in html


def test_a_light_is_followed_to_its_explanation(stored):
    client = logged_in("office")
    told = page(client, address=f"/results/{stored.id}/figure/light_level@example.red%23floor/estimated@{HALF}/")
    assert told.status_code == 200
    trail = told.content.decode().partition('class="crumbs"')[2].partition("</ol>")[0]
    assert "确保·推算" in trail and ">example.red" not in trail
    (json,) = re.findall(r'href="(/api/results/[^"]+explain[^"]+)"', told.content.decode())
    assert client.get(unescape(json)).status_code == 200


def test_english_is_complete(stored):
    html = text(logged_in("office"), language="en")
    for words in ("Barometer of", "red", "estimated", "fed back by the city", "To the next colour", "Why they differ"):
        assert words in html
    assert "对象" not in html


def test_a_district_sees_its_own_light_and_no_other(stored):
    html = text(logged_in("district", area="area/example-red"))
    assert "example-red" in html
    for other in ("example-yellow", "example-green", "example-grey"):
        assert other not in html


def test_nobody_without_a_mandate_sees_a_light(stored):
    assert page(Client()).status_code == 302


def test_a_page_reads_and_computes_nothing(stored, monkeypatch):
    client = logged_in("office")
    text(client)
    for module in (computing, workings):
        monkeypatch.setattr(module, "inputs_of", lambda _: pytest.fail("a page computed an account"))
    assert page(client).status_code == 200


def test_a_page_asks_the_database_a_fixed_number_of_times(stored, django_assert_max_num_queries):
    client = logged_in("office")
    text(client)
    with django_assert_max_num_queries(9):
        page(client)


def test_a_quarter_without_lights_says_which_there_are(stored):
    answer = page(logged_in("office"), address="/barometer/2025Q1/")
    assert answer.status_code == 404
    assert "2025Q1 还没有算好的晴雨表" in answer.content.decode()
    assert QUARTER in answer.content.decode()


@pytest.mark.parametrize(("address", "code"), [
    ("/barometer/2024-05/", "barometer-period-not-quarter"),
    ("/barometer/soon/", "period-unreadable"),
    (f"/barometer/{QUARTER}/?measure=nothing", "barometer-measure-unknown"),
])  # fmt: skip
def test_an_address_that_names_no_barometer_is_a_readable_refusal(stored, address, code):
    answer = page(logged_in("office"), address=address)
    assert answer.status_code in (404, 422)
    assert code in answer.content.decode()


def test_the_way_in_leads_to_the_latest_quarter(stored):
    assert page(logged_in("office"), address="/barometer/").url == f"/barometer/{QUARTER}/"


def test_without_any_barometer_the_page_says_how_to_make_one(db, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path / "home")
    html = text(logged_in("office"), address="/barometer/")
    assert 'href="/library/"' in html and "tanheng targets" not in html


def test_a_quarter_is_the_months_from_january_to_its_end():
    assert quarter_of("2025Q3") == Period.parse("2025-01..2025-09")
    assert quarter_of("2025-01..2025-12") == Period.parse("2025")
    assert [quarter_name(quarter_of(name)) for name in ("2025Q1", "2025Q4")] == ["2025Q1", "2025Q4"]
    with pytest.raises(Refusal, match="2025-02"):
        quarter_of("2025-02")


def test_a_map_names_what_is_in_reach_and_leaves_the_rest_blank(stored):
    reader = reader_of(stored.id)
    lines = {light.subject: reader.line(light) for light in reader.board.lights[:2]}
    first, second = lines
    drawn = AreaMap.model_validate({
        "id": "m", "label": {"zh": "图", "en": "Map"}, "place": "area/city",
        "size": [40, 30], "period": ["2020-01-01", None],
        "outlines": [{"area": area, "at": [5, 5], "parts": ["0,0 9,0 9,9"]} for area in (first, second, "area/far")],
    })  # fmt: skip
    packs = SimpleNamespace(all=lambda kind: [drawn] if kind is AreaMap else [])
    sheet = sheet_of(packs, {"area/city": "市", first: "甲区"}, HALF, {first: lines[first]})
    assert [(patch.area, patch.name, patch.colour) for patch in sheet.patches] == [
        (first, "甲区", lines[first].light.colour), (second, "", "none"), ("area/far", "", "none"),
    ]  # fmt: skip
    assert sheet_of(packs, {first: "甲区"}, HALF, {first: lines[first]}) is None, "the place is out of reach"
    assert sheet_of(packs, {"area/city": "市"}, Period.parse("2019"), lines) is None, "the map holds since 2020"


def test_the_page_of_an_area_in_a_barometer_says_that_lights_are_those_of_targets(stored):
    office = logged_in("office")
    told = office.get(f"/results/{stored.id}/", follow=True).content.decode()
    assert "灯和进度属于各项目标" in told and 'href="/barometer/"' in told
    assert told.count("缺数") <= 1
