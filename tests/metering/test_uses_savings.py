"""Savings against an hourly baseline: exact where the model is exact, and never claimed from too little."""

from datetime import date, timedelta

import numpy as np
import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.metering.uses_hours import HourTable
from tanheng.metering.uses_savings import read_temperatures, savings
from tests.metering.centres import HALL, USES, hours_of, site
from tests.metering.energies import LIMITS
from tests.metering.rolled import DAY, meter, readings

BASELINE, MARCH = Period.parse("2025-01..2025-02"), Period.parse("2025-03")
REST = 10  # Saturdays and Sundays of March 2025


def table(period, energy, known=lambda day, hour: True):
    """Hours that bring `energy(day, hour)` steps, due and known unless told otherwise."""
    days = [period.start + timedelta(days=place) for place in range(period.days)]
    values = np.array([[energy(day, hour) for hour in range(24)] for day in days], dtype=np.int64)
    there = np.array([[known(day, hour) for hour in range(24)] for day in days])
    due = np.ones_like(there)
    return HourTable(period.start, np.where(there, values, 0), there, due, np.zeros(period.days, dtype=np.int64))


def weekly(working, rest):
    return lambda day, hour: rest if day.weekday() >= 5 else working + hour


def others(found):
    """What was found beside the season, of which January and February say nothing for March."""
    return [each for each in found.findings if each.fields.get("check") != "season_least"]


def checks(found):
    return [(each.fields["check"], each.fields["found"]) for each in others(found)]


def test_what_the_week_explains_is_foretold_and_the_rest_is_saved():
    before, after = table(BASELINE, weekly(900, 200)), table(MARCH, weekly(850, 190))
    found = savings(before, BASELINE, after, MARCH, USES, HALL)
    (month,) = found.months
    assert month.baseline == 21 * (24 * 900 + 276) + REST * 24 * 200
    assert month.saving == 21 * 24 * 50 + REST * 24 * 10
    assert (month.hours, month.due, month.in_period) == (744, 744, 744)
    assert (others(found), found.baseline_days, str(found.baseline_coverage)) == ([], 59, "1")
    assert found.as_json()["whole"]["share"] == "0.0544"


def test_cold_and_hot_days_are_foretold_from_their_temperature(tmp_path):
    """200 Wh an hour, 40 more for each degree below 18 and 30 for each above 26."""
    cold, hot = (lambda day: (day.toordinal() * 5) % 11), (lambda day: (day.toordinal() * 3) % 7)
    degrees = {}
    for period in (BASELINE, MARCH):
        for place in range(period.days):
            day = period.start + timedelta(days=place)
            warm = place % 3 == 0
            degree = 26 + hot(day) if warm else 18 - cold(day)
            degrees |= {(day, hour): float(degree) for hour in range(24)}

    def energy(day, hour):
        at = degrees[day, hour]
        return int(200 + 40 * max(0, 18 - at) + 30 * max(0, at - 26))

    before, after = table(BASELINE, energy), table(MARCH, lambda day, hour: energy(day, hour) - 7)
    found = savings(before, BASELINE, after, MARCH, USES, HALL, degrees)
    assert (found.whole.saving, checks(found)) == (744 * 7, [])
    assert found.fit.effects[-2:].round(6).tolist() == [40, 30]
    without = savings(before, BASELINE, after, MARCH, USES, HALL)
    assert [check for check, _ in checks(without)] == ["cvrmse_most"]


def test_hours_that_are_not_known_are_left_out_on_both_sides():
    after = table(MARCH, weekly(850, 190), known=lambda day, hour: day.day > 7 or hour > 11)
    found = savings(table(BASELINE, weekly(900, 200)), BASELINE, after, MARCH, USES, HALL)
    working, rest = 21 * 24 - 5 * 12, REST * 24 - 2 * 12
    assert (found.whole.hours, found.whole.saving) == (working + rest, working * 50 + rest * 10)
    assert [each.code for each in others(found)] == ["savings-incomplete"]


def test_a_baseline_of_one_week_does_not_suffice_and_says_why():
    """A weekday seen once is foretold as nothing by the others: every error is the whole energy."""
    week = Period.parse("2025-02-03..2025-02-10")
    found = savings(table(week, lambda day, hour: 500), week, table(MARCH, weekly(500, 500)), MARCH, USES, HALL)
    assert checks(found) == [
        ("baseline_days_least", 7),
        ("hour_of_week_least", 1),
        ("cvrmse_most", "1.0000"),
        ("nmbe_most", "-1.0000"),
    ]
    assert {each.severity for each in found.findings} == {"blocker"}


def test_the_error_is_that_of_days_the_fit_has_not_seen():
    """Four weeks at 80 and one at 180: each day is foretold by the mean of the other four weeks.

    Errors: (4 x 80 + 180 - 80) / 4 - 80 = 25 four times, 80 - 180 = -100 once; root of (4 x 625 + 10000) / 5 = 50.
    """
    weeks = Period.parse("2025-01-06..2025-02-10")
    before = table(weeks, lambda day, hour: 180 if day >= date(2025, 2, 3) else 80)
    found = savings(before, weeks, table(MARCH, weekly(80, 80)), MARCH, USES, HALL)
    assert (round(found.fit.cvrmse, 9), round(found.fit.nmbe, 9)) == (0.5, 0)
    assert checks(found) == [("cvrmse_most", "0.5000")]


def test_a_baseline_with_gaps_counts_its_whole_days_and_its_coverage():
    before = table(BASELINE, weekly(900, 200), known=lambda day, hour: day.day % 2 == 0 or hour > 11)
    found = savings(before, BASELINE, table(MARCH, weekly(900, 200)), MARCH, USES, HALL)
    odd = 16 + 14  # odd days of January and February
    assert (found.baseline_days, found.baseline_coverage * 59 * 24) == (59 - odd, 59 * 24 - odd * 12)
    assert checks(found) == [("coverage_least", 0.7458)]
    assert found.whole.saving == 0


def test_an_hour_of_the_week_that_was_never_seen_is_not_foretold():
    before = table(BASELINE, weekly(900, 200), known=lambda day, hour: (day.weekday(), hour) != (0, 3))
    found = savings(before, BASELINE, table(MARCH, weekly(900, 200)), MARCH, USES, HALL)
    assert found.whole.hours == 744 - 5  # Mondays of March 2025
    assert ("hour_of_week_least", 0) in checks(found)


def test_a_month_of_which_nothing_is_known_saved_nothing_that_can_be_said():
    after = table(MARCH, weekly(1, 1), known=lambda day, hour: False)
    told = savings(table(BASELINE, weekly(900, 200)), BASELINE, after, MARCH, USES, HALL).as_json()["whole"]
    assert (told["saving"], told["share"], told["hours"]) == (None, None, 0)


def test_a_baseline_lies_before_its_period_and_has_readings():
    before, after = table(BASELINE, weekly(9, 9)), table(MARCH, weekly(9, 9))
    with pytest.raises(Refusal, match="savings-overlap"):
        savings(after, MARCH, before, BASELINE, USES, HALL)
    with pytest.raises(Refusal, match="savings-no-baseline"):
        savings(table(BASELINE, weekly(9, 9), lambda day, hour: False), BASELINE, after, MARCH, USES, HALL)
    with pytest.raises(Refusal, match="use-period-not-months"):
        savings(before, BASELINE, after, Period.parse("2025-03-02..2025-03-09"), USES, HALL)


def test_savings_come_from_the_registers_of_meters(tmp_path):
    step = [9] * (59 * DAY) + [8] * (31 * DAY)
    values = [0, *np.cumsum(step).tolist()]
    hours = hours_of(site(tmp_path, [meter("hall", HALL)], readings("k", 1, values)))
    _, stays = hours.subject("hall")
    found = savings(hours.hours(stays, BASELINE), BASELINE, hours.hours(stays, MARCH), MARCH, USES, HALL)
    assert (found.whole.baseline, found.whole.metered) == (31 * DAY * 90, 31 * DAY * 80)
    assert others(found) == []


def test_a_temperature_stands_once_for_each_full_hour(tmp_path):
    path = tmp_path / "degrees.csv"
    path.write_text("at,temperature\n2025-01-01T00:00,-1.5\n2025-01-01 01:00,2\n", "utf-8")
    assert read_temperatures(path) == {(date(2025, 1, 1), 0): -1.5, (date(2025, 1, 1), 1): 2.0}
    for line in ("2025-01-01T00:00,3", "2025-01-01T02:30,3", "2025-01-01T02:00,warm", "2025-01-01T02:00,nan"):
        path.write_text(f"at,temperature\n2025-01-01T00:00,-1.5\n{line}\n", "utf-8")
        with pytest.raises(Refusal, match="Line 3"):
            read_temperatures(path)


def season(found):
    return [each.fields["found"] for each in found.findings if each.fields.get("check") == "season_least"]


def test_a_baseline_that_has_not_seen_the_season_does_not_suffice():
    after = table(MARCH, weekly(900, 200))
    assert season(savings(table(BASELINE, weekly(900, 200)), BASELINE, after, MARCH, USES, HALL)) == [0.0]
    year = Period.parse("2024-03..2025-02")
    assert season(savings(table(year, weekly(900, 200)), year, after, MARCH, USES, HALL)) == []


def test_with_temperatures_the_season_is_told_by_their_range():
    def degrees(least, most):
        days = [*BASELINE.months(), *MARCH.months()]
        all_days = [month.start + timedelta(days=place) for month in days for place in range(month.days)]
        return {
            (day, hour): float(least + hour if day < MARCH.start else most) for day in all_days for hour in range(24)
        }

    before, after = table(BASELINE, weekly(900, 200)), table(MARCH, weekly(900, 200))
    assert season(savings(before, BASELINE, after, MARCH, USES, HALL, degrees(0, 23))) == []
    assert season(savings(before, BASELINE, after, MARCH, USES, HALL, degrees(0, 24))) == [0.0]


def test_a_day_off_is_foretold_like_a_sunday():
    rests = LIMITS.model_copy(update={"holidays": (date(2025, 3, 5),), "working_weekends": (date(2025, 3, 8),)})

    def use(day, hour):
        resting = day == date(2025, 3, 5) or (day.weekday() >= 5 and day != date(2025, 3, 8))
        return 200 if resting else 900 + hour

    before, after = table(BASELINE, weekly(900, 200)), table(MARCH, use)
    assert savings(before, BASELINE, after, MARCH, USES, HALL, None, rests).whole.saving == 0
    by_weekday = table(MARCH, lambda day, hour: use(day, hour) + (hour if day == date(2025, 3, 5) else 0))
    assert savings(before, BASELINE, by_weekday, MARCH, USES, HALL).whole.saving != 0
