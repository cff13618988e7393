"""Energy per GDP."""

from __future__ import annotations

from tanheng.kernel.account.account import Account
from tanheng.kernel.accounting.intensity import Columns, intensity_account

_COLUMNS = Columns(
    amount="energy_total",
    amount_growth="energy_growth",
    change="intensity_change",
    level="energy_intensity",
    growth="energy_growth",
    decline="intensity_decline",
    published="intensity_decline_published",
    elasticity="energy_elasticity",
)


def energy_intensity(account: Account) -> None:
    """Energy per GDP at comparable prices, its decline, the identity of growth, and the years of a plan together.

    level     = energy_total / gdp, in the result whose unit has the price year of the GDP
    decline   = (1 - (energy this year / last) / (gdp this year / last)) x 100; published beside it: minus the change
    identity  : (1 + growth of energy) - (1 + change of intensity)(1 + growth of gdp), of stated rates
    cumulative = 1 - product of (1 - decline); progress = log of the product / log of (1 - target), and linear

    Reads    energy_total, energy_growth, gdp, gdp_growth, intensity_change (the signed change that a bulletin prints)
             of every area; where a census lies between two years, in the last vintage that has both on one footing.
    Gives    the results of the method's definition, where there are figures for them; no GDP is a note and no number.
             Findings: gdp-missing, price-year-differs, series-broken, growth-identity-broken, published-rate-differs.
    Refuses  setting-not-allowed; unit-mismatch: energy on another basis than the level declares.
    Source   intensity-accounting
    Leaves out  what the assessment subtracts: see assessment_basis; intensities of sectors.
    """
    intensity_account(account, _COLUMNS)
