"""Programs alone bring a month from opening to signed and a split from draft to issue, files and forms with them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tanheng.records.mandates import mandates
from tanheng.records.models import Event, Observation, Publication
from tanheng.records.standing_obligations import obligations_as_of
from tanheng.records.verification import verify_chain
from tanheng.web.directory.scope import scope_under
from tanheng.web.directory.tokens import make_token
from tests.web import a_city, a_month, a_plan, a_split
from tests.web.a_barometer import logged_in
from tests.web.a_worker import work_off
from tests.web.test_facts_layouts import ROW, strange
from tests.web.test_task_workbooks_go_out_and_come_back import filled

pytestmark = pytest.mark.django_db
MONTH = f"/api/months/m-city/{a_month.MONTH}"
SIGNED = {"document_number": "双碳办〔2025〕2号", "signer": "李某", "signed_on": "2025-03-24"}


class Program:
    """A program with a token of a mandate: what it sends, it sends as any program would."""

    def __init__(self, role: str, area: str = "", party: str = "") -> None:
        logged_in(role, area, party)
        mandate = next(each for each in reversed(mandates()) if each.role == role)
        self.headers = {"authorization": f"Bearer {make_token(name='测试', scope=scope_under(mandate))}"}

    def get(self, path, **asked):
        return Client().get(path, asked, headers=self.headers)

    def post(self, path, status=200, **sent):
        answer = Client().post(path, sent, "application/json", headers=self.headers)
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def send(self, path, status=200, **form):
        answer = Client().post(path, form, headers=self.headers)
        assert answer.status_code == status, answer.content.decode()
        return answer.json()


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


@pytest.fixture
def city(db, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 3, 25))
    settings.TANHENG_HOME = str(tmp_path / "home")
    a_month.found_month()
    return Program("office", a_month.CITY, a_month.OFFICE)


@pytest.fixture
def signing(city):
    """A month that was sent to be signed."""
    month = city.post("/api/months", area=a_month.CITY, period=a_month.MONTH)
    month = city.post(f"{MONTH}/moves/check", expected=month["number"])
    city.post(f"{MONTH}/work", kind="compute", known_on="2025-03-20", expected=month["number"])
    work_off()
    month = city.get(MONTH).json()
    assert month["result"]
    for move in ("ask", "draft"):
        month = city.post(f"{MONTH}/moves/{move}", expected=month["number"])
    city.post(f"{MONTH}/work", kind="drafted", expected=month["number"])
    work_off()
    edited = SimpleUploadedFile("修改稿.pdf", b"%PDF-1.7 edited")
    number = city.get(MONTH).json()["number"]
    city.send(f"{MONTH}/drafts", evidence=edited, said="改了一处", expected=number, token="d")
    number = city.get(MONTH).json()["number"]
    return city.post(f"{MONTH}/moves/send", expected=number)


def test_a_program_brings_a_month_from_opening_to_signed(city, signing):
    scan = SimpleUploadedFile("签发件.pdf", b"%PDF-1.7 signed")
    city.send(f"{MONTH}/signature", evidence=scan, **SIGNED, expected=signing["number"], token="s")
    work_off()
    month = city.get(MONTH).json()
    assert month["state"] == "frozen"
    assert Publication.objects.exists()
    point = {"kind": "other", "party": a_month.NORTH, "due": "2030-03-31", "said": "报送安排"}
    month = city.post(f"{MONTH}/points", **point, expected=month["number"])
    key = month["points"][0]["key"]
    month = city.post(f"{MONTH}/settled", point=key, said="已报送", expected=month["number"])
    assert month["points"] == []
    assert verify_chain() == []


def test_a_signature_without_its_scan_with_a_forged_one_or_of_somebody_else_is_refused(city, signing):
    told = {**SIGNED, "expected": signing["number"], "token": "s"}
    assert city.send(f"{MONTH}/signature", 422, **told)["code"] == "request-unreadable"
    forged = SimpleUploadedFile("签发件.pdf", b"MZ program")
    assert city.send(f"{MONTH}/signature", 422, **told, evidence=forged)["code"].startswith("evidence-")
    scan = SimpleUploadedFile("签发件.pdf", b"%PDF-1.7 signed")
    leader = Program("leader", a_month.CITY, a_month.OFFICE)
    assert leader.send(f"{MONTH}/signature", 422, **told, evidence=scan)["code"] == "case-role-unfit"
    answer = Client().post(f"{MONTH}/signature", {**told, "evidence": scan})
    assert (answer.status_code, answer.json()["code"]) == (401, "token-needed")
    assert city.get(MONTH).json()["state"] == signing["state"]


@pytest.fixture
def lead(db, settings, tmp_path):
    a_split.found_district(tmp_path, settings)
    return Program("district", a_split.DISTRICT)


def split_asked(**changed):
    form = a_split.form()
    names = ("label", "target", "parent", "indicator", "base", "by", "method", "kind", "places")
    subjects = [
        {name: form[f"s{number}-{name}"] for name in ("id", "label", "standing", "last")}
        | {"stated": {name: form[f"s{number}-{name}-stated"] for name in ("amount", "basis")}}
        for number in range(int(form["rows"]))
    ]
    units = {name: form[f"unit-{name}"] for name in ("amount", "basis")}
    told = {"direction": "up", "calibrated": True, "subjects": subjects, "units": units, "token": "one"}
    return {name: form[name] for name in names} | told | changed


def test_a_program_brings_a_split_from_draft_to_issue(lead):
    asked = split_asked()
    before = Event.objects.count()
    proposed = lead.post("/api/split-proposals", **{name: asked[name] for name in asked if name != "token"})
    assert not proposed["is_blocked"] and Event.objects.count() == before
    split = lead.post("/api/splits", **asked)
    assert lead.post("/api/splits", **asked)["id"] == split["id"], "sent twice, it is one split"
    address = f"/api/splits/{split['id']}"
    split = lead.post(f"{address}/moves/opinions", expected=split["expected"])
    for town in (a_split.EAST, a_split.WEST):
        Program("town", town).post(f"{address}/answers", subject=town, seen=0)
    answers = {
        line["subject"]: line["answer"]["position"] for line in lead.get(address).json()["lines"] if line["answer"]
    }
    decided = {subject: {"outcome": "open", "seen": seen} for subject, seen in answers.items()}
    split = lead.post(f"{address}/moves/feedback", expected=split["expected"], decided=decided)
    paper = lead.get(f"{address}/papers/proposal.docx")
    assert paper.status_code == 200 and paper.content[:2] == b"PK"
    for stage in ("adjusted", "countersigned"):
        split = lead.post(f"{address}/moves/{stage}", expected=split["expected"], signed_by=["区发改委"])
    document = SimpleUploadedFile("分解通知.pdf", b"%PDF-1.7 issued")
    told = {"title": "分解通知", "number": "甲发改〔2026〕1号", "issued": timezone.localdate().isoformat()}
    sent = {**told, "leads": ["区发改委"], "expected": split["expected"], "token": "issue"}
    split = lead.send(f"{address}/document", **sent, document=document)
    assert split["stage"] == "issued"
    assert len([item for item in obligations_as_of(timezone.localdate()) if split["id"] in item.obligation.id]) == 3
    assert verify_chain() == []


def test_a_program_sends_tasks_by_mail_and_records_what_came_back(db, settings, tmp_path, monkeypatch):
    monkeypatch.delenv("TANHENG_SMTP_URL", raising=False)
    a_plan.plan(tmp_path, settings, timezone.localdate())
    office, bureau = Program("office"), Program("department", a_plan.CITY, a_plan.BUREAU)
    assert {line["party"] for line in office.get("/api/task-workbooks").json()["lines"]} == {"经信局", "双碳办"}
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    mailing = office.post("/api/task-workbooks", due=due, parties=["经信局"], token="t")
    address = f"/api/task-workbooks/{mailing['number']}"
    content = office.get(f"{address}/sheet", party="经信局").content
    back = SimpleUploadedFile("任务进展表_经信局.xlsx", filled(content))
    merge = office.send(f"{address}/returned", returned=back, token="d")
    work_off()
    merge = office.get(f"{address}/merges/{merge['job']}").json()
    assert (merge["state"], len(merge["outcome"]["rows"])) == ("done", 2)
    assert office.get(f"{address}/merges/{merge['job']}/workbook").content[:2] == b"PK"
    assert office.post(f"{address}/merges/{merge['job']}/record")["missing"] == 0
    seen = bureau.get("/api/tasks/p-plan.k1").json()["line"]["seen"]
    proof = SimpleUploadedFile("台账.pdf", b"%PDF-1.7 proof")
    told = {"progress": "已走访二十户", "completion": "70", "seen": seen, "token": "r"}
    page = bureau.send("/api/tasks/p-plan.k1/reports", **told, evidence=proof)
    assert [piece["name"] for said in page["reports"] for piece in said["evidence"]] == ["台账.pdf"]
    late = SimpleUploadedFile("台账.pdf", b"%PDF-1.7 late")
    bureau.send("/api/tasks/p-plan.k1/reports", 409, **(told | {"token": "x"}), evidence=late)


def test_a_program_enters_figures_and_teaches_a_layout(result, as_role, tmp_path):
    unit = Program("unit", party=a_city.MILL)
    grid = unit.get("/api/entry/t-mill", first="2024-01", last="2024-03").json()
    assert next(row for row in grid["rows"] if row["row"] == "0.electricity")["cells"][0]["recorded"] == "12.5"
    told = {"first": "2024-01", "last": "2024-03", "figures": ["0.electricity@2024-03=13.75"], "seen": grid["seen"]}
    session = as_role("unit").post("/api/entry/t-mill", told, "application/json")
    assert (session.status_code, session.json()["code"]) == (401, "token-needed")
    bill = SimpleUploadedFile("电费单.pdf", b"%PDF-1.7 bill")
    entered = unit.send("/api/entry/t-mill/with-evidence", **told, token="e", evidence=bill)
    work_off()
    unit.post(f"/api/workbooks/{entered['batch']['id']}/record")
    work_off()
    assert Observation.objects.filter(subject=a_city.MILL, period_start="2024-03-01").exists()
    assert unit.post("/api/entry/t-mill", **(told | {"figures": ["0.electricity@2024-03=14"]}))["outcome"] == (
        "changed_meanwhile"
    )
    assert unit.get("/api/entry/t-shop").status_code == 404
    book = openpyxl.load_workbook(io.BytesIO(unit.get("/api/entry-form", unit=a_city.MILL).content))
    assert book.sheetnames
    _a_layout_is_taught(Program("office", a_city.CITY, a_city.OFFICE))


def test_a_program_fills_in_a_form_of_an_area(result, as_role):
    district = Program("district", a_city.NORTH)
    assert {"gdp_quarterly", "area_figures"} <= {row["id"] for row in district.get("/api/forms").json()}
    asked = {"subject": a_city.NORTH, "month": "2024-06"}
    grid = district.get("/api/forms/gdp_quarterly", **asked).json()
    row = next(row for row in grid["rows"] if row["words"][0]["en"] == "Industry")
    told = asked | {"figures": [f"{row['row']}@current=4567.8"], "seen": grid["seen"]}
    proof = SimpleUploadedFile("快报.pdf", b"%PDF-1.7 quick")
    entered = district.send("/api/forms/gdp_quarterly/with-evidence", **told, token="f", evidence=proof)
    work_off()
    district.post(f"/api/workbooks/{entered['batch']['id']}/record")
    work_off()
    assert Observation.objects.get(subject=a_city.NORTH).value == Decimal("4567.8")
    again = district.post("/api/forms/gdp_quarterly", **(told | {"figures": [f"{row['row']}@current=5"]}))
    assert (again["outcome"], again["grid"]["rows"][3]["cells"][0]["recorded"]) == ("changed_meanwhile", "4567.8")
    book = openpyxl.load_workbook(io.BytesIO(district.get("/api/forms/gdp_quarterly/workbook", **asked).content))
    assert book.worksheets[0]["B7"].value == 4567.8
    assert district.get("/api/forms/gdp_quarterly", subject=a_city.SOUTH).status_code == 404


def _a_layout_is_taught(office):
    sheet = SimpleUploadedFile("导出.xlsx", strange(ROW))
    batch = office.send("/api/workbooks", files=sheet, published="2024-04-01", token="l")
    work_off()
    address = f"/api/workbooks/{batch['id']}/files/1/layout"
    assert [column["letter"] for column in office.get(address).json()["columns"]]
    taught = {
        "id": "platform_export", "first": 3, "last": 3, "unit_cell": "A2", "coverage": "unit_report",
        "use_class": "unit_report", "label": "抄表平台导出", "sender": "抄表平台",
        "columns": {
            "A": {"reads": "subject_code"}, "B": {"reads": "subject_name"},
            "C": {"reads": "month", "indicator": "output_value"},
        },
    }  # fmt: skip
    unit = next(item for item, _ in office.get(address).json()["units"] if "CNY" in item)
    taught["unit_means"] = unit
    office.post(f"{address}/try", **taught)
    assert office.post(address, **taught)["state"] == "checking"
    assert "platform_export" in {line["id"] for line in office.get("/api/layouts").json()}
