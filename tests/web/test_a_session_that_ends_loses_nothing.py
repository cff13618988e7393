"""A session that ends in the middle of a form: told, and nothing that was typed is lost."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tanheng.records.models import Event
from tanheng.records.task_reports import KIND
from tests.web.a_barometer import logged_in
from tests.web.a_plan import BUREAU, CITY, plan

pytestmark = pytest.mark.django_db
HOST = {
    "HTTP_HOST": "testserver",
    "HTTP_ORIGIN": "http://testserver",
    "HTTP_REFERER": "http://testserver/tasks/p-plan.k1/",
}
FORM = {"task": "p-plan.k1@0", "alone": "p-plan.k1", "progress": "已走访<b>十户", "token": "t1"}


@pytest.fixture
def bureau(db, settings, tmp_path):
    plan(tmp_path, settings, timezone.localdate())
    return logged_in("department", area=CITY, party=BUREAU)


def hidden(answer):
    """The fields of the form that the page offers again."""
    from html import unescape

    return {name: unescape(text) for name, text in
            re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode())}  # fmt: skip


def test_a_form_sent_after_the_session_ended_is_kept_and_sent_after_logging_in(bureau):
    sender = Client(enforce_csrf_checks=True)
    sender.cookies = bureau.cookies
    page = sender.get("/tasks/p-plan.k1/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    sender.session.flush()
    answer = sender.post("/tasks/report/", {**FORM, "csrfmiddlewaretoken": token}, **HOST)
    html = answer.content.decode()
    assert answer.status_code == 403 and "登录已过期" in html and "已走访&lt;b&gt;十户" in html
    assert "next=/tasks/p-plan.k1/" in html and Event.objects.filter(kind=KIND).count() == 0
    kept = hidden(answer)
    sender.force_login(get_user_model().objects.latest("id"))
    sender.cookies["csrftoken"] = "a" * 32  # logging in gives a new one
    again = sender.post("/tasks/report/", kept, **HOST)
    assert again.status_code == 403 and "已走访&lt;b&gt;十户" in again.content.decode()
    fresh = hidden(again)
    assert fresh["progress"] == FORM["progress"]
    assert sender.post("/tasks/report/", fresh, **HOST).status_code == 302
    assert Event.objects.filter(kind=KIND).count() == 1


def test_a_form_of_another_site_is_offered_to_nobody(bureau):
    sender = Client(enforce_csrf_checks=True)
    sender.cookies = bureau.cookies
    for origin in ("https://evil.example", "null", ""):
        answer = sender.post("/tasks/report/", FORM, HTTP_ORIGIN=origin, HTTP_REFERER="https://evil.example/")
        assert answer.status_code == 403 and "十户" not in answer.content.decode()
    assert Event.objects.filter(kind=KIND).count() == 0


def test_files_have_to_be_chosen_again_and_the_page_says_which(bureau):
    bureau.session.flush()
    bureau.cookies["csrftoken"] = "a" * 32
    sent = {**FORM, "evidence": SimpleUploadedFile("佐证.pdf", b"%PDF-1.7")}
    html = bureau.post("/tasks/report/", sent, **HOST).content.decode()
    assert "佐证.pdf" in html and "已走访&lt;b&gt;十户" in html and "现在提交" not in html


def test_a_stranger_is_asked_to_log_in_and_comes_back_to_the_page_the_form_stood_on(bureau):
    answer = Client().post("/tasks/report/", FORM, **HOST)
    assert answer.status_code == 302 and answer.url.endswith("next=/tasks/p-plan.k1/")
