"""CO2 per GDP."""

from __future__ import annotations

from tanheng.kernel.account.account import Account
from tanheng.kernel.accounting.intensity import Columns, intensity_account

_COLUMNS = Columns(
    amount="co2_total",
    amount_growth="co2_growth",
    change="co2_intensity_change",
    level="co2_intensity",
    growth="co2_growth",
    decline="co2_intensity_decline",
    published="co2_intensity_decline_published",
    elasticity="co2_elasticity",
)


def co2_intensity(account: Account) -> None:
    """CO2 per GDP at comparable prices, its decline, and the years of a plan together.

    As energy_intensity, with the CO2 of a region in the place of its energy.

    Reads    co2_total, co2_growth, gdp, gdp_growth, co2_intensity_change of every area.
    Gives    the results of the method's definition, where there are figures for them.
    Refuses  setting-not-allowed; unit-mismatch.
    Source   intensity-accounting
    Leaves out  a frozen grid factor: see carbon_progress.
    """
    intensity_account(account, _COLUMNS)
