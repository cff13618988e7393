"""What a page refuses it says in the words of its readers: no name of an act, and a command only with whose it is."""

import pytest
from django.http import HttpResponseRedirect
from django.test import RequestFactory

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.role import Role
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS
from tanheng.web.ui.middleware import reader_language
from tanheng.web.ui.refusals import refusal_said
from tanheng.web.ui.words import on_page

pytestmark = pytest.mark.django_db
HAN = range(0x4E00, 0xA000)


def test_who_may_not_publish_is_told_so_in_words(result, as_role):
    told = as_role("town").get(f"/results/{result.id}/publish/").content.decode()
    assert "不能进行这项操作（发布结果）" in told and "（publish）" not in told


def test_every_act_of_every_role_has_a_name_on_pages():
    roles = load_packs(["cn_national"], [SHIPPED_PACKS]).all(Role)
    acts = {act for role in roles for act in role.acts}
    named = {act: refusal_said(Refusal("not-permitted", act=act))["message"] for act in acts}
    assert acts and all(any(ord(sign) in HAN for sign in text.split("（")[1]) for text in named.values()), named


def test_a_command_in_a_next_step_is_said_to_be_that_of_the_operator(as_role):
    told = as_role("office").get("/targets/none/").content.decode()
    assert "请从目标、任务的清单进入" in told and "命令由本站运维人员执行" in told
    assert on_page("请重新填写。") == "请重新填写。"


def test_a_reader_who_asked_for_english_is_led_on_in_english(result, as_role):
    led = as_role("district").get("/areas/?lang=en")
    assert led.headers["Location"].endswith("/area/t-north/?lang=en")
    assert "lang" not in as_role("district").get("/areas/").headers["Location"]


def test_an_address_of_another_site_is_left_as_it_is():
    def led_to(address: str) -> str:
        answer = reader_language(lambda request: HttpResponseRedirect(address))
        return answer(RequestFactory().get("/login/?lang=en")).headers["Location"]

    assert led_to("https://identity.example/authorize?state=1") == "https://identity.example/authorize?state=1"
    assert led_to("/home/?year=2025#month") == "/home/?year=2025&lang=en#month"
    assert led_to("/home/?lang=zh-hans") == "/home/?lang=zh-hans"
