"""The command as a person and as another program use it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tanheng.cli import main

PLAN = Path(__file__).parent / "documents" / "province_work_plan.txt"
FIELDS = {
    "instrument": {"title", "number", "issuer", "date", "periods"},
    "clauses": {"address", "heading", "span"},
    "targets": {
        "indicator", "indicator_id", "subject", "operator", "value", "value_high", "unit", "value_norm", "unit_norm",
        "base_period", "target_period", "tier", "force", "kind", "lead_parties", "supporting_parties", "clause",
        "quote", "span",
    },
    "tasks": {
        "number", "category", "text", "schedule", "lead_parties", "supporting_parties", "open_list", "clause", "span",
    },
    "findings": {"code", "severity", "message", "span", "suggestion"},
}  # fmt: skip


@pytest.fixture
def tanheng(monkeypatch):
    monkeypatch.delenv("TANHENG_LANG", raising=False)

    def run(*arguments, exit_code=0):
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert result.exit_code == exit_code, result.output
        return result

    return run


def test_the_json_document_has_every_field_of_the_contract(tanheng):
    document = json.loads(tanheng("policy", "read", PLAN, "--json").stdout)
    assert set(document) == set(FIELDS)
    assert set(document["instrument"]) >= FIELDS["instrument"]
    for name in ("clauses", "targets", "tasks", "findings"):
        assert all(set(item) >= FIELDS[name] for item in document[name])
        assert document[name]


def test_every_span_of_the_json_document_lies_in_the_file(tanheng):
    document = json.loads(tanheng("policy", "read", PLAN, "--json").stdout)
    text = PLAN.read_text("utf-8")
    for target in document["targets"]:
        start, end = target["span"]
        assert "".join(text[start:end].split()) == "".join(target["quote"].split())


def test_people_get_tables_of_targets_and_tasks_in_their_language(tanheng, monkeypatch):
    chinese = tanheng("policy", "read", PLAN).stdout
    assert "新增光伏装机" in chinese and "不少于 300万千瓦" in chinese and "省能源局" in chinese
    monkeypatch.setenv("TANHENG_LANG", "en")
    english = tanheng("policy", "read", PLAN).stdout
    assert "at least 300万千瓦" in english and "all to be reviewed" in english


def test_a_workbook_that_is_called_a_document_is_refused_with_a_next_step(tanheng, tmp_path):
    file = tmp_path / "plan.docx"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "tanheng import" in tanheng("policy", "read", file, exit_code=2).stderr


def test_a_document_with_a_page_that_was_not_read_blocks(tanheng, tmp_path):
    from tests.policy.pdf_of_lines import pdf

    file = tmp_path / "plan.pdf"
    file.write_bytes(pdf([["一、目标：2026年新增光伏装机60万千瓦。"], []]))
    tanheng("policy", "read", file, exit_code=1)


def test_the_document_above_is_compared_with(tanheng, tmp_path):
    above, below = tmp_path / "city.txt", tmp_path / "district.txt"
    above.write_text("青河市2026年工作安排\n\n一、目标\n\n全市单位地区生产总值能耗下降3.5%。\n", "utf-8")
    below.write_text("青石区2026年工作安排\n\n一、目标\n\n全区单位地区生产总值能耗下降3%。\n", "utf-8")
    document = json.loads(tanheng("policy", "read", below, "--parent", above, "--json").stdout)
    assert [finding["code"] for finding in document["findings"]] == ["policy-parent-asks-more"]
