"""Tasks are reminded of when due in some days, overdue, not updated and never reported; by letters a server takes."""

from datetime import date

import pytest

from tanheng.kernel.demand import Task
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.subject import Directory, Party
from tanheng.records.adopting import AdoptedDocument, adopt
from tanheng.records.channels import channels_of
from tanheng.records.mandates import grant_mandate
from tanheng.records.models import Event
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory
from tanheng.records.reminding import KIND, Reminder, page_of, remind, remind_of, reminders
from tanheng.records.task_reports import Progress, report_progress
from tests.records.a_mail_server import mail_server

pytestmark = pytest.mark.django_db
BUREAU = "party/bureau"


@pytest.fixture
def tasks(clerk, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    record_directory(Directory(parties=(Party(BUREAU, {"zh": "经信局", "en": "Bureau"}),)), clerk)
    demanded = [
        _task("early", "2026-03"),
        _task("late", "2026-12"),
        _task("always", "", "全年推进"),
        _task("some_day", "", "适时"),
    ]  # fmt: skip
    adopt(AdoptedDocument("plan", "年度安排", "plan.csv", issued=date(2026, 1, 2)), demanded, clerk)


def _task(id, due, schedule=""):
    label = Label(zh=f"任务{id}", en=id)
    return Task(f"plan.{id}", label, "plan#1", number=id, schedule=schedule, due=due, lead_parties=("经信局",))


def whys(day):
    return {item.about: item.why for item in reminders(day)}


def test_a_task_that_nobody_ever_reported_is_asked_for_once_it_has_run_for_some_weeks(tasks):
    assert whys(date(2026, 1, 15)) == {}
    assert whys(date(2026, 2, 1)) == dict.fromkeys(
        ("plan.early", "plan.late", "plan.always", "plan.some_day"), "not_reported"
    )


def test_before_its_day_it_is_due_and_after_it_overdue_whether_or_not_anybody_reported(tasks):
    assert whys(date(2026, 3, 10))["plan.early"] == "due"
    assert whys(date(2026, 4, 1))["plan.early"] == "overdue"
    assert whys(date(2026, 12, 20))["plan.always"] == "not_reported", "work all through the year is due on no day"


def test_whoever_has_reported_is_not_asked_for_a_first_report(tasks, clerk):
    report_progress({"plan.late": 0}, Progress("已开工"), clerk)
    today = Event.objects.latest("position").at.date()
    assert "plan.late" not in {item.about for item in reminders(today) if item.why == "not_reported"}


def test_a_mail_server_is_given_one_letter_with_every_task_of_the_department(tasks, clerk):
    person = person_named("李雷", "lilei@example.org")
    grant_mandate(person=person, role="department", actor=clerk, start=date(2020, 1, 1), party=BUREAU)
    with mail_server() as server:
        channels = channels_of(
            {
                "TANHENG_SMTP_URL": server.url,
                "TANHENG_MAIL_FROM": "tanheng@example.org",
                "TANHENG_SITE_URL": "https://t.cn",
            }
        )
        done = remind(date(2026, 4, 1), clerk, channels=channels)
    assert done.findings == ()
    (letter,) = server.letters
    assert (letter["To"], letter["From"], letter["Subject"]) == (
        "lilei@example.org", "tanheng@example.org", "【碳衡】4 项待办提醒",
    )  # fmt: skip
    body = letter.get_content()
    assert "已逾期：任务early（经信局，期限 2026-03-31" in body and "尚未填报：任务late" in body
    assert "https://t.cn/tasks/plan.early/" in body


def test_a_mail_server_that_refuses_is_told_and_the_reminder_stands(tasks, clerk):
    person = person_named("李雷", "lilei@example.org")
    grant_mandate(person=person, role="department", actor=clerk, start=date(2020, 1, 1), party=BUREAU)
    with mail_server() as server:
        server.takes = False
        channels = channels_of({"TANHENG_SMTP_URL": server.url, "TANHENG_MAIL_FROM": "tanheng@example.org"})
        done = remind(date(2026, 4, 1), clerk, channels=channels)
    assert [finding.code for finding in done.findings] == ["reminder-not-delivered"]
    assert server.letters == [] and Event.objects.filter(kind=KIND).count() == 4


def test_what_is_reminded_of_by_hand_is_told_once_a_day_and_again_on_the_next(tasks, clerk):
    item = Reminder("data_late", "data:gas:area/x:2026-03", "燃气表", "燃气公司", date(2026, 4, 10), None)
    counts = [len(remind_of([item], day, clerk).sent) for day in (*2 * [date(2026, 4, 11)], date(2026, 4, 12))]
    assert counts == [1, 0, 1]
    assert page_of(item) == "/facts/calendar/?month=2026-03"
