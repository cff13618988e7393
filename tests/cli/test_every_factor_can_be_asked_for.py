"""Every factor of the packs answers the command that shows it: its entries, and the one that governs a day."""

import pytest

from tanheng.kernel.pack import Factor
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS

FACTORS = {factor.id: factor for factor in load_packs(folders=[SHIPPED_PACKS]).all(Factor)}


def keys_of(entry):
    return [part for name, value in entry.keys.items() for part in ("--key", f"{name}={value}")]


@pytest.mark.parametrize("id", FACTORS)
def test_the_last_entry_of_a_factor_is_found_on_its_first_day_under_each_of_its_schemes(document, id):
    entry = FACTORS[id].entries[-1]
    for scheme in FACTORS[id].schemes:
        answer = document("factors", id, *keys_of(entry), "--on", entry.start, "--scheme", scheme)
        assert [used["id"] for used in answer["choice"]["entries"]] == [entry.id]
        assert answer["choice"]["unit"] == FACTORS[id].unit.text
        assert answer["choice"]["unverified"] == (entry.status == "unverified")
    assert len(document("factors", id)["entries"]) == len(FACTORS[id].entries)


def test_status_and_clause_stand_beside_every_value_that_is_printed(tanheng):
    text = tanheng("factors", "grid_electricity_residual").stdout
    assert "mee-2025-47#national-residual" in text
    assert "0.6096" in text
    assert (text.count("未核实"), text.count("二手来源")) == (2, 1)
