"""A file is set beside what is recorded: a slip of the unit and the figures of another period are doubted."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tanheng.kernel.period import Period
from tanheng.records.foreseeing import Foresight
from tanheng.records.people import person_named
from tanheng.records.recording import record_observations
from tanheng.records.suspecting import Suspicion
from tests.records.world import AUTUMN, stated

SUSPICION = Suspicion(Decimal("0.02"), 3, 10, ("individual_statistics",))
pytestmark = pytest.mark.django_db


def units(count, factor="1", month=1, published=AUTUMN, use_class="unit_report"):
    """As many units, each with an amount of its own, published in autumn."""
    rows = [
        stated(str(Decimal(number * 7) * Decimal(factor)), published, subject=f"facility/{number}", month=month)
        for number in range(1, count + 1)
    ]
    return [replace(row, key=replace(row.key, use_class=use_class)) for row in rows]


def recorded(rows):
    return record_observations(rows, person_named("clerk"), suspicion=SUSPICION)


def codes(found):
    return [(item.code, str(item.severity)) for item in found.findings]


@pytest.mark.parametrize("factor", ["10", "0.01", "1010", "0.0001"])
def test_several_values_that_change_by_one_power_of_ten_are_doubted(factor):
    recorded(units(5))
    wanted = [("unit-slip-suspected", "warning")]
    assert codes(Foresight(SUSPICION).of(units(3, factor))) == wanted
    assert codes(recorded(units(3, factor))) == wanted


@pytest.mark.parametrize("rows", [units(1, "10"), units(5, "2"), units(5, "1.05")])
def test_a_single_slip_and_changes_of_any_other_size_are_not_doubted(rows):
    recorded(units(5))
    assert codes(recorded(rows)) == []


def test_the_doubt_names_how_many_and_one_of_them_with_both_cells():
    recorded(units(5))
    (finding,) = recorded(units(4, "1000")).findings
    message = finding.message("zh")
    assert "疑似单位写错：有 4 个" in message
    assert "7 t [book.xlsx!Sheet!F12] → 7000 t [book.xlsx!Sheet!F12]" in message
    assert "tanheng undo" in finding.next_step("zh")


def test_confidential_values_are_not_quoted():
    recorded(units(5, use_class="individual_statistics"))
    (finding,) = recorded(units(5, "1000", use_class="individual_statistics")).findings
    assert "*** t" in finding.message("zh")
    assert "7000" not in finding.message("zh")


@pytest.mark.parametrize("month", [1, 3])
def test_figures_that_are_all_those_of_the_month_before_or_after_are_doubted(month):
    recorded(units(12, month=2))
    assert codes(Foresight(SUSPICION).of(units(12, month=month))) == [("period-repeated", "warning")]
    (finding,) = recorded(units(12, month=month)).findings
    assert str(finding.fields["other"]) == str(Period.month(2024, 2))


def test_a_month_with_any_figure_of_its_own_is_not_doubted():
    recorded(units(12, month=2))
    own = units(12, month=3)
    assert codes(recorded([*own[:-1], replace(own[-1], value=Decimal(5))])) == []


def test_a_file_that_repeats_few_figures_or_itself_is_not_doubted():
    recorded(units(12, month=2))
    assert codes(recorded(units(9, month=3))) == []
    assert codes(recorded(units(12, month=2))) == []
