"""The papers of a year's assessment: scored, drafted, signed; each district reads its own sheet and no other's."""

import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tanheng.kernel.demand import target_of
from tanheng.kernel.pack import AccountExample
from tanheng.records.case_models import CaseMove
from tanheng.records.models import Publication
from tanheng.records.obligations import Decision, ReviewedInstrument, record_review
from tanheng.records.people import person_named
from tests.records.worked import PACKS, recorded
from tests.web.a_barometer import logged_in
from tests.web.test_a_month_and_a_split_through_the_api import Program
from tests.web.test_the_month_of_an_area import work

pytestmark = pytest.mark.django_db
(EXAMPLE,) = (example for example in PACKS.all(AccountExample) if example.id == "annual_assessment_2024")
CARD = "district_departments_14th_plan"
PAGE = f"/papers/assessment/{CARD}/2024/"
EAST, WEST = "area/example-east", "area/example-west"
SIGNED = {"document_number": "双碳办〔2026〕12号", "signer": "李某", "signed_on": "2026-07-01"}


@pytest.fixture
def office(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path / "home")
    recorded(EXAMPLE, whole=False)
    reading = json.dumps({"text": "安排"}, ensure_ascii=False).encode()
    plan = ReviewedInstrument(
        "example-plan", "虚构年度安排", "plan.txt", "安排".encode(), reading, issued=date(2024, 1, 15)
    )
    record_review(plan, [Decision(target_of(one), (0, 2), "grammar") for one in EXAMPLE.targets], person_named("王芳"))
    return logged_in("office")


def do(client, act, **fields):
    seen = CaseMove.objects.order_by("id").last()
    told = {"act": act, "expected": seen.number if seen else 0, "token": f"{act}-1"}
    return client.post(PAGE, told | fields)


def html(answer):
    return answer.content.decode()


def files(page):
    return dict(re.findall(r'href="(/papers/assessment/[^"]+/files/[0-9/]+)"[^>]*>([^<]+)<', page))


@pytest.fixture
def drafted(office):
    do(office, "compute", stage="final", known_on="2026-06-30")
    work()
    codes = re.findall(r'name="accept" value="([^"]+)"', html(office.get(PAGE)))
    do(office, "begin", accept=codes, **{f"reason-{code}": "另行评定" for code in codes})
    do(office, "write", said="第一稿")
    work()
    return office


def test_a_year_is_scored_drafted_signed_and_published(drafted, anyone):
    page = html(drafted.get(PAGE))
    names = list(files(page).values())
    assert {name.rpartition(".")[2] for name in names} == {"docx", "pdf", "xlsx"}
    assert any("考核结果汇总" in name for name in names) and sum("评分表_" in name for name in names) >= 6
    receipt = page[page.index('id="results"') :]
    assert "2026-06-30" in receipt and "终评" in receipt, "what the papers rest on stands beside them"
    assert re.search(r'href="/results/[0-9a-f]{16}/"', receipt)
    content = drafted.get(next(iter(files(page)))).content
    assert content[:2] == b"PK"
    do(drafted, "send")
    do(drafted, "sign", **SIGNED, evidence=SimpleUploadedFile("签发件.pdf", b"%PDF-1.7 x"))
    work()
    (published,) = Publication.objects.all()
    assert published.figures and all("area/example-" in address for address in published.figures)
    assert anyone.get(f"/publications/{published.position}/").status_code == 200
    papers = html(drafted.get("/papers/"))
    assert SIGNED["document_number"] in papers and PAGE in papers


def test_a_district_reads_its_own_sheet_and_nothing_of_the_others(drafted):
    district = logged_in("district", area=EAST)
    assert PAGE in html(district.get("/papers/"))
    page = html(district.get(PAGE))
    own = files(page)
    assert len(own) == 3 and {name.rpartition(".")[2] for name in own.values()} == {"docx", "pdf", "xlsx"}
    others = set(files(html(drafted.get(PAGE)))) - set(own)
    west = CaseMove.objects.get(move="drafted").given["sheets"]
    (line,) = (each for each in json.loads(west) if each["subject"] == WEST)
    shown = page[page.index('id="sheets"') :]
    assert line["label"]["zh"] not in shown and "名次" not in shown and "双碳办" not in shown
    assert 'id="moves"' not in page and "另行评定" not in page
    assert {district.get(address).status_code for address in others} == {404}
    assert district.get(next(iter(own))).status_code == 200
    assert do(district, "write").status_code == 403


def test_nobody_reads_a_sheet_before_it_is_drafted_or_without_having_one(office):
    district = logged_in("district", area=EAST)
    assert district.get(PAGE).status_code == 404, "nothing is drafted yet"
    assert office.get("/papers/assessment/none/2024/").status_code == 404
    assert office.get(f"/papers/assessment/{CARD}/20x4/").status_code == 404
    assert logged_in("leader").get(PAGE).status_code == 200
    assert do(logged_in("leader"), "compute").status_code == 403


def test_each_district_finds_a_sheet_of_its_own(drafted):
    east, west = (html(logged_in("district", area=area).get(PAGE)) for area in (EAST, WEST))
    assert len(files(west)) == 3 and set(files(east)).isdisjoint(files(west))


def test_a_draft_that_was_edited_elsewhere_is_for_who_sees_every_sheet(drafted):
    edited = SimpleUploadedFile("汇总改.pdf", b"%PDF-1.7 changed")
    do(drafted, "drafted", said="改了一处", evidence=edited)
    district = logged_in("district", area=EAST)
    assert len(files(html(district.get(PAGE)))) == 3
    last = CaseMove.objects.filter(move="drafted").latest("id")
    assert last.given["draft"] == "2" and drafted.get(f"{PAGE}files/{last.number}/0/").status_code == 200
    assert district.get(f"{PAGE}files/{last.number}/0/").status_code == 404


def test_a_draft_that_came_back_counts_as_not_sent(drafted):
    do(drafted, "send")
    assert "已送签" in html(drafted.get(PAGE))
    do(drafted, "redraft", said="改分")
    assert "已送签" not in html(drafted.get(PAGE)), "the same rule as for the month"


def test_a_program_does_what_the_page_does(office):
    program, address = Program("office"), f"/api/assessments/{CARD}/2024/paper"
    program.post(f"{address}/work", kind="compute", known_on="2026-06-30", token="c")
    work()
    codes = program.get(address).json()["blockers"]
    program.post(address, accepted=dict.fromkeys(codes, "另行评定"), token="b")
    seen = program.get(address).json()
    program.post(f"{address}/work", kind="write", said="第一稿", expected=seen["number"], token="w")
    work()
    found = program.get(address).json()
    assert len(found["sheets"]) >= 2 and all(len(sheet["files"]) == 3 for sheet in found["sheets"])
    assert program.post(f"{address}/moves/send", expected=found["number"], token="s")["state"] == "signing"
    scan = SimpleUploadedFile("签发件.pdf", b"%PDF-1.7 x")
    signed = {**SIGNED, "expected": found["number"] + 1, "token": "g"}
    program.send(f"{address}/signature", **signed, evidence=scan)
    work()
    assert program.get(address).json()["state"] == "published"
    own = Program("district", EAST)
    (sheet,) = own.get(address).json()["sheets"]
    assert sheet["subject"] == EAST and own.get("/api/assessments").json()
    number = CaseMove.objects.get(move="drafted").number
    assert own.get(f"{address}/files/{number}/0").status_code == 404
    own.post(f"{address}/work", 403, kind="write", token="x")
