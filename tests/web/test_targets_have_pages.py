"""Targets on pages: the matrix of a year, and one target with its way, its clause and what was found about it."""

import json
import re

import pytest
from openpyxl import load_workbook

from tanheng.web.dashboards import target_matrix
from tests.web.a_barometer import EXAMPLE, graded, logged_in
from tests.web.test_the_barometer_has_a_page import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings, tmp_path):
    return graded(tmp_path, settings)


def text(client, address, language="zh-hans"):
    answer = page(client, address, language)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_matrix_has_a_row_for_each_subject_and_the_light_beside_the_demand(stored):
    html = text(logged_in("office"), "/targets/?year=2024")
    for colour in ("red", "yellow", "green", "grey"):
        assert f"example-{colour}" in html
        assert f"/targets/example.{colour}/" in html
    assert "■</span> 红" in html
    assert f"{len(EXAMPLE.targets)} 项目标" in html or "项目标" in html


def test_a_target_shows_its_demand_its_light_and_the_passage_that_demands_it(stored):
    html = text(logged_in("office"), "/targets/example.yellow/")
    for words in ("▲</span> 黄", "虚构年度安排", "安排</blockquote>", "1,050", "市反馈", "下降3%"):
        assert words in html


def test_the_way_is_drawn_from_data_in_the_page_and_stands_in_a_table_for_readers_without_script(stored):
    html = text(logged_in("office"), "/targets/example.green/")
    option = json.loads(re.search(r'<script id="way-option" type="application/json">(.*?)</script>', html, re.S)[1])
    actual = option["series"][0]["data"]
    assert len(actual) == len(option["xAxis"]["data"])
    assert actual[-1] is not None
    table = html[html.index('class="table chart-table"') :]
    assert f"{actual[-1]:.2f}" in table
    assert "/figure/light_actual_rate@example.green" in table
    assert option["tooltip"]["renderMode"] == "richText", "an HTML tooltip would need inline styles"


def test_a_quarter_without_a_figure_is_a_gap_and_no_zero(stored):
    html = text(logged_in("office"), "/targets/example.grey/")
    assert "例" not in html or "0.00" not in html
    assert '"data": [0' not in html


def test_no_inline_script_or_style_is_needed(stored):
    answer = page(logged_in("office"), "/targets/example.red/")
    html = answer.content.decode()
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert " style=" not in html
    assert not re.search(r"<script(?![^>]*(src=|application/json))", html)


def test_a_district_sees_its_targets_and_the_others_do_not_exist(stored):
    red = logged_in("district", area="area/example-red")
    html = text(red, "/targets/?year=2024")
    assert "example-red" in html
    assert "example-green" not in html
    assert page(red, "/targets/example.green/").status_code == page(red, "/targets/none/").status_code == 404


def test_english_is_complete(stored):
    html = text(logged_in("office"), "/targets/example.red/", "en")
    for words in ("What the target demands", "Where it stands", "The way so far", "What it is made of", "actual"):
        assert words in html
    assert "目标要求" not in html


def test_without_a_target_the_page_says_how_to_record_some(db, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path / "home")
    told = text(logged_in("office"), "/targets/").partition("<main")[2]
    assert 'href="/library/"' in told and "tanheng " not in told


def test_a_decomposition_that_nobody_checked_says_so(stored):
    told = text(logged_in("office"), "/targets/example.red/").partition("<main")[2]
    assert "还没有做分解校核，请联系本站管理员" in told and "tanheng " not in told


def test_the_pages_ask_the_database_a_fixed_number_of_times(stored, django_assert_max_num_queries):
    office = logged_in("office")
    for address, most in (("/targets/?year=2024", 10), ("/targets/example.red/", 16)):
        text(office, address)
        with django_assert_max_num_queries(most):
            text(office, address)


def test_the_matrix_is_narrowed_by_light_tier_and_words(stored):
    office = logged_in("office")
    whole = text(office, "/targets/?year=2024")
    red = text(office, "/targets/?year=2024&light=red")
    assert "example-green" in whole
    assert "example-red" in red
    assert "example-green" not in red
    assert "example-green" not in text(office, "/targets/?year=2024&words=example-red")
    assert "没有符合条件的目标" in text(office, "/targets/?year=2024&words=none-of-this-name")
    assert text(office, "/targets/?year=2024&tier=nonsense&page=99&light=purple")


def test_the_matrix_is_a_workbook_of_the_same_lines(stored, tmp_path):
    office = logged_in("office")
    for query, count in (("year=2024", len(EXAMPLE.targets)), ("year=2024&words=example-red", None)):
        path = tmp_path / "targets.xlsx"
        path.write_bytes(page(office, f"/targets/list.xlsx?{query}").content)
        rows = list(load_workbook(path).active.values)
        assert rows[0][0] == "对象"
        assert count is None or len(rows) == count + 1
        assert all("example-red" in str(row) for row in rows[1:]) or count
    red = logged_in("district", area="area/example-red")
    path.write_bytes(page(red, "/targets/list.xlsx?year=2024").content)
    assert "example-green" not in str(list(load_workbook(path).active.values))


def test_many_subjects_are_shown_page_by_page(stored, monkeypatch):
    monkeypatch.setattr(target_matrix, "ON_A_PAGE", 2)
    office = logged_in("office")
    first, second = text(office, "/targets/?year=2024"), text(office, "/targets/?year=2024&page=2")
    assert "page=2" in first
    assert "example-red" in first + second
    assert ("example-red" in first) != ("example-red" in second)


def test_a_target_says_what_lies_ahead_of_it_and_what_serves_it(stored):
    html = text(logged_in("office"), "/targets/example.green/")
    for words in ("全年预计", "支撑任务", "由什么组成" if "由什么组成" in html else 'id="parts"'):
        assert words in html


def test_a_target_whose_year_is_over_is_not_offered_to_be_split(stored):
    office = logged_in("office")
    assert "/targets/splits/new/" not in text(office, "/targets/example.green/")
    assert page(office, "/targets/splits/new/?target=example.green").status_code == 404
