"""Single sign-on with an identity provider of the city, played by a small server of the test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tanheng.cli.options import today
from tanheng.records.logins import add_login
from tanheng.records.mandates import grant_mandate
from tanheng.records.people import person_named, person_of_login
from tanheng.web.site.single_sign_on import origin, providers


class _Provider(BaseHTTPRequestHandler):
    """Vouches for whoever comes."""

    person = {"sub": "7", "preferred_username": "wangfang", "name": "王芳", "email": "office@example.org"}

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        pages = {
            "/.well-known/openid-configuration": {
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "userinfo_endpoint": f"{base}/userinfo",
            },
            "/userinfo": self.person,
        }
        self._answer(pages[self.path])

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer({"access_token": "a", "token_type": "Bearer", "expires_in": 60})

    def _answer(self, content: dict[str, str]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def provider(settings, db) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Provider) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        told = {
            "TANHENG_OIDC_URL": address,
            "TANHENG_OIDC_CLIENT": "tanheng",
            "TANHENG_OIDC_SECRET": "s",
            "TANHENG_OIDC_NAME": "市统一身份",
        }
        settings.SOCIALACCOUNT_PROVIDERS, settings.TANHENG_FORM_TARGETS = providers(told), origin(told)
        yield address
        server.shutdown()


def vouched_for(client: Client) -> object:
    sent = client.post("/login/sso/oidc/city/login/")
    asked = parse_qs(urlsplit(sent.headers["Location"]).query)
    return client.get("/login/sso/oidc/city/login/callback/", {"code": "c", "state": asked["state"][0]})


def test_the_login_page_offers_the_provider_and_lets_a_form_lead_there_and_nowhere_else(anyone, provider):
    page = anyone.get("/login/")
    assert "用市统一身份登录" in page.content.decode()
    assert f"form-action 'self' {provider};" in page.headers["Content-Security-Policy"]
    sent = anyone.post("/login/sso/oidc/city/login/").headers["Location"]
    assert sent.startswith(f"{provider}/authorize?")
    assert parse_qs(urlsplit(sent).query)["code_challenge_method"] == ["S256"]


def test_opening_the_address_alone_sends_nobody_away(anyone, provider):
    assert anyone.get("/login/sso/oidc/city/login/").status_code == 200


def test_whom_the_provider_vouches_for_is_in_and_sees_what_is_published_until_a_mandate_is_granted(anyone, provider):
    assert vouched_for(anyone).headers["Location"] == "/"
    assert anyone.get("/results/").status_code == 403
    assert "授权" in anyone.get("/").content.decode()
    (user,) = get_user_model().objects.all()
    assert (user.username, user.has_usable_password()) == ("wangfang", False)
    person = person_of_login("wangfang")
    grant_mandate(person=person, role="leader", actor=person_named("李明"), start=today())
    assert anyone.get("/results/").status_code == 200


def test_nobody_takes_over_a_login_of_the_same_name_or_the_same_address(client, provider):
    get_user_model().objects.create_user("wangfang", email="office@example.org", password="a long enough password")
    stranger = Client()
    assert vouched_for(stranger).headers["Location"] == "/"
    assert stranger.get("/account/").context["user"].username != "wangfang"
    assert stranger.get("/results/").status_code == 403


def test_a_login_that_was_opened_without_a_password_waits_for_its_name_to_be_vouched_for(anyone, provider):
    made = add_login("wangfang", None, shown="王芳")
    grant_mandate(person=made.person, role="leader", actor=person_named("李明"), start=today())
    vouched_for(anyone)
    assert anyone.get("/account/").context["user"].username == "wangfang"
    assert anyone.get("/results/").status_code == 200
    again = Client()
    vouched_for(again)
    assert again.get("/results/").status_code == 200
    assert get_user_model().objects.count() == 1


def test_a_forged_answer_logs_nobody_in(anyone, provider):
    answer = anyone.get("/login/sso/oidc/city/login/callback/", {"code": "c", "state": "forged"})
    assert answer.status_code == 401
    assert anyone.get("/account/").status_code == 302


def test_a_site_without_a_provider_offers_none(anyone, db):
    assert "/login/sso/" not in anyone.get("/login/").content.decode()
    assert (providers({}), origin({})) == ({}, ())
