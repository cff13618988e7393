"""Who is reminded of what, once and not again the next day; and how it leaves the application."""

import json
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.mail.backends.locmem import EmailBackend

from tanheng.kernel.faults import Refusal
from tanheng.kernel.procedure import Act
from tanheng.kernel.subject import Directory, Party
from tanheng.records.cases import Matter, Sending, last_moves, move_case, open_case
from tanheng.records.channels import channels_of, mail_channel, robot_channel
from tanheng.records.mandates import grant_mandate
from tanheng.records.models import Event
from tanheng.records.people import person_named
from tanheng.records.recording import record_directory
from tanheng.records.reminding import Timing, remind, reminders, told_to
from tanheng.records.verification import verify_chain

pytestmark = pytest.mark.django_db
OPENED, DUE = date(2026, 3, 2), date(2026, 3, 20)
BUREAU = "party/bureau"


@pytest.fixture
def case(clerk, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    act = Act("open", "office", ("party/office",), "请说明", addressee=BUREAU, due=DUE)
    return open_case("supervision_note", Matter("三月用电", "k1"), act, clerk, day=OPENED)


def whys(day, **timing):
    return [(item.why, item.about, item.to, item.days) for item in reminders(day, Timing(**timing))]


def test_a_case_is_due_soon_three_working_days_before_and_overdue_the_day_after(case):
    assert whys(date(2026, 3, 16)) == []
    assert whys(date(2026, 3, 17)) == [("due", case.id, BUREAU, 3)]
    assert whys(DUE) == [("due", case.id, BUREAU, 0)]
    assert whys(date(2026, 3, 23)) == [("overdue", case.id, BUREAU, -1)]


def test_a_case_that_has_ended_reminds_nobody(case, clerk):
    move_case(case.id, Act("withdraw", "office", ("party/office",), "误发"), clerk, day=OPENED)
    assert last_moves(pending=True) == [] and whys(date(2026, 4, 1)) == []


def test_whoever_has_answered_is_not_reminded_any_more_but_who_has_to_read_it_is(case, clerk):
    move_case(case.id, Act("feedback", "department", (BUREAU,), "答复"), clerk, sending=Sending(), day=OPENED)
    assert whys(date(2026, 3, 23)) == [("overdue", case.id, "party/office", -1)]


def test_what_has_not_moved_for_long_is_reminded_of(clerk, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    opened = open_case("split_consultation", Matter("各镇目标", "towns"), Act("draft", "office"), clerk)
    at = opened.last.event.at.date()
    assert whys(at, stale=1) == []
    late = date.fromordinal(at.toordinal() + 3)
    assert [why for why, *_ in whys(late, stale=1)] == ["not_updated"]


def test_a_reminder_is_one_event_and_is_not_repeated_until_some_days_have_passed(case, clerk):
    before = Event.objects.count()
    assert remind(date(2026, 3, 17), clerk, dry_run=True).sent and Event.objects.count() == before
    first = remind(date(2026, 3, 17), clerk)
    assert (len(first.sent), first.left_out) == (1, 0)
    again = remind(date(2026, 3, 18), clerk)
    assert (len(again.sent), again.left_out) == (0, 1)
    late = remind(date(2026, 3, 23), clerk)  # overdue is news, however lately it was said to be due
    assert [item.why for item in late.sent] == ["overdue"]
    assert len(remind(date(2026, 3, 31), clerk).sent) == 1
    assert Event.objects.filter(kind="reminder").count() == 3
    assert next((item.why, item.title) for _, item in told_to([BUREAU])) == ("overdue", "三月用电")
    assert told_to(["party/other"]) == [] and verify_chain() == []


def test_everybody_who_acts_for_the_party_gets_one_letter_with_all_that_concerns_it(case, clerk, mailoutbox):
    label = {"zh": "市经信局", "en": "Bureau"}
    record_directory(Directory(parties=(Party(BUREAU, label),)), clerk)
    for name in ("李雷", "韩梅"):
        person = person_named(name, f"{name}@example.org")
        grant_mandate(person=person, role="department", actor=clerk, start=date(2020, 1, 1), party=BUREAU)
    act = Act("open", "office", ("party/office",), "再说明", addressee="市经信局", due=DUE)
    open_case("supervision_note", Matter("另一件", "k2"), act, clerk, day=OPENED)
    channel = mail_channel(EmailBackend(), "tanheng@example.org", "https://t.example.org")
    done = remind(date(2026, 3, 23), clerk, channels=[channel])
    assert (len(done.sent), done.findings) == (2, ())
    assert sorted(letter.to[0] for letter in mailoutbox) == ["李雷@example.org", "韩梅@example.org"]
    body = mailoutbox[0].body
    assert "已逾期：三月用电（市经信局，期限 2026-03-20，逾期 1 个工作日）" in body and "另一件" in body
    assert "https://t.example.org/cases/supervision_note/1/" in body


class Robot(BaseHTTPRequestHandler):
    received: list[tuple[str, dict]] = []
    answer = {"errcode": 0, "errmsg": "ok"}

    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((self.path, json.loads(content)))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(self.answer).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def robot():
    Robot.received, Robot.answer = [], {"errcode": 0, "errmsg": "ok"}
    server = HTTPServer(("127.0.0.1", 0), Robot)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/robot/send?access_token=x"
    server.shutdown()
    server.server_close()


def test_a_robot_gets_one_message_in_the_shape_that_wecom_and_dingtalk_take(case, clerk, robot):
    done = remind(date(2026, 3, 23), clerk, channels=[robot_channel(robot, "", "")])
    ((path, said),) = Robot.received
    assert path == "/robot/send?access_token=x" and set(said) == {"msgtype", "text"} and said["msgtype"] == "text"
    assert "已逾期：三月用电" in said["text"]["content"] and done.findings == ()


def test_a_robot_that_checks_signatures_gets_one(case, clerk, robot):
    remind(date(2026, 3, 23), clerk, channels=[robot_channel(robot, "SECret", "")])
    assert "&timestamp=" in Robot.received[0][0] and "&sign=" in Robot.received[0][0]


def test_a_channel_that_fails_is_told_and_the_reminder_stands_all_the_same(case, clerk, robot):
    Robot.answer = {"errcode": 310000, "errmsg": "sign not match"}
    done = remind(date(2026, 3, 23), clerk, channels=[robot_channel(robot, "", "")])
    assert [finding.code for finding in done.findings] == ["reminder-not-delivered"]
    assert len(told_to([BUREAU])) == 1
    nobody_there = robot_channel("http://127.0.0.1:9/", "", "")
    assert [finding.code for finding in nobody_there.send(done.sent)] == ["reminder-not-delivered"]


@pytest.mark.parametrize(
    "environment",
    [
        {"TANHENG_WEBHOOK_URL": "http://robot.example.org/send"},
        {"TANHENG_SMTP_URL": "http://mail.example.org", "TANHENG_MAIL_FROM": "a@b"},
        {"TANHENG_SMTP_URL": "smtp://user:secret@mail.example.org:587"},
    ],
)
def test_a_channel_that_cannot_be_used_is_refused_without_repeating_a_password(environment):
    with pytest.raises(Refusal, match="channel-unusable") as refused:
        channels_of(environment)
    assert "secret" not in str(refused.value) and "example" not in str(refused.value)


def test_a_site_without_settings_has_no_channels():
    assert channels_of({}) == []
    named = {"TANHENG_SMTP_URL": "smtp://mail.example.org", "TANHENG_MAIL_FROM": "a@example.org"}
    assert [channel.name for channel in channels_of(named)] == ["e-mail"]
