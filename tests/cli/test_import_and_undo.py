"""Importing files and folders, looking before importing, and taking an import back."""

import openpyxl
import pytest

GOOD = ("2024-03", "柴油", "吨", "4.32")
BAD = ("2024-04", "煤油灯", "吨", "1")


@pytest.fixture
def folder(tmp_path, sheet):
    """A folder with a good workbook, a bad one and a list of the days on which they were published."""
    (tmp_path / "year" / "2024-03").mkdir(parents=True)
    (tmp_path / "year" / "2024-04").mkdir()
    sheet(GOOD).rename(tmp_path / "year" / "2024-03" / "book.xlsx")
    sheet(BAD).rename(tmp_path / "year" / "2024-04" / "book.xlsx")
    (tmp_path / "year" / "2024-03" / "~$book.xlsx").write_bytes(b"open")
    (tmp_path / "year" / "published.csv").write_text("文件,发布日期\n2024-03/book.xlsx,2024-04-20\n", "utf-8-sig")
    return tmp_path / "year"


def test_a_bad_file_of_a_folder_is_rejected_whole_and_the_others_are_recorded(site, document, folder):
    answer = document("import", folder, "--published", "2024-06-01", exit_code=1)
    assert not answer["imported"]
    told = {file["file"]: file for file in answer["files"]}
    assert list(told) == ["2024-03/book.xlsx", "2024-04/book.xlsx"]
    assert (told["2024-03/book.xlsx"]["new"], told["2024-03/book.xlsx"]["rejected"]) == (1, False)
    assert told["2024-03/book.xlsx"]["position"] is not None
    assert (told["2024-04/book.xlsx"]["position"], told["2024-04/book.xlsx"]["rejected"]) == (None, True)
    assert [finding["place"] for finding in answer["findings"]] == ["2024-04/book.xlsx!能耗月报!D4"]
    assert "退回 1 个：2024-04/book.xlsx" in site("import", folder, exit_code=1).stdout


def test_each_file_of_a_folder_has_its_own_day_of_publication(site, document, folder):
    answer = document("import", folder, "--published", "2024-06-01", exit_code=1)
    assert [file["published"] for file in answer["files"]] == ["2024-04-20", "2024-06-01"]


def test_a_folder_imported_once_more_adds_nothing(site, document, folder):
    (folder / "2024-04" / "book.xlsx").unlink()
    first = document("import", folder)
    again = document("import", folder)
    assert (first["files"][0]["new"], again["files"][0]["new"], again["files"][0]["unchanged"]) == (1, 0, 1)
    assert again["files"][0]["position"] is None
    assert "日志未增加" in site("import", folder).stdout


def test_what_is_no_table_in_a_folder_is_said_and_holds_nothing_up(site, document, folder):
    (folder / "2024-04" / "book.xlsx").unlink()
    (folder / "scan.jpg").write_bytes(b"\xff\xd8picture")
    (folder / "cut.xlsx").write_bytes(b"PK\x03\x04 cut short")
    answer = document("import", folder, exit_code=1)
    found = {finding["code"]: finding for finding in answer["findings"]}
    assert found["file-passed-over"]["place"] == "scan.jpg"
    assert found["workbook-unreadable"]["place"] == "cut.xlsx"
    assert [file["rejected"] for file in answer["files"]] == [False, True]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("file,day\na.xlsx,2024-01-01\n", ":1"),
        ("file,published\nbook.xlsx,1. Mai\n", ":2"),
        ("file,published\na\n", ":2"),
    ],
)
def test_a_list_of_days_that_cannot_be_read_is_refused_with_its_line(site, folder, content, place):
    (folder / "published.csv").write_text(content, "utf-8")
    assert f"published.csv{place}" in site("import", folder, exit_code=2).stderr


def test_a_folder_without_workbooks_and_a_path_to_nothing_are_refused(site, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "没有工作簿" in site("import", tmp_path / "empty", exit_code=2).stderr
    assert "nowhere.xlsx" in site("import", tmp_path / "nowhere.xlsx", exit_code=2).stderr


def test_a_dry_run_shows_old_and_new_value_with_both_cells_and_writes_nothing(site, document, sheet):
    document("import", sheet(GOOD), "--published", "2024-04-20")
    revised = sheet(("2024-03", "柴油", "吨", "4.86"), ("2024-04", "柴油", "吨", "5"), name="new.xlsx")
    before = document("audit", "verify")["position"]
    answer = document("import", revised, "--published", "2024-05-20", "--dry-run")
    assert document("audit", "verify")["position"] == before
    assert not answer["imported"]
    changed, new = answer["files"][0]["lines"]
    assert (changed["outcome"], changed["value"], changed["cell"]) == ("changed", "4.86", "new.xlsx!能耗月报!F4")
    assert (changed["earlier"]["value"], changed["earlier"]["cell"]) == ("4.32", "book.xlsx!能耗月报!F4")
    assert (new["outcome"], new["earlier"]) == ("new", None)
    text = site("import", revised, "--published", "2024-05-20", "--dry-run").stdout
    assert "4.32 吨 [book.xlsx!能耗月报!F4] → 4.86 吨 [new.xlsx!能耗月报!F4]" in text


def test_a_dry_run_judges_a_file_as_if_those_before_it_were_recorded(site, document, sheet):
    first, second = sheet(GOOD, name="a.xlsx"), sheet(GOOD, ("2024-04", "柴油", "吨", "5"), name="b.xlsx")
    foreseen = document("import", first, second, "--dry-run")["files"]
    done = document("import", first, second)["files"]
    counts = [(file["new"], file["changed"], file["unchanged"]) for file in foreseen]
    assert counts == [(file["new"], file["changed"], file["unchanged"]) for file in done] == [(1, 0, 0), (1, 0, 1)]


def test_the_list_to_mail_back_names_every_problem_cell_and_every_change(site, document, sheet, tmp_path):
    document("import", sheet(GOOD), "--published", "2024-04-20")
    book = sheet(("2024-03", "柴油", "吨", "4.86"), BAD, ("2024-05", "柴油", "吨", "约五吨"), name="new.xlsx")
    site("import", book, "--published", "2024-06-20", "--dry-run", "--xlsx", tmp_path / "back.xlsx", exit_code=1)
    made = openpyxl.load_workbook(tmp_path / "back.xlsx")
    problems = [row[:3] for row in made["问题"].iter_rows(min_row=2, values_only=True)]
    assert problems == [("new.xlsx", "能耗月报", "D5"), ("new.xlsx", "能耗月报", "F6")]
    (change,) = made["数据"].iter_rows(min_row=2, values_only=True)
    assert change[1] == "变更"
    assert change[6:11] == ("4.32 t", "book.xlsx!能耗月报!F4", "4.86", "t", "new.xlsx!能耗月报!F4")
    assert ".csv" in site("import", book, "--xlsx", tmp_path / "back.csv", exit_code=2).stderr


def test_an_import_is_found_in_the_log_and_undone(site, document, sheet):
    first = document("import", sheet(GOOD), "--published", "2024-04-20", "--actor", "王芳")["files"][0]["position"]
    undone = document("undo", first, "--reason", "错发")
    assert (undone["undone"], undone["rows"], undone["file"]) == (first, 1, "book.xlsx")
    (listed,) = document("log")["imports"]
    assert (listed["position"], listed["undone_by"], listed["actor"], listed["new"]) == (
        first, undone["position"], "王芳", 1,
    )  # fmt: skip
    assert "book.xlsx" in site("log").stdout
    assert "王芳" in site("log").stdout
    assert document("audit", "verify")["intact"] is True
    assert "已由第" in site("undo", first, exit_code=2).stderr
    assert document("import", sheet(GOOD), "--published", "2024-04-20")["files"][0]["new"] == 1


def test_an_undoing_says_which_file_to_import_again(site, sheet):
    site("import", sheet(GOOD, name="a.xlsx"))
    site("import", sheet(GOOD, ("2024-04", "柴油", "吨", "5"), name="b.xlsx"))
    text = site("undo", 2).stdout
    assert "请把“b.xlsx”再导入一次" in text
    assert "已撤销第 2 号导入“a.xlsx”的 1 条数据" in text


def test_a_log_without_imports_says_so(site):
    assert "还没有导入过" in site("log").stdout


@pytest.fixture
def tasks(site, tmp_path):
    """The progress of two tasks, on our own template."""
    path = tmp_path / "tasks.xlsx"
    site("template", "task_progress", "--period", "2024-03", "--out", path)
    book = openpyxl.load_workbook(path)
    for row, name in enumerate(("推进公共机构光伏建设", "淘汰落后电机"), 4):
        for column, text in enumerate((row - 3, name, "机管局", "教育局", "新增5兆瓦", "已并网2.1兆瓦\n其余施工"), 1):
            book.worksheets[0].cell(row, column).value = text
    book.save(path)
    return path


def test_rows_that_are_no_figures_are_kept_as_they_stand_and_only_once(site, document, tasks):
    first = document("import", tasks)["files"][0]
    assert (first["kept"], first["new"]) == (2, 0)
    assert document("import", tasks)["files"][0]["position"] is None
    told = document("log", first["position"])
    assert [row["fields"]["task"] for row in told["rows"]] == ["推进公共机构光伏建设", "淘汰落后电机"]
    assert told["rows"][0]["fields"]["progress"] == "已并网2.1兆瓦\n其余施工"
    assert told["rows"][0]["place"].startswith("tasks.xlsx!任务进展!")
    assert "淘汰落后电机" in site("log", first["position"]).stdout
    assert document("audit", "verify")["intact"] is True


def test_kept_rows_are_gone_after_the_undoing_and_come_back_with_their_file(site, document, tasks):
    position = document("import", tasks)["files"][0]["position"]
    undone = document("undo", position)
    assert (undone["rows"], undone["kept"]) == (0, 2)
    assert document("log", position)["rows"] == []
    assert document("import", tasks)["files"][0]["kept"] == 2
    assert document("audit", "verify")["intact"] is True


def test_the_rows_of_an_event_that_is_no_import_are_refused(site):
    assert "不是一次导入" in site("log", 77, exit_code=2).stderr


@pytest.fixture
def returns(tmp_path):
    """A form 规上工业汇总表 with one firm of the demo city: single statistical returns."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet.append(["规模以上工业企业能源消费与产值汇总表（2024年1-3月）"])
    sheet.append(["单位：吨标准煤、万元、%"])
    sheet.append(
        ["序号", "企业名称", "统一社会信用代码", "行业代码", "属地", "综合能源消费量", "", "", "", "工业总产值", "", ""]
    )
    sheet.append([*[None] * 5, "本月", "1-本月", "上年同期", "增速", "1-本月", "上年同期", "增速"])
    sheet.append([1, "恒达机械厂", "91LJ00000000000001", "3411", None, 0, 3456.78, 3400, 1.7, 42000, 41000, 2.4])
    for columns in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:I3", "J3:L3"):
        sheet.merge_cells(columns)

    def make(value, name):
        sheet["F5"] = value
        book.save(tmp_path / name)
        return tmp_path / name

    return make


def test_a_dry_run_lists_confidential_returns_without_their_values(site, document, returns, tmp_path):
    document(
        "import",
        returns(1234.56, "规上工业汇总表.xlsx"),
        "--published",
        "2024-04-20",
        "--layout",
        "above_scale_industry",
    )
    path = returns(4321.5, "规上工业汇总表-更正.xlsx")
    asked = ("import", path, "--published", "2024-05-20", "--layout", "above_scale_industry", "--dry-run")
    answer = document(*asked, "--xlsx", tmp_path / "back.xlsx")
    lines = answer["files"][0]["lines"]
    (changed,) = [line for line in lines if line["outcome"] == "changed"]
    assert {line["use_class"] for line in lines} == {"individual_statistics"}
    assert (changed["value"], changed["earlier"]["value"]) == (None, None)
    assert changed["earlier"]["cell"].endswith("!F5")
    text = site(*asked).stdout
    listed = [str(cell) for row in openpyxl.load_workbook(tmp_path / "back.xlsx")["数据"].values for cell in row]
    assert not any("4321.5" in said or "1234.56" in said for said in (text, *listed))
    assert "个体统计数据，不显示" in text


def test_a_file_in_the_wrong_unit_is_doubted_by_the_dry_run_and_by_the_import(site, document, sheet):
    months = [f"2024-{month:02}" for month in range(1, 5)]
    site("import", sheet(*((month, "柴油", "吨", "4.32") for month in months)), "--published", "2024-06-01")
    slipped = sheet(*((month, "柴油", "吨", "4320") for month in months))
    for options in (["--dry-run"], []):
        answer = document("import", slipped, "--published", "2024-07-01", *options)
        (finding,) = [item for item in answer["findings"] if item["code"] == "unit-slip-suspected"]
        assert (finding["severity"], finding["fields"]["count"], finding["fields"]["factor"]) == (
            "warning",
            "4",
            "1,000",
        )
