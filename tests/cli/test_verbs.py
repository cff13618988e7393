"""The verbs that stand beside the journey, and what all of them have in common."""

import os
import re
import subprocess
import sys

import click
import pytest

from tanheng.cli import main
from tanheng.cli.serve import SITE


def every_command(command=main, path=()):
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from every_command(inner, (*path, name))


def has_chinese(text):
    return any("一" <= sign <= "鿿" for sign in text)


COMMANDS = [path for path, _ in every_command()]


@pytest.mark.parametrize("path", COMMANDS, ids=[" ".join(path) or "tanheng" for path in COMMANDS])
def test_every_command_explains_itself_in_chinese_and_in_english(path, tanheng, monkeypatch):
    text = tanheng(*path, "--help").stdout
    assert has_chinese(text)
    assert "Options" not in text
    monkeypatch.setenv("TANHENG_LANG", "en")
    assert not has_chinese(tanheng(*path, "--help").stdout)


def test_every_option_has_its_words_in_both_languages():
    for _, command in every_command():
        for option in command.params:
            if isinstance(option, click.Option):
                assert has_chinese(option.zh + "制")
                assert option.zh
                assert option.en
                assert not has_chinese(option.en)


def test_a_lookup_names_the_one_entry_that_governs_a_day(document):
    lookup = ("factors", "grid_electricity_average", "--key", "grid_region=shanghai", "--on", "2024-03-01")
    then, now = (document(*lookup, "--known-on", day)["choice"] for day in ("2025-06-30", "2026-06-30"))
    assert (then["value"], then["entries"][0]["id"], then["reason"]) == ("0.5849", "shanghai-2022", "carried_forward")
    assert (now["value"], now["entries"][0]["id"]) == ("0.5737", "shanghai-2023")
    assert then["clause"]
    assert then["unit"] == "tCO2/MWh"


def test_a_day_that_no_entry_governs_is_a_finding_that_names_the_nearest(tanheng, document):
    lookup = ("factors", "carbon_content", "--key", "carrier=diesel", "--on", "2015-03-01")
    answer = document(*lookup, exit_code=1)
    assert answer["choice"] is None
    assert "diesel-default" in answer["findings"][0]["fields"]["nearest"]
    assert "diesel-default" in tanheng(*lookup, exit_code=1).stdout


def test_entries_that_were_not_yet_published_are_not_shown(document):
    grid = ("factors", "grid_electricity_average", "--key", "grid_region=shanghai")
    known = [document(*grid, "--known-on", day)["entries"] for day in ("2024-12-19", "2025-12-30", "2026-01-01")]
    assert [entries[-1]["id"] for entries in known] == ["shanghai-2021", "shanghai-2022", "shanghai-2023"]


def test_factors_and_methods_are_listed(tanheng, document):
    assert "carbon_content" in {factor["id"] for factor in document("factors")["factors"]}
    assert "低位发热量" in tanheng("factors").stdout
    (method,) = (method for method in document("methods")["methods"] if method["id"] == "unit_energy_and_co2")
    assert {use["scheme"] for use in method["schemes"]} == {"city_inventory", "online_monitoring", "shanghai_ets"}
    assert [result["unit"] for result in method["results"]][-1] == "tCO2"
    assert "unit_energy_and_co2" in tanheng("methods").stdout


def test_a_site_may_be_set_up_twice(document, tanheng):
    first = document("init", "--pack", "linjiang")["directory"]
    second = document("init", "--pack", "linjiang")["directory"]
    assert first["new"] == second["unchanged"]
    assert second["new"] == second["changed"] == 0
    assert "--pack" in tanheng("init").stdout


def test_a_log_that_was_tampered_with_is_noticed(city, document):
    from django.db import connection

    assert document("audit", "verify") == {"intact": True, "position": 4, "findings": []}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_event SET kind = 'other' WHERE position = 2")
    answer = document("audit", "verify", exit_code=1)
    assert not answer["intact"]
    assert answer["findings"][0]["code"] == "chain-broken"
    assert "2" in city("audit", "verify", exit_code=1).stdout


def test_the_actor_is_named_and_the_log_knows_a_number_only(site, sheet):
    from tanheng.records.models import Event, Person

    site("import", sheet(("2024-03", "柴油", "吨", "4.32")), "--published", "2025-02-20", "--actor", "王芳")
    event = Event.objects.order_by("-position").first()
    assert event.actor == Person.objects.get(display_name="王芳").id
    assert "王芳" not in str(event.payload)


def test_serving_hands_over_to_the_program_of_the_site(tanheng, monkeypatch):
    handed = []
    monkeypatch.setattr(os, "execve", lambda *arguments: handed.append(arguments))
    tanheng("serve", "--port", "8123")
    (program, arguments, environment) = handed[0]
    assert (program, arguments) == (sys.executable, SITE)
    assert environment["TANHENG_PORT"] == "8123"


def _figures(told: str, begun: tuple[str, ...]) -> list[str]:
    """What was told, without what is begun once and without the ids of results: they pin how far the log had come."""
    lines = [line for line in told.splitlines() if line and not line.startswith(begun)]
    return [re.sub(r"\b[0-9a-f]{12,16}\b", "…", line) for line in lines]


def test_the_demonstration_runs_twice_and_publishes_once(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TANHENG", "DJANGO"))}
    environment["TANHENG_HOME"] = str(tmp_path / "home")
    command = [sys.executable, "-c", "from tanheng.cli import main; main()"]
    first, second = (
        subprocess.run(
            [*command, "demo"], env=environment, capture_output=True, text=True, check=True, encoding="utf-8"
        )
        for _ in range(2)
    )
    assert "shanghai-2022 → shanghai-2023" in first.stdout
    assert "publication/5: 相同" in first.stdout
    assert "publication/5: 相同" in second.stdout
    assert "新增 0，变更 0，未变 360" in second.stdout
    verified = subprocess.run([*command, "audit", "verify", "--json"], env=environment, capture_output=True, check=True)
    assert b'"intact": true' in verified.stdout
    year = first.stdout[first.stdout.index("[8/11]") :]
    assert year.index("[9/11]") < year.index("综合能源消费量") < year.index("tanheng explain")
    assert "虚构数据" in year and "缺报、迟报" in year
    again = second.stdout[second.stdout.index("[9/11]") :]
    assert "登记 0 条" in again
    begun = ("目标分解征求意见中", "月度工作已开启")
    assert all(words in year and words not in again for words in begun), "what is under way is begun once"
    assert _figures(again[again.index("[10/11]") :], begun) == _figures(year[year.index("[10/11]") :], begun)
