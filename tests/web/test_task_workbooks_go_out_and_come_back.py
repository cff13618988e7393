"""Workbooks of tasks: split, sent, returned, merged, recorded; who is late, and what becomes of it."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tanheng.records.models import Event, Person
from tanheng.records.people import person_named
from tanheng.records.selecting import IMPORT
from tanheng.records.task_mailing import BACK, MAILED, SENT, mailings
from tanheng.records.task_reports import Progress, report_progress
from tanheng.records.undoing import undo_import
from tanheng.records.verification import verify_chain
from tanheng.web.cases.jobs import give_up_interrupted
from tanheng.web.cases.models import Job, Outgoing
from tanheng.web.cases.outbox import TRIES, deliver
from tests.records.a_mail_server import mail_server
from tests.web.a_barometer import logged_in
from tests.web.a_plan import BUREAU, CITY, plan
from tests.web.a_worker import work_off

pytestmark = pytest.mark.django_db
FILLED = {"进展情况": "已走访十户", "完成率（%）": "60", "状态": "推进中", "存在问题": "缺资金", "下一步": "年底前完成"}


@pytest.fixture
def site(db, settings, tmp_path, monkeypatch):
    monkeypatch.delenv("TANHENG_SMTP_URL", raising=False)
    plan(tmp_path, settings, timezone.localdate())


@pytest.fixture
def office(site):
    return logged_in("office")


def split(client, *parties, how="download", token="t", due=None, **addresses):
    fields = {
        "year": str(timezone.localdate().year), "due": (due or timezone.localdate() + timedelta(days=9)).isoformat(),
        "party": parties or ("经信局", "双碳办"), "how": how, "token": token,
        "listed": list(addresses), "address": list(addresses.values()),
    }  # fmt: skip
    return client.post("/tasks/workbooks/send/", fields)


def number(answer):
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.url.strip("/").rpartition("/")[2])


def html(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def sheet_of(client, mailing, party):
    return client.get(f"/tasks/workbooks/{mailing}/sheet/", {"party": party}).content


def filled(content, **said):
    """The workbook as a department fills it in."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    (head,) = [row for row in sheet.iter_rows() if any(cell.value == "任务编号" for cell in row)]
    columns = {cell.value: cell.column for cell in head}
    for row in range(head[0].row + 1, sheet.max_row + 1):
        if sheet.cell(row, columns["任务编号"]).value:
            for heading, text in {**FILLED, **said}.items():
                sheet.cell(row, columns[heading]).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def tried(times):
    """The worker tries so many times, however long it would wait in between."""
    for _ in range(times):
        DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
        work_off()


def drop(client, mailing, *files, token="d"):
    pieces = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(f"/tasks/workbooks/{mailing}/returned/", {"returned": pieces, "token": token})


def merged(client, mailing, *files, token="d"):
    answer = drop(client, mailing, *files, token=token)
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    return answer.url


def test_every_department_gets_a_workbook_of_its_tasks_and_it_is_written_down(office):
    page = html(office.get("/tasks/workbooks/"))
    assert "经信局" in page and "尚未下发" in page and "未设置邮件服务器" in page and "生成并发邮件" not in page
    mailing = number(split(office))
    packed = zipfile.ZipFile(io.BytesIO(office.get(f"/tasks/workbooks/{mailing}/zip/").content))
    assert sorted(packed.namelist()) == ["任务进展表_双碳办.xlsx", "任务进展表_经信局.xlsx"]
    said = Event.objects.get(kind=SENT).payload
    assert {sheet["party"]: sheet["tasks"] for sheet in said["sheets"]}["经信局"] == ["p-plan.k1", "p-plan.k2"]
    assert "2 家中 2 家未退回" in html(office.get(f"/tasks/workbooks/{mailing}/"))
    assert f"/tasks/workbooks/{mailing}/" in html(office.get("/tasks/workbooks/"))


def test_a_double_click_sends_once(office):
    assert number(split(office)) == number(split(office))
    assert len(mailings()) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"parties": ("没有这家",)}, "没有选择任何单位"),
        ({"due": timezone.localdate() - timedelta(days=1)}, "早于今天"),
        ({"how": "mail"}, "没有设置邮件服务器"),
        ({"经信局": "not an address"}, "不是邮箱地址"),
    ],
)
def test_what_cannot_be_sent_is_said_above_the_form_and_nothing_is_written(office, wrong, words):
    parties = wrong.pop("parties", ())
    page = html(split(office, *parties, **{"双碳办": "kept@example.org", **wrong}), 422)
    assert words in page and 'value="kept@example.org"' in page, "what was typed stays"
    assert not Event.objects.filter(kind=SENT).exists()


def test_a_letter_with_the_workbook_goes_to_whoever_has_an_address_and_the_log_knows_no_address(office, monkeypatch):
    with mail_server() as server:
        monkeypatch.setenv("TANHENG_SMTP_URL", server.url)
        monkeypatch.setenv("TANHENG_MAIL_FROM", "office@example.org")
        assert "生成并发邮件" in html(office.get("/tasks/workbooks/"))
        mailing = number(split(office, how="mail", 经信局="clerk@example.org"))
        assert number(split(office, how="mail", 经信局="clerk@example.org")) == mailing, "a double click"
        assert server.letters == [] and "等待发出" in html(office.get(f"/tasks/workbooks/{mailing}/"))
        work_off()
        work_off()
    (letter,) = server.letters
    assert letter["To"] == "clerk@example.org" and "前退回" in letter["Subject"]
    (piece,) = letter.iter_attachments()
    assert piece.get_filename() == "任务进展表_经信局.xlsx"
    assert piece.get_content() == sheet_of(office, mailing, "经信局")
    payloads = str(list(Event.objects.values_list("payload", flat=True)))
    assert "clerk@example.org" not in payloads and verify_chain() == []
    assert Person.objects.filter(email="clerk@example.org").count() == 1
    page = html(office.get(f"/tasks/workbooks/{mailing}/"))
    assert "无（自行转交）" in page and timezone.localdate().isoformat() in page
    assert 'value="clerk@example.org"' in html(office.get("/tasks/workbooks/")), "known the next time"


def test_a_letter_that_the_server_does_not_take_is_shown_as_not_taken(office, monkeypatch):
    with mail_server() as server:
        server.takes = False
        monkeypatch.setenv("TANHENG_SMTP_URL", server.url)
        monkeypatch.setenv("TANHENG_MAIL_FROM", "office@example.org")
        mailing = number(split(office, how="mail", 经信局="clerk@example.org"))
        tried(TRIES - 1)
        page = html(office.get(f"/tasks/workbooks/{mailing}/"))
        assert "等待重试" in page and f"已试 {TRIES - 1}/{TRIES} 次" in page and "SMTPSenderRefused" in page
        assert not Event.objects.filter(kind=MAILED).exists(), "it may still be taken"
        tried(1)
    assert server.letters == []
    page = html(office.get(f"/tasks/workbooks/{mailing}/"))
    assert "未送达" in page and "重新发送" in page and "不接受发件人" in html(office.get("/outgoing/"))
    assert Event.objects.get(kind=MAILED).payload["taken"] == []
    tried(1)
    assert Outgoing.objects.get().attempts == TRIES, "given up: nobody tries again by himself"


def test_a_letter_that_was_given_up_is_sent_again_by_a_person_and_then_once(office, monkeypatch):
    monkeypatch.setenv("TANHENG_MAIL_FROM", "office@example.org")
    monkeypatch.setenv("TANHENG_SMTP_URL", "smtp://127.0.0.1:1")
    mailing = number(split(office, how="mail", 经信局="clerk@example.org"))
    tried(TRIES)
    assert "服务器连不上" in html(office.get("/outgoing/"))
    with mail_server() as server:
        monkeypatch.setenv("TANHENG_SMTP_URL", server.url)
        (letter,) = Outgoing.objects.all()
        for _ in range(2):
            again = office.post(f"/outgoing/{letter.id}/again/", {"back": f"/tasks/workbooks/{mailing}/"})
            assert again.url == f"/tasks/workbooks/{mailing}/"
        work_off()
        work_off()
    assert len(server.letters) == 1
    assert "重新发送" not in html(office.get("/outgoing/"))
    assert [event.payload["taken"] for event in Event.objects.filter(kind=MAILED)] == [[], ["经信局"]]


def test_a_letter_at_which_a_worker_was_stopped_is_not_sent_again_by_itself(office, monkeypatch):
    with mail_server() as server:
        monkeypatch.setenv("TANHENG_SMTP_URL", server.url)
        monkeypatch.setenv("TANHENG_MAIL_FROM", "office@example.org")
        mailing = number(split(office, how="mail", 经信局="clerk@example.org"))
        Outgoing.objects.update(state=Outgoing.SENDING, attempts=1)
        for waiting in DBTaskResult.objects.ready():
            waiting.claim("gone")
        give_up_interrupted("gone")
        work_off()
        assert server.letters == []
        page = html(office.get(f"/tasks/workbooks/{mailing}/"))
        assert "可能已发出：发送时程序中断" in page and "重新发送" in page
        deliver.func(str(Outgoing.objects.get().id))
        assert server.letters == [], "what was claimed is not claimed again"
        office.post(f"/outgoing/{Outgoing.objects.get().id}/again/")
        work_off()
        assert len(server.letters) == 1


def test_a_district_neither_sees_nor_sends_again_what_the_office_sent(office, monkeypatch):
    monkeypatch.setenv("TANHENG_SMTP_URL", "smtp://127.0.0.1:1")
    monkeypatch.setenv("TANHENG_MAIL_FROM", "office@example.org")
    number(split(office, how="mail", 经信局="clerk@example.org"))
    tried(TRIES)
    district = logged_in("district", area=CITY, party=BUREAU)
    assert "经信局" not in html(district.get("/outgoing/")).partition("<main")[2]
    assert district.post(f"/outgoing/{Outgoing.objects.get().id}/again/").status_code == 404
    assert office.post("/outgoing/nonsense/again/").status_code == 404
    back = office.post(f"/outgoing/{Outgoing.objects.get().id}/again/", {"back": "https://evil.example/"})
    assert back.url == "/outgoing/"


def test_what_came_back_is_merged_in_the_background_and_recorded_only_when_somebody_says_so(office):
    mailing = number(split(office))
    url = merged(office, mailing, ("任务进展表_经信局.xlsx", filled(sheet_of(office, mailing, "经信局"))))
    page = html(office.get(url))
    assert 'data-state="done"' in page and "2 项任务有进展" in page and "1 家未退回" in page
    assert "已走访十户" in page and "缺资金" in page and "有变化" in page
    assert not Event.objects.filter(kind=IMPORT).exists() and not Event.objects.filter(kind=BACK).exists()
    assert office.post(f"{url}record/").status_code == 302
    task = html(office.get("/tasks/p-plan.k1/"))
    assert "60%" in task and "缺资金" in task
    assert "任务进展表" in task and "/sources/" not in task.partition("<main")[2], "cells of text have no page"
    page = html(office.get(f"/tasks/workbooks/{mailing}/"))
    assert "2 家中 1 家未退回" in page and "已退回" in page
    assert office.post(f"{url}record/").status_code == 302
    assert (Event.objects.filter(kind=IMPORT).count(), Event.objects.filter(kind=BACK).count()) == (1, 1)
    assert verify_chain() == []


def test_a_merge_shows_what_was_said_before_beside_what_is_said_now(office):
    report_progress({"p-plan.k2": 0}, Progress("上月的话", "30"), person_named("王芳"))
    mailing = number(split(office))
    sent = openpyxl.load_workbook(io.BytesIO(sheet_of(office, mailing, "经信局"))).active
    assert "上月的话" in str(list(sent.values)), "the workbook reminds of what was said last"
    page = html(office.get(merged(office, mailing, ("经信局.xlsx", filled(sheet_of(office, mailing, "经信局"))))))
    assert "<td>上月的话</td>" in page and "<td>30</td>" in page


def test_a_task_reported_on_since_the_check_is_told_and_nothing_is_recorded(office):
    mailing = number(split(office))
    url = merged(office, mailing, ("经信局.xlsx", filled(sheet_of(office, mailing, "经信局"))))
    report_progress({"p-plan.k2": 0}, Progress("别人刚填的"), person_named("李雷"))
    assert "1 项任务登记了新的进展" in html(office.post(f"{url}record/"), 409)
    assert not Event.objects.filter(kind=IMPORT).exists()


def test_an_import_that_is_undone_puts_the_department_back_on_the_late_list(office):
    mailing = number(split(office))
    office.post(merged(office, mailing, ("经信局.xlsx", filled(sheet_of(office, mailing, "经信局")))) + "record/")
    undo_import(Event.objects.get(kind=IMPORT).position, person_named("王芳"))
    assert "2 家中 2 家未退回" in html(office.get(f"/tasks/workbooks/{mailing}/"))


def test_two_departments_that_disagree_are_named_and_the_lead_one_counts(office):
    mailing = number(split(office))
    files = [
        ("经信局.xlsx", filled(sheet_of(office, mailing, "经信局"), **{"完成率（%）": "60"})),
        ("双碳办.xlsx", filled(sheet_of(office, mailing, "双碳办"), **{"完成率（%）": "10"})),
    ]
    page = html(office.get(merged(office, mailing, *files)))
    assert "所报不一致" in page and "经信局（经信局.xlsx）: 60" in page and "双碳办（双碳办.xlsx）: 10" in page
    assert "全部退回" not in page and "0 家未退回" in page


def test_an_empty_a_forged_and_a_foreign_file_are_told_and_record_nothing(office):
    mailing = number(split(office))
    assert "不是 xlsx 文件" in html(drop(office, mailing, ("经信局.xlsx", b"<html>")), 422)
    assert "不接收" in html(drop(office, mailing, ("说明.pdf", b"%PDF-1.7")), 422)
    assert html(office.post(f"/tasks/workbooks/{mailing}/returned/", {"token": "x"}), 422)
    assert Job.objects.count() == 0
    url = merged(office, mailing, ("经信局.xlsx", sheet_of(office, mailing, "经信局")), token="e")
    page = html(office.get(url))
    assert "没有可登记的内容" in page and "登记收回的进展</button>" not in page
    assert html(office.post(f"{url}record/"), 422)
    page = html(office.get(merged(office, mailing, ("bad.xlsx", b"PK\x03\x04 broken"), token="f")))
    assert "bad.xlsx" in page and "2 家未退回" in page


def test_a_formula_that_a_department_writes_stays_text_in_the_merged_workbook(office):
    mailing = number(split(office))
    sent = filled(sheet_of(office, mailing, "经信局"), 进展情况='\'=HYPERLINK("http://x","y")')
    url = merged(office, mailing, ("经信局.xlsx", sent))
    content = office.get(f"{url}workbook/").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "<script>alert(1)" not in html(office.get(url))


def test_whoever_has_not_returned_it_is_reminded_once_a_day_in_the_application_and_by_letter(office, monkeypatch):
    bureau = logged_in("department", area=CITY, party=BUREAU)
    with mail_server() as server:
        monkeypatch.setenv("TANHENG_SMTP_URL", server.url)
        monkeypatch.setenv("TANHENG_MAIL_FROM", "office@example.org")
        mailing = number(split(office, 经信局="clerk@example.org"))
        assert server.letters == [], "made for download, not mailed"
        first = html(office.post(f"/tasks/workbooks/{mailing}/remind/"))
        again = html(office.post(f"/tasks/workbooks/{mailing}/remind/"))
        work_off()
    assert "已发出 2 条提醒" in first and "邮件已排队" in first
    assert "2 条今天已提醒过" in again and len(server.letters) == 1
    assert "任务进展表（2项任务）未退回" in html(bureau.get("/inbox/"))


def test_a_supervision_note_is_opened_by_one_click_and_a_second_click_finds_it(office, monkeypatch):
    bureau = logged_in("department", area=CITY, party=BUREAU)
    mailing = number(split(office, due=timezone.localdate()))
    _a_day_later(monkeypatch)
    page = html(office.get(f"/tasks/workbooks/{mailing}/"))
    assert "迟报" in page and "立督办单 经信局" in page and "立督办单 双碳办" not in page, "nobody acts for the other"
    opened = office.post(f"/tasks/workbooks/{mailing}/note/", {"party": "经信局"})
    assert opened.status_code == 302
    assert office.post(f"/tasks/workbooks/{mailing}/note/", {"party": "经信局"}).url == opened.url
    assert "逾期未报：经信局" in html(bureau.get("/inbox/"))
    assert opened.url in html(office.get(f"/tasks/workbooks/{mailing}/"))
    assert html(office.post(f"/tasks/workbooks/{mailing}/note/", {"party": "双碳办"}), 422)
    assert office.post(f"/tasks/workbooks/{mailing}/note/", {"party": "没有"}).status_code == 404


def test_a_letter_of_reminder_is_drafted_in_word(office):
    mailing = number(split(office))
    answer = office.get(f"/tasks/workbooks/{mailing}/letter/", {"party": "经信局"})
    assert answer.content.startswith(b"PK") and ".docx" in answer["Content-Disposition"]


@pytest.mark.parametrize("role", ["department", "leader", "verifier", "town", "unit"])
def test_only_who_splits_sees_and_sends(site, office, role):
    mailing = number(split(office))
    other = logged_in(role, area=CITY, party=BUREAU)
    for address in (
        "",
        f"{mailing}/",
        f"{mailing}/zip/",
        f"{mailing}/sheet/?party=经信局",
        f"{mailing}/letter/?party=经信局",
    ):
        assert other.get(f"/tasks/workbooks/{address}").status_code == 403
    assert split(other).status_code == drop(other, mailing, ("a.xlsx", b"PK\x03\x04")).status_code == 403
    assert other.post(f"/tasks/workbooks/{mailing}/remind/").status_code == 403
    assert other.post(f"/tasks/workbooks/{mailing}/note/", {"party": "经信局"}).status_code == 403
    assert Client().get(f"/tasks/workbooks/{mailing}/").status_code == 302


def test_a_district_does_not_see_what_the_office_sent_nor_a_merge_of_somebody_else(office):
    mailing = number(split(office))
    url = merged(office, mailing, ("经信局.xlsx", filled(sheet_of(office, mailing, "经信局"))))
    district = logged_in("district", area=CITY, party=BUREAU)
    assert district.get(f"/tasks/workbooks/{mailing}/").status_code == 404
    assert district.get(url).status_code == district.post(f"{url}record/").status_code == 404
    assert logged_in("office").get(url).status_code == 404, "a job is its owner's"
    own = number(split(district, "经信局", token="own"))
    assert district.get(f"/tasks/workbooks/{own}/").status_code == 200


def test_english_is_complete(office):
    mailing = number(split(office))
    url = merged(office, mailing, ("经信局.xlsx", filled(sheet_of(office, mailing, "经信局"))))
    office.cookies["django_language"] = "en"
    shown = {
        "/tasks/workbooks/": "Split and send",
        f"/tasks/workbooks/{mailing}/": "have not come back",
        url: "What is new",
    }
    for address, words in shown.items():
        page = html(office.get(address))
        assert words in page and "退回" not in page.replace("任务进展表", "")


def test_a_page_asks_the_database_a_fixed_number_of_times(office, django_assert_max_num_queries):
    for number_ in range(3):
        mailing = number(split(office, token=f"t{number_}"))
    for address in ("/tasks/workbooks/", f"/tasks/workbooks/{mailing}/"):
        office.get(address)
        with django_assert_max_num_queries(24):
            office.get(address)


def _a_day_later(monkeypatch):
    from tanheng.web.directory import scope

    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(scope.timezone, "localdate", lambda: tomorrow)
