"""What an attack on the skeleton found in the kernel, and what holds since."""

from datetime import date

import pytest
from pydantic import ValidationError

from tanheng.kernel.pack import Definition, PackSet, overlaps
from tests.kernel.test_pack import entry, factor

FIRST = entry("first", "2021-01-01", "2023-01-01")
SECOND = entry("second", "2022-07-01", None, published=date(2025, 1, 1))


def told(*entries, **other):
    packs = PackSet((Definition("p", "p/f.yaml:2", factor(*entries, **other)),), {})
    return [(finding.place, finding.fields["period"]) for finding in overlaps(packs)]


def test_two_entries_that_share_days_are_found_before_anybody_needs_them():
    assert told(FIRST, SECOND) == [("p/f.yaml:2", "2022-07-01..2023-01-01")]


def test_an_entry_that_replaces_another_or_follows_it_shares_no_days_with_it():
    assert told(FIRST, SECOND | {"replaces": "first"}) == []
    assert told(FIRST, entry("second", "2023-01-01", None)) == []


def test_a_correction_known_later_does_not_excuse_two_entries_known_together_until_then():
    correction = entry("third", "2022-07-01", None, published=date(2026, 1, 1), replaces="second")
    assert told(FIRST, SECOND, correction) == [("p/f.yaml:2", "2022-07-01..2023-01-01")] * 2


def test_entries_of_other_keys_share_nothing():
    assert told(FIRST | {"region": "a"}, SECOND | {"region": "b"}, keys=["region"]) == []


@pytest.mark.parametrize("end", ["2020-12-31", "2021-01-01"])
def test_an_entry_whose_period_ends_before_it_begins_is_no_entry(end):
    with pytest.raises(ValidationError, match="ends before it begins"):
        factor(entry("one", "2021-01-01", end))


@pytest.mark.parametrize("value", ["０.５", "٠.٥", "1_000", "Infinity", " 5", "5,0", ""])
def test_a_value_is_written_in_plain_digits(value):
    with pytest.raises(ValidationError, match="plain digits"):
        factor(entry("one", "2021-01-01", None, value))
