"""What becomes known later never changes what was known earlier."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Factor, FactorEntry
from tests.kernel.world import asked, changed, computed, packs
from tests.laws.city import KNOWN, PERIOD, cities, statements

LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FACTORS = ("grid_electricity_average", "oxidation_rate", "coal_equivalent_factor", "electricity_coal_equivalent_rate")


def known(city, on, use=None):
    """The digest of the figures and the entries behind them; nothing where nothing is known."""
    if all(row["published"] > on for row in city.rows):
        with pytest.raises(Refusal, match="no-activity-data"):
            computed(city.inputs, asked(on, PERIOD), use)
        return None
    receipt = computed(city.inputs, asked(on, PERIOD), use).receipt
    return receipt.figures, receipt.entries


@LAW
@given(cities(), KNOWN, st.data())
def test_an_observation_published_later_changes_no_figure_known_earlier(city, on, data):
    later = st.integers(1, 400).map(lambda days: on + timedelta(days=days))
    added = data.draw(st.lists(statements(published=later), min_size=1, max_size=8))
    after = city.with_rows(*(row | {"position": 100 + n} for n, row in enumerate(added)))
    assert known(after, on) == known(city, on)


@LAW
@given(cities(), st.integers(1, 900), st.sampled_from(FACTORS), st.integers(1, 900), st.booleans(), st.data())
def test_an_entry_published_later_changes_no_figure_known_earlier(city, days, factor, after, replaces, data):
    on = date(2024, 6, 1) + timedelta(days=days)
    table = packs().get(Factor, factor)
    old = data.draw(st.sampled_from(table.entries))
    new = FactorEntry(
        id="later", keys=old.keys, start=date(2024, 1, 1), end=date(2025, 1, 1), value=Decimal("0.123"),
        published=on + timedelta(days=after), replaces=old.id if replaces else None, clause=old.clause,
        status="verified",
    )  # fmt: skip
    later = changed(packs(), **{factor: {"entries": (*table.entries, new)}})
    assert known(city, on, later) == known(city, on)


@LAW
@given(cities(), KNOWN)
def test_a_day_on_which_nothing_was_published_changes_no_figure(city, on):
    said = {row["published"] for row in city.rows}
    said |= {entry.published for factor in packs().all(Factor) for entry in factor.entries}
    before = max((day for day in said if day <= on), default=None)
    assume(before is not None)
    assert known(city, before) == known(city, on)
