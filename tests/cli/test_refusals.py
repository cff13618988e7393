"""A command that cannot be carried out says why and what to do, on the error stream, with exit code 2."""

import os
import subprocess
import sys

import pytest

CO2 = "co2@facility/lj-hengda@2024-03"
RUN = ("run", "unit_energy_and_co2", "--period", "2024")
WRONG = {
    "an unknown verb": ("fly",),
    "an unknown option": (*RUN, "--colour", "red"),
    "a missing argument": ("run", "--period", "2024"),
    "a missing option": ("run", "unit_energy_and_co2"),
    "a number that is none": (*RUN, "--log-position", "last"),
    "an unknown method": ("run", "unit_energy", "--period", "2024"),
    "an unknown scheme": (*RUN, "--scheme", "eu_ets"),
    "an unknown period": ("run", "unit_energy_and_co2", "--period", "2024-13"),
    "an unknown date": (*RUN, "--known-on", "30.6.2025"),
    "a position the log has not reached": (*RUN, "--log-position", "999"),
    "a period without data": ("run", "unit_energy_and_co2", "--period", "2019"),
    "a result that is not there": ("explain", "0123456789abcdef", CO2),
    "no result at all": ("explain", "latest", CO2),
    "a publication that is not there": ("repeat", "publication/77"),
    "a publication to compare that is not there": ("compare", "publication/77", "latest"),
    "a file that is not there": ("import", "nowhere.xlsx"),
    "a folder without workbooks": ("import", "src/tanheng/cli"),
    "an unknown layout": ("import", "nowhere.xlsx", "--layout", "form-205"),
    "an unknown pack": ("init", "--pack", "atlantis"),
    "an unknown pack to check": ("packs", "check", "atlantis"),
    "an unknown factor": ("factors", "grid_electricity"),
    "a key that is no pair": ("factors", "carbon_content", "--key", "diesel"),
    "a key the factor does not have": ("factors", "carbon_content", "--key", "fuel=diesel"),
    "a lookup without its key": ("factors", "carbon_content", "--on", "2024-03-01"),
    "a lookup under another scheme": (
        "factors", "grid_electricity_average", "--key", "grid_region=shanghai", "--on", "2024-03-01",
        "--scheme", "shanghai_ets",
    ),
    "more codes than reasons": ("publish", "latest", "--title", "t", "--accept", "gap"),
}  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_command_is_refused_with_a_next_step(arguments, site):
    result = site(*arguments, exit_code=2)
    assert result.stdout == ""
    assert "不能执行：" in result.stderr
    assert "下一步：" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.exception.__class__ is SystemExit


@pytest.fixture
def result(city, document):
    return document(*RUN, "--known-on", "2025-06-30")["result"]


WRONG_ABOUT_A_RESULT = {
    "an unknown subject": ("explain", "latest", "co2", "--at", "area/atlantis"),
    "an unknown column": ("explain", "latest", "so2@area/linjiang@2024"),
    "an unknown carrier": ("explain", "latest", f"{CO2}@peat"),
    "a period outside the result": ("explain", "latest", "co2@area/linjiang@2023"),
    "a column without a subject": ("explain", "latest", "co2"),
    "an address and a subject": ("explain", "latest", CO2, "--at", "area/linjiang"),
    "an address that is none": ("explain", "latest", "co2@area/linjiang"),
    "no parts": ("explain", "latest", CO2, "--parts", "0"),
    "a figure quoted that is not there": ("publish", "latest", "--title", "t", "--figure", "co2@area/atlantis@2024"),
    "an ending nobody can write": ("export", "latest", "--out", "out.docx"),
    "an empty reference": ("export", "", "--out", "out.csv"),
}


@pytest.mark.parametrize("arguments", WRONG_ABOUT_A_RESULT.values(), ids=WRONG_ABOUT_A_RESULT.keys())
def test_a_wrong_question_about_a_result_is_refused_with_a_next_step(arguments, result, city):
    answer = city(*arguments, exit_code=2)
    assert answer.stdout == ""
    assert "下一步：" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_file_that_cannot_be_written_is_refused_and_named(result, city, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    answer = city("export", result, "--out", tmp_path / "file" / "out.csv", exit_code=2)
    assert "out.csv" in answer.stderr
    assert ".draft" not in answer.stderr
    assert "下一步：" in answer.stderr


def test_a_folder_that_is_no_site_is_not_made_one_by_asking(tanheng, tmp_path):
    assert "tanheng init" in tanheng("explain", "latest", CO2, exit_code=2).stderr
    assert not (tmp_path / "home").exists()


def test_with_json_a_refusal_leaves_the_output_stream_empty(site):
    result = site(*RUN, "--json", exit_code=2)
    assert result.stdout == ""
    assert "下一步：" in result.stderr


def test_refusals_speak_english_where_it_is_asked_for(site, monkeypatch):
    monkeypatch.setenv("TANHENG_LANG", "en")
    text = site("run", "unit_energy", "--period", "2024", exit_code=2).stderr
    assert text.startswith("Refused: ")
    assert "Next step: " in text
    assert text.isascii() is False
    assert not any("一" <= sign <= "鿿" for sign in text)


@pytest.mark.parametrize("arguments", [(), ("packs",), ("audit",)])
def test_a_group_without_a_command_says_what_there_is(tanheng, arguments):
    answer = tanheng(*arguments)
    assert "--help" in answer.stdout
    assert answer.stderr == ""


def test_a_terminal_without_chinese_gets_an_answer_all_the_same():
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-c", "from tanheng.cli import main; main()", "packs", "check"]
    answer = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert b"cn_national" in answer.stdout
    assert b"Traceback" not in answer.stderr


def test_a_folder_of_packs_that_is_not_there_is_refused(tanheng, monkeypatch, tmp_path):
    monkeypatch.setenv("TANHENG_PACKS", str(tmp_path / "slip"))
    assert "slip" in tanheng("packs", "check", exit_code=2).stderr
