"""Home by role: what waits, what changed, where one stands; for a leader one page with the map and the month."""

import re
from dataclasses import asdict, replace

import pytest
from django.urls import reverse
from django.utils import timezone

from tanheng.records.chain import append
from tanheng.records.models import Event
from tanheng.records.people import person_named
from tanheng.reports import month_brief
from tanheng.reports.month_brief import Brief, Told, ToSave
from tanheng.reports.stored_board import kept_board
from tanheng.web.dashboards import home_page as home_room
from tanheng.web.dashboards.lights import measure_said
from tanheng.web.directory.scope import public_scope
from tests.web.a_barometer import graded, logged_in
from tests.web.a_plan import BUREAU, CITY, OFFICE, plan

pytestmark = pytest.mark.django_db


def text(client, language="zh-hans"):
    client.cookies["django_language"] = language
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    return answer.content.decode()


def told(about, value="1.25", unit="%", places=1):
    return Told(about, value, unit, places, "r1", f"x@{about}@2025")


BRIEF = Brief(
    "area/example-red", "2025", "r1", told("reported_energy_growth"), (told("electricity_growth", "3.9"),), (2, 4),
    (told("area/example-red", "1.34"),), (told("area/example-red", "0.5"),),
    (
        ToSave(
            "season", "energy_per_gdp", "floor", told("energy_per_gdp", "1623", "吨标准煤", 0),
            (told("area/example-red", "1420", "吨标准煤", 0),),
        ),
    ),
    ("area/example-red",),
)  # fmt: skip


@pytest.fixture
def lights(settings, tmp_path):
    return graded(tmp_path, settings)


def test_a_department_finds_its_late_tasks_first(settings, tmp_path):
    plan(tmp_path, settings, timezone.localdate())
    html = text(logged_in("department", area=CITY, party=BUREAU))
    assert "本周待办" in html
    assert "节能诊断" in html
    assert "光伏建设" not in html


def test_a_leader_reads_and_has_no_tasks_to_report(settings, tmp_path):
    plan(tmp_path, settings, timezone.localdate())
    html = text(logged_in("leader", area=CITY, party=OFFICE))
    assert "一分钟看双控" in html
    assert "节能诊断" not in html


def test_a_district_sees_where_it_stands_and_nobody_else(lights):
    html = text(logged_in("district", area="area/example-red"))
    assert "example-red" in html
    assert "example-green" not in html
    assert "■</span> 红" in html


def test_the_office_sees_the_worst_first(lights):
    html = text(logged_in("office"))
    assert html.index("example-red") < html.index("example-green")


def test_without_anything_recorded_every_part_says_what_to_do(db, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path / "home")
    html = text(logged_in("office"))
    for words in ("本周没有待办", "/facts/calendar/", "最近变化"):
        assert words in html
    for role in ("office", "leader"):
        told = text(logged_in(role))
        assert "还没有算过晴雨表" in told and "tanheng barometer" not in told


def test_a_document_that_was_recorded_is_named_by_its_title(lights):
    html = text(logged_in("office"))
    assert "登记目标和任务：虚构年度安排" in html


def test_the_targets_and_the_tasks_of_a_document_are_one_change(lights):
    first = Event.objects.filter(kind="obligations").last()
    append("obligations", first.payload, person_named("王芳"))
    assert text(logged_in("office")).count("登记目标和任务：虚构年度安排") == 1


def test_a_light_leads_to_its_target_and_a_firm_to_its_page(lights, monkeypatch):
    html = text(logged_in("office"))
    targets = set(re.findall(r'<th scope="row"><a href="(/targets/[^"]+)"', html))
    assert targets and all(logged_in("office").get(href).status_code == 200 for href in targets)
    shown = home_room.brief_shown.__globals__["_Shown"](BRIEF, public_scope())
    assert shown._mover(told("facility/example-mill")).href == "/units/example-mill/"
    assert shown._mover(told("area/example-red")).href == ""


def test_a_total_that_is_held_by_its_growth_is_called_growth(lights):
    light = kept_board(lights.id).lights[0]
    total = replace(light, reckoned="amount", measure_label={"zh": "能源消费总量", "en": "total energy"})
    assert measure_said(total) == "能源消费总量增速"
    assert measure_said(light) == light.measure_label["zh"]


def test_three_names_of_more_end_with_others(lights):
    shown = home_room.brief_shown.__globals__["_Shown"](BRIEF, public_scope())
    assert shown._names(["a", "b", "c"]) == "a、b、c"
    assert shown._names(["a", "b", "c", "d"]) == "a、b、c等"


def test_an_enterprise_begins_with_its_own_figures(result, as_role):
    html = text(as_role("unit"))
    assert re.search(r'href="/results/[^"]+/figure/co2@facility/t-mill@', html)
    assert 'href="/units/t-mill/"' in html and 'href="/facts/entry/"' in html
    assert "/units/t-mill/" not in text(as_role("town"))


def test_a_month_that_was_not_dispatched_says_how(lights):
    html = text(logged_in("district", area="area/example-red"))
    assert "由牵头单位计算" in html and "tanheng dispatch" not in html
    office = text(logged_in("office"))
    assert "tanheng dispatch" not in office and 'href="/month/"' in office


def test_a_brief_is_the_same_after_it_was_kept():
    assert Brief.of_json(asdict(BRIEF)) == BRIEF


@pytest.mark.parametrize(("language", "words"), [
    ("zh-hans", ("3.9", "1,623", "按季节比例", "4 个区域中列第 2 位", "请示决定事项", "1 户催报", "个百分点")),
    ("en", ("3.9", "1,623", "by the season", "2 of 4 areas", "Decisions sought", "Remind 1 units", "points")),
])  # fmt: skip
def test_the_month_is_told_in_three_numbers_five_firms_and_decisions(lights, monkeypatch, language, words):
    shown = home_room.brief_shown.__globals__["_Shown"]
    monkeypatch.setattr(home_room, "brief_shown", lambda scope, area: shown(BRIEF, scope).shown())
    html = text(logged_in("district", area="area/example-red"), language)
    for each in words:
        assert each in html


def test_a_firm_out_of_reach_has_no_name(lights, monkeypatch):
    shown = home_room.brief_shown.__globals__["_Shown"]
    monkeypatch.setattr(home_room, "brief_shown", lambda scope, area: shown(replace(BRIEF, area=area), scope).shown())
    html = text(logged_in("district", area="area/example-green"))
    assert "example-red" not in html


def test_only_what_was_kept_is_shown_and_nothing_is_computed(lights):
    assert month_brief.kept_brief("none", [], "area/example-red") is None


def test_the_page_asks_the_database_a_fixed_number_of_times(lights, django_assert_max_num_queries):
    office = logged_in("office")
    text(office)
    with django_assert_max_num_queries(20):
        text(office)


def test_imports_that_follow_one_another_are_one_line(lights):
    assert text(logged_in("office")).count("导入") <= 1
