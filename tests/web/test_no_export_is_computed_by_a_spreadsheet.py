"""A text that begins like a formula stays a text in every file that leaves the house."""

import csv
import io
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from tanheng.web.public import data_tables
from tanheng.web.rules.views import factor

ROOMS = ("cli", "papers", "policy", "records", "reports", "store", "web")
SOURCE = Path(__file__).resolve().parents[2] / "src" / "tanheng"
# what made-up cities and simulated meters write is read by us alone
TRICK = '=HYPERLINK("http://evil.example","x")'


def writers() -> list[Path]:
    found = (path for room in ROOMS for path in (SOURCE / room).rglob("*.py"))
    return [path for path in found if re.search(r"csv\.(Dict)?[wW]riter\(|\.Workbook\(", path.read_text("utf-8"))]


@pytest.mark.parametrize("path", writers(), ids=lambda path: path.name)
def test_whatever_writes_a_table_keeps_texts_from_being_formulas(path):
    text = path.read_text("utf-8")
    if "csv." in text:
        assert "inert" in text, "put each text through store.plain_text.inert"
    for _ in re.findall(r"xlsxwriter\.Workbook\(", text):
        assert '"strings_to_formulas": False' in text
    assert "openpyxl.Workbook(" not in text, "openpyxl takes a text that begins with = for a formula"


@pytest.mark.parametrize("sign", "=+-@＝＋－＠\t")
def test_a_name_that_begins_like_a_formula_is_text_in_open_data(sign, monkeypatch):
    row = dict.fromkeys((column.name for column in data_tables.COLUMNS), "x") | {"name_zh": f"{sign}1+1", "value": "-5"}
    monkeypatch.setattr(data_tables, "data_rows", lambda table, site: [row])
    (line,) = csv.DictReader(io.StringIO(data_tables.csv_text(None, "").lstrip("\ufeff")))
    assert line["name_zh"].startswith("'")
    assert line["value"] == "-5"


def test_a_note_of_a_factor_that_begins_like_a_formula_is_text_in_its_file(monkeypatch):
    monkeypatch.setattr(factor, "factor_rows", lambda id: [["note"], [TRICK]])
    told = factor.factor_csv(SimpleNamespace(), "any").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(told)))[1] == [f"'{TRICK}"]
