"""The energy balance of a region: does it close, and how much energy is it on either basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tanheng.kernel.account.account import Account
from tanheng.kernel.accounting.balance_sheet import BalanceSheet, sheets_of, signed_sum
from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack.balance_layout import Role
from tanheng.kernel.quantity import greatest_of, name, number, size_of
from tanheng.kernel.trace import Cell

_CLOSURE = "energy-statistical-yearbook#regional-balance"
_BOTH_BASES = "energy-statistical-yearbook#coal-equivalent-total"
_ANNEX_A = "gbt-2589-2020#annex-a"
TCE_PER_MWH = number("0.1229", "tce[calorific_value]/MWh")
_LEAST_RATE = 0.1229  # kgce/kWh: no power station needs less than the calorific value
_SAME_ON_BOTH_BASES = number("1", "tce[coal_equivalent]/tce[calorific_value]")
_IN_10_000 = number("10000", "tce[calorific_value]/10^4 tce[calorific_value]")
_IN_10_000_EQUIVALENT = number("10000", "tce[coal_equivalent]/10^4 tce[coal_equivalent]")
_ENTERS: Mapping[Role, bool] = {
    "supply": True,
    "transformed": True,
    "losses": False,
    "final": False,
    "difference": False,
}
_SIDES: Mapping[str, Mapping[Role, bool]] = {
    "supply": {"supply": True},
    "consumption": {"final": True, "losses": True, "transformed": False},
}


def regional_energy_balance(account: Account) -> None:
    """Closure per fuel, and the totals on the calorific and on the coal-equivalent basis.

    balance_residual       = supply + transformation - losses - final consumption - statistical difference
    energy_total_calorific = supply   (setting total_side: or final consumption + losses - transformation)
    energy_total           = energy_total_calorific + (net import + local primary electricity) x (rate - 0.1229)

    Reads    energy_balance of every area and period inside the run's period, through a layout of balances.
             factors: electricity_coal_equivalent_rate [tce/MWh], unless the setting coal_equivalent_rate gives one.
    Gives    balance_residual of each fuel as a line and, of the area, the largest by size; both totals, from the column
             of all fuels where the balance has one. Findings: balance-not-closed beyond closure_tolerance;
             balance-subtotal-differs; balance-whole-differs: the fuels do not add up to their column.
    Refuses  definition-missing: the layout; setting-not-allowed.
    Source   energy-statistical-yearbook#regional-balance
    Leaves out  a conversion of physical amounts: balances in tonnes are converted by whoever publishes them.
    """
    for sheet in sheets_of(account):
        close(sheet)
        total_energy(sheet)


def close(sheet: BalanceSheet) -> None:
    """Writes the residual of every fuel and the largest of them; says which fuels do not close."""
    cells = {fuel: cell for fuel in sheet.columns if (cell := _residual(sheet, fuel)) is not None}
    tolerance = sheet.tolerance
    for fuel, cell in cells.items():
        tonnes = None if cell.value is None else cell.value / 1_000_000
        if tonnes is not None and tolerance.value is not None and abs(tonnes) > tolerance.value:
            fields = {"fuel": sheet.words(fuel), "residual": tonnes, "tolerance": tolerance.value}
            sheet.account.paper.findings.append(Finding("balance-not-closed", str(cell.address), fields))
    if cells:
        names = {f"residual_{number}": cell for number, cell in enumerate(cells.values(), 1)}
        sizes = [size_of(name(term)) for term in names]
        largest = greatest_of(*sizes) if len(sizes) > 1 else sizes[0]
        sheet.account.paper.whole(sheet.at("balance_residual"), largest, names, clause=_CLOSURE)


def total_energy(sheet: BalanceSheet) -> None:
    """Writes the total on both bases.

    Refuses  setting-not-allowed: total_side is neither supply nor consumption.
    """
    calorific = _calorific(sheet)
    if calorific is not None:
        _coal_equivalent(sheet, calorific)


def chosen(account: Account, setting: str, allowed: Iterable[str]) -> str:
    """The value of a setting that is one of a few words.

    Refuses  setting-not-allowed.
    """
    value = account.setting(setting)
    if value not in allowed:
        raise Refusal("setting-not-allowed", name=setting, value=value, allowed=", ".join(allowed))
    return value


def _residual(sheet: BalanceSheet, fuel: str) -> Cell | None:
    inputs: dict[str, Cell] = {role: cell for role in _ENTERS if (cell := sheet.added(fuel, role)) is not None}
    if not inputs:
        return None
    formula = signed_sum([(name(role), enters) for role, enters in _ENTERS.items() if role in inputs])
    return sheet.account.paper.result(sheet.at("balance_residual", fuel), formula, inputs, clause=_CLOSURE)


def _calorific(sheet: BalanceSheet) -> Cell | None:
    paper, whole = sheet.account.paper, sheet.layout.whole.id
    lines = {fuel: cell for fuel in sheet.fuels if (cell := _energy(sheet, fuel)) is not None}
    stated = _energy(sheet, whole) if whole in sheet.columns else None
    address = sheet.at("energy_total_calorific")
    if stated is None:
        return paper.total(address, list(lines.values()), clause=_CLOSURE) if lines else None
    if lines:
        _compare(sheet, stated, lines)
    return paper.whole(address, name("all_fuels"), {"all_fuels": stated}, clause=_CLOSURE)


def _energy(sheet: BalanceSheet, fuel: str) -> Cell | None:
    """The energy of a fuel, from the side of its supply or from that of its use."""
    enters = _SIDES[chosen(sheet.account, "total_side", _SIDES)]
    inputs: dict[str, Cell] = {role: cell for role in enters if (cell := sheet.added(fuel, role)) is not None}
    if not inputs:
        return None
    formula = signed_sum([(name(role), added) for role, added in enters.items() if role in inputs])
    address = sheet.at("energy_total_calorific", fuel)
    return sheet.account.paper.result(address, formula / _IN_10_000, inputs, clause=_CLOSURE)


def _compare(sheet: BalanceSheet, stated: Cell, lines: Mapping[str, Cell]) -> None:
    """The column of all fuels rests on other calorific values than the fuels': how far they are apart is said."""
    values = [cell.value for cell in lines.values() if cell.value is not None]
    if stated.value is None or sheet.tolerance.value is None:
        return
    difference = (sum(values) - stated.value) / 1_000_000
    if abs(difference) > sheet.tolerance.value:
        fields = {"column": sheet.layout.whole.id, "difference": round(difference, 3)}
        finding = Finding("balance-whole-differs", str(stated.address), fields, Severity.NOTE)
        sheet.account.paper.findings.append(finding)


def _coal_equivalent(sheet: BalanceSheet, calorific: Cell) -> Cell:
    """The same energy, with electricity from outside and from local water, wind and sun as the coal it stands for."""
    paper, electricity = sheet.account.paper, sheet.layout.electricity
    energy = name("energy_calorific") / number("1000000", "gce[calorific_value]/tce[calorific_value]")
    energy = energy * _SAME_ON_BOTH_BASES
    inputs = {"energy_calorific": calorific}
    taken = sheet.of_role(electricity, "inflow", "outflow", "import", "export", "production")
    if taken:
        terms = {f"{id}_amount": cell for id, cell in taken.items()}
        formula = signed_sum([(name(term), True) for term in terms])
        address = sheet.at("primary_electricity", electricity)
        inputs["electricity"] = paper.step(address, formula / TCE_PER_MWH, terms, unit="MWh", clause=_ANNEX_A)
        inputs["rate"] = _rate(sheet)
        energy = energy + name("electricity") * (name("rate") - TCE_PER_MWH * _SAME_ON_BOTH_BASES)
    return paper.result(sheet.at("energy_total"), energy / _IN_10_000_EQUIVALENT, inputs, clause=_BOTH_BASES)


def _rate(sheet: BalanceSheet) -> Cell:
    account = sheet.account
    if account.setting("coal_equivalent_rate"):
        rate, greatest = account.set_number("coal_equivalent_rate"), account.set_number("greatest_coal_equivalent_rate")
        if rate.value is None or greatest.value is None or not _LEAST_RATE <= rate.value <= greatest.value:
            allowed = f"{_LEAST_RATE} – {greatest.value} kgce/kWh"
            raise Refusal("setting-not-allowed", name="coal_equivalent_rate", value=rate.value, allowed=allowed)
        return rate
    return account.factor("electricity_coal_equivalent_rate", sheet.period)
