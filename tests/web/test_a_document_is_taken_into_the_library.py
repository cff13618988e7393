"""A document is uploaded, gone through proposal by proposal, registered, found, read and compared."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tanheng.kernel.subject import Area, Directory
from tanheng.records.obligation_models import Instrument, Obligation
from tanheng.records.verification import verify_chain, verify_kept
from tanheng.web.sources import comparison
from tanheng.web.sources.marked_text import Mark, pieces
from tanheng.web.sources.models import REGISTERED, Draft, DraftRow

PLAN = """某市2025年碳达峰碳中和工作要点

各区人民政府，市政府有关部门：

一、总体目标
全市单位生产总值能耗下降3%，单位生产总值二氧化碳排放量下降4%。（责任单位：市发展改革委）

二、重点任务
推进工业领域节能降碳，全年实施节能改造项目20个。（责任单位：市经济信息化委、市发展改革委）
加强公共机构能耗定额管理，完成绿色采购目录修订。（责任单位：市机管局）
"""


@pytest.fixture
def draft(client, result) -> Draft:
    file = SimpleUploadedFile("要点.txt", PLAN.encode(), content_type="text/plain")
    response = client.post("/library/upload/", {"file": file}, follow=True)
    assert response.status_code == 200
    return Draft.objects.get()


def _form(client, draft, row):
    """The form of a proposal as a browser would send it back."""
    html = client.get(f"/library/reviews/{draft.id}/{row.key}/").content.decode()
    fields = {f"cell:{heading}": row.cells[heading] for heading in re.findall(r'name="cell:([^"]+)"', html)}
    return {**fields, "version": str(row.version), "reason": ""}


def test_an_uploaded_document_becomes_proposals_and_nothing_is_recorded_yet(client, draft):
    assert draft.title == "某市2025年碳达峰碳中和工作要点"
    assert draft.rows.count() >= 4
    assert not Instrument.objects.exists()
    page = client.get(f"/library/reviews/{draft.id}/").content.decode()
    for row in draft.rows.all():
        assert f"/library/reviews/{draft.id}/{row.key}/" in page


def test_each_proposal_stands_beside_the_passage_it_was_read_from(client, draft):
    row = draft.rows.get(cells__指标="单位生产总值能耗")
    html = client.get(f"/library/reviews/{draft.id}/{row.key}/").content.decode()
    marked = re.search(r'<mark id="passage">(.+?)</mark>', html, re.S)[1]
    assert "单位生产总值能耗" in marked
    assert "3%" in marked


def test_a_review_is_corrected_registered_and_stands_in_the_log(client, draft):
    energy = draft.rows.get(cells__指标="单位生产总值能耗")
    sent = {**_form(client, draft, energy), "decision": "更正", "cell:数值": "3.5"}
    client.post(f"/library/reviews/{draft.id}/{energy.key}/", sent)
    others = [row.key for row in draft.rows.exclude(key=energy.key)]
    client.post(f"/library/reviews/{draft.id}/", {"accept": "1", "key": others[:-1]})
    rejected = draft.rows.get(key=others[-1])
    sent = {**_form(client, draft, rejected), "decision": "拒绝", "reason": "重复"}
    client.post(f"/library/reviews/{draft.id}/{rejected.key}/", sent)
    response = client.post(f"/library/reviews/{draft.id}/register/", follow=True)
    assert response.redirect_chain[-1][0] == f"/library/documents/{draft.instrument}/"
    draft.refresh_from_db()
    assert (draft.state, draft.position) == (REGISTERED, Instrument.objects.get().position)
    rows = {row.obligation.rpartition(".")[2]: row for row in Obligation.objects.all()}
    assert rows[energy.key].decision == "corrected"
    assert rows[energy.key].proposed["value"] == "3"
    assert rows[rejected.key].decision == "rejected"
    assert {row.decision for key, row in rows.items() if key in others[:-1]} == {"accepted"}
    assert verify_chain() == []
    assert verify_kept() == []


def test_a_rejection_without_a_reason_stays_on_the_form_and_blocks_registering(client, draft):
    row = draft.rows.first()
    sent = {**_form(client, draft, row), "decision": "拒绝"}
    response = client.post(f"/library/reviews/{draft.id}/{row.key}/", sent)
    assert response.status_code == 422
    assert "review-reason-missing" in response.content.decode()
    refused = client.post(f"/library/reviews/{draft.id}/register/")
    assert refused.status_code == 422
    assert not Instrument.objects.exists()


def test_two_people_who_edit_one_proposal_are_told_and_lose_nothing(client, as_role, draft):
    row = draft.rows.get(cells__指标="单位生产总值能耗")
    other = as_role("office")
    mine, theirs = _form(client, draft, row), _form(other, draft, row)
    other.post(f"/library/reviews/{draft.id}/{row.key}/", {**theirs, "decision": "更正", "cell:数值": "3.2"})
    response = client.post(f"/library/reviews/{draft.id}/{row.key}/", {**mine, "decision": "更正", "cell:数值": "2.8"})
    html = response.content.decode()
    assert response.status_code == 409
    assert 'value="2.8"' in html
    assert "他人所填： 3.2" in html
    assert DraftRow.objects.get(pk=row.pk).cells["数值"] == "3.2"


def test_the_same_file_sent_twice_opens_one_review(client, draft):
    again = SimpleUploadedFile("另一名称.txt", PLAN.encode())
    client.post("/library/upload/", {"file": again})
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("表.xlsx", b"PK", "document-kind-unknown"),
        ("../../etc/passwd", b"root", "document-kind-unknown"),
        ("坏.docx", b"PK\x03\x04 not a zip", "坏.docx"),
    ],
)
def test_a_file_that_is_no_document_is_refused_with_what_to_do(client, result, name, content, code):
    response = client.post("/library/upload/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert code in response.content.decode()
    assert not Draft.objects.exists()


def _registered(client, draft):
    client.post(f"/library/reviews/{draft.id}/", {"accept": "1", "key": [row.key for row in draft.rows.all()]})
    client.post(f"/library/reviews/{draft.id}/register/")
    return draft.instrument


def test_a_registered_document_is_read_by_clause_and_with_its_demands_marked(client, draft):
    id = _registered(client, draft)
    page = client.get(f"/library/documents/{id}/").content.decode()
    assert "重点任务" in page and "</a> 下降3%" in page
    text = client.get(f"/library/documents/{id}/text/").content.decode()
    for href in set(re.findall(r'href="(/library/documents/[^"]+/obligations/[^"]+)"', text)):
        passage = client.get(href).content.decode()
        assert "<mark>" in passage
        assert "接受" in passage


def test_search_finds_what_has_every_word_whatever_the_width_of_its_signs(client, draft):
    _registered(client, draft)
    html = client.get("/library/search/", {"q": "能耗 下降３％"}).content.decode()
    assert "<mark>能耗</mark>" in html
    assert "/obligations/" in html
    assert "没有同时含这些词" in client.get("/library/search/", {"q": "能耗 火星"}).content.decode()


def test_a_year_is_compared_with_the_year_before(client, draft):
    first = _registered(client, draft)
    later = PLAN.replace("2025", "2026").replace("下降3%", "下降4%")
    client.post("/library/upload/", {"file": SimpleUploadedFile("要点2.txt", later.encode())})
    second = _registered(client, Draft.objects.exclude(pk=draft.pk).get())
    html = client.get("/library/compare/", {"first": first, "second": second}).content.decode()
    assert "收紧" in html
    client.post(f"/library/documents/{first}/succeed/", {"later": second, "start": "2026-01-01", "reason": "新一年"})
    assert "起被替代" in client.get("/library/").content.decode()


def test_what_is_compared_is_named_and_not_numbered(db, monkeypatch):
    for name in ("_demand", "_verdict", "_why"):
        monkeypatch.setattr(comparison, name, lambda _: "")
    item = SimpleNamespace(target=SimpleNamespace(indicator="能耗强度下降", subject="area/x-north"))
    directory = Directory(areas=(Area("area/x-north", {"zh": "北区", "en": "North"}, "district"),))
    row = comparison._target(SimpleNamespace(first=None, second=item, verdict="added"), directory)
    assert row.about == "能耗强度下降 · 北区"


@pytest.mark.parametrize("role", ["unit", "leader", "town", "verifier", "department", "district"])
def test_only_whoever_adopts_takes_documents_in(as_role, draft, role):
    reader = as_role(role)
    for path in (f"/library/reviews/{draft.id}/", f"/library/reviews/{draft.id}/{draft.rows.first().key}/"):
        assert reader.get(path).status_code == 403
    sent = reader.post("/library/upload/", {"file": SimpleUploadedFile("a.txt", PLAN.encode())})
    assert sent.status_code == 403
    assert reader.get("/library/").status_code == (403 if role == "unit" else 200)


def test_a_script_in_a_document_or_a_file_name_is_shown_as_text(client, result):
    bad = PLAN.replace("绿色采购", "<script>alert(1)</script>")
    client.post("/library/upload/", {"file": SimpleUploadedFile("<img src=x onerror=alert(1)>.txt", bad.encode())})
    draft = Draft.objects.get()
    id = _registered(client, draft)
    for path in ("/library/", f"/library/documents/{id}/", f"/library/documents/{id}/text/"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_pieces_of_a_text_are_together_the_text():
    text = "甲乙丙丁戊"
    cut = pieces(text, [Mark((1, 4), "a"), Mark((2, 5), "b")], [(0, "一"), (3, "二")])
    assert "".join(piece.text for piece in cut) == text
    assert [(piece.text, piece.about) for piece in cut] == [
        ("甲", []),
        ("乙", ["a"]),
        ("丙", ["a", "b"]),
        ("丁", ["a", "b"]),
        ("戊", ["b"]),
    ]
    assert [piece.begins for piece in cut if piece.begins] == [["一"], ["二"]]
