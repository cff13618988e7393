"""A made-up city on the command line: files, a list of what is wrong with them, and refusals that say what to do."""

import csv
import json


def test_a_district_is_built_and_its_folder_is_imported_with_the_days_on_which_files_came(tanheng, document, tmp_path):
    folder = tmp_path / "city"
    made = document(
        "fiction", "build", "--out", folder, "--from", "2025-01", "--to", "2025-01", "--units", 160,
        "--district", "area/lj-dongpu",
    )  # fmt: skip
    assert (made["fictional"], made["units"], made["towns"]) == (True, 160, 215)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert len(manifest["files"]) == made["files"] >= 5
    with (folder / "2025-01" / "published.csv").open(encoding="utf-8") as file:
        days = {row["file"]: row["published"] for row in csv.DictReader(file)}
    assert {f"2025-01/{name}" for name in days} == set(manifest["files"])
    tanheng("init")
    answer = document("import", folder / "2025-01", "--dry-run", exit_code=1)  # the directory is not there yet
    assert {item["file"]: item["published"] for item in answer["files"]} == days


def test_the_directory_of_a_made_up_district_sets_a_site_up(tanheng, document, tmp_path, monkeypatch):
    folder = tmp_path / "city"
    tanheng("fiction", "build", "--out", folder, "--from", "2025-01", "--to", "2025-01", "--units", 160,
            "--district", "area/lj-dongpu")  # fmt: skip
    monkeypatch.setenv("TANHENG_PACKS", str(folder / "packs"))
    assert document("init", "--pack", "linjiang")["directory"]["new"] > 40
    monkeypatch.delenv("TANHENG_PACKS")
    answer = document("import", folder / "2025-01")
    assert all(not item["rejected"] for item in answer["files"])


def test_what_was_built_says_in_both_languages_that_it_is_made_up(tanheng, tmp_path, monkeypatch):
    build = ("fiction", "build", "--from", "2025-01", "--to", "2025-01", "--units", 16, "--district", "area/lj-dongpu")
    assert "虚构数据" in tanheng(*build, "--out", tmp_path / "a").stdout
    monkeypatch.setenv("TANHENG_LANG", "en")
    assert "Fictional data" in tanheng(*build, "--out", tmp_path / "b").stdout


def test_a_district_that_is_not_in_the_recipe_is_refused_with_those_that_are(tanheng, tmp_path):
    answer = tanheng("fiction", "build", "--out", tmp_path / "x", "--district", "area/elsewhere", exit_code=2)
    assert "area/lj-dongpu" in answer.stderr
    assert not (tmp_path / "x").exists()


def test_a_pack_without_a_recipe_makes_no_city(tanheng, tmp_path):
    answer = tanheng("fiction", "build", "--out", tmp_path / "x", "--pack", "cn_shanghai", exit_code=2)
    assert "配方" in answer.stderr
