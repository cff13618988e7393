"""`tanheng policy compare`, `draft` and `consult` as people and programs use them."""

import json

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.policy.test_drafts_of_plans import CITY, LAST


@pytest.fixture
def plans(tmp_path):
    paths = {}
    for name, text in {"city": CITY, "last": LAST, "below": LAST.replace("2025", "2026")}.items():
        paths[name] = tmp_path / f"{name}.txt"
        paths[name].write_text(text, "utf-8")
    return paths


def test_a_comparison_is_a_table_a_workbook_a_paper_and_one_document(tanheng, document, plans, tmp_path):
    files = plans["city"], plans["below"]
    found = document(
        "policy", "compare", *files, "--district", "--xlsx", tmp_path / "c.xlsx", "--docx", tmp_path / "c.docx"
    )
    assert found["kind"] == "district" and found["counts"]["targets"]["weaker"] == 1
    (weaker,) = [line for line in found["targets"] if line["verdict"] == "weaker"]
    assert (weaker["indicator_id"], weaker["difference"], weaker["unit"]) == ("energy_per_gdp", 0.5, "%")
    assert load_workbook(tmp_path / "c.xlsx").sheetnames == ["说明", "指标", "任务"]
    assert any("差0.5个百分点" in paragraph.text for paragraph in Document(str(tmp_path / "c.docx")).paragraphs)
    assert "弱于市级" in tanheng("policy", "compare", *files, "--district").stdout


def test_people_read_the_verdicts_in_their_language(tanheng, plans, monkeypatch):
    monkeypatch.setenv("TANHENG_LANG", "en")
    said = tanheng("policy", "compare", plans["city"], plans["below"], "--district").stdout
    assert "unanswered" in said and "below what the city asks by 0.5 points" in said


def test_what_is_no_plan_the_same_file_twice_and_an_unknown_name_are_refused(tanheng, plans, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("关于开会的函\n\n请届时参加。\n", "utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_bytes(plans["city"].read_bytes())
    assert "同一份文件" in tanheng("policy", "compare", plans["city"], copy, exit_code=2).stderr
    assert "tanheng policy read" in tanheng("policy", "compare", plans["city"], letter, exit_code=2).stderr
    assert "tanheng policy accept" in tanheng("policy", "compare", plans["city"], "nobody", exit_code=2).stderr


def test_a_registered_document_is_compared_with_a_file(site, document, plans, tmp_path):
    book = tmp_path / "review.xlsx"
    site("policy", "read", plans["city"], "--xlsx", book)
    review = load_workbook(book)
    for name in ("目标", "任务"):
        heads = [cell.value for cell in review[name][1]]
        for row in range(2, review[name].max_row + 1):
            review[name].cell(row, heads.index("决定") + 1, "接受")
    review.save(book)
    site("policy", "accept", book, "--document", plans["city"], "--id", "city-2026")
    later = tmp_path / "later.txt"
    later.write_text(CITY.replace("2026", "2027").replace("3.5%", "4%"), "utf-8")
    found = document("policy", "compare", "city-2026", later)
    verdicts = {line["indicator_id"]: line["verdict"] for line in found["targets"]}
    assert verdicts["energy_per_gdp"] == "tightened" and verdicts["hydrogen_stations"] == "kept"
    assert found["counts"]["tasks"] == {"kept": 2}


def test_a_draft_goes_out_for_opinions_and_they_come_back(tanheng, document, plans, tmp_path):
    out, sent = tmp_path / "draft", tmp_path / "sent"
    arguments = ("--city", plans["city"], "--last", plans["last"], "--area", "青石区", "--year", "2026", "--out", out)
    made = document("policy", "draft", *arguments)
    assert made["year"] == 2026 and "征求意见稿.docx" in made["files"] and made["unanswered"]
    assert "待补" in tanheng("policy", "draft", *arguments).stdout
    assert len(document("policy", "consult", out, "--send", sent)["files"]) == len(list(sent.iterdir()))
    (sent / "意见采纳情况表_区经委.xlsx").unlink()
    back = document("policy", "consult", out, "--collect", sent)
    assert (
        back["missing"] == ["区经委"]
        and json.loads((out / "opinions.json").read_text("utf-8"))["draft"] == made["digest"]
    )


def test_a_broken_request_says_what_to_do_next(tanheng, plans, tmp_path):
    base = ("policy", "draft", "--city", plans["city"], "--last", plans["last"], "--out", tmp_path / "o")
    assert "名录" in tanheng(*base, "--area", "月球区", "--year", "2026", exit_code=2).stderr
    assert "--year" in tanheng(*base, "--area", "青石区", "--year", "2025", exit_code=2).stderr
    assert not (tmp_path / "o").exists()
    assert "--send" in tanheng("policy", "consult", tmp_path, exit_code=2).stderr
    assert (
        "tanheng policy draft" in tanheng("policy", "consult", tmp_path, "--send", tmp_path / "s", exit_code=2).stderr
    )


def test_figures_that_are_neither_a_file_nor_a_result_are_refused(site, plans, tmp_path):
    base = ("policy", "draft", "--city", plans["city"], "--last", plans["last"], "--out", tmp_path / "o")
    site(*base, "--area", "青石区", "--year", "2026", "--figures", "nothing", exit_code=2)


def test_the_totals_of_the_area_in_a_result_are_shown_beside_its_targets(city, document, plans, tmp_path):
    run = document("run", "unit_energy_and_co2", "--period", "2024", "--scheme", "city_inventory")
    area = next(figure["label"]["zh"] for figure in run["figures"] if figure["level"] == "district")
    last = tmp_path / "own.txt"
    own = LAST.replace("青石区", area).replace("新增光伏装机\t3万千瓦", "二氧化碳排放量\t控制在3万吨以内")
    last.write_text(own, "utf-8")
    made = document(
        "policy", "draft", "--city", plans["city"], "--last", last, "--area", area, "--year", "2026",
        "--out", tmp_path / "o", "--figures", run["result"],
    )  # fmt: skip
    (shown,) = [target["actual"] for target in made["targets"] if target["actual"]]
    assert shown.startswith("二氧化碳排放量 ") and "tCO2" in shown
