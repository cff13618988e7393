"""Tasks on pages: as table, board and calendar, reported with evidence, and never lost where two people write."""

from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connections
from django.test import Client
from django.utils import timezone

from tanheng.kernel.faults import Refusal
from tanheng.records.models import Event
from tanheng.records.people import person_named
from tanheng.records.task_reports import KIND, Progress, report_progress, task_reports
from tests.web.a_barometer import logged_in
from tests.web.a_plan import BUREAU, CITY, OFFICE, plan

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 proof"
LABELS = ("节能诊断", "光伏建设", "低碳社区", "碳汇调查")


@pytest.fixture
def site(db, settings, tmp_path):
    plan(tmp_path, settings, timezone.localdate())


@pytest.fixture
def bureau(site):
    return logged_in("department", area=CITY, party=BUREAU)


def text(client, address="/tasks/", language="zh-hans"):
    client.cookies["django_language"] = language
    return client.get(address).content.decode()


def send(client, *tasks, seen=0, **said):
    fields = {"progress": "已走访十户", "token": "t1", **said, "task": [f"p-plan.{task}@{seen}" for task in tasks]}
    return client.post("/tasks/report/", fields)


def proofs(count):
    return [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(count)]


def events():
    return Event.objects.filter(kind=KIND).count()


def test_the_office_sees_every_task_and_what_is_late_first(site):
    html = text(logged_in("office"))
    assert "共 5 项任务" in html
    assert html.index("节能诊断") < html.index("光伏建设")
    assert "■</span> 逾期" in html


def test_a_department_sees_the_tasks_it_leads_or_supports_and_no_other(bureau):
    html = text(bureau)
    assert "节能诊断" in html
    assert "光伏建设" not in html
    assert bureau.get("/tasks/p-plan.k3/").status_code == bureau.get("/tasks/p-plan.none/").status_code == 404


def test_a_name_that_looks_like_a_script_is_text(bureau):
    for address in ("/tasks/", "/tasks/?view=board", "/tasks/?view=calendar", "/tasks/p-plan.k2/"):
        assert "<script>alert(1)" not in text(bureau, address)


@pytest.mark.parametrize("view", ["table", "board", "calendar"])
def test_every_view_shows_the_same_tasks(site, view):
    html = text(logged_in("office"), f"/tasks/?view={view}")
    for label in ("节能诊断", "光伏建设", "低碳社区", "碳汇调查"):
        assert label in html


@pytest.mark.parametrize(("query", "shown"), [
    ("stand=overdue", {"节能诊断"}), ("party=双碳办", {"节能诊断", "光伏建设", "低碳社区", "碳汇调查"}),
    ("q=碳", {"低碳社区", "碳汇调查"}), ("due=0", set()), ("stand=nonsense&due=x", set(LABELS)),
])  # fmt: skip
def test_a_filter_of_the_address_narrows_the_list(site, query, shown):
    html = text(logged_in("office"), f"/tasks/?{query}")
    listed = {label for label in LABELS if f">{label}</a>" in html}
    assert listed == shown
    assert shown or "没有符合筛选条件的任务" in html


def test_english_is_complete(bureau):
    assert "in " in (html := text(bureau, language="en"))
    for words in ("Tasks of", "overdue", "nothing reported", "Lead", "Due within days", "Save this filter"):
        assert words in html
    assert "牵头" not in html


def test_what_is_reported_stands_on_the_page_with_its_evidence_and_who_said_it(bureau):
    proof = SimpleUploadedFile("../../佐证 <b>.pdf", PDF)
    answer = send(bureau, "k1", completion="60", evidence=[proof], alone="p-plan.k1")
    assert answer.status_code == 302
    html = text(bureau, "/tasks/p-plan.k1/")
    assert "已走访十户" in html
    assert "60%" in html
    assert "佐证 &lt;b&gt;.pdf" in html
    kept = bureau.get(f"/tasks/p-plan.k1/evidence/{task_reports()[0].position}/0/")
    assert kept.content == PDF
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["Content-Disposition"].startswith("attachment;")


def test_evidence_of_a_task_out_of_reach_is_not_there(bureau):
    send(bureau, "k2", evidence=[SimpleUploadedFile("a.pdf", PDF)])
    position = task_reports()[0].position
    stranger = logged_in("department", area=CITY, party=OFFICE)
    assert stranger.get(f"/tasks/p-plan.k2/evidence/{position}/0/").status_code == 404
    assert bureau.get(f"/tasks/p-plan.k1/evidence/{position}/0/").status_code == 404


def test_done_counts_with_evidence_only(bureau):
    send(bureau, "k1", completion="100", status="已完成")
    assert "缺佐证" in text(bureau)
    position = task_reports()[-1].position
    send(bureau, "k1", seen=position, completion="100", token="t2", evidence=[SimpleUploadedFile("a.pdf", PDF)])
    assert "✓</span> 已完成" in text(bureau)


def test_two_people_on_one_task_are_told_and_nothing_is_lost(bureau):
    first, second = bureau, logged_in("department", area=CITY, party=BUREAU)
    assert send(first, "k1", progress="第一个人写的", alone="p-plan.k1").status_code == 302
    answer = send(second, "k1", progress="第二个人写的", token="t2", alone="p-plan.k1")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "task-reported-meanwhile" not in html
    assert "第一个人写的" in html
    assert "第二个人写的</textarea>" in html, "what was typed stays in the form"
    assert events() == 1
    position = task_reports()[0].position
    assert f'value="p-plan.k1@{position}"' in html, "the form has seen the other report now"
    assert send(second, "k1", seen=position, progress="第二个人写的", token="t3").status_code == 302
    assert [report.said.progress for report in task_reports()] == ["第一个人写的", "第二个人写的"]


def test_a_double_click_writes_once(bureau):
    for _ in range(2):
        assert send(bureau, "k1", token="same").status_code == 302
    assert events() == 1


def test_several_tasks_are_reported_together_or_not_at_all(bureau):
    assert send(bureau, "k1", "k2").status_code == 302
    assert [report.task for report in task_reports()] == ["p-plan.k1", "p-plan.k2"]
    assert events() == 1
    assert send(bureau, "k1", "k3", seen=9, token="t2").status_code == 404
    assert events() == 1


@pytest.mark.parametrize(("said", "words"), [
    ({"progress": "  "}, "没有写进展"), ({"completion": "150"}, "150"), ({"completion": "sixty"}, "sixty"),
    ({"completion": "NaN"}, "NaN"), ({"progress": "长" * 4001}, "4001"),
])  # fmt: skip
def test_what_cannot_be_recorded_is_said_and_what_was_typed_stays(bureau, said, words):
    answer = send(bureau, "k1", **said, problem="缺资金", alone="p-plan.k1")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="缺资金"' in answer.content.decode()
    assert events() == 0


def test_a_forged_file_is_no_evidence(bureau):
    answer = send(bureau, "k1", evidence=[SimpleUploadedFile("proof.pdf", b"MZ not a pdf")], alone="p-plan.k1")
    assert answer.status_code == 422
    assert events() == 0


def test_more_files_than_a_report_takes_are_told_and_none_of_them_is_dropped(bureau):
    answer = send(bureau, "k1", evidence=proofs(11), alone="p-plan.k1")
    html = answer.content.decode()
    assert answer.status_code == 422 and events() == 0
    assert "最多上传 10 个" in html and "现有 11 个" in html and "打包成 ZIP" in html
    assert "已走访十户</textarea>" in html, "what was typed stays"
    assert send(bureau, "k1", evidence=proofs(10), token="t2").status_code == 302
    assert len(task_reports()[0].said.evidence) == 10


def test_more_files_than_django_reads_by_itself_are_told_by_the_form(bureau):
    assert "现有 101 个" in send(bureau, "k1", evidence=proofs(101), alone="p-plan.k1").content.decode()


def test_a_leader_reads_and_does_not_report(site):
    leader = logged_in("leader", area=CITY, party=OFFICE)
    assert "填报进展" not in text(leader, "/tasks/p-plan.k1/")
    assert send(leader, "k1").status_code == 403
    assert events() == 0


def test_who_is_not_logged_in_is_asked_to(site):
    assert Client().get("/tasks/").status_code == 302
    assert send(Client(), "k1").status_code == 302
    assert events() == 0


def test_a_filter_is_saved_by_name_for_its_owner_only(bureau):
    bureau.post("/tasks/filters/", {"name": "我的逾期", "stand": "overdue", "save": "1"})
    assert "?stand=overdue" in text(bureau)
    assert "我的逾期" not in text(logged_in("office"))
    bureau.post("/tasks/filters/", {"name": "我的逾期", "drop": "1"})
    assert ">我的逾期<" not in text(bureau)


def test_a_filter_too_many_or_too_long_is_told_and_no_other_is_dropped_for_it(bureau):
    for number in range(20):
        bureau.post("/tasks/filters/", {"name": f"第{number}个", "stand": "overdue", "save": "1"})
    answer = bureau.post("/tasks/filters/", {"name": "再一个", "q": "碳", "save": "1"})
    assert answer.status_code == 422 and "已存 20 个筛选" in answer.content.decode()
    assert bureau.post("/tasks/filters/", {"name": "第0个", "stand": "done", "save": "1"}).status_code == 302
    assert ">第0个<" in text(bureau) and ">再一个<" not in text(bureau)
    assert bureau.post("/tasks/filters/", {"name": "长" * 61, "save": "1"}).status_code == 422


def test_where_there_is_no_task_the_page_says_how_to_record_some(db, settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path / "home")
    told = text(logged_in("office")).partition("<main")[2]
    assert 'href="/library/"' in told and "tanheng " not in told
    other = text(logged_in("leader")).partition("<main")[2]
    assert "由双碳办登记" in other and 'href="/library/"' not in other


def test_the_list_asks_the_database_a_fixed_number_of_times(site, django_assert_max_num_queries):
    office = logged_in("office")
    text(office)
    with django_assert_max_num_queries(10):
        text(office)


def test_a_report_of_a_page_is_a_row_of_the_register_like_those_of_sheets(bureau):
    send(bureau, "k1", completion="40", next_step="下周复查")
    (report,) = task_reports()
    assert report.row.text("task_id") == "p-plan.k1"
    assert report.row.text("completion") == "40"
    assert report.row.fields["next_step"].source == f"event:{report.position}"


@pytest.mark.django_db(transaction=True)
def test_of_two_reports_at_the_same_moment_one_is_told(settings, tmp_path):
    plan(tmp_path, settings, timezone.localdate())
    start, told = Barrier(2), []

    def write(name):
        start.wait()
        try:
            while True:
                try:
                    report_progress({"p-plan.k1": 0}, Progress(f"{name}写的"), person_named(name), token=name)
                    return
                except OperationalError:  # a database in memory refuses at once where one in a file waits
                    connections.close_all()
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connections.close_all()

    people = [Thread(target=write, args=(name,)) for name in ("甲", "乙")]
    person_named("甲"), person_named("乙")
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert events() == 1
    assert told == ["task-reported-meanwhile"]
