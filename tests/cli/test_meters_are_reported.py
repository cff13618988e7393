"""All meters on the command line, beside the truth of a simulation."""

import csv
from collections import Counter

import pytest


@pytest.fixture
def simulated(document, tmp_path):
    """Thirty meters over a turn of the month, with faults whose energy is to be had back; and their true energies."""
    document(
        "meters", "simulate", "--meters", 30, "--days", 34, "--faults", "gap:2,spike,late,swap,rollover,duplicate",
        "--seed", 9, "--out", tmp_path / "out", "--truth", tmp_path / "truth.csv",
    )  # fmt: skip
    document("meters", "import", tmp_path / "out")
    document("meters", "rollup")
    with (tmp_path / "truth.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def test_a_report_without_a_subject_gives_every_meter_and_month_as_it_truly_was(document, simulated):
    true = Counter()
    for row in simulated:
        true[row["meter"], row["step"], row["hour"][:7]] += int(row["energy"])
    told = document("meters", "report")
    assert (told["subject"], told["period"], told["by"]) == (None, None, "month")
    assert told["times"] == {"at": "end", "unit": "s since 1970-01-01T00:00Z", "civil_offset_s": 28800}
    assert {
        (each["meter"], each["step"], row["period"]): row["energy"] for each in told["meters"] for row in each["rows"]
    } == dict(true)


def test_hours_of_all_meters_are_the_true_ones_where_the_fault_leaves_hours(document, simulated):
    told = document("meters", "report", "--by", "hour", "--period", "2026-02")
    hours = {(each["meter"], row["at"]): row["energy"] for each in told["meters"] for row in each["rows"]}
    clear = [row for row in simulated if row["hour"] >= "2026-02" and row["back"] in {"", "hour"}]
    assert len(clear) > 1000
    assert all(hours[row["meter"], int(row["at"])] == int(row["energy"]) for row in clear)


def test_a_subject_without_a_period_is_told_over_all_months_rolled_up(document, simulated):
    (meter,) = {row["meter"] for row in simulated[:1]}
    (series,) = document("meters", "report", meter, "--by", "month")["series"]
    assert [row["period"] for row in series["rows"]] == ["2026-01", "2026-02"]


def test_filled_energy_counts_in_every_report_and_is_told_apart(document, tmp_path):
    simulate = ("--meters", 1, "--days", 40, "--faults", "silent", "--seed", 3)
    document("meters", "simulate", *simulate, "--out", tmp_path / "o", "--truth", tmp_path / "t.csv")
    document("meters", "import", tmp_path / "o")
    meter = document("meters", "rollup", "--until", "2026-02-10T00:00+08:00")["figures"][0]["unit"]
    unfilled = document("meters", "rollup", "--until", "2026-02-10T00:00+08:00")
    fill = ("--from", "2026-02-03", "--to", "2026-02-03", "--method", "same_weekday_profile")
    document("meters", "fill", "sim-00001-gate", *fill, "--reason", "collector broken", "--by", "Li")
    rolled = document("meters", "rollup", "--until", "2026-02-10T00:00+08:00")
    (february,) = (row for row in rolled["figures"] if row["month"] == "2026-02")
    (every,) = document("meters", "report", "--by", "day", "--period", "2026-02")["meters"]
    (series,) = document("meters", "report", meter, "--by", "month", "--period", "2026-02")["series"]
    (hours,) = document("meters", "report", "sim-00001-gate", "--period", "2026-02")["series"]
    (day,) = (row for row in every["rows"] if row["period"] == "2026-02-03")
    assert february["filled"] == day["filled"] == series["rows"][0]["filled"] > 0
    nothing = {"missing": 0, "still_hours": 0, "spread": 0, "suspect": 0}
    assert {"period": "2026-02-03", **nothing, "filled": day["filled"]} in hours["days_not_plain"]
    assert sum(row["energy"] for row in hours["rows"] if row["energy"] is not None) == february["energy"]
    assert (unfilled["receipt"]["fills"], bool(rolled["receipt"]["fills"])) == ("", True)
    assert rolled["steps"] == {"electricity": "Wh"}


def test_what_another_factor_or_price_changes_is_told_row_by_row_and_nothing_else_is_computed(document, tmp_path):
    simulate = ("--meters", 1, "--days", 31, "--from", "2023-01-01")
    document("meters", "simulate", *simulate, "--out", tmp_path / "o", "--truth", tmp_path / "t.csv")
    document("meters", "import", tmp_path / "o")
    known = ("--known-on", "2026-06-30")
    assert document("meters", "rollup", *known)["changed_figures"] == []
    again = document("meters", "rollup", *known)
    assert (again["changed_figures"], again["changed"], again["computed"]["months"]) == ([], [], [])
    earlier = document("meters", "rollup", "--known-on", "2024-06-01")
    (row,) = earlier["changed_figures"]
    assert (earlier["changed"], earlier["computed"]["months"]) == ([], [])
    assert (set(row["then"]), set(row["because"])) == ({"co2_g", "co2_after_green_g"}, {"known_on", "entries"})
    assert row["now"]["co2_g"] == earlier["figures"][0]["co2_g"] != row["then"]["co2_g"]
    back = document("meters", "rollup", *known)
    assert [row["now"] for row in back["changed_figures"]] == [row["then"] for row in earlier["changed_figures"]]
