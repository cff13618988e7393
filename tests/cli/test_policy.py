"""From a document to obligations on the command line: read, reviewed in a workbook, registered, replaced, written."""

import shutil
from datetime import date

import openpyxl
import pytest
import yaml

from tanheng.kernel.faults import CODES
from tanheng.policy.proposals import TaskProposal
from tanheng.policy.review_words import PROPOSALS
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import read_packs

DOCUMENTS = SHIPPED_PACKS / "linjiang" / "documents"
TARGETS, TASKS = "目标", "任务"


class Sheet:
    """A sheet of a review as a person fills it in: cells by row and heading."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.at = {cell.value: cell.column for cell in sheet[1]}

    def __len__(self):
        return self.sheet.max_row - 1

    def put(self, row, **cells):
        for heading, value in cells.items():
            self.sheet.cell(row + 1, self.at[heading]).value = value

    def get(self, row, heading):
        return self.sheet.cell(row + 1, self.at[heading]).value

    def row_of(self, quote):
        return next(row for row in range(1, len(self) + 1) if quote in str(self.get(row, "原文")))

    def decide_all(self, decision="接受"):
        for row in range(1, len(self) + 1):
            self.put(row, 决定=decision)


class Workbook:
    """A review on disk: opened, filled in, saved."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.targets, self.tasks = Sheet(self.book[TARGETS]), Sheet(self.book[TASKS])

    def save(self):
        self.book.save(self.path)
        return self.path


@pytest.fixture
def reviewed(tanheng, tmp_path):
    """Reads a fictional document into a workbook beside a copy of it."""
    tanheng("init", "--pack", "linjiang")

    def read(name="city_plan_2025.txt"):
        shutil.copy(DOCUMENTS / name, tmp_path / name)
        path = tmp_path / f"{name}.xlsx"
        tanheng("policy", "read", tmp_path / name, "--xlsx", path)
        return Workbook(path)

    return read


@pytest.fixture
def accepted(reviewed, document):
    """The city's plan with everything accepted."""
    book = reviewed()
    book.targets.decide_all(), book.tasks.decide_all()
    return document("policy", "accept", book.save(), "--id", "lj-2025")


def codes(answer, severity=None):
    return sorted({item["code"] for item in answer["findings"] if severity in (None, item["severity"])})


def refused(result, code):
    """Whether a command was refused with the next step of a code."""
    return CODES[code].do_zh.partition("{")[0] in result.output


def test_every_proposal_has_a_row_with_its_quote_clause_and_place(reviewed, document):
    book = reviewed()
    reading = document("policy", "read", DOCUMENTS / "city_plan_2025.txt")
    assert (len(book.targets), len(book.tasks)) == (len(reading["targets"]), len(reading["tasks"]))
    for row, target in enumerate(reading["targets"], 1):
        assert (book.targets.get(row, "原文"), book.targets.get(row, "条款")) == (target["quote"], target["clause"])
        assert book.targets.get(row, "位置").startswith("city_plan_2025.txt:")
    assert book.book.sheetnames == ["说明", TARGETS, TASKS, "文稿问题", "条款", PROPOSALS]
    assert book.book[PROPOSALS].sheet_state == "veryHidden"


def test_the_sheets_have_lists_to_choose_from_and_headings_that_stay(reviewed):
    book = reviewed()
    sheet = book.book[TARGETS]
    assert sheet.freeze_panes == "E2"
    offered = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert '"接受,更正,拒绝,待定"' in offered
    assert '"确保,力争"' in offered


def test_no_text_of_a_document_is_computed_by_a_spreadsheet(tanheng, tmp_path):
    tanheng("init")
    plan = tmp_path / "plan.txt"
    text = "\n".join(
        ["某市2026年节能安排", "一、目标", '=HYPERLINK("http://x","点")。单位生产总值能耗下降3%。', "=1+1", ""]
    )
    plan.write_text(text, "utf-8")
    tanheng("policy", "read", plan, "--xlsx", tmp_path / "out.xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx") for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell.value for cell in cells if str(cell.value).startswith("=") and cell.parent.title != PROPOSALS]


def test_a_workbook_that_nobody_filled_in_registers_nothing(reviewed, document):
    book = reviewed()
    answer = document("policy", "accept", book.path)
    assert answer["recorded"]["position"] is not None  # the document itself is recorded
    assert (answer["recorded"]["new"], answer["undecided"]) == (0, len(book.targets) + len(book.tasks))
    assert document("policy", "list")["obligations"] == []


def test_what_is_accepted_becomes_obligations_with_their_clause(accepted, document):
    assert (accepted["undecided"], accepted["findings"]) == (0, [])
    found = document("policy", "list")["obligations"]
    assert len(found) == accepted["recorded"]["new"] == accepted["recorded"]["accepted"]
    floor = next(item for item in found if item.get("tier") == "floor")
    assert (floor["clause"], floor["demand"]["value"], floor["demand"]["operator"]) == ("lj-2025#一", "2.8", "down")
    task = next(item for item in found if item["schema"] == "task/1" and item.get("number") == "10")
    assert (task["lead_parties"], task["open_list"]) == (["市双碳工作办公室"], True)


def test_the_same_workbook_once_more_registers_nothing_new(accepted, tanheng, document, tmp_path):
    again = document("policy", "accept", tmp_path / "city_plan_2025.txt.xlsx", "--id", "lj-2025")
    assert (again["recorded"]["new"], again["recorded"]["changed"], again["recorded"]["position"]) == (0, 0, None)
    assert "未登记" in tanheng("policy", "accept", tmp_path / "city_plan_2025.txt.xlsx", "--id", "lj-2025").stdout


def test_a_trial_says_what_would_be_registered_and_registers_nothing(reviewed, document):
    book = reviewed()
    book.targets.put(1, 决定="接受")
    answer = document("policy", "accept", book.save(), "--dry-run")
    assert (answer["recorded"]["new"], answer["recorded"]["position"]) == (1, None)
    assert document("policy", "list")["obligations"] == []


def test_a_correction_keeps_the_old_value_beside_the_new(reviewed, document, tanheng):
    book = reviewed()
    row = book.targets.row_of("能源消费增量")
    book.targets.put(row, 决定="更正", 数值=17.5, 牵头单位="市发展改革委、市统计局", 理由="以盖章件为准")
    (decision,) = document("policy", "accept", book.save(), "--id", "lj")["decisions"]
    assert decision["decision"] == "corrected"
    assert decision["proposed"] == {"value": "18", "value_norm": "180000", "lead_parties": []}
    shown = document("policy", "show", decision["id"])
    assert (shown["demand"]["value"], shown["lead_parties"]) == ("17.5", ["市发展改革委", "市统计局"])
    assert (shown["demand"]["value_norm"], shown["label"]["zh"]) == ("175000", "能源消费增量 不超过17.5万吨标准煤")
    assert shown["decisions"][0]["reason"] == "以盖章件为准"
    assert "原提议 value: 18" in tanheng("policy", "show", decision["id"]).stdout


def test_another_unit_takes_the_normalised_value_with_it_and_a_label_of_ones_own_stays(reviewed, document):
    book = reviewed()
    row = book.targets.row_of("能源消费增量")
    book.targets.put(row, 决定="更正", 单位="万吨", 短标签="增量上限")
    (decision,) = document("policy", "accept", book.save())["decisions"]
    shown = document("policy", "show", decision["id"])
    assert shown["label"]["zh"] == "增量上限"
    assert shown["demand"] == {"operator": "at_most", "value": "18", "unit": "万吨", "by": "2025"}


def one_more(source, reading):
    """A proposer as a site may plug one in."""
    at = source.text.index("约谈")
    return [TaskProposal("", "", "约谈落后区", "三", (at, at + 2))]


def test_what_another_proposer_proposes_bears_its_name_and_is_reviewed_alike(tanheng, document, tmp_path):
    tanheng("init")
    shutil.copy(DOCUMENTS / "city_plan_2025.txt", tmp_path)
    out = tmp_path / "review.xlsx"
    tanheng("policy", "read", tmp_path / "city_plan_2025.txt", "--xlsx", out, "--proposer", f"{__name__}:one_more")
    book = Workbook(out)
    row = next(row for row in range(1, len(book.tasks) + 1) if book.tasks.get(row, "提议者") != "grammar")
    book.tasks.put(row, 决定="接受", 牵头单位="市双碳工作办公室")
    (decision,) = document("policy", "accept", book.save())["decisions"]
    assert document("policy", "show", decision["id"])["proposer"] == f"{__name__}:one_more"


def test_what_is_rejected_is_kept_with_its_reason_and_is_no_obligation(reviewed, document):
    book = reviewed()
    book.targets.put(1, 决定="拒绝", 理由="与目标表重复")
    answer = document("policy", "accept", book.save())
    assert [(item["decision"], item["reason"]) for item in answer["decisions"]] == [("rejected", "与目标表重复")]
    assert document("policy", "list")["obligations"] == []


def test_a_row_that_a_reviewer_adds_is_a_proposal_of_the_reviewer(reviewed, document):
    book = reviewed()
    row = len(book.targets) + 1
    book.targets.put(
        row,
        原文="对进度落后的区，由市双碳工作办公室约谈",
        决定="接受",
        指标="落后区约谈",
        要求="定性",
        类型="定性",
        短标签="约谈落后区",
    )
    (decision,) = document("policy", "accept", book.save(), "--id", "lj")["decisions"]
    shown = document("policy", "show", decision["id"])
    assert (shown["proposer"], shown["clause"], shown["passage"]["text"]) == (
        "reviewer", "lj#三", "对进度落后的区，由市双碳工作办公室约谈",
    )  # fmt: skip


def test_everything_wrong_with_a_workbook_is_told_at_once_with_its_cell(reviewed, document):
    book = reviewed()
    sheet = book.targets
    sheet.decide_all()
    sheet.put(1, 原文="单位生产总值能耗下降 9%")
    sheet.put(2, 决定="也许")
    sheet.put(3, 决定="拒绝")
    sheet.put(4, 数值="很多", 目标期="明年", 层次="一定")
    sheet.put(5, 数值=None)
    sheet.put(6, 编号="t-00000000")
    sheet.put(7, 编号=sheet.get(8, "编号"))
    sheet.put(len(sheet) + 1, 原文="文件里没有的一句话", 决定="接受")
    answer = document("policy", "accept", book.save(), exit_code=1)
    assert codes(answer, "blocker") == [
        "review-cell-unreadable", "review-decision-unknown", "review-fixed-changed", "review-quote-nowhere",
        "review-reason-missing", "review-row-missing", "review-row-twice", "review-row-unknown",
    ]  # fmt: skip
    assert answer["recorded"] is None
    places = {finding["place"] for finding in answer["findings"] if finding["code"] == "review-cell-unreadable"}
    columns = [openpyxl.utils.get_column_letter(sheet.at[heading]) for heading in ("数值", "目标期", "层次")]
    assert {f"{book.path.name}!{TARGETS}!{column}5" for column in columns} <= places
    assert document("policy", "list")["obligations"] == []


def test_a_removed_column_and_a_removed_row_are_told(reviewed, document):
    book = reviewed()
    book.book[TASKS].delete_rows(3)
    book.book[TARGETS].delete_cols(book.targets.at["决定"])
    assert codes(document("policy", "accept", book.save(), exit_code=1)) == [
        "review-heading-missing",
        "review-row-missing",
    ]


def test_a_choice_that_says_less_than_the_cells_is_told_and_not_lost(reviewed, document):
    book = reviewed()
    book.targets.put(1, 决定="接受", 数值=2.9)
    book.targets.put(2, 决定="更正")
    book.targets.put(3, 数值=9)
    answer = document("policy", "accept", book.save())
    assert codes(answer) == [
        "review-accepted-with-changes", "review-corrected-without-changes", "review-open-with-changes",
    ]  # fmt: skip
    assert [item["decision"] for item in answer["decisions"]] == ["corrected", "accepted"]


def test_another_document_and_a_workbook_with_other_proposals_are_refused(reviewed, tanheng, tmp_path):
    book = reviewed()
    (tmp_path / "city_plan_2025.txt").write_text("另一份文件", "utf-8")
    assert refused(tanheng("policy", "accept", book.path, "--json", exit_code=2), "review-document-differs")
    (tmp_path / "city_plan_2025.txt").unlink()
    assert refused(tanheng("policy", "accept", book.path, "--json", exit_code=2), "review-document-missing")
    shutil.copy(DOCUMENTS / "city_plan_2025.txt", tmp_path)
    hidden = book.book[PROPOSALS]
    hidden["A1"].value = hidden["A1"].value.replace("2.8", "1.8")
    assert refused(tanheng("policy", "accept", book.save(), "--json", exit_code=2), "review-workbook-foreign")


def test_a_workbook_that_is_none_of_ours_is_refused(tanheng, tmp_path):
    tanheng("init")
    openpyxl.Workbook().save(tmp_path / "x.xlsx")
    assert refused(tanheng("policy", "accept", tmp_path / "x.xlsx", "--json", exit_code=2), "review-workbook-foreign")


def test_an_obligation_is_shown_in_the_text_that_demands_it(accepted, document, tanheng):
    id = next(item["id"] for item in document("policy", "list")["obligations"] if item.get("tier") == "floor")
    shown = document("policy", "show", id)["passage"]
    text = (DOCUMENTS / "city_plan_2025.txt").read_text("utf-8")
    assert shown["before"] + shown["text"] + shown["after"] in text
    assert "2.8%" in shown["text"]
    assert f"【{shown['text']}】" in tanheng("policy", "show", id.removeprefix("lj-2025.")).stdout


def test_a_district_plan_in_word_is_reviewed_like_any_other(reviewed, document):
    book = reviewed("district_plan_2025.docx")
    book.targets.decide_all()
    document("policy", "accept", book.save(), "--id", "lj-dongpu-2025")
    found = document("policy", "list", "--instrument", "lj-dongpu-2025")["obligations"]
    towns = {
        item["subject"]: item["demand"]["value"] for item in found if item["clause"].startswith("lj-dongpu-2025#附件2")
    }
    assert towns == {"青石镇": "-3", "柳桥镇": "-2.5", "望江街道": "-1", "东浦工业园": "-4.5"}
    shown = document("policy", "show", found[0]["id"])
    assert shown["passage"]["text"]


def test_what_a_plan_demanded_ends_when_another_takes_its_place(accepted, reviewed, document):
    later = reviewed("district_plan_2025.docx")
    document("policy", "accept", later.path, "--id", "lj-2026")
    answer = document("policy", "supersede", "lj-2025", "lj-2026", "--from", "2026-03-01", "--reason", "新年度")
    assert len(answer["ends"]) == accepted["recorded"]["new"]
    before, after = (document("policy", "list", "--on", day)["obligations"] for day in ("2026-02-28", "2026-03-01"))
    assert {item["counts"] for item in before} == {True}
    assert {item["counts"] for item in after} == {False}
    assert after[0]["ended_by"] == {"kind": "supersedes", "later": "lj-2026", "from": "2026-03-01"}


def test_an_amendment_ends_one_target_and_leaves_the_others(accepted, reviewed, document, tanheng):
    document("policy", "accept", reviewed("district_plan_2025.docx").path, "--id", "notice")
    first = document("policy", "list")["obligations"][0]["id"]
    tanheng("policy", "supersede", "lj-2025", "notice", "--amends", "--ends", first, "--from", str(date(2025, 9, 1)))
    after = document("policy", "list", "--on", "2025-10-01")["obligations"]
    assert [item["id"] for item in after if not item["counts"]] == [first]
    assert "修改" in tanheng("policy", "list", "--on", "2025-10-01").stdout


def test_accepted_obligations_are_written_as_a_pack_that_loads(accepted, document, tmp_path):
    answer = document("policy", "write", "--pack", tmp_path / "packs" / "our_city")
    assert len(answer["files"]) == accepted["recorded"]["new"] + 2
    packs, findings = read_packs(folders=[tmp_path / "packs"])
    assert [finding.message("en") for finding in findings] == []
    one = next((tmp_path / "packs" / "our_city" / "obligations").glob("*.yaml"))
    assert yaml.safe_load(one.read_text("utf-8"))["schema"] in {"target/1", "task/1"}
    assert len(packs.definitions) == len(answer["files"])


def test_the_log_answers_for_obligations_and_their_document(accepted, document, tmp_path):
    assert document("audit", "verify")["intact"]
    text = (tmp_path / "city_plan_2025.txt").read_bytes()
    kept = [path for path in (tmp_path / "home" / "blobs").rglob("*") if path.is_file() and path.read_bytes() == text]
    kept[0].unlink()
    answer = document("audit", "verify", exit_code=1)
    assert codes(answer) == ["blob-not-found"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "nothing"], "obligation-unknown"),
        (["list", "--instrument", "nothing"], "instrument-unknown"),
        (["list", "--position", "99"], "log-position-unknown"),
        (["supersede", "a", "b"], "instrument-unknown"),
        (["accept", "none.xlsx"], "workbook-not-found"),
    ],
)
def test_a_question_about_what_is_not_there_is_refused(site, arguments, code):
    assert refused(site("policy", *arguments, "--json", exit_code=2), code)
