"""A sheet that nobody has read before is taught on a page, tried on itself, and kept as a layout of the site."""

import io

import pytest
from openpyxl import Workbook

from tanheng.kernel.pack import IndicatorShape
from tanheng.records.models import Event, Observation
from tanheng.store import load_packs
from tanheng.web.facts.layout_learning import LEARNED
from tanheng.web.facts.models import BatchFile
from tests.web.a_city import MILL
from tests.web.test_facts_workbooks import checked, html, record, work


def strange(*rows):
    book = Workbook()
    sheet = book.active
    sheet.title = "导出"
    sheet.append(["抄表平台导出（2024年3月）"])
    sheet.append(["计数口径：大桶"])
    sheet.append(["户头", "所属户", "本期数"])
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


ROW = ["C2", "厂", 13.5]
TAUGHT = {
    "sheet": "导出",
    "first": "3",
    "last": "3",
    "reads:A": "subject_code",
    "reads:B": "subject_name",
    "reads:C": "month",
    "indicator:C": "output_value",
    "unit_cell": "A2",
    "unit_means": "",
    "unit:C": "",
    "subject": "facility",
    "names": "",
    "coverage": "unit_report",
    "use_class": "unit_report",
    "label": "抄表平台导出",
    "sender": "抄表平台",
    "id": "platform_export",
}


@pytest.fixture
def office(as_role, monkeypatch, tmp_path):
    monkeypatch.setenv("TANHENG_HOME", str(tmp_path / "home"))
    return as_role("office")


@pytest.fixture
def page(office):
    url = checked(office, ("导出.xlsx", strange(ROW)))
    assert "说明这张表的读法" in html(office.get(url))
    return f"/facts/layouts/learn/{BatchFile.objects.get().id}/"


@pytest.fixture
def unit_of_output(office):
    return load_packs().get(IndicatorShape, "output_value").unit.text


def test_the_list_of_layouts_says_what_is_read_in_words(office):
    shown = html(office.get("/facts/layouts/"))
    for reads in ("assessment_scores", "tasks", "value", "growth", "row_code"):
        assert f"<td>{reads}<" not in shown and f'<span class="text-secondary">{reads}</span>' not in shown
    assert "逐行照录" in shown and '<th scope="col" class="prose">报送方</th>' in shown


def test_the_page_draws_the_sheet_and_offers_a_meaning_for_each_heading(office, page):
    shown = html(office.get(page))
    assert 'data-cell="C3">本期数' in shown and 'name="reads:C"' in shown
    assert "抄表平台导出" in shown and 'name="unit_cell"' in shown


def test_what_was_taught_is_tried_on_the_same_sheet_and_nothing_is_kept(office, page, unit_of_output):
    shown = html(office.post(page, TAUGHT | {"unit_means": unit_of_output, "act": "try"}))
    assert "可以这样读取" in shown and "13.5" in shown and "厂" in shown
    assert Event.objects.filter(kind=LEARNED).count() == 0


def test_a_layout_that_was_taught_is_kept_with_an_event_and_reads_the_file(office, page, unit_of_output):
    answer = office.post(page, TAUGHT | {"unit_means": unit_of_output, "act": "keep"})
    assert answer.status_code == 302
    event = Event.objects.get(kind=LEARNED)
    assert event.payload["layout"] == "platform_export" and event.payload["learned_from"]["name"] == "导出.xlsx"
    work()
    batch = html(office.get(answer.url))
    assert "没有妨碍登记的问题" in batch and '<td class="wide-only">抄表平台导出' in batch
    record(office, answer.url)
    assert Observation.objects.filter(subject=MILL, indicator="output_value").exists()
    listed = html(office.get("/facts/layouts/"))
    assert "platform_export" in listed and "本地建立" in listed and "导出.xlsx" in listed


def test_the_next_file_of_the_kind_is_known_by_itself(office, page, unit_of_output):
    office.post(page, TAUGHT | {"unit_means": unit_of_output, "act": "keep"})
    work()
    checked(office, ("四月.xlsx", strange(["C2", "厂", 15])), token="u")
    assert BatchFile.objects.get(name="四月.xlsx").layout == "platform_export"


def test_a_layout_that_does_not_hang_together_is_refused_with_what_is_missing(office, page):
    for wrong in ({"indicator:C": ""}, {"id": "Not An Id"}, {"coverage": ""}, {"reads:C": "nonsense"}):
        answer = office.post(page, TAUGHT | wrong | {"act": "keep"})
        assert answer.status_code == 422 and "版式不完整" in html(answer), wrong
    assert Event.objects.filter(kind=LEARNED).count() == 0


def test_a_layout_of_that_id_is_not_overwritten(office, page, unit_of_output):
    answer = office.post(page, TAUGHT | {"id": "key_units", "unit_means": unit_of_output, "act": "keep"})
    assert answer.status_code == 422 and Event.objects.filter(kind=LEARNED).count() == 0


def test_layouts_hold_for_the_whole_site_and_the_office_alone_teaches_them(as_role, office, page):
    for role in ("district", "town", "unit", "leader"):
        assert as_role(role).get(page).status_code == 403
    assert as_role("office").get(page).status_code == 404, "the file lies on the desk of somebody else"
    town = as_role("town")
    assert "导出.xlsx" not in html(town.get("/facts/layouts/"))


def test_the_list_asks_little_of_the_database(office, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        assert office.get("/facts/layouts/").status_code == 200
