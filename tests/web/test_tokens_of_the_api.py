"""Tokens: a program sees what the mandate sees, for as long as the mandate holds, and no longer than the token."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from tanheng.cli.options import today
from tanheng.records.mandates import end_mandate, mandates
from tanheng.records.people import person_of_login
from tanheng.records.verification import verify_chain
from tanheng.web.directory import rates
from tanheng.web.directory.models import ApiToken


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


def made(client: Client, name: str = "月报脚本") -> str:
    answer = client.post("/account/tokens/", {"name": name})
    assert answer.status_code == 201
    return re.search(r'id="made">(tanheng_[\w-]+)<', answer.content.decode())[1]


def call(token: str, path: str = "/api/results"):
    return Client().get(path, headers={"authorization": f"Bearer {token}"})


def units(token: str, result) -> set[str]:
    return {row["subject"] for row in call(token, f"/api/results/{result.id}/figures?level=facility").json()}


def test_a_program_sees_what_the_mandate_of_its_token_sees(result, as_role):
    assert units(made(as_role("office")), result) == {"facility/t-kiln", "facility/t-mill", "facility/t-shop"}
    assert units(made(as_role("town")), result) == {"facility/t-kiln", "facility/t-mill"}


def test_the_token_is_shown_once_and_kept_as_a_digest(result, as_role):
    client = as_role("town")
    text = made(client)
    assert text not in client.get("/account/").content.decode()
    assert text not in str(list(ApiToken.objects.values()))


def test_a_token_ends_with_its_mandate(result, as_role):
    client = as_role("town")
    text = made(client)
    person = person_of_login(client.get("/account/").context["user"].get_username())
    end_mandate(mandates(person.id)[0].mandate, end=today() - timedelta(days=1), actor=person)
    answer = call(text)
    assert (answer.status_code, answer.json()["code"]) == (401, "token-unknown")


def test_a_token_that_was_ended_lets_nobody_in_and_the_log_says_who_made_and_ended_it(result, as_role):
    client = as_role("town")
    text = made(client)
    token = ApiToken.objects.get()
    assert client.post(f"/account/tokens/{token.id}/end/").status_code == 302
    assert call(text).status_code == 401
    assert verify_chain() == []


def test_nobody_ends_the_token_of_another(result, as_role):
    text = made(as_role("town"))
    token = ApiToken.objects.get()
    other = as_role("office")
    assert other.post(f"/account/tokens/{token.id}/end/").status_code == 401
    assert other.post("/account/tokens/nonsense/end/").status_code == 401
    assert call(text).status_code == 200


def test_a_made_up_token_is_refused_like_one_that_ended(result):
    assert call("tanheng_" + "x" * 43).status_code == 401
    assert call("").status_code == 401


def test_a_token_opens_no_page(result, as_role):
    text = made(as_role("office"))
    page = Client().get(f"/results/{result.id}/area/t-city/", headers={"authorization": f"Bearer {text}"})
    assert page.status_code == 404


def test_without_a_mandate_there_is_no_token(result, anyone):
    assert anyone.post("/account/tokens/", {"name": "x"}).status_code == 302
    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_token_needs_a_name(result, as_role, name):
    assert as_role("town").post("/account/tokens/", {"name": name}).status_code == 422


def test_the_name_of_a_token_is_text(result, as_role):
    client = as_role("town")
    made(client, "<img src=x onerror=alert(1)>")
    assert "<img src=x" not in client.get("/account/").content.decode()


def test_requests_are_counted_and_too_many_are_refused(result, as_role, monkeypatch):
    monkeypatch.setattr(rates, "_MINUTE", 10**8)  # one window, whenever the test runs
    text = made(as_role("office"))
    with override_settings(TANHENG_RATES={"api": 3, "api_anybody": 2, "api_failed": 2}):
        assert [call(text).status_code for _ in range(4)] == [200, 200, 200, 429]
        assert [Client().get("/api/results").status_code for _ in range(3)] == [200, 200, 429]
        assert [call("tanheng_guess").status_code for _ in range(3)] == [401, 401, 429]
