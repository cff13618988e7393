"""Load curves: exact sums over what is known, nothing for what is not."""

from tanheng.kernel.pack.metering_quality import MeteringQuality
from tanheng.kernel.pack.tariff import Tariff
from tanheng.kernel.period import Period
from tanheng.metering.uses_load import loads, silent_months
from tests.metering.centres import HALL, hours_of, site
from tests.metering.rolled import DAY, PACKS, meter, readings

JANUARY = Period.parse("2025-01")
(LIMITS,) = PACKS.all(MeteringQuality)
TARIFF = PACKS.get(Tariff, "shanghai_two_part_2023")
WORKING = 23  # weekdays of January 2025, which begins on a Wednesday


def rising(days, per_quarter):
    """A register that rises by `per_quarter(day, hour)` in each quarter of that hour."""
    value, values = 0, [0]
    for quarter in range(days * DAY):
        value += per_quarter(quarter // DAY, quarter % DAY // 4)
        values.append(value)
    return values


def load_of(folder, values, tariff=None, first=0, period=JANUARY):
    hours = hours_of(site(folder, [meter("hall", HALL)], readings("k", 1, values, first)))
    _, stays = hours.subject(HALL)
    return loads(hours.hours(stays, period), period, LIMITS, tariff)


def test_a_day_of_two_levels_has_its_factor_and_its_shares(tmp_path):
    """10 a quarter by day (8:00 to 20:00), 4 by night: 400 Wh and 160 Wh an hour."""
    (found,) = load_of(tmp_path, rising(31, lambda day, hour: 10 if 8 <= hour < 20 else 4), TARIFF)
    assert found.typical["all"] == [160] * 8 + [400] * 12 + [160] * 4
    assert (found.energy, found.hours) == (31 * 12 * (400 + 160), 744)
    assert (found.peak, found.peak_at) == (400, "2025-01-01T08:00")
    assert str(found.load_factor) == "7/10"
    # January: valley 22-6, flat 6-8, 11-18 and 21-22, critical 19-21, peak 8-11 and 18-19
    valley, flat = 31 * 8 * 160, 31 * (2 * 160 + 7 * 400 + 160)
    critical, peak = 31 * (400 + 160), 31 * 4 * 400
    assert found.bands == {"valley": valley, "flat": flat, "peak": peak, "critical": critical}
    assert sum(found.bands.values()) == found.energy
    assert found.as_json()["shares"] == {"valley": "0.1905", "flat": "0.4881", "peak": "0.2381", "critical": "0.0833"}


def test_working_days_and_days_of_rest_have_their_own_typical_day(tmp_path):
    values = rising(31, lambda day, hour: 2 if (day + 2) % 7 >= 5 else 9)
    (found,) = load_of(tmp_path, values)
    assert (found.typical["working"][0], found.typical["rest"][23]) == (360, 80)
    assert found.typical["all"][5] == round((WORKING * 360 + 8 * 80) / 31)
    assert found.bands is None


def test_days_that_are_not_there_lower_the_coverage_and_no_mean(tmp_path):
    (found,) = load_of(tmp_path, [5 * each for each in range(21 * DAY + 1)], first=10 * DAY)
    assert (found.hours, found.due, found.in_period) == (21 * 24, 744, 744)
    assert found.typical["all"] == [200] * 24
    assert (found.energy, str(found.load_factor)) == (21 * 24 * 200, "1")


def test_a_month_without_readings_has_no_load_and_no_zero(tmp_path):
    period = Period.parse("2025-01..2025-02")
    _, february = load_of(tmp_path, [5 * each for each in range(31 * DAY + 1)], period=period)
    told = february.as_json()
    assert (told["hours"], told["peak"], told["load_factor"], told["typical"]["all"][0]) == (0, None, None, None)


def test_a_tariff_that_says_nothing_of_a_month_gives_no_shares(tmp_path):
    before = TARIFF.model_copy(update={"end": JANUARY.start})
    found = load_of(tmp_path, [5 * each for each in range(31 * DAY + 1)], before)
    assert found[0].bands is None
    assert [each.fields["months"] for each in silent_months(found, HALL, before)] == ["2025-01"]
