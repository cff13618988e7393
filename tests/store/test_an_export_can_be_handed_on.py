"""Exports: figures with unit and exact value, gaps empty, nothing that a spreadsheet would compute."""

import csv
from datetime import date

import openpyxl
import polars as pl
import pytest

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import Definition, IndicatorShape, MethodDefinition, PackSet
from tanheng.kernel.subject import Area, Directory
from tanheng.kernel.table import BOOLEAN, COUNT, DAY, TEXT, Table, digest
from tanheng.store import StoredResult, result_id, write_export
from tanheng.store.plain_text import inert

INDICATOR = IndicatorShape.model_validate(
    {"id": "co2", "label": {"zh": "排放", "en": "Emissions"}, "unit": "tCO2", "grid": "gCO2", "adds": "flow"}
)
METHOD = MethodDefinition.model_construct(id="m", label=INDICATOR.label, results=("co2",), clause="x#1", schemes={})
PACKS = PackSet((Definition("p", "p:1", INDICATOR), Definition("p", "p:2", METHOD)), {"p": "1"})
DIRECTORY = Directory(areas=(Area("area/c", {"zh": "=甲市", "en": "=City"}, "city"),))
KINDS = {
    "level": TEXT, "subject": TEXT, "period_start": DAY, "period_end": DAY,
    "co2": COUNT, "co2_missing": COUNT, "co2_unverified": BOOLEAN, "rows": COUNT, "filled": COUNT,
}  # fmt: skip
ROWS = [
    ("city", "area/c", date(2024, 1, 1), date(2025, 1, 1), 1234567890123, 0, True, 12, 2),
    ("city", "area/c", date(2024, 2, 1), date(2024, 3, 1), None, 1, False, 1, 0),
]


@pytest.fixture
def result():
    rows = [dict(zip(KINDS, values, strict=True)) for values in ROWS]
    figures = Table.of_rows(rows, KINDS, keys=tuple(KINDS)[:4])
    receipt = {"method": "m", "packs": {"p": "1"}, "figures": digest(figures), "entries": {}}
    finding = Finding("unit-unknown", "=cmd|x!A1", {"unit": "@SUM(A1)"}).as_json()
    return StoredResult(result_id(receipt), receipt, (finding,), figures)


def test_a_csv_opens_in_excel_with_units_exact_values_and_empty_gaps(result, tmp_path):
    path = tmp_path / "out.csv"
    write_export(result, path, pack_set=PACKS, directory=DIRECTORY)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0]["排放 (tCO2)"] == "1234567.890123"
    assert rows[0]["排放 精确值 (gCO2)"] == "1234567890123"
    assert rows[0]["报告期"] == "2024年"
    assert (rows[1]["排放 (tCO2)"], rows[1]["排放 缺数行"]) == ("", "1")
    assert (rows[0]["数据行"], rows[0]["其中填补行"]) == ("12", "2")


def test_a_workbook_has_figures_findings_factors_and_receipt_in_the_language_asked_for(result, tmp_path):
    for lang, names in (
        ("zh", ["数据", "发现", "因子", "回执"]),
        ("en", ["Figures", "Findings", "Factors", "Receipt"]),
    ):
        path = tmp_path / f"{lang}.xlsx"
        write_export(result, path, pack_set=PACKS, directory=DIRECTORY, lang=lang)
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == names
    (headings, first, second) = book["Figures"].iter_rows(values_only=True)
    figures = dict(zip(headings, first, strict=True))
    assert figures["Emissions (tCO2)"] == pytest.approx(1234567.890123)
    assert dict(zip(headings, second, strict=True))["Emissions (tCO2)"] is None
    assert ("figures", result.receipt["figures"]) in set(book["Receipt"].iter_rows(values_only=True))
    assert book["Figures"].freeze_panes == "A2"


def test_a_parquet_keeps_whole_numbers_and_names_the_unit_in_each_column(result, tmp_path):
    write_export(result, tmp_path / "out.parquet", pack_set=PACKS)
    frame = pl.read_parquet(tmp_path / "out.parquet")
    assert frame["co2_gCO2"].to_list() == [1234567890123, None]
    assert frame["level"].to_list() == ["city", "city"]


def test_no_text_of_an_export_is_a_formula(result, tmp_path):
    for ending in (".csv", ".xlsx"):
        write_export(result, tmp_path / f"out{ending}", pack_set=PACKS, directory=DIRECTORY)
    texts = [cell for row in csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()) for cell in row]
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "'=甲市" in texts
    assert all(cell.data_type != "f" for cell in cells)
    assert not [text for text in texts + [str(cell.value) for cell in cells] if text.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r1", " =1", "＝1", "\n=1"])
def test_text_that_a_spreadsheet_would_compute_is_made_inert(text):
    assert inert(text) == "'" + text


def test_the_same_result_exports_to_the_same_workbook(result, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_export(result, tmp_path / name, pack_set=PACKS)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_an_ending_that_is_none_of_the_three_is_refused(result, tmp_path):
    with pytest.raises(Refusal, match="export-kind-unknown"):
        write_export(result, tmp_path / "out.pdf", pack_set=PACKS)
    assert list(tmp_path.iterdir()) == []
