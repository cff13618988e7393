"""Laws of the way to a target, whatever the numbers."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanheng.kernel.obligation.way import way_to

LAW = settings(deadline=None)
CUTS = st.decimals("0.5", "60", places=2)
DONE = st.lists(st.decimals("-8", "12", places=2), min_size=0, max_size=6)


@LAW
@given(cut=CUTS, done=DONE, left=st.integers(1, 6))
def test_the_equal_rate_of_the_years_left_always_ends_at_the_target(cut, done, left):
    years = len(done) + left
    rate = way_to(cut, years, done).remaining_annual
    end = way_to(cut, years, [*done, *[Decimal(str(rate))] * left])
    assert end.cumulative == pytest.approx(float(cut), abs=1e-5)
    assert end.progress == pytest.approx(100, abs=1e-2)
    assert end.remaining_annual is None


@LAW
@given(cut=CUTS, done=DONE, left=st.integers(1, 6))
def test_the_stretch_of_the_next_year_always_ends_on_the_schedule(cut, done, left):
    years = len(done) + left
    way = way_to(cut, years, done)
    back = way_to(cut, years, [*done, Decimal(str(way.stretch_next))])
    assert back.cumulative == pytest.approx(way.schedule[len(done)], abs=1e-5)


@LAW
@given(cut=CUTS, years=st.integers(1, 20))
def test_the_equal_rate_each_year_is_the_schedule_of_every_year(cut, years):
    way = way_to(cut, years)
    walked = [way_to(cut, years, [Decimal(str(way.remaining_annual))] * done) for done in range(1, years + 1)]
    assert [step.cumulative for step in walked] == pytest.approx(list(way.schedule), abs=1e-5)
    assert list(way.schedule) == sorted(way.schedule) and way.schedule[-1] == pytest.approx(float(cut), abs=1e-6)


@LAW
@given(cut=CUTS, done=DONE, more=st.decimals("0.01", "5", places=2))
def test_a_larger_cut_in_any_year_is_never_less_progress(cut, done, more):
    years = len(done) + 1
    less = way_to(cut, years, [*done, Decimal(1)])
    better = way_to(cut, years, [*done, Decimal(1) + more])
    assert better.progress > less.progress and better.progress_linear > less.progress_linear


@LAW
@given(
    cut=st.decimals("-20", "150", places=1),
    done=st.lists(st.decimals("-50", "99.9", places=1), max_size=3),
    last=st.lists(st.decimals("-50", "100", places=1), max_size=1),
)
def test_whatever_is_asked_nothing_is_infinite_and_nothing_fails(cut, done, last):
    """After a year that left nothing no rate means anything, which is refused: only the last may fall by everything."""
    way = way_to(cut, len(done) + len(last) + 1, [*done, *last])
    said = [way.progress, way.progress_linear, way.remaining_annual, way.stretch_next, way.cumulative, *way.schedule]
    assert all(value is None or abs(value) < 1e9 for value in said)
