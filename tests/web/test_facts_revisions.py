"""All that was ever said of one figure stands side by side, and what is in force on a day."""

import pytest

from tanheng.records.models import Observation
from tanheng.records.people import person_named
from tests.web.a_city import MILL, SHOP, correct
from tests.web.test_facts_workbooks import checked, html, record, workbook

JANUARY = ["C2", "厂", "2024-01", "电力", "万千瓦时"]


def key_of(subject, month=1):
    row = Observation.objects.filter(
        subject=subject, period_start=f"2024-0{month}-01", dimensions={"carrier": "electricity"}
    )
    return row.values_list("key_hash", flat=True).first()


def last_of_january():
    return Observation.objects.filter(key_hash=key_of(MILL)).latest("published")


@pytest.fixture
def revised(as_role):
    """January's electricity of the mill was 12.5, and became 12.9 and 13."""
    office = as_role("office")
    for token, amount, day in (("a", 12.9, "2025-04-10"), ("b", 13, "2025-06-10")):
        record(office, checked(office, (f"{token}.xlsx", workbook([*JANUARY, amount, ""])), token=token, published=day))
    return office


def test_every_statement_stands_there_with_its_cell_day_author_and_difference(revised):
    page = html(revised.get(f"/facts/revisions/{key_of(MILL)}/"))
    assert page.count('<tr class="in-force">') == 1
    assert all(text in page for text in ("12.5", "12.9", "+0.4", "+0.1", "a.xlsx!能耗月报!F4", "2025-06-10", "office"))
    assert page.index("2025-02-20") < page.index("2025-04-10") < page.index("2025-06-10")


@pytest.mark.parametrize(("day", "value"), [("2025-03-01", "12.5"), ("2025-05-01", "12.9"), ("2025-07-01", "13")])
def test_the_statement_in_force_on_a_day_is_the_last_one_published_by_then(revised, day, value):
    page = html(revised.get(f"/facts/revisions/{key_of(MILL)}/?on={day}"))
    row = page[page.index('<tr class="in-force">') :]
    assert f"<strong>{value}</strong>" in row[: row.index("</tr>")]


def test_before_the_first_publication_nothing_was_known(revised):
    page = html(revised.get(f"/facts/revisions/{key_of(MILL)}/?on=2024-12-31"))
    assert "该日尚无此数据" in page and '<tr class="in-force">' not in page


def test_an_undone_statement_stays_in_sight_and_holds_no_more(revised):
    position = last_of_january().position
    revised.post(f"/facts/imports/{position}/undo/")
    page = html(revised.get(f"/facts/revisions/{key_of(MILL)}/"))
    assert "<s>13</s>" in page and "已由第" in page
    row = page[page.index('<tr class="in-force">') :]
    assert "<strong>12.9</strong>" in row[: row.index("</tr>")]


def test_the_page_is_reached_from_the_source_cell_and_from_the_import(revised):
    key, row = key_of(MILL), last_of_january()
    digest, sheet, cell = row.source.partition("/")[0], *row.source.split("!")[-2:]
    assert f"/facts/revisions/{key}/" in html(revised.get(f"/sources/{digest}/{sheet}/{cell}/"))
    assert f"/facts/revisions/{key}/" in html(revised.get(f"/facts/imports/{row.position}/"))


def test_a_figure_out_of_reach_is_answered_like_one_that_was_never_stated(as_role, result):
    for role in ("unit", "town", "district", "verifier"):
        client = as_role(role)
        hidden, none = (client.get(f"/facts/revisions/{key}/") for key in (key_of(SHOP), "0" * 64))
        assert hidden.status_code == none.status_code == 404
        assert client.get(f"/facts/revisions/{key_of(MILL)}/").status_code == 200
    assert as_role("office").get("/facts/revisions/nothing/?on=x").status_code == 422


def test_the_page_asks_the_same_however_often_a_figure_was_revised(revised, tmp_path, django_assert_max_num_queries):
    correct(person_named("王芳"), tmp_path)
    for subject in (MILL, SHOP):
        with django_assert_max_num_queries(18):
            assert revised.get(f"/facts/revisions/{key_of(subject)}/").status_code == 200
