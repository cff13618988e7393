"""Logins and mandates on the command line."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.contrib.auth import authenticate

from tanheng.cli import main
from tanheng.cli.options import today

LOGIN = ("users", "add", "li", "--name", "李明")
GOOD = "four small words here"


def add(site, password=GOOD, *arguments):
    return CliRunner().invoke(main, [*LOGIN, *arguments], input=f"{password}\n{password}\n")


def listed(document):
    return {item["login"]: item for item in document("users", "list")["logins"]}


def test_a_login_lets_in_by_its_password_and_has_no_mandate_yet(site, document):
    assert add(site).exit_code == 0
    assert authenticate(username="li", password=GOOD) is not None
    assert listed(document)["li"] == {"login": "li", "name": "李明", "open": True, "mandates": []}


@pytest.mark.parametrize(("password", "code"), [("12345678", "密码不合要求"), ("abc", "密码不合要求")])
def test_a_weak_password_opens_no_login(site, document, password, code):
    refused = add(site, password)
    assert (refused.exit_code, code in refused.output) == (2, True)
    assert listed(document) == {}


def test_a_login_is_opened_once(site):
    add(site)
    assert (add(site).exit_code, "已存在" in add(site).output) == (2, True)


def test_a_login_without_a_password_is_let_in_by_no_password(site, document):
    site(*LOGIN, "--no-password")
    assert authenticate(username="li", password="") is None
    assert listed(document)["li"]["open"]


def test_a_mandate_is_granted_listed_and_ended(site, document):
    add(site)
    site("users", "grant", "li", "town", "--area", "area/lj-qingshi", "--actor", "王芳")
    (mandate,) = listed(document)["li"]["mandates"]
    assert (mandate["role"], mandate["area"], mandate["end"]) == ("town", "area/lj-qingshi", None)
    site("users", "end", mandate["id"])
    (ended,) = listed(document)["li"]["mandates"]
    assert ended["end"] == today().isoformat()
    assert "已失效" in site("users", "list").stdout
    assert "日志完整" in site("audit", "verify").stdout


def test_a_mandate_may_be_granted_for_a_time(site, document):
    add(site)
    start, until = today() - timedelta(days=30), today() - timedelta(days=1)
    site("users", "grant", "li", "leader", "--from", start, "--until", until)
    assert listed(document)["li"]["mandates"][0]["end"] == until.isoformat()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("grant", "nobody", "town"), "没有账号"),
        (("grant", "li", "king"), "没有角色"),
        (("grant", "li", "town"), "须写明"),
        (("grant", "li", "town", "--area", "area/moon"), "名录中没有"),
        (("end", "mandate/none"), "没有授权"),
        (("close", "nobody"), "没有账号"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(site, arguments, words):
    add(site)
    assert words in site("users", *arguments, exit_code=2).output


def test_a_closed_login_lets_nobody_in(site, document):
    add(site)
    site("users", "close", "li")
    assert authenticate(username="li", password=GOOD) is None
    assert not listed(document)["li"]["open"]
