"""What was known when: of each key exactly one statement counts on any day, from its first publication on."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tanheng.kernel.fact import Observation, ObservationKey, known_intervals
from tanheng.kernel.period import Accumulation, Period

FIRST = date(2025, 1, 1)


def day(number):
    return FIRST + timedelta(days=number)


def counting(statements, on):
    return [
        row
        for row, known in known_intervals(statements)
        if known.known_from <= on and (known.known_to is None or on < known.known_to)
    ]


STATEMENTS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5), st.integers(1, 9)), max_size=8).map(
    lambda told: [(key, day(published), position, (key, n)) for n, (key, published, position) in enumerate(told)]
)


@given(STATEMENTS, st.integers(-1, 7))
def test_on_any_day_exactly_one_statement_of_a_published_key_counts(statements, on):
    told = {key for key, published, _, _ in statements if published <= day(on)}
    assert sorted(key for key, _ in counting(statements, day(on))) == sorted(told)


@given(STATEMENTS, STATEMENTS, st.integers(0, 6))
def test_what_is_published_later_changes_nothing_that_counted_before(statements, later, on):
    after = [(key, published, position, (*row, "later")) for key, published, position, row in later]
    known = [*statements, *(item for item in after if item[1] > day(on))]
    assert counting(known, day(on)) == counting(statements, day(on))


def test_a_revision_counts_from_its_own_publication_on():
    told = [("a", day(0), 1, "first"), ("a", day(3), 2, "revised")]
    assert [counting(told, day(n)) for n in (-1, 0, 2, 3)] == [[], ["first"], ["first"], ["revised"]]


def test_what_is_corrected_on_the_day_of_its_publication_never_counts():
    told = [("a", day(0), 2, "corrected"), ("a", day(0), 1, "mistaken")]
    assert counting(told, day(0)) == ["corrected"]
    assert {row for row, _ in known_intervals(told)} == {"mistaken", "corrected"}


def test_a_late_record_of_an_early_publication_does_not_outlive_a_later_one():
    told = [("a", day(3), 1, "later"), ("a", day(0), 9, "found in an archive")]
    assert counting(told, day(4)) == ["later"]


def test_keys_that_read_alike_are_still_two_keys():
    told = [("1", day(0), 1, "text"), (1, day(1), 2, "number"), ("1", day(2), 3, "text again")]
    assert counting(told, day(1)) == ["text", "number"]
    assert sorted(counting(told, day(3))) == ["number", "text again"]


def observed(value, **other):
    key = ObservationKey(
        "energy_consumption", "facility/mill", (("carrier", "diesel"),), Period.parse("2024-03"),
        Accumulation.MONTH, "unit_report", "unit_report",
    )  # fmt: skip
    return Observation(**{"key": key, "value": Decimal(value), "unit": "t", "status": "final", "published": FIRST,
                          "source": "x"} | other)  # fmt: skip


def test_a_value_says_the_same_however_many_zeros_end_it_and_wherever_it_stands():
    assert observed("4.30").says_the_same_as(observed("4.3", source="elsewhere", published=day(9)))
    assert not observed("4.3").says_the_same_as(observed("4.3", unit="kg"))
    assert observed("4.30").as_json() == observed("4.3").as_json()


def test_a_large_value_is_written_without_an_exponent():
    assert observed("1E+3").as_json()["value"] == "1000"
    assert observed("0.000001").as_json()["value"] == "0.000001"


def test_the_text_of_a_key_tells_everything_it_is_about():
    assert str(observed("1").key) == (
        "energy_consumption|facility/mill|carrier=diesel|2024-03|month|unit_report|unit_report"
    )
