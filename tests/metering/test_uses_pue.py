"""PUE: total over information technology, exact; a gap stays a gap; nothing is judged that is not known."""

from datetime import date
from decimal import Decimal

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.metering.uses_pue import Centre, Pue, it_meters, judged, pue_of, read_centres
from tests.metering.centres import HALL, RULES, USES, hall, hours_of, site, steady
from tests.metering.rolled import meter, readings

JANUARY = Period.parse("2025-01")
YEAR = Period.parse("2025")
OLD = Centre("existing", 800, date(2015, 12, 30))


def centre_of(store, period=JANUARY, about=None, rules=RULES):
    (found,) = pue_of(hours_of(store), period, USES, rules, about or {})
    return found


def test_pue_is_the_total_over_the_technology(tmp_path):
    store = site(tmp_path, hall(), steady("t", 1, 31, 9), steady("i", 2, 31, 6))
    found = centre_of(store)
    (month,) = found.as_json()["months"]
    assert month == {
        "period": "2025-01", "hours": 744, "due": 744, "in_period": 744,
        "total": 2976 * 90, "it": 2976 * 60, "not_measured": 0, "coverage": "1.0000", "pue": "1.500",
    }  # fmt: skip
    assert found.step == "Wh"


def test_only_hours_known_on_both_sides_are_divided(tmp_path):
    """The IT meter starts on the third day: what the total took before is left out, and 29 of 31 days are covered."""
    store = site(tmp_path, hall(), steady("t", 1, 31, 9), steady("i", 2, 31, 6, first=2 * 96))
    (month,) = centre_of(store).months
    assert (month.hours, month.total, month.it) == (29 * 24, 29 * 96 * 90, 29 * 96 * 60)
    assert str(month.ratio) == "3/2"


def test_a_month_of_which_too_little_is_known_has_no_pue_and_says_so(tmp_path):
    store = site(tmp_path, hall(), steady("t", 1, 31, 9), steady("i", 2, 31, 6, first=5 * 96))
    found = centre_of(store)
    assert found.as_json()["months"][0]["pue"] is None
    assert [(each.code, each.fields["months"]) for each in found.findings] == [("pue-gap", "2025-01")]


def test_technology_that_takes_more_than_its_centre_has_no_pue(tmp_path):
    found = centre_of(site(tmp_path, hall(), steady("t", 1, 31, 6), steady("i", 2, 31, 9)))
    assert found.months[0].ratio is None
    assert [each.code for each in found.findings] == ["pue-contradicts"]


def test_a_quarter_of_an_hour_without_a_reading_is_spread_and_told_as_not_measured(tmp_path):
    values = [9 * each for each in range(31 * 96 + 1)]
    early, late = readings("a", 1, values[:41]), readings("b", 1, values[42:], first=42)
    (month,) = centre_of(site(tmp_path, hall(), early, late, steady("i", 2, 31, 6))).months
    assert (month.total, month.hours) == (2976 * 90, 744)
    assert month.not_measured == 180


def test_a_meter_below_another_of_the_technology_is_not_counted_again(tmp_path):
    meters = [*hall(), meter("row", HALL, level=3, parent="racks", usage="IT")]
    store = site(tmp_path, meters, steady("t", 1, 31, 9), steady("i", 2, 31, 6), steady("r", 3, 31, 6))
    assert centre_of(store).months[0].it == 2976 * 60


def test_a_virtual_meter_of_the_technology_counts_for_those_in_its_formula(tmp_path):
    meters = [
        meter("hall", HALL), meter("a", HALL, level=2, usage="IT"), meter("b", HALL, level=2),
        meter("it", HALL, level=2, usage="IT", kind="virtual", formula="+a +b"),
    ]  # fmt: skip
    store = site(tmp_path, meters, steady("t", 1, 31, 9), steady("a", 2, 31, 4), steady("b", 3, 31, 2))
    assert [stay.meter for stay in it_meters(hours_of(store).stays, HALL, ["IT"])] == ["it"]
    assert centre_of(store).months[0].it == 2976 * 60


@pytest.mark.parametrize(
    ("total", "about", "within", "closing", "codes"),
    [
        (7, Centre("existing", 800, date(2014, 1, 1)), True, False, []),  # 1.4 is not above 1.4
        (7, Centre("new"), False, False, ["pue-above-limit"]),
        (9, Centre(), None, None, []),  # nothing is known beside the meters
        (9, OLD, False, True, ["pue-above-limit", "pue-to-be-closed"]),
        (9, Centre("existing", 801, date(2015, 12, 30)), False, False, ["pue-above-limit"]),
        (9, Centre("existing", 800, date(2015, 12, 31)), False, False, ["pue-above-limit"]),  # ten years, not more
        (9, Centre("existing", None, date(2015, 12, 30)), False, None, ["pue-above-limit"]),
    ],
)
def test_a_year_is_held_against_its_kind_and_the_closing_rule_needs_all_three(total, about, within, closing, codes):
    year = Pue("2025", 8760, 8760, 8760, total * 1000, 5000, 0, Decimal("0.9"))
    *told, findings = judged(HALL, year, RULES, about)
    assert (told, [each.code for each in findings]) == ([within, closing], codes)


def test_the_last_whole_year_is_judged(tmp_path):
    store = site(tmp_path, hall(), steady("t", 1, 365, 9), steady("i", 2, 365, 5))
    found = centre_of(store, YEAR, {HALL: OLD})
    assert (found.judged, found.within, found.closing) == ("2025", False, True)
    assert (found.years[0].total, found.years[0].it) == (35040 * 90, 35040 * 50)
    assert found.as_json()["years"][0]["pue"] == "1.800"
    assert found.findings[-1].fields["status"] == "unverified"


def test_part_of_a_year_is_shown_and_not_judged(tmp_path):
    found = centre_of(site(tmp_path, hall(), steady("t", 1, 31, 9), steady("i", 2, 31, 5)), JANUARY, {HALL: OLD})
    assert [each.period for each in found.years] == ["2025-01"]
    assert (found.judged, found.within, found.closing) == (None, None, None)


def test_what_is_not_yet_there_is_not_divided_and_the_year_stays_open(tmp_path):
    found = centre_of(site(tmp_path, hall(), steady("t", 1, 31, 9), steady("i", 2, 31, 5)), YEAR, {HALL: OLD})
    assert [month.hours for month in found.months] == [744] + [0] * 11
    assert [month.due for month in found.months] == [744] + [0] * 11
    assert (found.years[0].ratio, found.judged) == (None, None)


def test_other_energy_of_a_centre_is_named(tmp_path):
    store = site(
        tmp_path,
        [*hall(), meter("gas", HALL, carrier="natural_gas", value_unit="m3")],
        steady("t", 1, 31, 9),
        steady("i", 2, 31, 6),
    )
    assert [each.code for each in centre_of(store).findings] == ["pue-other-carriers"]


def test_a_centre_without_a_gateway_has_no_pue(tmp_path):
    found = centre_of(site(tmp_path, [meter("racks", HALL, level=2, usage="IT")], steady("i", 1, 31, 6)))
    assert [each.code for each in found.findings] == ["pue-without-total"]


def test_a_site_without_such_meters_is_told_how_to_name_them(tmp_path):
    store = site(tmp_path, [meter("hall", HALL)], steady("t", 1, 2, 9))
    with pytest.raises(Refusal, match="pue-without-it-meters"):
        centre_of(store)
    with pytest.raises(Refusal, match="use-period-not-months"):
        centre_of(store, Period.parse("2025-01-03..2025-01-09"))


def test_a_list_of_centres_keeps_what_is_empty_unknown_and_names_a_bad_line(tmp_path):
    path = tmp_path / "centres.csv"
    path.write_text(f"unit,kind,racks,in_service\n{HALL},existing,,2015-12-30\n", "utf-8")
    assert read_centres(path, RULES.kinds) == {HALL: Centre("existing", None, date(2015, 12, 30))}
    path.write_text(f"unit,kind,racks,in_service\n{HALL},huge,,\n", "utf-8")
    with pytest.raises(Refusal, match="Line 2"):
        read_centres(path, RULES.kinds)
