"""Requests that no page sends: numbers without end, bodies that are too large, forms that nobody can read."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from tanheng.web.cases.models import Job
from tests.web.a_barometer import logged_in
from tests.web.a_month import CITY, NORTH, OFFICE, PAGE, found_month
from tests.web.test_the_month_of_an_area import do, opened
from tests.web.test_tokens_of_the_api import call, made

pytestmark = pytest.mark.django_db
ENDLESS = "9" * 5000


@pytest.mark.parametrize("address", ["/units/t-mill/", "/units/", "/targets/", "/facts/imports/"])
def test_a_number_without_end_in_an_address_asks_for_nothing(as_role, address):
    asked = dict.fromkeys(("year", "page", "begin"), ENDLESS)
    assert as_role("office").get(address, asked).status_code == 200


@pytest.mark.parametrize("address", ["/targets/splits/s/answer/", "/targets/splits/s/move/", "/cases/publishing/s/"])
def test_a_number_without_end_in_a_form_is_answered_like_none(as_role, address):
    sent = dict.fromkeys(("seen", "expected", "places"), ENDLESS)
    assert as_role("office").post(address, {**sent, "outcome@a": "open", "seen@a": ENDLESS}).status_code == 404


def test_a_body_that_is_too_large_is_refused_by_the_api_in_its_one_shape(as_role):
    token = made(as_role("office"))
    sent = b'{"reason": "' + b"a" * 2_000_000 + b'"}'
    headers = {"authorization": f"Bearer {token}"}
    answer = Client().post("/api/imports/1/undo", sent, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "request-unreadable")
    assert set(answer.json()["message"]) == {"zh", "en"}


def test_a_form_that_nobody_can_read_is_refused_on_a_page_that_says_what_to_do(as_role):
    answer = as_role("office").post("/facts/", b"torn", content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "request-unreadable" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


def test_a_request_larger_than_any_form_is_refused_before_it_is_kept(anyone, settings):
    settings.TANHENG_LARGEST_REQUEST = 1000
    answer = anyone.post("/login/", {"login": "a" * 2000, "password": "b"})
    assert (answer.status_code, "request-unreadable" in answer.content.decode()) == (400, True)


def test_a_request_to_a_foreign_host_is_refused_and_nothing_is_made_of_its_name(anyone):
    answer = anyone.get("/public/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_a_token_ends_with_the_account_of_whoever_made_it(result, as_role):
    client = as_role("town")
    text = made(client)
    assert call(text).status_code == 200
    name = client.get("/account/").context["user"].get_username()
    get_user_model().objects.filter(username=name).update(is_active=False)
    assert (call(text).status_code, call(text).json()["code"]) == (401, "token-unknown")


@pytest.mark.parametrize("act", ["compute", "checked", "drafted", "revise"])
def test_a_district_puts_no_work_on_the_month_of_its_city(db, settings, tmp_path, monkeypatch, act):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 3, 25))
    settings.TANHENG_HOME = str(tmp_path / "home")
    found_month()
    office, district = logged_in("office", CITY, OFFICE), logged_in("district", NORTH)
    opened(office)
    do(office, "check")
    assert district.get(PAGE).status_code == 200
    assert district.post(PAGE, {"act": act, "token": "t"}).status_code == 422
    assert not Job.objects.exists()


def test_no_cache_keeps_for_the_next_reader_what_a_mandate_was_shown(as_role):
    town = as_role("town")
    for address in ("/home/", "/units/", "/units/list.xlsx", "/facts/", "/nowhere/"):
        assert "private" in town.get(address).headers["Cache-Control"], address


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_sign_of_nothing_in_a_text_is_refused_before_a_database_meets_it(as_role, method):
    answer = getattr(as_role("office"), method)("/units/", {"q": "mill\0"})
    assert (answer.status_code, "request-unreadable" in answer.content.decode()) == (400, True)
