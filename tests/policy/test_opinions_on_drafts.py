"""Tables of opinions that go out to departments and come back."""

import pytest
from openpyxl import load_workbook

from tanheng.kernel.faults import Refusal
from tanheng.policy.consulting import collected, file_of, parties_of, send
from tanheng.policy.consulting_files import DATA, PAPER, WORKBOOK, write_consultation
from tanheng.policy.drafting_files import read_draft
from tanheng.policy.plan_words import PlanWords
from tanheng.store.packs import load_packs

TOWN = {
    "id": "2-1",
    "annex": "towns",
    "subject": "云台镇",
    "indicator": "单耗",
    "demand": "降1%",
    "parties": ["云台镇"],
}
WHOLE = {
    "id": "1-1",
    "annex": "targets",
    "subject": "青石区",
    "indicator": "能耗",
    "demand": "降3%",
    "parties": ["区发改委"],
}
DRAFT = {
    "digest": "d1",
    "title": "青石区2026年重点工作安排",
    "targets": [
        WHOLE,
        TOWN,
    ],
    "tasks": [
        {"id": "4-1", "text": "创建绿色工厂", "lead_parties": ["区经委"],
         "supporting_parties": ["区发展改革委", "各镇"]},
        {"id": "4-2", "text": "财政资金统筹", "lead_parties": ["〔待补：无对应部门〕"], "supporting_parties": []},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def words():
    return PlanWords.of(load_packs(["cn_national"]))


@pytest.fixture
def out(tmp_path, words):
    send(tmp_path, DRAFT, words)
    return tmp_path


@pytest.fixture
def answer(out):
    """Fills in rows of the table of a party: row number, opinion, reason, outcome."""

    def fill(party, *rows):
        path = out / file_of(party)
        book = load_workbook(path)
        for row, opinion, reason, outcome in rows:
            for column, text in zip((4, 5, 6), (opinion, reason, outcome), strict=True):
                book["意见"].cell(row, column, text)
        book.save(path)

    return fill


def test_every_party_gets_its_items_and_a_group_is_its_towns(words):
    found = parties_of(DRAFT, words)
    assert {party: [id for id, _ in items] for party, items in found.items()} == {
        "区发改委": ["1-1", "4-1"],
        "云台镇": ["2-1", "4-1"],
        "区经委": ["4-1"],
    }


def test_opinions_come_back_as_adopted_partly_not_or_open_with_their_reasons(out, words, answer):
    answer("区发改委", (2, "改为2.5%", "", "采纳"), (3, "删除", "与市级要求一致", "部分采纳"))
    answer("区经委", (2, "改为3家", "", "不采纳，已沟通一致"))
    answer("云台镇", (2, "无", "", ""), (3, "推迟", "", ""))
    found = collected(out, DRAFT, words)
    assert [(item.party, item.item, item.outcome.value, item.reason) for item in found.opinions] == [
        ("云台镇", "4-1", "open", ""),
        ("区发改委", "1-1", "adopted", ""),
        ("区发改委", "4-1", "partly", "与市级要求一致"),
        ("区经委", "4-1", "not", "已沟通一致"),
    ]
    assert [finding.code for finding in found.findings] == ["consult-undecided"]


def test_an_opinion_that_is_not_adopted_needs_a_reason_and_an_unknown_outcome_is_told(out, words, answer):
    answer("区经委", (2, "改为3家", "", "不采纳"))
    answer("区发改委", (2, "改为2.5%", "", "再议"))
    codes = {finding.code for finding in collected(out, DRAFT, words).findings}
    assert codes == {"consult-reason-missing", "consult-outcome-unreadable"}


def test_an_opinion_written_as_a_formula_without_its_result_is_named_and_not_taken_for_none(out, words, answer):
    answer("区经委", (2, '="改为"&3&"家"', "", "采纳"))
    found = collected(out, DRAFT, words)
    assert [(finding.code, finding.place) for finding in found.findings] == [
        ("formula-without-value", f"{file_of('区经委')}!意见!D2")
    ]


def test_every_table_that_has_not_come_back_is_listed(out, words):
    (out / file_of("区经委")).unlink()
    found = collected(out, DRAFT, words)
    assert (found.missing, found.returned) == (("区经委",), ("云台镇", "区发改委"))
    assert [finding.code for finding in found.findings] == ["consult-return-missing"]


def test_a_table_on_another_draft_a_second_copy_and_a_file_of_another_kind_are_told_and_not_used(out, words, answer):
    answer("区经委", (2, "改为3家", "", "采纳"))
    (out / "副本.xlsx").write_bytes((out / file_of("区经委")).read_bytes())
    (out / "其他.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    found = collected(out, DRAFT, words)
    assert len(found.opinions) == 1
    assert sorted(finding.code for finding in found.findings) == ["consult-return-foreign", "consult-return-twice"]
    assert collected(out, {**DRAFT, "digest": "d2"}, words).opinions == ()


def test_a_row_that_a_department_added_is_kept(out, words, answer):
    answer("区经委", (3, "另加一项任务", "工作需要", "采纳"))
    (opinion,) = collected(out, DRAFT, words).opinions
    assert (opinion.item, opinion.opinion) == ("", "另加一项任务")


def test_what_came_back_is_written_as_workbook_word_and_data(out, words, answer, tmp_path):
    answer("区经委", (2, "-改为3家", "", "采纳"))
    folder = tmp_path / "summary"
    write_consultation(folder, collected(out, DRAFT, words), DRAFT, words)
    assert {path.name for path in folder.iterdir()} == {WORKBOOK, PAPER, DATA}
    cells = [cell.value for cell in load_workbook(folder / WORKBOOK)["意见汇总"][2]]
    assert cells[1] == "区经委" and cells[5] == "采纳" and not str(cells[3]).startswith("-")


def test_a_folder_without_a_draft_is_refused(tmp_path):
    with pytest.raises(Refusal) as refused:
        read_draft(tmp_path)
    assert refused.value.code == "consult-draft-unreadable"
