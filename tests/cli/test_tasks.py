"""Tasks as an office follows them: adopted, split and sent, collected and merged, imported, watched, supervised."""

import openpyxl
import pytest
from docx import Document

from tanheng.reports.task_sheets import HEADS

TABLE = "jin-fagai-2024-55.tasks"
YEAR = ("--period", "2024")
DAY = ("--known-on", "2024-07-15")
HEADINGS = [heading for _, heading, _ in HEADS]


@pytest.fixture
def office(tanheng):
    tanheng("init", "--pack", "cn_shanghai")
    tanheng("tasks", "adopt", TABLE)
    return tanheng


@pytest.fixture
def board(office, document):
    return document("tasks", "list", *YEAR, *DAY)


def report(path, **said):
    """Writes the same into every row of a sheet."""
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=3):
        if row[0].value:
            for heading, value in said.items():
                row[HEADINGS.index("完成率（%）" if heading == "完成率" else heading)].value = value
    book.save(path)


def one_of(board, id):
    return next(task for task in board["tasks"] if task["id"] == id)


def test_the_tasks_of_a_pack_are_listed_and_adopted_once(tanheng, document):
    tanheng("init", "--pack", "cn_shanghai")
    tables = {one["table"]: one["tasks"] for one in document("tasks", "adopt")["tables"]}
    assert sum(tables.values()) == 305
    assert document("tasks", "adopt", TABLE, "--dry-run")["recorded"]["new"] == tables[TABLE]
    assert document("tasks", "adopt", TABLE)["recorded"]["new"] == tables[TABLE]
    again = document("tasks", "adopt", TABLE)["recorded"]
    assert (again["new"], again["unchanged"]) == (0, tables[TABLE])


def test_a_table_that_no_pack_has_is_refused(tanheng):
    tanheng("init", "--pack", "cn_shanghai")
    assert TABLE in tanheng("tasks", "adopt", "jin-fagai-2024.tasks", exit_code=2).output


def test_without_tasks_the_next_step_is_named(tanheng):
    tanheng("init", "--pack", "cn_shanghai")
    assert "tanheng tasks adopt" in tanheng("tasks", "list", *YEAR, exit_code=2).output


def test_what_nobody_reported_on_is_silent_or_overdue_and_never_done(board):
    assert len(board["tasks"]) == 55
    assert {task["stand"] for task in board["tasks"]} <= {"silent", "overdue"}
    assert board["rules"] == {"behind_by": 20, "warn_days": 30, "stale_days": 45}


def test_a_department_has_a_page_of_its_duties_with_targets_in_words(office, document, tmp_path):
    office("targets", "adopt", "jin-fagai-2024-55.targets")
    whole = document("tasks", "list", *YEAR, *DAY)
    party = whole["tasks"][0]["lead"][0]
    found = document("tasks", "list", *YEAR, *DAY, "--party", party, "--out", tmp_path / "page")
    assert all(party in (*task["lead"], *task["supporting"]) for task in found["tasks"])
    assert {file.rpartition(".")[2] for file in found["files"]} == {"docx", "pdf", "xlsx"}
    book = openpyxl.load_workbook(next(file for file in found["files"] if file.endswith("xlsx")))
    text = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    assert "at_most" not in text and "down " not in text


def test_a_department_that_no_document_names_is_refused_with_those_that_are(office):
    said = office("tasks", "list", *YEAR, *DAY, "--party", "某某局", exit_code=2).output
    assert "某某局" in said and "区" in said


def test_sheets_go_out_come_back_are_merged_imported_and_seen(office, document, board, tmp_path):
    sent = document("tasks", "split", *YEAR, *DAY, "--out", tmp_path / "back")["files"]
    assert len(sent) > 3
    first, second, silent = sent[0], sent[1], sent[2]
    for item in sent:
        if item["party"] == silent["party"]:
            (tmp_path / "back" / item["file"]).unlink()
    report(tmp_path / "back" / first["file"], 进展情况="已完成", 完成率=100, 佐证编号="A-01")
    report(tmp_path / "back" / second["file"], 进展情况="推进中", 完成率=10)
    merged = document(
        "tasks", "merge", tmp_path / "back", *YEAR, *DAY, "--office", "某区双碳办", "--out", tmp_path / "out"
    )
    assert merged["missing"] == [silent["party"]]
    (letter,) = (file for file in merged["files"] if f"催报函_{silent['party']}" in file and file.endswith(".docx"))
    text = "".join(part.text for part in Document(letter).paragraphs)
    assert silent["party"] in text and "某区双碳办" in text and "年　　月" in text
    (table,) = (file for file in merged["files"] if file.endswith("汇总.xlsx"))
    office("import", table, "--published", "2024-07-10")
    found = document("tasks", "list", *YEAR, *DAY)
    led = [task for task in found["tasks"] if task["lead"] == [first["party"]]]
    assert led and {task["stand"] for task in led} == {"done"}
    late = [task for task in found["tasks"] if task["lead"] == [second["party"]] and task["completion"] == "10"]
    assert {task["stand"] for task in late} <= {"at_risk", "overdue", "due_soon"}
    assert found["unplaced"] == []
    before = document("tasks", "list", *YEAR, "--known-on", "2024-07-09")
    assert {task["stand"] for task in before["tasks"]} <= {"silent", "overdue"}


def test_the_next_round_carries_what_was_said_last(office, document, tmp_path):
    sent = document("tasks", "split", *YEAR, *DAY, "--out", tmp_path / "back")["files"]
    report(tmp_path / "back" / sent[0]["file"], 进展情况="已动员部署", 完成率=30)
    merged = document("tasks", "merge", tmp_path / "back", *YEAR, *DAY, "--out", tmp_path / "out")
    (table,) = (file for file in merged["files"] if file.endswith("汇总.xlsx"))
    office("import", table, "--published", "2024-07-10")
    document("tasks", "split", *YEAR, "--known-on", "2024-10-15", "--out", tmp_path / "again")
    book = openpyxl.load_workbook(tmp_path / "again" / sent[0]["file"])
    said = [row[HEADINGS.index("上次进展")].value for row in book.active.iter_rows(min_row=3)]
    assert "已动员部署" in said


def test_an_empty_folder_is_everybody_missing(office, document, tmp_path):
    (tmp_path / "nothing").mkdir()
    merged = document("tasks", "merge", tmp_path / "nothing", *YEAR, *DAY, "--out", tmp_path / "out")
    sent = document("tasks", "split", *YEAR, *DAY, "--out", tmp_path / "sent")["files"]
    assert len(merged["missing"]) == len(sent)
    assert not any(row.get("progress") for row in merged["rows"])


def test_a_leaders_note_is_opened_answered_returned_and_closed(office, document, board):
    task = board["tasks"][0]
    about = ("--task", task["id"], "--party", task["lead"][0], "--text", "请说明进展")
    note = document("tasks", "note", *about, "--due", "2024-08-31")
    number = note["number"]
    assert (note["state"], note["overdue"]) == ("opened", True)
    assert office("tasks", "move", number, "closed", "--text", "办结", "--evidence", "A", exit_code=2).output
    document("tasks", "move", number, "feedback", "--text", "正在办")
    document("tasks", "move", number, "returned", "--text", "请写明时间")
    document("tasks", "move", number, "feedback", "--text", "8月20日前完成")
    assert "--evidence" in office("tasks", "move", number, "closed", "--text", "办结", exit_code=2).output
    closed = document("tasks", "move", number, "closed", "--text", "办结", "--evidence", "A-07")
    assert [step["move"] for step in closed["steps"]] == ["opened", "feedback", "returned", "feedback", "closed"]
    assert document("tasks", "notes")["notes"][0]["overdue"] is False


def test_a_note_without_a_due_day_or_about_no_task_is_refused(office, board):
    task = board["tasks"][0]
    about = ("--party", task["lead"][0], "--text", "请说明进展")
    assert "--due" in office("tasks", "note", "--task", task["id"], *about, exit_code=2).output
    office("tasks", "note", "--task", "no-such-task", *about, "--due", "2024-08-31", exit_code=2)


def test_a_note_to_somebody_who_has_no_part_in_the_task_is_opened_and_doubted(office, board):
    task = board["tasks"][0]
    asked = ("tasks", "note", "--task", task["id"], "--text", "请说明进展", "--due")
    said = office(*asked, "2024-08-31", "--party", "无此局").output
    assert "请核对名称" in said and task["lead"][0] in said and "已过" in said
    assert "请核对" not in office(*asked, "2999-08-31", "--party", task["lead"][0]).output


def test_targets_are_listed_in_words(office, document):
    office("targets", "adopt", "jin-fagai-2024-55.targets")
    found = document("targets", "list", "--by", "2024")["targets"]
    assert found and all(one["demand"]["by"] == "2024" for one in found)
    assert "%" in office("targets", "list").stdout
