"""A frozen month keeps its figures; what late readings would make of it stands beside."""

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.metering import Store
from tanheng.metering.frozen import beside_frozen, freeze
from tests.metering.rolled import DAY, figures_of, meter, readings

VALUES = [11 * step + step % 3 for step in range(31 * DAY + 1)]


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path)
    opened.register.add([meter("gate", "facility/works")])
    opened.append(readings("most", 1, VALUES[: 30 * DAY]))
    opened.fold()
    yield opened
    opened.close()


def test_late_readings_restate_a_frozen_month_beside_it_and_never_change_it(store):
    _, rolled = figures_of(store)
    freeze(store, "2025-01", rolled.rows(), {})
    (then,) = rolled.rows()
    store.append(readings("late", 1, VALUES[30 * DAY :], first=30 * DAY))
    store.fold()
    _, rolled = figures_of(store)
    shown, (restated,) = beside_frozen(store, rolled.rows())
    assert shown == [{**then, "frozen": True}]
    assert restated["then"]["energy"] == then["energy"]
    assert restated["now"]["energy"] == 10 * VALUES[-1]
    assert restated["now"]["co2_g"] > restated["then"]["co2_g"]


def test_a_month_is_frozen_once_and_only_when_it_has_figures(store):
    _, rolled = figures_of(store)
    freeze(store, "2025-01", rolled.rows(), {})
    with pytest.raises(Refusal, match="2025-01"):
        freeze(store, "2025-01", rolled.rows(), {})
    with pytest.raises(Refusal, match="2025-02"):
        freeze(store, "2025-02", rolled.rows(), {})
