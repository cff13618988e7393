"""The data calendar on pages: who owes what by when, by role; and one click reminds, once a day."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tanheng.kernel.fact import Observation, ObservationKey
from tanheng.kernel.period import Accumulation, Period
from tanheng.records.models import Event
from tanheng.records.people import person_named
from tanheng.records.recording import record_observations
from tanheng.records.registers import Origin
from tanheng.records.reminding import KIND
from tanheng.web.directory.scope import scope_under
from tanheng.web.facts.data_calendar import owed
from tests.web.a_city import MILL, NORTH, SHOP, SOUTH
from tests.web.a_worker import work_off

pytestmark = pytest.mark.django_db
MONTH = Period.month(2026, 3)
HASH = "b" * 64


@pytest.fixture
def came(result):
    """The grid company's table about the north came in time; the mill and the shop sent a report a month earlier."""
    send("electricity_by_industry", NORTH, MONTH, "用电分类表_北区<b>.xls", date(2026, 4, 9))
    for unit in (MILL, SHOP):
        send("unit_energy_report", unit, Period.month(2026, 2), "节能月报.xlsx", date(2026, 3, 9))


def send(layout, subject, period, name, published):
    key = ObservationKey("electricity_use", subject, (), period, Accumulation.MONTH, "region", "statistics_aggregate")
    said = Observation(key, Decimal(3), "10^4 kWh", "final", published, f"{HASH}/{name}!表!B3")
    record_observations([said], person_named("王芳"), name, origin=Origin(HASH, published, layout))


def text(client, query="", language="zh-hans"):
    client.cookies["django_language"] = language
    answer = client.get(f"/facts/calendar/?month=2026-03{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def remind(client, about="", month="2026-03"):
    return client.post("/facts/calendar/remind/", {"month": month, "about": about})


def reminded():
    return list(Event.objects.filter(kind=KIND).order_by("position").values_list("payload", flat=True))


def test_the_office_sees_what_is_in_and_what_is_late_for_every_district_and_unit(came, as_role):
    html = text(as_role("office"))
    assert "2026年3月应报数据" in html
    assert "用电分类表_北区&lt;b&gt;.xls" in html and "2026-04-09" in html
    assert "供电公司 1" in html, "late for the south"
    assert "燃气公司 2" in html
    assert "厂 1" in html


def test_a_district_sees_its_own_and_a_unit_nothing_but_what_it_owes_itself(came, as_role):
    district = text(as_role("district"))
    assert "北区" in district and "南区" not in district
    unit = text(as_role("unit"))
    assert "节能月报" in unit and "用电分类表" not in unit
    assert 'class="btn btn-primary">一键提醒' not in unit and "/facts/calendar/remind/" not in unit
    town = text(as_role("town"))
    assert "节能月报" in town and "燃气表" not in town


@pytest.mark.parametrize("view", ["list", "calendar", "year"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_view_speaks_both_languages(came, as_role, view, language):
    html = text(as_role("office"), f"&view={view}", language)
    assert ("燃气" in html) == (language == "zh-hans")
    assert "<script>alert(1)" not in html


def test_the_calendar_draws_a_form_on_the_day_it_is_due(came, as_role):
    html = text(as_role("office"), "&view=calendar")
    day = html[html.index("2026-04-10") :]
    assert "用电分类表" in day[: day.index("</td>")] and "1/2" in day[: day.index("</td>")]
    assert "2026年4月到期" in html


def test_a_year_counts_what_is_in_of_what_is_owed_month_by_month(came, as_role):
    html = text(as_role("office"), "&view=year")
    row = html[html.index('<th scope="row">用电分类表</th>') :]
    assert "1/2" in row[: row.index("</tr>")] and row[: row.index("</tr>")].count("0/2") == 11


def test_a_state_and_a_form_of_the_address_narrow_the_list(came, as_role):
    office = as_role("office")
    html = text(office, "&state=in")
    assert "用电分类表_北区" in html and "燃气表" not in html
    assert "没有这一类" in text(office, "&state=not_yet")
    assert "燃气表" not in text(office, "&form=electricity_by_industry").partition("<tbody>")[2]


def test_one_click_reminds_everybody_who_is_late_and_a_second_one_nobody(came, as_role):
    office = as_role("office")
    first = remind(office).content.decode()
    late = len(reminded())
    assert late == sum(item.state == "late" for item in _seen(office)) > 3
    assert f"已发出 {late} 条提醒" in first
    assert "没有账号" in first and "供电公司" in first
    again = remind(office).content.decode()
    assert f"{late} 条今天已提醒过" in again and len(reminded()) == late
    assert {said["why"] for said in reminded()} == {"data_late"}


def test_one_sender_is_reminded_by_one_click_and_finds_it_in_the_inbox(came, as_role):
    unit = as_role("unit")
    about = f"data:unit_energy_report:{MILL}:2026-03"
    assert remind(as_role("district"), about).status_code == 200
    (said,) = reminded()
    assert (said["to"], said["about"], said["due"]) == (MILL, about, "2026-04-13")
    html = unit.get("/inbox/").content.decode()
    assert "2026年3月节能月报" in html and "/facts/calendar/?month=2026-03" in html


def test_what_is_out_of_reach_or_has_come_is_reminded_of_by_nobody(came, as_role):
    district = as_role("district")
    for about in (
        f"data:gas_by_user:{SOUTH}:2026-03", f"data:electricity_by_industry:{NORTH}:2026-03", "data:x:y:2026-03", "x"
    ):  # fmt: skip
        assert remind(district, about).status_code == 404
    assert reminded() == []
    for role in ("unit", "town", "department", "verifier", "leader"):
        assert remind(as_role(role)).status_code == 403
    assert reminded() == []


def test_a_robot_that_is_set_up_is_told_and_the_page_says_so(came, as_role, monkeypatch):
    sent = []
    monkeypatch.setenv("TANHENG_WEBHOOK_URL", "https://robot.example.org/send?key=1")

    class Answer:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def read(self, _):
            return json.dumps({"errcode": 0}).encode()

    monkeypatch.setattr("tanheng.records.channels.urlopen", lambda request, timeout: sent.append(request) or Answer())
    html = remind(as_role("office")).content.decode()
    assert sent == [], "no request waits for somebody else's server"
    work_off()
    work_off()
    assert len(sent) == 1 and "数据迟报" in json.loads(sent[0].data)["text"]["content"]
    assert "webhook" in html and "robot.example.org" not in html


def test_a_month_that_has_not_ended_is_not_yet_owed(came, as_role):
    client, today = as_role("office"), timezone.localdate()
    html = client.get(f"/facts/calendar/?month={today:%Y-%m}").content.decode()
    assert "未到期" in html and "天</span>" not in html


def test_nonsense_in_the_address_shows_the_usual_month(came, as_role):
    office = as_role("office")
    for query in ("month=9999-12", "month=0001-01", "month=2026", "month=x&view=%20&state=%27", "month=2026-13"):
        assert office.get(f"/facts/calendar/?{query}").status_code == 200


def test_the_page_asks_the_database_a_fixed_number_of_times(came, as_role, django_assert_max_num_queries):
    office = as_role("office")
    for view, most in (("list", 25), ("calendar", 25), ("year", 25)):
        text(office, f"&view={view}")
        with django_assert_max_num_queries(most):
            text(office, f"&view={view}")


def _seen(client):
    from tanheng.records.mandates import mandates  # a test's own look at what the office sees

    mandate = next(item for item in mandates() if item.role == "office")
    return owed(MONTH, scope=scope_under(mandate))


def test_home_says_how_many_forms_of_the_last_month_have_not_come(came, as_role):
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    before = (last.replace(day=1) - timedelta(days=1)).replace(day=1)
    send("unit_energy_report", MILL, Period.month(before.year, before.month), "节能月报.xlsx", last)
    html = as_role("unit").get(reverse("home")).content.decode()
    assert f"/facts/calendar/?month={last:%Y-%m}" in html and "尚有 1 份数据未到" in html
    assert "份数据未到" not in as_role("leader").get(reverse("home")).content.decode()
