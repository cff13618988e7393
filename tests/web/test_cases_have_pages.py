"""The inbox, one case, its moves and its evidence, as each role sees them and as attackers would like to."""

import re
from datetime import date
from secrets import token_hex

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tanheng.kernel.procedure import Act
from tanheng.records.cases import Matter, case_of, last_moves, move_case, open_case
from tanheng.records.models import Event
from tanheng.records.people import person_named
from tanheng.records.reminding import remind
from tanheng.records.verification import verify_chain
from tests.web.a_city import BUREAU, NORTH, OFFICE

NOTE = "supervision_note/1"
PAGE = "/cases/supervision_note/1/"


@pytest.fixture
def today(monkeypatch):
    """A working Monday that the calendar knows."""
    day = date(2026, 3, 2)
    monkeypatch.setattr(timezone, "localdate", lambda *_: day)
    return day


@pytest.fixture
def office_desk(as_role, today):
    return as_role("office")


@pytest.fixture
def bureau_desk(as_role, today):
    return as_role("department")


@pytest.fixture
def note(office_desk, bureau_desk):
    sent = {
        "title": "三月用电为何上升",
        "about": "plan-2026.k1",
        "said": "请说明",
        "addressee": BUREAU,
        "due": "2026-03-20",
    }
    answer = office_desk.post("/cases/new/supervision_note/", {**sent, "token": "t1"})
    assert (answer.status_code, answer.url) == (302, PAGE), answer.content.decode()
    return case_of(NOTE)


def html(answer):
    return answer.content.decode()


def told(answer):
    """What a page says, without the secret of its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html(answer))


def move(client, name, **fields):
    return client.post(PAGE, {"move": name, "token": token_hex(8), **fields})


def test_an_empty_inbox_says_what_to_do(office_desk, as_role):
    assert "现在没有需要您办理的事项" in html(office_desk.get("/inbox/"))
    assert "督办单" in html(office_desk.get("/inbox/"))
    assert "市办发来的事项会显示在这里" in html(as_role("unit").get("/inbox/"))


def test_a_note_waits_in_the_inbox_of_whom_it_is_for_with_the_working_days_that_are_left(
    note, office_desk, bureau_desk
):
    waiting = html(bureau_desk.get("/inbox/"))
    assert "三月用电为何上升" in waiting and "还剩 14 个工作日" in waiting and "我要办理的 1" in waiting
    assert "三月用电为何上升" not in html(office_desk.get("/inbox/"))
    assert "三月用电为何上升" in html(office_desk.get("/inbox/?share=ours"))


def test_overdue_cases_come_first_and_say_by_how_many_working_days(note, bureau_desk, monkeypatch):
    clerk = person_named("王芳")
    act = Act("open", "office", (OFFICE,), "另一件", addressee=BUREAU, due=date(2026, 3, 3))
    open_case("supervision_note", Matter("早该办的事", "k2"), act, clerk, day=date(2026, 3, 2))
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 3, 9))
    listed = html(bureau_desk.get("/inbox/"))
    assert listed.index("早该办的事") < listed.index("三月用电为何上升")
    assert "逾期 4 个工作日" in listed


def test_a_case_is_answered_with_evidence_returned_and_closed(note, office_desk, bureau_desk):
    page = html(bureau_desk.get(PAGE))
    assert "反馈" in page and "请说明" in page and "移交" in page and 'id="move-close"' not in page
    piece = SimpleUploadedFile("../../账单<b>.pdf", b"%PDF-1.7 x")
    assert move(bureau_desk, "feedback", said="新厂投产", evidence=piece, expected="1").status_code == 302
    page = html(office_desk.get(PAGE))
    assert "新厂投产" in page and "账单&lt;b&gt;.pdf" in page and "<b>.pdf" not in page
    assert move(office_desk, "return", said="没有说明原因", expected="2").status_code == 302
    assert move(bureau_desk, "feedback", said="已核实", expected="3").status_code == 302
    evidence = SimpleUploadedFile("批复.pdf", b"%PDF-1.7 y")
    assert move(office_desk, "close", said="办结", evidence=evidence, expected="4").status_code == 302
    page = html(office_desk.get(PAGE))
    assert 'id="moves"' not in page and 'id="state">办结<' in page
    assert verify_chain() == []


def test_evidence_is_handed_out_as_a_file_to_keep_and_only_to_who_sees_the_case(
    note, as_role, office_desk, bureau_desk
):
    move(bureau_desk, "feedback", said="见附件", evidence=SimpleUploadedFile("说明.pdf", b"%PDF-1.7 x"), expected="1")
    answer = office_desk.get(f"{PAGE}evidence/2/0/")
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7 x", "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert office_desk.get(f"{PAGE}evidence/2/7/").status_code == 404
    assert office_desk.get(f"{PAGE}evidence/1/0/").status_code == 404
    assert as_role("town").get(f"{PAGE}evidence/2/0/").status_code == 404


def test_who_has_no_part_in_a_case_is_told_that_there_is_none(note, as_role):
    for role in ("town", "unit", "verifier"):
        client = as_role(role)
        there, nowhere = client.get(PAGE), client.get("/cases/supervision_note/99/")
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert told(there).replace("/1", "") == told(nowhere).replace("/99", "")
        assert move(client, "feedback", said="我来答").status_code == 404
        assert "三月用电" not in html(client.get("/inbox/?share=ours"))
    assert case_of(NOTE).last.number == 1


def test_a_leader_reads_a_case_and_moves_nothing(note, as_role):
    leader = as_role("leader")
    page = html(leader.get(PAGE))
    assert "请说明" in page and 'id="moves"' not in page
    assert move(leader, "close", said="办结").status_code == 422
    assert leader.get("/cases/new/supervision_note/").status_code == 403
    assert case_of(NOTE).last.number == 1


def test_nobody_reads_cases_without_a_login(note, client, anyone):
    for path in ("/inbox/", PAGE, "/cases/new/supervision_note/", "/delegation/", f"{PAGE}evidence/1/0/"):
        answer = anyone.get(path)
        assert (answer.status_code, answer.url.startswith("/login/")) == (302, True)


def test_whoever_comes_second_is_told_and_finds_what_was_typed(note, office_desk, bureau_desk):
    assert move(office_desk, "feedback", said="来函已收", expected="1").status_code == 302
    answer = move(bureau_desk, "feedback", said="我们写了很久的答复", expected="1")
    assert answer.status_code == 409
    page = html(answer)
    assert "已办理“反馈”" in page and "我们写了很久的答复" in page and "来函已收" in page
    assert case_of(NOTE).last.number == 2


def test_a_double_click_makes_one_move(note, bureau_desk):
    fields = {"move": "feedback", "said": "答复", "expected": "1", "token": "same"}
    assert [bureau_desk.post(PAGE, fields).status_code for _ in range(2)] == [302, 302]
    assert case_of(NOTE).last.number == 2


def test_a_form_opened_twice_opens_one_case(note, office_desk):
    sent = {"title": "又一件", "said": "请说明", "addressee": BUREAU, "due": "2026-03-20", "token": "t2"}
    for _ in range(2):
        office_desk.post("/cases/new/supervision_note/", sent)
    assert [row.case for row in last_moves()] == [NOTE, "supervision_note/2"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"said": " "}, "还缺：说明"),
        ({"said": "x", "evidence": SimpleUploadedFile("a.html", b"<script>")}, "不接收“a.html”"),
        ({"said": "x", "evidence": SimpleUploadedFile("a.pdf", b"MZ")}, "不是 pdf 文件"),
    ],
)
def test_a_move_that_is_refused_says_why_and_changes_nothing(note, bureau_desk, fields, said):
    before = Event.objects.count()
    answer = move(bureau_desk, "feedback", expected="1", **fields)
    assert answer.status_code == 422 and said in html(answer) and 'role="alert"' in html(answer)
    assert Event.objects.count() == before


def test_a_note_that_was_handed_over_leaves_the_inbox_and_can_still_be_read(note, as_role, bureau_desk, today):
    district = as_role("district")
    assert move(bureau_desk, "hand_over", said="请北区办理", addressee="北区", expected="1").status_code == 302
    assert case_of(NOTE).last.holder == NORTH
    assert "三月用电" in html(district.get("/inbox/")) and "三月用电" not in html(bureau_desk.get("/inbox/"))
    assert bureau_desk.get(PAGE).status_code == 200
    unknown = move(district, "hand_over", said="转", addressee="火星", expected="2")
    assert unknown.status_code == 422 and "没有名为“火星”的承办单位" in html(unknown)


def test_whoever_opened_a_note_takes_it_back(note, office_desk, bureau_desk):
    assert 'id="move-withdraw"' not in html(bureau_desk.get(PAGE))
    assert move(office_desk, "withdraw", said="误发", expected="1").status_code == 302
    assert "已撤回" in html(office_desk.get("/inbox/?share=ended"))


def test_a_month_waits_for_the_comments_of_every_district(as_role, office_desk, today):
    clerk = person_named("王芳")
    case = open_case(
        "monthly_cycle", Matter("2026年2月", "2026-02"), Act("open", "office", (OFFICE,)), clerk, day=today
    )
    district = as_role("district")
    assert "2026年2月" not in html(district.get("/inbox/"))
    for name in ("check", "compute", "ask"):
        does = {"hold_month_result": lambda *_: {}}
        move_case(case.id, Act(name, "office", (OFFICE,), blockers=()), clerk, handlers=does, day=today)
    assert "2026年2月" in html(district.get("/inbox/"))
    page = f"/cases/{case.id}/"
    assert district.post(page, {"move": "comment", "said": "检修", "token": "c"}).status_code == 302
    assert "检修" in html(office_desk.get(page)) and case_of(case.id).last.state == "commenting"


def test_what_was_said_is_shown_as_text_whatever_it_is(note, bureau_desk, office_desk):
    move(bureau_desk, "feedback", said="<script>alert(1)</script>\n第二行", expected="1")
    page = html(office_desk.get(PAGE))
    assert "<script>alert" not in page and "&lt;script&gt;" in page and "<br>第二行" in page


def test_a_deadline_that_has_passed_is_refused_on_the_page(office_desk, bureau_desk):
    sent = {"title": "x", "said": "y", "addressee": BUREAU, "due": "2026-02-01", "token": "t"}
    answer = office_desk.post("/cases/new/supervision_note/", sent)
    assert answer.status_code == 422 and "早于办理日" in html(answer) and 'value="x"' in html(answer)


def test_a_case_names_no_subject_that_its_opener_does_not_see(as_role, today):
    district = as_role("district")
    sent = {"title": "x", "said": "y", "addressee": "北区", "due": "2026-03-20", "token": "t", "subject": "area/t-city"}
    assert district.post("/cases/new/supervision_note/", sent).status_code == 404
    assert last_moves() == []


def test_a_colleague_acts_under_a_mandate_that_was_lent_and_not_under_one_that_was_not(as_role, office_desk, today):
    colleague = as_role("town")
    login = colleague.get("/inbox/").wsgi_request.user.get_username()
    days = {"login": login, "start": "2026-03-02", "end": "2026-03-06"}
    assert office_desk.post("/delegation/", days).status_code == 302
    assert "2026-03-06" in html(office_desk.get("/delegation/"))
    refused = office_desk.post("/delegation/", {**days, "login": "nobody"})
    assert refused.status_code == 422 and "没有登录名" in html(refused)
    assert colleague.get("/cases/new/supervision_note/").status_code in (200, 403)


def test_what_was_lent_is_taken_back_by_a_button_and_by_nobody_else(as_role, office_desk, today):
    colleague = as_role("town")
    login = colleague.get("/inbox/").wsgi_request.user.get_username()
    office_desk.post("/delegation/", {"login": login, "start": "2026-03-02", "end": "2026-03-06"})
    page = html(office_desk.get("/delegation/"))
    lent = page.partition('name="mandate" value="')[2].partition('"')[0]
    other = colleague.post("/delegation/end/", {"mandate": lent})
    assert other.status_code == 422 and "今天起终止" in html(office_desk.get("/delegation/"))
    for _ in range(2):
        assert office_desk.post("/delegation/end/", {"mandate": lent}).status_code == 302
    assert "已终止" in html(office_desk.get("/delegation/"))
    assert [event.payload["move"] for event in Event.objects.filter(payload__mandate=lent)] == ["delegated", "ended"]


def test_the_drawn_procedure_shows_where_the_case_stands(note, bureau_desk):
    page = html(bureau_desk.get(PAGE))
    assert page.count('class="state ') == 5 and page.count("state-current") == 1
    assert "所有步骤一览" in page


def test_the_inbox_reads_as_often_for_many_cases_as_for_one(note, office_desk, django_assert_max_num_queries, today):
    clerk = person_named("王芳")
    for number in range(20):
        act = Act("open", "office", (OFFICE,), "说明", addressee=BUREAU, due=date(2026, 3, 20))
        open_case("supervision_note", Matter(f"事项{number}", "k"), act, clerk, day=today)
    office_desk.get("/inbox/?share=ours")
    with django_assert_max_num_queries(16):
        office_desk.get("/inbox/?share=ours")


def test_a_reminder_stands_in_the_inbox_of_whom_it_was_given_to(note, office_desk, bureau_desk):
    remind(date(2026, 3, 18), person_named("王芳"))
    told = html(bureau_desk.get("/inbox/?share=ended"))
    assert "临期" in told and f'href="{PAGE}"' in told
    assert "临期" not in html(office_desk.get("/inbox/?share=ended"))
