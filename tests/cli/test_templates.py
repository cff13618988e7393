"""`tanheng template`: made for an area or a unit, filled in, imported, and read back cell by cell."""

import openpyxl
import pytest


@pytest.fixture
def filled(site, document, tmp_path):
    """The template for a unit of the demo city, with two amounts and a note."""
    path = tmp_path / "sent.xlsx"
    told = document(
        "template", "unit_energy_monthly", "--for", "facility/lj-hengda", "--period", "2024-03", "--out", path
    )
    assert (told["version"], told["rows"]) == (3, 6)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = {sheet.cell(row, 4).value: row for row in range(4, 10)}
    sheet.cell(rows["柴油"], 7).value = 4.321
    sheet.cell(rows["电力"], 7).value = 17.05
    sheet.cell(rows["柴油"], 8).value = "备用机组\n①号"
    book.save(path)
    return path


def test_a_template_is_sent_filled_in_and_imported(document, filled):
    answer = document("import", filled, "--published", "2024-04-20", "--dry-run")
    lines = {line["dimensions"]["carrier"]: line for line in answer["files"][0]["lines"]}
    assert (lines["diesel"]["value"], lines["electricity"]["value"]) == ("4.321", "17.05")
    assert lines["diesel"]["period"] == "2024-03"
    assert document("import", filled, "--published", "2024-04-20")["files"][0]["new"] == 2


def test_every_cell_that_was_filled_in_can_be_read_back(site, document, filled):
    told = document("template", "unit_energy_monthly", "--read", filled)
    assert (told["version"], told["marked"]) == (3, True)
    (row,) = [row["values"] for row in told["rows"] if "note" in row["values"]]
    assert (row["note"], row["value"]) == ("备用机组\n①号", "4.321")
    assert "备用机组" in site("template", "unit_energy_monthly", "--read", filled).stdout


def test_an_area_gets_the_units_that_lie_in_it(site, document, tmp_path):
    told = document(
        "template", "unit_energy_monthly", "--for", "area/linjiang", "--period", "2024-03", "--out", tmp_path / "a.xlsx"
    )
    assert told["rows"] > 6
    assert told["rows"] % 6 == 0
    assert "预填" in site("template", "task_progress", "--out", tmp_path / "b.xlsx").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("unit_energy_monthly", "--for", "area/nowhere", "--out", "x.xlsx"), "area/nowhere"),
        (("unit_energy_report", "--for", "area/linjiang", "--out", "x.xlsx"), "一份只填一家单位"),
        (("form_of_nobody", "--out", "x.xlsx"), "form_of_nobody"),
        (("task_progress", "--out", "x.csv"), ".csv"),
        (("task_progress",), "--out"),
    ],
)
def test_a_template_that_cannot_be_made_is_refused(site, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert said in site("template", *arguments, exit_code=2).stderr
    assert list(tmp_path.glob("x.*")) == []


def test_an_area_and_its_districts_get_rows_for_their_figures_and_these_are_imported(site, document, tmp_path):
    path = tmp_path / "areas.xlsx"
    told = document("template", "area_figures", "--for", "area/linjiang", "--period", "2024", "--out", path)
    assert told["rows"] == 4 * 17  # the city and its three districts
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["J5"] = 1204.5
    book.save(path)
    (file,) = document("import", path, "--published", "2025-03-20")["files"]
    assert file["new"] == 1


def test_an_area_that_is_not_there_gets_no_rows(site, tmp_path):
    told = site("template", "area_figures", "--for", "area/nowhere", "--out", tmp_path / "x.xlsx", exit_code=2)
    assert "area/nowhere" in told.stderr
