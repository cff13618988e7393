"""The month of an area as every role: what is shown to whom, what is refused, and what a revision does not change."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tanheng.records.case_models import CaseMove
from tanheng.records.mandates import end_mandate, mandates
from tanheng.records.models import Event, Publication
from tanheng.records.obligation_models import Obligation
from tanheng.records.people import person_named, person_of_login
from tanheng.records.standing_obligations import kept_reading, obligations_as_of
from tanheng.records.verification import verify_chain
from tanheng.web.cases.models import Job
from tests.web.a_barometer import logged_in
from tests.web.a_month import BUREAU, CITY, MONTH, NORTH, OFFICE, PAGE, SOUTH, found_month, revise

pytestmark = pytest.mark.django_db
TODAY, KNOWN_ON = date(2025, 3, 25), "2025-03-20"
SIGNED = {"document_number": "双碳办〔2025〕2号", "signer": "李某", "signed_on": "2025-03-24"}
WORKER = Worker(
    queue_names=["*"],
    interval=0,
    batch=True,
    backend_name="default",
    startup_delay=False,
    max_tasks=None,
    worker_id="here",
    excluded_queue_names=[],
)


def work():
    for waiting in DBTaskResult.objects.ready():
        waiting.claim("here")
        WORKER.run_task(waiting)


def scan(content=b"%PDF-1.7 signed"):
    return SimpleUploadedFile("签发件.pdf", content)


def html(answer):
    return answer.content.decode()


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def site(db, settings, tmp_path, today):
    settings.TANHENG_HOME = str(tmp_path / "home")
    found_month()


@pytest.fixture
def gap(db, settings, tmp_path, today):
    settings.TANHENG_HOME = str(tmp_path / "home")
    found_month(gap=True)


@pytest.fixture
def office(db) -> Client:
    return logged_in("office", CITY, OFFICE)


def do(client, act, page=PAGE, **fields):
    """Sends a form of the page as a browser would, with the number of the last move that it has seen."""
    seen = CaseMove.objects.filter(procedure="monthly_cycle").order_by("id").last()
    fields = {"act": act, "expected": seen.number if seen else "", "token": f"{act}-{seen and seen.id}", **fields}
    return client.post(page, fields)


def opened(client, area=CITY, token=""):
    return client.post("/month/", {"area": area, "period": MONTH, "token": token or f"o-{area}"})


def computed(client):
    opened(client)
    do(client, "check")
    do(client, "compute", known_on=KNOWN_ON)
    work()


def commenting(client):
    computed(client)
    do(client, "ask")


def drafted(client):
    computed(client)
    do(client, "draft")
    do(client, "drafted", said="第一稿")
    work()


def frozen(client):
    drafted(client)
    do(client, "send")
    do(client, "sign", **SIGNED, evidence=scan())
    work()


def state():
    return CaseMove.objects.filter(procedure="monthly_cycle").order_by("id").last().state


def test_a_month_is_opened_once_whoever_clicks(site, office):
    assert [opened(office).url for _ in range(2)] == [PAGE, PAGE]
    assert opened(logged_in("office", CITY, OFFICE), token="another form").url == PAGE
    assert CaseMove.objects.count() == 1


def test_a_month_that_is_not_over_is_not_opened(site, office):
    answer = office.post("/month/", {"area": CITY, "period": "2025-03", "token": "o"})
    assert (answer.status_code, CaseMove.objects.count()) == (422, 0)
    assert "还没有结束" in html(answer)
    assert office.post("/month/", {"area": CITY, "period": "2025Q1", "token": "o"}).status_code == 422


@pytest.mark.parametrize("role", ["department", "leader", "verifier", "unit", "town"])
def test_only_offices_open_a_month(site, role):
    client = logged_in(role, CITY if role != "unit" else "", BUREAU if role != "unit" else "facility/m-mill")
    assert opened(client).status_code == 403
    assert 'id="open"' not in html(client.get("/month/"))


def test_a_district_opens_its_own_month_and_no_other(site):
    north = logged_in("district", NORTH)
    assert opened(north, SOUTH).status_code == 404
    assert opened(north, NORTH).url == "/month/m-north/2025-02/"
    assert logged_in("district", SOUTH).get("/month/m-north/2025-02/").status_code == 404
    assert logged_in("district", SOUTH).get("/month/").content.decode().count("北区") == 0


def test_a_month_is_computed_in_the_background_and_its_result_kept_with_the_case(site, office):
    computed(office)
    assert state() == "computed"
    last = CaseMove.objects.order_by("id").last()
    assert (last.move, last.given["known_on"]) == ("compute", KNOWN_ON)
    page = html(office.get(PAGE))
    for words in ("北厂", "知识日期 2025-03-20", last.given["result"][:12]):
        assert words in page


def test_points_of_a_growth_are_no_per_cent_wherever_they_stand(site, office):
    computed(office)
    href = re.search(r'href="(/results/[^"]+/figure/[a-z_]+_contribution[^"]+)"', html(office.get(PAGE)))[1]
    explained = html(office.get(unescape(href)))
    assert re.search(r'class="headline[^>]*>[^<]*<small>([^<]*)</small>', explained)[1] == "个百分点"


def test_two_clicks_compute_once(site, office):
    opened(office)
    do(office, "check")
    for token in ("a", "a", "b"):
        assert do(office, "compute", known_on=KNOWN_ON, token=token).status_code == 302
    assert Job.objects.count() == 1
    work()
    assert CaseMove.objects.filter(move="compute").count() == 1


def test_who_was_overtaken_while_computing_is_told(site, office):
    opened(office)
    do(office, "check")
    do(office, "compute", known_on=KNOWN_ON)
    do(office, "collect_again", said="电网表有误")
    work()
    assert state() == "collecting"
    assert Job.objects.get().outcome["code"] == "case-moved-meanwhile"
    assert "退回补数" in html(office.get(PAGE))


def test_a_mandate_that_ended_meanwhile_computes_nothing(site, office, monkeypatch):
    opened(office)
    do(office, "check")
    do(office, "compute", known_on=KNOWN_ON)
    held = next(each for each in mandates() if each.role == "office")
    end_mandate(held.mandate, end=TODAY, actor=person_named("王芳"))
    work()
    assert (state(), Job.objects.get().outcome["code"]) == ("checking", "no-mandate")
    assert office.get(PAGE).status_code == 403


def test_a_month_with_a_blocker_is_shown_and_goes_on_only_with_a_reason(gap, office):
    computed(office)
    assert state() == "checking"
    page = html(office.get(PAGE))
    assert "印染厂" in page and 'name="accept" value="dispatch-units-incomplete"' in page
    assert do(office, "accept").status_code == 422
    assert do(office, "accept", accept="dispatch-units-incomplete").status_code == 422
    assert do(office, "ask").status_code == 422 and state() == "checking"
    codes = re.findall(r'name="accept" value="([^"]+)"', page)
    reasons = {f"reason-{code}": "已停产，正在注销" for code in codes}
    one = do(office, "accept", accept=codes[:1], **reasons, token="one")
    assert one.status_code == (422 if len(codes) > 1 else 302)
    assert do(office, "accept", accept=codes, **reasons, token="again").status_code == 302
    accepted = html(office.get(PAGE)).partition("已接受的阻断项")[2].partition("</dl>")[0]
    assert state() == "computed" and "已停产，正在注销" in accepted
    assert "印染厂" in accepted and "dispatch-units-incomplete" not in accepted
    do(office, "draft")
    do(office, "drafted")
    work()
    do(office, "send")
    do(office, "sign", **SIGNED, evidence=scan())
    work()
    assert state() == "frozen"
    assert "已停产，正在注销" in Publication.objects.order_by("event_id").first().accepted.values()


def test_a_result_of_another_month_is_not_taken(site, office):
    opened(office)
    do(office, "check")
    case = CaseMove.objects.last().case
    foreign = office.post(f"/cases/{case}/", {"move": "compute", "result": "ffff", "token": "x"})
    assert foreign.status_code in (404, 422) and state() == "checking"


def test_each_district_sees_its_own_drivers_and_says_what_lies_behind_them(site, office):
    commenting(office)
    north, south = logged_in("district", NORTH), logged_in("district", SOUTH)
    page = html(north.get(PAGE))
    assert "北厂" in page and "印染厂" not in page and "南区" not in page
    assert do(north, "comment", area=NORTH, said="新线投产<b>").status_code == 302
    assert "新线投产&lt;b&gt;" in html(north.get(PAGE))
    assert "新线投产" not in html(south.get(PAGE))
    case = CaseMove.objects.last().case
    assert "新线投产" not in html(south.get(f"/cases/{case}/"))
    assert do(south, "comment", area=NORTH, said="冒名").status_code == 422
    desk = html(office.get(PAGE))
    assert "新线投产" in desk and "尚未说明： 南区" in desk


def test_who_has_commented_has_nothing_left_to_do_until_comments_are_asked_for_again(site, office):
    commenting(office)
    north, south = logged_in("district", NORTH), logged_in("district", SOUTH)
    bureau = logged_in("department", CITY, BUREAU)

    def waits(client):
        inbox = f'href="{PAGE}"' in html(client.get("/inbox/"))
        first = html(client.get("/home/"))
        assert inbox == (f'href="{PAGE}"' in first), "the inbox and the first page agree"
        return inbox

    assert waits(north) and waits(south) and waits(bureau)
    do(north, "comment", area=NORTH, said="新线投产")
    assert not waits(north) and waits(south) and waits(bureau) and waits(office)
    assert f'href="{PAGE}"' in html(north.get("/inbox/?share=ours")), "it stays among the open ones"
    assert do(north, "comment", area=NORTH, said="补充：检修延期").status_code == 302, "more may be said meanwhile"
    do(office, "comment", area=SOUTH, said="来函：检修")
    assert not waits(south), "what the office took down from a letter is the district's comment"
    do(bureau, "comment", said="已约谈")
    assert not waits(bureau) and waits(office)


def test_the_files_of_another_districts_comment_are_not_handed_out(site, office):
    commenting(office)
    north, south = logged_in("district", NORTH), logged_in("district", SOUTH)
    do(north, "comment", area=NORTH, said="见附件", evidence=SimpleUploadedFile("说明.pdf", b"%PDF-1.7 x"))
    last = CaseMove.objects.order_by("id").last()
    address = f"/cases/{last.case}/evidence/{last.number}/0/"
    assert [client.get(address).status_code for client in (north, office, south)] == [200, 200, 404]


def test_the_office_enters_what_came_by_mail(site, office):
    commenting(office)
    assert do(office, "comment", area=SOUTH, said="来函：检修").status_code == 302
    assert "尚未说明： 北区" in html(office.get(PAGE))


def test_a_department_says_its_part_and_sees_the_districts_as_a_whole(site, office):
    commenting(office)
    bureau = logged_in("department", CITY, BUREAU)
    assert do(bureau, "comment", said="已约谈").status_code == 302
    page = html(bureau.get(PAGE))
    assert "已约谈" in page and "北区" in page and "北厂" not in page


def test_a_draft_holds_the_comments_and_is_numbered(site, office):
    commenting(office)
    do(logged_in("district", NORTH), "comment", area=NORTH, said="新线投产")
    do(office, "draft")
    for _ in range(2):
        do(office, "drafted")
        work()
    do(office, "upload", said="改了措辞", evidence=SimpleUploadedFile("改.docx", b"PK\x03\x04x"))
    drafts = list(CaseMove.objects.filter(move="drafted").order_by("id"))
    assert [each.given["draft"] for each in drafts] == ["1", "2", "3"]
    kinds = sorted(piece["kind"] for piece in drafts[0].evidence)
    assert kinds == ["docx"] * 3 + ["pdf"] * 3 + ["xlsx"] * 3
    pdf = next(index for index, piece in enumerate(drafts[0].evidence) if piece["kind"] == "pdf")
    answer = office.get(f"/cases/{drafts[0].case}/evidence/{drafts[0].number}/{pdf}/")
    assert answer.content.startswith(b"%PDF") and answer["Content-Disposition"].startswith("attachment")
    papers = html(office.get("/papers/"))
    assert "第 3 稿" in papers and "改.docx" in papers


def test_papers_name_units_and_are_closed_to_whoever_does_not_see_them(site, office):
    frozen(office)
    sign = CaseMove.objects.get(move="sign")
    address = f"/cases/{sign.case}/evidence/{sign.number}/0/"
    for role, area, party, status in (
        ("leader", CITY, OFFICE, 200),
        ("department", CITY, BUREAU, 404),
        ("district", NORTH, "", 404),
        ("unit", "", "facility/m-mill", 404),
    ):
        assert logged_in(role, area, party).get(address).status_code == status, role
    assert "签发件.pdf" not in html(logged_in("department", CITY, BUREAU).get("/papers/"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"evidence": SimpleUploadedFile("签发件.pdf", b"MZ")}, "不是 pdf 文件"),
        ({}, "还缺"),
        ({"evidence": SimpleUploadedFile("签发件.pdf", b"%PDF-1.7 x"), "signed_on": "2025-04-01"}, "晚于今天"),
        ({"evidence": SimpleUploadedFile("签发件.pdf", b"%PDF-1.7 x"), "signed_on": "昨天"}, "无法识别的日期"),
        ({"evidence": SimpleUploadedFile("签发件.pdf", b"%PDF-1.7 x"), "signer": " "}, "签发人"),
    ],
)
def test_a_signature_that_cannot_be_is_refused_and_nothing_is_frozen(site, office, fields, said):
    drafted(office)
    do(office, "send")
    answer = do(office, "sign", **{**SIGNED, **fields})
    assert answer.status_code == 422 and said in html(answer)
    assert (state(), Publication.objects.count(), Job.objects.filter(kind="month_freeze").count()) == ("signing", 0, 0)


def test_what_was_signed_is_published_by_its_digest_and_no_unit_with_it(site, office, anyone):
    frozen(office)
    first = Publication.objects.order_by("event_id").first()
    assert first.figures and all("facility/" not in address for address in first.figures)
    sign = CaseMove.objects.get(move="sign")
    assert sign.given["publication"] == first.reference
    page = html(anyone.get(f"/publications/{first.position}/"))
    assert "某市" in page and "北厂" not in page
    assert verify_chain() == []


def test_a_double_click_signs_once(site, office):
    drafted(office)
    do(office, "send")
    for _ in range(2):
        assert do(office, "sign", **SIGNED, evidence=scan(), token="same").status_code == 302
    work()
    assert CaseMove.objects.filter(move="sign").count() == 1


def test_one_document_number_stands_on_one_paper(site, office):
    frozen(office)
    north = logged_in("district", NORTH)
    page = "/month/m-north/2025-02/"
    opened(north, NORTH)
    for act in ("check", "compute"):
        do(north, act, page, known_on=KNOWN_ON)
        work()
    do(north, "draft", page)
    do(north, "drafted", page)
    work()
    do(north, "send", page)
    answer = do(north, "sign", page, **SIGNED, evidence=scan())
    assert answer.status_code == 422 and "已经登记在" in html(answer), html(answer)
    assert do(north, "sign", page, **{**SIGNED, "document_number": "北碳办1号"}, evidence=scan()).status_code == 302
    work()
    assert state() == "frozen"


def test_a_revision_does_not_change_what_was_signed_and_stands_beside_it(site, office, monkeypatch):
    frozen(office)
    before = Publication.objects.order_by("event_id").first().figures_digest
    revise()
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 6, 20))
    do(office, "revise", known_on="2025-06-20")
    work()
    page = html(office.get(PAGE))
    assert before in page and "签发时的数与 2025-06-20 已知数据的对照" in page and "有修订" in page
    assert Publication.objects.order_by("event_id").first().figures_digest == before


def test_only_whose_month_it_is_is_offered_to_compute_it_again(site, office):
    frozen(office)
    offered = 'name="act" value="revise"'
    assert offered in html(office.get(PAGE))
    district = logged_in("district", NORTH)
    page = html(district.get(PAGE))
    assert 'id="signed"' in page and offered not in page
    assert do(district, "revise", known_on=KNOWN_ON).status_code in (403, 422)


def test_open_points_are_carried_into_the_next_month_until_they_are_settled(site, office, monkeypatch):
    frozen(office)
    sent = {"kind": "save", "party": NORTH, "due": "2025-04-10", "said": "报送北厂压减安排"}
    assert do(office, "point", **{**sent, "due": ""}).status_code == 422
    assert do(office, "point", **sent, token="p").status_code == 302
    assert do(office, "follow_up", said="转三月").status_code == 302
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 4, 20))
    office.post("/month/", {"area": CITY, "period": "2025-03", "token": "o3"})
    page = "/month/m-city/2025-03/"
    shown = html(office.get(page))
    assert "报送北厂压减安排" in shown and "逾期" in shown
    assert "/cases/new/supervision_note/?" in shown
    key = f"{CaseMove.objects.get(move='point').case}#{CaseMove.objects.get(move='point').number}"
    assert do(office, "settle", page, point="monthly_cycle/9#9", said="x").status_code == 422
    assert do(office, "settle", page, point=key, said="已报送", token="s").status_code == 302
    assert "报送北厂压减安排" not in html(office.get(page))


def test_an_open_point_becomes_a_task_and_is_found_from_it_in_the_next_months_list(site, office, monkeypatch):
    frozen(office)
    do(office, "point", kind="save", party=NORTH, due="2025-04-10", said="报送北厂<b>压减安排", token="p")
    do(office, "follow_up", said="转三月")
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 4, 5))
    office.post("/month/", {"area": CITY, "period": "2025-03", "token": "o3"})
    page = "/month/m-city/2025-03/"
    (href,) = re.findall(r'href="(/tasks/from-point/\?point=[^"]+)"', html(office.get(page)))
    form = html(office.get(href))
    assert 'value="报送北厂&lt;b&gt;压减安排"' in form and 'value="北区"' in form and 'value="2025-04-10"' in form
    move = CaseMove.objects.get(move="point")
    sent = {"point": f"{move.case}#{move.number}", "label": "压减安排", "lead": "经信局、北区", "due": "2025-04-10"}
    for wrong, words in (
        ({"lead": ""}, "牵头单位"),
        ({"due": "2025-04-01"}, "2025-04-01"),
        ({"label": "长" * 201}, "201"),
    ):
        answer = office.post("/tasks/from-point/", {**sent, **wrong})
        assert answer.status_code == 422 and words in answer.content.decode()
        assert f'value="{sent["due"] if "due" not in wrong else wrong["due"]}"' in answer.content.decode()
    made = [office.post("/tasks/from-point/", sent).url for _ in range(2)]
    assert made[0] == made[1] and Event.objects.filter(kind="obligations").count() == 1, "a double click"
    task = html(office.get(made[0]))
    assert f'href="{page.replace("03", "02")}#points"' in task and "经信局、北区" in task and "2025-04-10" in task
    assert made[0] in html(office.get(page)) and "压减安排" in html(office.get("/tasks/"))
    assert "/tasks/from-point/" not in html(office.get(page)), "one task of a point"
    north = logged_in("district", NORTH)
    assert html(north.get(made[0])), "the area that answers for it sees it"
    assert north.get(href).status_code == north.post("/tasks/from-point/", sent).status_code == 403
    assert office.get("/tasks/from-point/?point=monthly_cycle/9%239").status_code == 422
    do(office, "settle", page, point=sent["point"], said="已报送", token="s")
    assert made[0] not in html(office.get(page))
    assert html(office.get(made[0])), "what is demanded stays demanded"


def test_two_points_of_a_month_stand_in_one_list_of_follow_ups(site, office):
    frozen(office)
    due = timezone.localdate().isoformat()
    for number, said in enumerate(("第一件", "第二件")):
        do(office, "point", kind="save", party=BUREAU, due=due, said=said, token=f"p{number}")
    for move in CaseMove.objects.filter(move="point"):
        told = {"point": f"{move.case}#{move.number}", "label": move.said, "lead": "经信局", "due": due}
        assert office.post("/tasks/from-point/", told).status_code == 302
    instruments = [item.instrument for item in obligations_as_of(timezone.localdate())]
    assert len({item.instrument for item in instruments}) == 1
    text = kept_reading(instruments[0])["text"]
    spans = {row.document["label"]["zh"]: text[slice(*row.span)] for row in Obligation.objects.all()}
    assert spans == {"第一件": "第一件", "第二件": "第二件"}
    assert verify_chain() == []


def test_a_leader_reads_the_month_and_moves_nothing(site, office):
    computed(office)
    leader = logged_in("leader", CITY, OFFICE)
    page = html(leader.get(PAGE))
    assert "北厂" in page and 'id="moves"' not in page
    assert do(leader, "ask").status_code == 422
    assert do(leader, "compute", known_on=KNOWN_ON).status_code == 403


def test_an_act_that_the_page_does_not_know_is_refused(site, office):
    opened(office)
    assert do(office, "publish").status_code == 403
    assert office.get("/month/m-city/notamonth/").status_code == 422
    assert office.get("/month/m-nowhere/2025-02/").status_code == 404


def test_a_month_asks_the_database_no_more_for_more_of_it(site, office, django_assert_max_num_queries):
    frozen(office)
    office.get(PAGE)
    with django_assert_max_num_queries(60):
        office.get(PAGE)


def test_a_month_is_complete_in_english(site, office):
    computed(office)
    office.cookies["django_language"] = "en"
    page = html(office.get(PAGE))
    for words in ("Stages of the month", "Five firms that move it", "as known on 2025-03-20", "What you may do now"):
        assert words in page
    assert "各区说明" not in page


def test_whoever_lost_the_mandate_reads_no_month(site, office):
    opened(office)
    client = logged_in("district", NORTH)
    person = person_of_login("nobody-else")
    assert person.login == "nobody-else"
    held = [each for each in mandates() if each.role == "district"][-1]
    end_mandate(held.mandate, end=date(2025, 3, 1), actor=person_named("王芳"))
    assert client.get(PAGE).status_code == 403
