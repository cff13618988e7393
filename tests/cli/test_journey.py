"""One figure from workbook to export, and a publication that still gives its digest after the world has moved on."""

import csv
from dataclasses import replace

from openpyxl import load_workbook

from tanheng.records import publishing
from tanheng.records.site_files import blobs

RUN = ("run", "unit_energy_and_co2", "--period", "2024", "--known-on")
THEN, NOW = "2025-06-30", "2026-06-30"


def test_a_figure_goes_from_workbook_to_publication_and_is_repeated_after_a_revision(city, document, tmp_path):
    then = document(*RUN, THEN)
    assert then["receipt"]["parameters"]["known_on"] == THEN
    publication = document("publish", then["result"], "--title", "2024年", "--figure", "co2@area/linjiang@2024")
    now = document(*RUN, NOW)
    assert now["receipt"]["figures"] != then["receipt"]["figures"]
    comparison = document("compare", publication["publication"], now["result"])
    assert {"factor": "grid_electricity_average", "before": ["shanghai-2022"], "after": ["shanghai-2023"]} in (
        comparison["entries"]
    )
    assert comparison["figures"]
    assert [(item["before"]["amount"], item["after"]["amount"]) for item in comparison["amounts"]] == [
        (4.32, 4.86),
        (46.875, 45.36),
    ]
    assert comparison["amounts"][0]["after"]["source"].endswith("2024年能耗月报更正.xlsx!能耗月报!F4")
    assert not comparison["same_digest"]
    repetition = document("repeat", publication["publication"])
    assert repetition["same"]
    assert repetition["digest_now"] == then["receipt"]["figures"]
    city("export", publication["publication"], "--out", tmp_path / "out.xlsx")
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["数据", "发现", "因子", "回执"]


def test_a_run_gives_every_subject_with_address_value_unit_and_status(city, document):
    figures = document(*RUN, THEN)["figures"]
    whole = {figure["address"]: figure for figure in figures}
    assert len(whole) == len(figures) == 3 * 20  # ten areas and ten units, three columns
    co2 = whole["co2@area/linjiang@2024"]
    assert (co2["unit"], co2["display"]) == ("gCO2", {"value": "146,400.430", "unit": "tCO2"})
    assert co2["label"] == {"zh": "临江市", "en": "Linjiang"}
    towns = [figure for figure in figures if figure["level"] == "town" and figure["column"] == "co2"]
    assert sum(figure["value"] for figure in towns) == co2["value"]


def test_the_table_of_a_run_stays_readable_in_a_pipe(city):
    lines = city(*RUN, THEN).stdout.splitlines()
    city_line = next(line for line in lines if line.startswith("临江市"))
    assert city_line.split() == ["临江市", "58,958.838", "80,200.326*", "146,400.430"]
    town_line = next(line for line in lines if "青石镇" in line)
    assert town_line.startswith("    青石镇")  # below its district, and not cut
    assert not any(line != line.rstrip() or "\x1b" in line or "…" in line for line in lines)


def test_a_gap_is_filled_only_where_the_run_names_the_method(city, document):
    run = ("run", "unit_energy_and_co2", "--period", "2023", "--known-on", NOW, "--fill", "adjacent_mean")
    result = document(*run)
    assert [finding["code"] for finding in result["findings"] if finding["code"].startswith("gap")] == ["gap-filled"]
    filled = document("explain", result["result"], "co2@area/linjiang@2023")
    assert [(fill["period"], fill["method"]) for fill in filled["fills"]] == [("2023-08", "adjacent_mean")]
    assert (filled["gaps"], filled["status"]["filled"]) == ([], 1)


def test_a_filled_amount_is_marked_wherever_the_command_line_shows_its_figure(city, document):
    run = ("run", "unit_energy_and_co2", "--period", "2023", "--known-on", NOW, "--fill", "adjacent_mean")
    result = document(*run)
    assert {figure["status"]["filled"] for figure in result["figures"] if figure["level"] == "city"} == {1}
    shown = city(*run).stdout
    assert "[补 1]" in shown and "“adjacent_mean”" in shown
    explained = city("explain", result["result"], "co2@area/linjiang@2023").stdout
    assert "填补 1 行" in explained and "adjacent_mean  [tanheng-settings#adjacent-mean-fill]" in explained


def test_a_result_with_gaps_is_shown_and_published_only_with_a_reason(city, document):
    run = ("run", "unit_energy_and_co2", "--period", "2023", "--known-on", NOW)
    result = document(*run, exit_code=1)
    gaps = [finding for finding in result["findings"] if finding["code"] == "gap"]
    assert gaps
    assert all(finding["place"] and finding["next_step"]["zh"] for finding in gaps)
    assert "[缺 1]" in city(*run, exit_code=1).stdout
    refusal = city("publish", result["result"], "--title", "2023年", exit_code=2)
    assert "gap" in refusal.stderr
    assert refusal.stdout == ""
    document("publish", result["result"], "--title", "2023年", "--accept", "gap", "--reason", "八月未报", exit_code=0)


def test_publishing_the_same_thing_twice_gives_one_publication(city, document):
    result = document(*RUN, THEN)["result"]
    first, second = (document("publish", result, "--title", "2024年") for _ in range(2))
    assert first == second


def test_an_import_counts_new_changed_and_unchanged_and_a_second_one_changes_nothing(site, document, workbooks):
    (_, _), (year, published), (correction, corrected) = workbooks
    dry = document("import", year, "--published", published, "--dry-run")
    assert (dry["imported"], dry["files"][0]["new"], dry["files"][0]["position"]) == (False, 360, None)
    assert document("import", year, "--published", published)["files"][0]["new"] == 360
    dry = document("import", correction, "--published", corrected, "--dry-run")["files"][0]
    assert (dry["new"], dry["changed"], dry["unchanged"]) == (0, 2, 0)
    again = document("import", year, "--published", published)["files"][0]
    assert (again["new"], again["changed"], again["unchanged"], again["position"]) == (0, 0, 360, None)


def test_a_dry_run_leaves_no_trace(site, document, workbooks, tmp_path):
    before = document("audit", "verify")["position"]
    files = sorted((tmp_path / "home").rglob("*"))
    site("import", *(path for path, _ in workbooks[:2]), "--dry-run", "--actor", "查无此人")
    from tanheng.records.models import Person

    assert document("audit", "verify")["position"] == before
    assert sorted((tmp_path / "home").rglob("*")) == files
    assert not Person.objects.filter(display_name="查无此人").exists()


def test_the_exports_hold_the_figures_of_the_result(city, document, tmp_path):
    result = document(*RUN, THEN)
    city("export", result["result"], "--out", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = {figure["address"]: figure["value"] for figure in result["figures"]}
    whole = [row for row in rows if row["报告期"] == "2024年"]
    exact = {f"co2@{row['对象编号']}@2024": int(row["二氧化碳排放量 精确值 (gCO2)"]) for row in whole}
    assert len(exact) == 20
    assert all(expected[address] == value for address, value in exact.items())
    city("export", "latest", "--out", tmp_path / "out.parquet")
    assert (tmp_path / "out.parquet").read_bytes()[:4] == b"PAR1"


def test_a_figure_is_explained_by_its_address_or_by_column_subject_and_period(city, document):
    document(*RUN, THEN)
    by_address = document("explain", "latest", "co2@facility/lj-hengda@2024-03@diesel")
    by_parts = document(
        "explain", "latest", "co2", "--at", "facility/lj-hengda", "--period", "2024-03", "--carrier", "diesel"
    )
    assert by_address == by_parts
    whole = document("explain", "latest", "co2", "--at", "area/linjiang")
    assert whole["address"] == "co2@area/linjiang@2024"


def test_an_explanation_for_people_shows_numbers_clauses_cells_and_the_receipt(city):
    city(*RUN, THEN)
    text = city("explain", "latest", "co2@facility/lj-hengda@2024-03@diesel").stdout
    assert "恒达机械厂 · 柴油 · 2024年3月 · 二氧化碳排放量 = 13.374 吨二氧化碳" in text
    assert "= 184.25664 * 0.0202 * 0.98" in text
    assert "[gbt-32151-annex-c#combustion]" in text
    assert "carbon_content#diesel-default = 0.0202 吨碳/吉焦" in text
    assert "2024年能耗月报.xlsx!能耗月报!F65 = 4.32 吨" in text
    assert "知识日期 2025-06-30" in text


def test_a_repetition_that_differs_ends_with_code_1_and_shows_both_digests(city, document, monkeypatch):
    publication = document("publish", document(*RUN, THEN)["result"], "--title", "2024年")["publication"]
    honest = publishing.repeat
    monkeypatch.setattr(publishing, "repeat", lambda item: replace(honest(item), digest_now="0" * 64))
    assert document("repeat", publication, exit_code=1)["same"] is False
    text = city("repeat", publication, exit_code=1).stdout
    assert "不同" in text
    assert "0" * 64 in text


def test_a_publication_whose_kept_data_were_damaged_is_not_repeated_from_something_else(city, document):
    published = document("publish", document(*RUN, THEN)["result"], "--title", "2024年")
    blobs().path(published["blobs"]["snapshot"]).write_bytes(b"damaged")
    answer = city("repeat", published["publication"], exit_code=2)
    assert published["blobs"]["snapshot"] in answer.stderr
    assert "下一步：" in answer.stderr


def test_a_gap_is_explained_as_a_gap_and_never_as_a_zero(city, document):
    document("run", "unit_energy_and_co2", "--period", "2023", "--known-on", NOW, exit_code=1)
    row = document("explain", "latest", "co2@facility/lj-tiancheng@2023-08@diesel")
    assert (row["value"], row["display"]["value"], row["steps"], row["status"]["missing"]) == (None, None, [], 1)
    year = document("explain", "latest", "co2@facility/lj-tiancheng@2023", "--parts", 100)
    assert [gap["period"] for gap in year["gaps"]] == ["2023-08"]
    assert sum(part["value"] for part in year["parts"] if part["value"] is not None) + year["rest"] == year["value"]
    assert "无数据" in city("explain", "latest", row["address"]).stdout
