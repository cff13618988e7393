"""Headers, keys, and the marking of what is made up."""

import os
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tanheng.records.people import person_named
from tanheng.records.recording import record_directory
from tanheng.store.packs import directory_of, load_packs
from tanheng.web.site.secret_key import secret_key
from tests.web.a_city import PASSWORD

TEMPLATES = sorted((Path(__file__).resolve().parents[2] / "src" / "tanheng" / "web").rglob("*.html"))


def test_every_page_forbids_foreign_and_inline_code(client, result):
    page = f"/results/{result.id}/area/t-north/"
    for url in (page, "/login/", "/nowhere/", "/api/results", "/static/ui/tanheng.css"):
        response = client.get(url)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.status_code == 200


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_code_arithmetic_or_unescaped_text(path):
    text = path.read_text("utf-8")
    assert re.findall(r'\son\w+="|\sstyle="|<style|javascript:|\|safe|autoescape|\|add:|widthratio', text) == []
    assert re.findall(r"<script(?! src=)", text) == []


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    key = secret_key(tmp_path / "home")
    assert len(key) > 60
    assert secret_key(tmp_path / "home") == key
    assert stat.S_IMODE((tmp_path / "home" / "secret_key").stat().st_mode) == 0o600


def test_a_site_behind_https_passes_the_deployment_check(tmp_path):
    environment = {**os.environ, "TANHENG_HOME": str(tmp_path), "TANHENG_HTTPS": "1"}
    command = [sys.executable, "-m", "tanheng.web.site", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_site_behind_https_says_that_it_is_ready(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    told = {"TANHENG_HOME": str(tmp_path), "TANHENG_PORT": port, "TANHENG_HTTPS": "1", "TANHENG_WORKER": "0"}
    told["TANHENG_ALLOWED_HOSTS"] = "carbon.example.gov.cn"  # so that its own machine asks for a page in vain
    kept = {name: value for name, value in os.environ.items() if name != "TANHENG_DATABASE_URL"}
    command = [sys.executable, "-m", "tanheng.web.site"]
    with subprocess.Popen(command, env=kept | told, stdout=subprocess.PIPE, text=True) as server:
        try:
            told_lines = iter(server.stdout.readline, "")  # what it read before comes first
            assert next(line for line in told_lines if line.startswith("Ready:")) == f"Ready: http://127.0.0.1:{port}\n"
        finally:
            server.terminate()


def test_a_real_place_is_not_marked_and_a_made_up_one_is(client, anyone, result):
    page = f"/results/{result.id}/area/t-city/"
    assert "虚构" not in client.get(page).content.decode()
    record_directory(directory_of(load_packs(["linjiang"])), person_named("王芳"))
    assert "虚构" in client.get(page).content.decode()
    for url in ("/login/", "/publications/", "/nowhere/"):
        assert "虚构" in anyone.get(url).content.decode()


def test_login_with_a_wrong_password_is_refused_in_words(anyone, office):
    html = anyone.post("/login/", {"login": "office", "password": "wrong"}).content.decode()
    assert re.search(r'role="alert">\S*密码', html)


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org"])
def test_a_login_leads_nowhere_but_to_this_site(anyone, office, target):
    given = {"login": "office", "password": PASSWORD, "next": target}
    assert anyone.post("/login/", given).headers["Location"] == "/"
