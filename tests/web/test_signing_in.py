"""Signing in: the lock after failures, the second factor, mandates that are chosen and that end, the demo's logins."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from tanheng.cli.options import today
from tanheng.records.mandates import end_mandate, grant_mandate, mandates
from tanheng.records.people import person_named, person_of_login
from tanheng.records.recording import record_directory
from tanheng.store.packs import directory_of, load_packs
from tanheng.web.directory.demo_logins import ensure_demo_logins
from tests.web.a_city import NORTH, PASSWORD, SOUTH, TOWN


def log_in(client: Client, login: str = "office", password: str = PASSWORD, **fields: str):
    return client.post("/login/", {"login": login, "password": password, **fields})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


# ---- the password


def test_a_name_is_locked_after_five_failures_even_for_the_right_password(anyone, office):
    for _ in range(5):
        log_in(anyone, password="wrong")
    assert log_in(anyone).status_code == 200
    assert not is_in(anyone)
    other = Client(REMOTE_ADDR="192.0.2.9")
    assert log_in(other).status_code == 200, "the lock is of the name, wherever the next attempt comes from"


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(anyone, office):
    answers = {log_in(anyone, login, "wrong").content.decode() for login in ("office", "nobody")}
    assert len({re.sub(r'value="[^"]*"', "", answer) for answer in answers}) == 1


def test_a_closed_login_lets_nobody_in(anyone, office):
    get_user_model().objects.filter(username="office").update(is_active=False)
    log_in(anyone)
    assert not is_in(anyone)


def test_nobody_opens_an_account_for_himself(anyone):
    assert anyone.get("/signup/").status_code == 404
    assert anyone.get("/account/signup/").status_code == 404


def test_a_session_ends_with_the_working_day(anyone, office):
    log_in(anyone)
    session = anyone.session
    assert session.get_expire_at_browser_close()
    session.set_expiry(timezone.now() - timedelta(seconds=1))
    session.save()
    assert not is_in(anyone)


def test_changing_the_password_ends_the_other_sessions(anyone, office):
    log_in(anyone)
    second = Client()
    log_in(second)
    form = {"oldpassword": PASSWORD, "password1": "another long password 9", "password2": "another long password 9"}
    assert anyone.post("/account/password/", form).status_code == 302
    assert not is_in(second)


def test_a_page_is_reached_again_after_logging_in(anyone, office):
    asked = anyone.get("/results/").headers["Location"]
    assert asked == "/login/?next=/results/"
    assert log_in(anyone, next="/results/").headers["Location"] == "/results/"


# ---- the second factor


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def sealed(anyone, office) -> tuple[Client, str]:
    """A login with a second factor, and its secret."""
    log_in(anyone)
    asked = anyone.get("/account/second-factor/activate/").headers["Location"]
    anyone.post(asked, {"password": PASSWORD})  # whoever finds a screen unlocked switches nothing on or off
    page = anyone.get("/account/second-factor/activate/").content.decode()
    secret = re.search(r'class="hash">(\w+)<', page)[1]
    done = anyone.post("/account/second-factor/activate/", {"code": code_of(secret)})
    assert done.headers["Location"] == "/account/second-factor/codes/"
    return anyone, secret


def test_with_a_second_factor_the_password_alone_opens_nothing(sealed):
    thief = Client()
    assert log_in(thief).headers["Location"] == "/login/second-factor/"
    assert not is_in(thief)
    assert thief.post("/login/second-factor/", {"code": "000000"}).status_code == 200
    assert not is_in(thief)


def test_a_recovery_code_lets_in_once(sealed):
    owner, _ = sealed
    code = re.findall(r"<li>(\w{8})</li>", owner.get("/account/second-factor/codes/").content.decode())[0]
    for expected in (True, False):
        again = Client()
        log_in(again)
        again.post("/login/second-factor/", {"code": code})
        assert is_in(again) is expected


def test_the_secret_of_a_second_factor_is_not_readable_in_the_database(sealed):
    _, secret = sealed
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


# ---- mandates


def test_whoever_holds_several_mandates_chooses_one_and_sees_what_it_reaches(result, as_role):
    client = as_role("town")
    person = person_of_login(client.get("/account/").context["user"].get_username())
    south = grant_mandate(person=person, role="district", actor=person, start=today(), area=SOUTH)
    pages = {area: f"/results/{result.id}/area/t-{area}/" for area in ("town", "south")}
    assert [client.get(page).status_code for page in pages.values()] == [200, 404]
    client.post("/account/mandate/", {"mandate": south.mandate})
    assert [client.get(page).status_code for page in pages.values()] == [404, 200]


def test_nobody_acts_under_the_mandate_of_another(result, as_role):
    mine, other = as_role("town"), as_role("office")
    theirs = mandates(person_of_login(other.get("/account/").context["user"].get_username()).id)[0]
    assert mine.post("/account/mandate/", {"mandate": theirs.mandate}).status_code == 422
    assert mine.get(f"/results/{result.id}/area/t-city/").status_code == 404


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)", "\\\\example.org"])
def test_choosing_a_mandate_leads_nowhere_but_to_this_site(as_role, target):
    client = as_role("town")
    held = mandates(person_of_login(client.get("/account/").context["user"].get_username()).id)[0]
    sent = client.post("/account/mandate/", {"mandate": held.mandate, "next": target})
    assert sent.headers["Location"] == "/"


def test_a_mandate_that_ended_yesterday_no_longer_acts_in_a_session_that_is_still_open(result, as_role):
    client = as_role("office")
    page = f"/results/{result.id}/area/t-north/"
    assert client.get(page).status_code == 200
    person = person_of_login(client.get("/account/").context["user"].get_username())
    end_mandate(mandates(person.id)[0].mandate, end=today() - timedelta(days=1), actor=person)
    assert client.get(page).status_code == 404
    assert client.get("/results/").status_code == 403
    assert client.post(f"/results/{result.id}/publish/", {"title": "x"}).status_code == 403
    assert "授权" in client.get("/").content.decode()


def test_a_mandate_for_one_scheme_sees_no_other(result, as_role):
    page = f"/results/{result.id}/area/t-north/"
    found = [as_role("office", scheme=scheme).get(page).status_code for scheme in ("city_inventory", "shanghai_ets")]
    assert found == [200, 404]


def test_a_town_that_moved_to_another_district_is_out_of_reach_of_the_first(result, as_role):
    from dataclasses import replace

    from tests.web.a_city import _directory

    district = as_role("district", area=NORTH)
    page = f"/results/{result.id}/area/t-town/"
    assert district.get(page).status_code == 200
    directory, day = _directory(), today() - timedelta(days=10)
    moved = [replace(item, end=day) if item.child == TOWN else item for item in directory.relations]
    relation = next(item for item in directory.relations if item.child == TOWN)
    added = replace(relation, parent=SOUTH, start=day)
    record_directory(replace(directory, relations=(*moved, added)), person_named("王芳"))
    assert as_role("district", area=SOUTH).get(page).status_code == 200
    assert district.get(page).status_code == 200, "the months in which it lay there stay its own"


# ---- the demo


def test_a_real_place_has_no_demo_logins(result, anyone):
    assert ensure_demo_logins() is None
    assert "tanheng-demo" not in anyone.get("/").content.decode()
    assert "tanheng-demo" not in anyone.get("/login/").content.decode()


def test_each_role_of_a_made_up_place_is_logged_in_by_one_button(db, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    record_directory(directory_of(load_packs(["linjiang"])), person_named("王芳"))
    made = ensure_demo_logins()
    assert ensure_demo_logins() == made, "made once"
    page = Client().get("/").content.decode()
    for role in ("office", "department", "district", "town", "unit", "verifier", "leader"):
        assert f'id="demo-{role}"' in page
        client = Client()
        assert log_in(client, role, made.password).headers["Location"] == "/"
        assert client.get("/").status_code == 302, "it begins where its mandate begins"
        assert len(mandates(person_of_login(role).id)) == 1


def test_a_name_with_markup_is_text_in_the_frame_of_every_page(db, anyone):
    login = "<b>x</b>"
    get_user_model().objects.create_user(login, password=PASSWORD)
    log_in(anyone, login)
    html = anyone.get("/account/").content.decode()
    assert "<b>x" not in html
    assert "&lt;b&gt;x" in html
