"""A figure of a kept result is explained from the rows of its subject: in the words of a run of everything."""

from dataclasses import replace

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.kernel.run import Inputs, explain, explain_stored
from tanheng.kernel.run.cell import cell_of
from tanheng.kernel.run.remembered import Remembered
from tanheng.kernel.trace import Address
from tests.kernel.world import BAKERY, CITY, HILL, HOSPITAL, MILL, asked, computed, every_month, inputs, packs, stated

ADDRESSES = [
    f"{column}@{subject}@{period}"
    for column in ("co2", "energy_calorific")
    for subject in (CITY, HILL, MILL, BAKERY, HOSPITAL)
    for period in ("2024", "2024-05", "2024-04..2024-06")
]
REPORT = [
    *(row for row in every_month(MILL, "diesel", 2.3) if row["period_start"].month not in (5, 9)),
    *every_month(MILL, "electricity", 46.875, unit="10^4 kWh"), *every_month(BAKERY, "natural_gas", 1.7)[:7],
    *every_month(HOSPITAL, "electricity", 100.5),
]  # fmt: skip


def again(given):
    """The same records, of which nothing was worked out yet."""
    return Inputs(given.observations, given.directory, given.digests)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("fill", [None, "adjacent_mean"])
def test_it_says_what_the_explanation_after_a_whole_run_says(address, fill):
    given = inputs(REPORT)
    result, at = computed(given, replace(asked(), fill=fill)), Address.parse(address)
    assert result.gaps
    told = explain_stored(result.receipt.as_json(), result.figures, packs(), again(given), at)
    assert told == explain(result, packs(), given, at)


def test_a_kept_figure_that_its_rows_do_not_compute_to_is_never_explained():
    given = inputs(REPORT)
    result, at = computed(given), Address.parse(f"co2@{HOSPITAL}@2024-01")
    other = inputs([*REPORT[:-12], *REPORT[-11:], stated(HOSPITAL, "electricity", "2024-01", 9.9)])
    with pytest.raises(Refusal, match="replay-differs"):
        explain_stored(result.receipt.as_json(), result.figures, packs(), other, at)


def test_what_was_told_once_is_remembered_and_held_against_the_kept_figure_all_the_same(monkeypatch):
    given, at, cells = inputs(REPORT), Address.parse(f"co2@{CITY}@2024-04..2024-06"), []
    result = computed(given)
    counted = lambda *asked: cells.append(asked) or cell_of(*asked)  # noqa: E731
    monkeypatch.setitem(explain_stored.__globals__, "cell_of", counted)
    fresh = again(given)
    told = [explain_stored(result.receipt.as_json(), result.figures, packs(), fresh, at) for _ in range(2)]
    assert told[0] == told[1]
    assert len(cells) == 1
    explain_stored(result.receipt.as_json(), result.figures, packs(), fresh, at, parts=1)
    assert len(cells) == 2
    month = Address.parse(f"co2@{HOSPITAL}@2024-01")
    explain_stored(result.receipt.as_json(), result.figures, packs(), fresh, month)
    changed = computed(inputs([*REPORT[:-12], stated(HOSPITAL, "electricity", "2024-01", 9.9), *REPORT[-11:]])).figures
    with pytest.raises(Refusal, match="replay-differs"):
        explain_stored(result.receipt.as_json(), changed, packs(), fresh, month)


def test_what_was_asked_for_longest_ago_is_forgotten_first_and_what_is_too_large_at_once():
    known = Remembered(most=3)
    known.keep("one", {"value": 1}, size=1)
    known.keep("two", {"value": 2}, size=2)
    assert known.of("one") == {"value": 1}
    known.keep("three", {"value": 3}, size=1)
    known.keep("four", {"value": 4}, size=4)
    assert [known.of(name) for name in ("one", "two", "three", "four")] == [{"value": 1}, None, {"value": 3}, None]
