"""Sheets of tasks go out to departments and come back in any state; nothing of it is taken for progress by mistake."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tanheng.kernel.fact import KeptField, KeptRow
from tanheng.kernel.obligation import Task
from tanheng.kernel.obligation.tracking import folded, tracked
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.pack.task_schedule import TaskSchedules
from tanheng.kernel.subject import Directory
from tanheng.reports.task_files import write_merged
from tanheng.reports.task_merge import comparable, merge
from tanheng.reports.task_sheets import HEADS, sheets_of, write_sheets, write_table
from tests.kernel.world import packs

DAY = date(2026, 7, 15)
HEADINGS = [heading for _, heading, _ in HEADS]


def task(number: int, label: str, lead: str, *supporting: str) -> Task:
    id = f"plan-2026.k{number:03d}"
    names = Label(zh=label, en=label)
    return Task(
        id,
        names,
        "plan-2026#1",
        number=str(number),
        schedule="年内完成",
        lead_parties=(lead,),
        supporting_parties=supporting,
    )


TASKS = [
    task(1, "完成节能诊断", "区经委", "各镇"),
    task(2, "推进屋顶光伏", "区发改委", "区经委"),
    task(3, "公共机构改造", "区机管局"),
]


def board():
    said = {"task": KeptField("完成节能诊断", "x"), "progress": KeptField("已完成两家", "x")}
    rows = [KeptRow("tasks", None, None, said, "x", date(2026, 4, 1), 1)]
    return tracked(TASKS, rows, DAY, 2026, packs().get(TaskSchedules, "task_schedules"))


@pytest.fixture
def sent(tmp_path):
    sheets = sheets_of(board())
    write_sheets(tmp_path / "back", sheets, 2026)
    return tmp_path / "back", sheets


def fill(path: Path, **by_id: dict[str, object]) -> None:
    """Writes into the rows of a sheet: by the last digits of a task's id, headings and what stands there."""
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=3):
        for ending, cells in by_id.items():
            if row[0].value and row[0].value.endswith(ending.lstrip("k")):
                for heading, value in cells.items():
                    row[HEADINGS.index(heading)].value = value
    book.save(path)


def merged(folder, sheets):
    return merge(folder, sheets, packs(), Directory(), DAY)


def codes(found) -> list[str]:
    return sorted({finding.code for finding in found.findings})


def row(found, number: int) -> dict[str, str]:
    return next(item for item in found.rows if item["task_id"].endswith(f"{number:03d}"))


def test_every_department_gets_its_tasks_and_what_it_said_last(sent):
    folder, sheets = sent
    assert [(sheet.party, [item.task.number for item in sheet.tasks]) for sheet in sheets] == [
        ("区发改委", ["2"]),
        ("区机管局", ["3"]),
        ("区经委", ["1", "2"]),
        ("各镇", ["1"]),
    ]
    cells = [cell.value for cell in openpyxl.load_workbook(folder / "任务进展表_区经委.xlsx").active[3]]
    assert cells[HEADINGS.index("上次进展")] == "已完成两家"
    assert cells[HEADINGS.index("时限")] == "2026-12-31"
    assert cells[HEADINGS.index("进展情况")] is None


def test_the_same_tasks_make_the_same_bytes(tmp_path):
    first, second = (write_sheets(tmp_path / name, sheets_of(board()), 2026) for name in "ab")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_what_comes_back_whole_is_merged_and_the_lead_party_counts(sent):
    folder, sheets = sent
    fill(
        folder / "任务进展表_区经委.xlsx",
        k001={"进展情况": "完成12家", "完成率（%）": 60},
        k002={"进展情况": "配合选址"},
    )
    fill(folder / "任务进展表_区发改委.xlsx", k002={"进展情况": "并网3兆瓦", "完成率（%）": 40, "佐证编号": "B-01"})
    fill(folder / "任务进展表_区机管局.xlsx", k003={"进展情况": "改造4处", "状态": "推进中"})
    fill(folder / "任务进展表_各镇.xlsx", k001={"进展情况": "各镇已动员"})
    found = merged(folder, sheets)
    assert (codes(found), found.missing, found.conflicts) == ([], [], [])
    assert (row(found, 1)["progress"], row(found, 1)["completion"]) == ("完成12家", "60")
    assert (row(found, 2)["progress"], row(found, 2)["evidence"]) == ("并网3兆瓦", "B-01")


def test_who_did_not_answer_is_named_and_has_no_progress(sent):
    folder, sheets = sent
    (folder / "任务进展表_区机管局.xlsx").unlink()
    found = merged(folder, sheets)
    assert [sheet.party for sheet in found.missing] == ["区机管局"]
    assert "progress" not in row(found, 3)


def test_an_empty_cell_is_named_and_is_not_no_progress(sent):
    folder, sheets = sent
    found = merged(folder, sheets)
    assert codes(found) == ["return-row-empty"]
    assert not any(item.get("progress") for item in found.rows)


def test_a_renamed_file_is_known_by_its_tasks(sent):
    folder, sheets = sent
    fill(folder / "任务进展表_区机管局.xlsx", k003={"进展情况": "改造4处"})
    (folder / "任务进展表_区机管局.xlsx").rename(folder / "新建 Microsoft Excel 工作表.xlsx")
    assert row(merged(folder, sheets), 3)["progress"] == "改造4处"


def test_two_sheets_of_one_department_are_a_conflict_with_both_values(sent):
    folder, sheets = sent
    fill(folder / "任务进展表_区机管局.xlsx", k003={"进展情况": "改造4处", "完成率（%）": 50})
    copy = folder / "任务进展表_区机管局（更正）.xlsx"
    copy.write_bytes((folder / "任务进展表_区机管局.xlsx").read_bytes())
    fill(copy, k003={"进展情况": "改造6处", "完成率（%）": 80})
    found = merged(folder, sheets)
    assert {"return-twice", "return-conflict"} <= set(codes(found))
    assert {one.field for one in found.conflicts} == {"progress", "completion"}


def test_departments_that_disagree_on_completion_are_a_conflict_and_the_lead_stands(sent):
    folder, sheets = sent
    fill(folder / "任务进展表_区经委.xlsx", k002={"进展情况": "配合选址", "完成率（%）": 90})
    fill(folder / "任务进展表_区发改委.xlsx", k002={"进展情况": "并网3兆瓦", "完成率（%）": 40})
    found = merged(folder, sheets)
    assert [one.said for one in found.conflicts] == [
        (("区发改委（任务进展表_区发改委.xlsx）", "40"), ("区经委（任务进展表_区经委.xlsx）", "90"))
    ]
    assert row(found, 2)["completion"] == "40"


def test_changed_wording_foreign_rows_and_new_rows_are_named_and_nothing_is_lost(sent):
    folder, sheets = sent
    path = folder / "任务进展表_区机管局.xlsx"
    fill(path, k003={"任务": "公共机构节能改造（调整）", "进展情况": "改造4处"})
    book = openpyxl.load_workbook(path)
    book.active.append(["plan-2026.k002", "2", "推进屋顶光伏", "区发改委", "", "", "", "代报"])
    book.active.append(["", "", "新增任务甲", "区机管局", "", "", "", "已开展"])
    book.save(path)
    found = merged(folder, sheets)
    assert {"return-wording-changed", "return-row-foreign", "return-row-unknown"} <= set(codes(found))
    assert row(found, 3)["task"] == "公共机构改造"
    assert "progress" not in row(found, 2)


def test_a_row_that_was_cut_out_is_named(sent):
    folder, sheets = sent
    path = folder / "任务进展表_区经委.xlsx"
    book = openpyxl.load_workbook(path)
    book.active.delete_rows(4)
    book.save(path)
    assert "return-row-absent" in codes(merged(folder, sheets))


def test_what_is_no_sheet_of_tasks_is_named_and_the_rest_is_merged(sent):
    folder, sheets = sent
    (folder / "说明.xlsx").write_bytes(b"no workbook at all")
    (folder / "~$任务进展表_区经委.xlsx").write_bytes(b"a lock file of a program that is open")
    fill(folder / "任务进展表_区机管局.xlsx", k003={"进展情况": "改造4处"})
    found = merged(folder, sheets)
    assert [finding.place for finding in found.findings if finding.code == "return-unreadable"] == ["说明.xlsx"]
    assert row(found, 3)["progress"] == "改造4处"


def test_the_merged_table_goes_out_again_and_reads_as_it_was_written(sent, tmp_path):
    folder, sheets = sent
    fill(folder / "任务进展表_区机管局.xlsx", k003={"进展情况": "改造4处", "完成率（%）": 50, "佐证编号": "C-02"})
    (folder / "任务进展表_各镇.xlsx").unlink()
    found = merged(folder, sheets)
    files = write_merged(tmp_path / "out", found, 2026, DAY, packs())
    assert {path.suffix for path in files} == {".xlsx", ".docx", ".pdf"}
    assert any("催报函_各镇" in path.name for path in files)
    again = tmp_path / "again"
    write_table(again / "任务进展表_区机管局.xlsx", "区机管局任务进展表", [row(found, 3)])
    assert row(merged(again, sheets), 3)["evidence"] == "C-02"


def test_what_supporting_parties_say_stands_beside_the_merged_table(sent, tmp_path):
    folder, sheets = sent
    fill(
        folder / "任务进展表_区经委.xlsx",
        k001={"进展情况": "完成12家"},
        k002={"进展情况": "配合选址", "存在问题": "缺地"},
    )
    fill(folder / "任务进展表_区发改委.xlsx", k002={"进展情况": "并网3兆瓦"})
    found = merged(folder, sheets)
    assert row(found, 2)["progress"] == "并网3兆瓦"
    assert (
        "推进屋顶光伏",
        "区经委（任务进展表_区经委.xlsx）",
        {"progress": "配合选址", "problems": "缺地"},
    ) in found.beside
    paths = write_merged(tmp_path / "out", found, 2026, DAY, packs())
    (book,) = [path for path in paths if "冲突与未退回" in path.name and path.suffix == ".xlsx"]
    cells = {cell.value for cells in openpyxl.load_workbook(book)["汇总表之外"] for cell in cells}
    assert "进展情况：配合选址；存在问题：缺地" in cells


def test_a_row_that_was_copied_and_changed_is_a_conflict_with_both_values(sent):
    folder, sheets = sent
    path = folder / "任务进展表_区机管局.xlsx"
    fill(path, k003={"进展情况": "改造4处", "完成率（%）": 40})
    book = openpyxl.load_workbook(path)
    book.active.append([90 if cell.value == 40 else cell.value for cell in book.active[3]])
    book.save(path)
    found = merged(folder, sheets)
    assert "return-row-twice" in codes(found)
    (conflict,) = found.conflicts
    assert [text for _, text in conflict.said] == ["40", "90"]


def test_seven_and_a_half_per_cent_is_not_seventy_five(sent):
    said = [("发改委（a.xlsx）", "7.5"), ("经信委（b.xlsx）", "75")]
    assert len({comparable("completion", text) for _, text in said}) == 2
    assert comparable("completion", "7.50%") == comparable("completion", "7.5")


def test_a_wording_in_other_quotation_marks_is_the_same_wording_wherever_it_is_compared():
    assert folded("推广“光伏+储能”，") == folded('推广"光伏+储能"')


def test_a_formula_without_a_result_is_named_and_is_no_empty_cell(sent):
    folder, sheets = sent
    fill(folder / "任务进展表_区机管局.xlsx", k003={"进展情况": "改造4处", "完成率（%）": "=40+20"})
    found = merged(folder, sheets)
    (said,) = [finding for finding in found.findings if finding.code == "formula-without-value"]
    assert said.place.endswith("!I3")


@pytest.mark.parametrize("odd", [150, -5, 0.6, "约七成"])
def test_a_completion_that_is_no_percentage_is_asked_about(sent, odd):
    folder, sheets = sent
    fill(folder / "任务进展表_区机管局.xlsx", k003={"进展情况": "改造4处", "完成率（%）": odd})
    assert "return-completion-odd" in codes(merged(folder, sheets))


def test_a_sheet_without_its_headings_did_not_come_back(sent):
    folder, sheets = sent
    path = folder / "任务进展表_区机管局.xlsx"
    fill(path, k003={"进展情况": "改造4处"})
    book = openpyxl.load_workbook(path)
    book.active.delete_rows(1, 2)
    book.save(path)
    found = merged(folder, sheets)
    assert "return-unreadable" in codes(found) and "return-row-absent" not in {
        finding.code for finding in found.findings if path.name in finding.place
    }
    assert "区机管局" in [sheet.party for sheet in found.missing]


def test_a_letter_or_a_picture_among_the_sheets_is_named(sent):
    folder, sheets = sent
    (folder / "区机管局回复.docx").write_bytes(b"x")
    assert [item.place for item in merged(folder, sheets).findings if item.code == "return-no-sheet"] == [
        "区机管局回复.docx"
    ]


def test_a_sheet_of_another_year_is_told_from_this_years(sent):
    folder, sheets = sent
    path = folder / "任务进展表_区机管局.xlsx"
    fill(path, k003={"进展情况": "改造4处"})
    book = openpyxl.load_workbook(path)
    book.active["A1"] = str(book.active["A1"].value).replace("2026", "2025")
    book.save(path)
    found = merge(folder, sheets, packs(), Directory(), DAY, 2026)
    assert [item.place for item in found.findings if item.code == "return-other-year"] == [path.name]
