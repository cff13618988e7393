"""Pages that are kept once drawn: for the same reader only, and for as long as nothing changes."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.template import Context, Template

from tanheng.kernel.subject import Directory, Facility
from tanheng.records.computing import compute
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory
from tanheng.web.dashboards.views import units as unit_views
from tanheng.web.directory import kept_pages
from tests.web.a_city import MILL, PERIOD
from tests.web.test_the_barometer_has_a_page import page

pytestmark = pytest.mark.django_db
ADDRESS = "/units/t-mill/"


@pytest.fixture
def drawn(monkeypatch, result):
    """Counts how often the page of a unit is made."""
    kept_pages.forget_pages()
    calls, make = [], unit_views.unit_page

    def counted(*asked):
        calls.append(asked)
        return make(*asked)

    monkeypatch.setattr(unit_views, "unit_page", counted)
    return calls


def words(client, address=ADDRESS, language="zh-hans"):
    answer = page(client, address, language)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_page_is_drawn_once_for_the_reader_who_asks_again(as_role, drawn):
    office = as_role("office")
    first = words(office)
    assert "energy_calorific@facility/t-mill" in first
    assert words(office).partition("<main")[2] == first.partition("<main")[2]
    assert len(drawn) == 1


def test_another_mandate_never_gets_what_was_drawn_for_somebody_else(as_role, drawn):
    office, town, shop = as_role("office"), as_role("town"), as_role("unit", party="party/t-office")
    words(office)
    words(town)
    assert len(drawn) == 2
    assert page(shop, ADDRESS).status_code == 404


def test_what_is_recorded_shows_at_once(as_role, drawn):
    office = as_role("office")
    assert "新厂名" not in words(office)
    renamed = Facility(MILL, {"zh": "新厂名", "en": "New"}, {"unified_social_credit": "C2"})
    record_directory(Directory(facilities=(renamed,)), person_named("王芳"))
    assert "新厂名" in words(office)


def test_a_result_that_is_stored_shows_at_once(as_role, drawn):
    office = as_role("office")
    words(office)
    compute("unit_energy_reported", PERIOD, "energy_reporting", date(2026, 6, 30), as_latest=False)
    words(office)
    assert len(drawn) == 2


def test_each_language_and_each_question_is_drawn_by_itself(as_role, drawn):
    office = as_role("office")
    assert "Energy by month" in words(office, language="en")
    assert "Energy by month" not in words(office)
    words(office, f"{ADDRESS}?year=2024")
    assert len(drawn) == 3


def test_another_day_is_drawn_anew(as_role, drawn, monkeypatch):
    office = as_role("office")
    words(office)
    monkeypatch.setattr("tanheng.web.directory.scope.timezone.localdate", lambda: date(2031, 1, 2))
    words(office)
    assert len(drawn) == 2


def test_a_part_with_a_form_is_never_kept(as_role, result, rf, monkeypatch):
    kept_pages.forget_pages()
    made = []
    monkeypatch.setattr(kept_pages, "render", lambda request, template, told: drawn_with_a_form(told))
    monkeypatch.setattr(kept_pages, "scope_of", lambda request: scope())
    for _ in range(2):
        kept_pages.kept_page(rf.get("/"), "any.html", lambda: made.append(1) or {"token": "csrfmiddlewaretoken"})
    assert len(made) == 2


def drawn_with_a_form(told):
    return HttpResponse(Template('{% kept "x" %}{{ token }}{% endkept %}').render(Context(told)))


def scope():
    from tanheng.web.directory.scope import public_scope

    return public_scope()


def test_no_more_than_so_many_pages_are_kept(as_role, result):
    kept_pages.forget_pages()
    office = as_role("office")
    for number in range(kept_pages._MOST + 3):
        kept_pages._keep((number,), {"part": "x"})
    assert len(kept_pages._pages) == kept_pages._MOST
    words(office)
    assert len(kept_pages._pages) == kept_pages._MOST
