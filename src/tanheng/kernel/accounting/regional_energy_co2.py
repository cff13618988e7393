"""CO2 of the energy that a region uses, from its energy balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tanheng.kernel.account.account import Account
from tanheng.kernel.accounting.balance_sheet import TCE, BalanceSheet, sheets_of, signed_sum, zero
from tanheng.kernel.accounting.emissions import CO2_PER_CARBON
from tanheng.kernel.accounting.energy import GJ_PER_TCE
from tanheng.kernel.accounting.regional_energy_balance import TCE_PER_MWH, chosen, close, total_energy
from tanheng.kernel.faults import Finding, Refusal, Severity, Worded
from tanheng.kernel.pack import BalanceLayout, Choice
from tanheng.kernel.pack.balance_layout import Role
from tanheng.kernel.quantity import greatest_of, name, size_of
from tanheng.kernel.trace import Cell

_GUIDE = "provincial-guide-2011#energy-defaults"
_GRID = "provincial-guide-2011#grid-electricity"
_ANNEX_A = "gbt-2589-2020#annex-a"
_CO2_OF_HEAT = GJ_PER_TCE * name("carbon_content") * name("oxidation_rate") * CO2_PER_CARBON
_COKE = Worded("它的碳已在焦炭中计入", "its carbon is counted in the coke")
_GASES = Worded("它的碳在高炉、转炉煤气中计入", "its carbon is counted in the gases of furnace and converter")
_NO_CARBON_CONTENT = Worded("设置 fuels_left_out 将其列为不计", "the setting fuels_left_out names it")


def regional_energy_co2(account: Account) -> None:
    """CO2 of a region's energy activities.

    activity_data = final consumption - non-energy use + input to power + input to heat [+ losses]
    co2           = activity_data x 29.3076 GJ/tce x carbon_content x oxidation_rate x 44/12
    electricity   : net import / 0.1229 tce/MWh x grid factor;  heat: net import x 29.3076 x heat factor

    Energy is stated in coal equivalent, so the calorific value of a fuel has no part: a tonne of it is 29.3076 GJ. The
    reading rejected, calorific value over the rounded coal equivalent factor, mixes two families of values and is some
    0.12 % lower. What coking, refining and gas works take in comes out again as fuel: only their own use, which stands
    in the final consumption of industry, is counted.

    Reads    as `regional_energy_balance`; factors: carbon_content [tC/GJ], oxidation_rate [1], grid_factor [tCO2/MWh].
    Gives    co2 of each fuel as a line and their sum; bunker_co2 and non_energy_use beside it, in no sum; whatever
             `regional_energy_balance` gives. Findings: fuel-not-counted with the reason.
    Refuses  carbon-counted-twice: coke and the gases of furnace and converter both; as `regional_energy_balance`.
    Source   provincial-guide-2011#energy-defaults
    Leaves out  CH4 and N2O; fugitive emissions; a carbon balance of refining.
    """
    if account.setting("furnace_carbon") == "both":
        raise Refusal("carbon-counted-twice", name="furnace_carbon")
    for sheet in sheets_of(account):
        not_counted = _not_counted(account, sheet.layout)
        close(sheet)
        total_energy(sheet)
        _emissions(sheet, not_counted)
        _memos(sheet, not_counted)


def _not_counted(account: Account, layout: BalanceLayout) -> Mapping[str, Worded]:
    """The fuels that are not counted, and why."""
    counted_as_coke = chosen(account, "furnace_carbon", ("coke", "gases")) == "coke"
    twice = dict.fromkeys(layout.furnace_gases, _COKE) if counted_as_coke else dict.fromkeys(layout.coke, _GASES)
    left_out = [fuel.strip() for fuel in account.setting("fuels_left_out").split(",") if fuel.strip()]
    return twice | dict.fromkeys(left_out, _NO_CARBON_CONTENT)


def _emissions(sheet: BalanceSheet, not_counted: Mapping[str, Worded]) -> None:
    paper, carriers, lines = sheet.account.paper, sheet.account.packs.carriers, list[Cell]()
    for fuel in sheet.fuels:
        kind = carriers[fuel].kind if fuel in carriers else "fuel"
        activity = _activity(sheet, fuel) if kind == "fuel" else _net_import(sheet, fuel)
        if activity is None:
            continue
        if fuel in not_counted:
            fields = {"fuel": sheet.words(fuel), "reason": not_counted[fuel], "activity": activity.value}
            paper.findings.append(Finding("fuel-not-counted", str(activity.address), fields, Severity.NOTE))
            continue
        lines.append(_emission(sheet, fuel, kind, activity))
    if lines:
        paper.total(sheet.at("co2"), lines, clause=_GUIDE)


def _activity(sheet: BalanceSheet, fuel: str) -> Cell | None:
    """What of a fuel is burnt; a term that the balance does not have for it is not in the formula."""
    final = sheet.added(fuel, "final")
    inputs = {} if final is None else {"final_consumption": final}
    terms = [(name(term), True) for term in inputs]
    for role, added in _plain_terms(sheet.account).items():
        for id, cell in sheet.of_role(fuel, role).items():
            inputs[id] = cell
            terms.append((name(id), added))
    for id, cell in sheet.of_role(fuel, "power", "heat_supply").items():
        inputs[id] = cell
        terms.append((greatest_of(zero(), zero() - name(id)), True))  # an input is negative, an output positive
    if not inputs:
        return None
    return sheet.account.paper.step(sheet.at("activity_data", fuel), signed_sum(terms), inputs, unit=TCE, clause=_GUIDE)


def _plain_terms(account: Account) -> Mapping[Role, bool]:
    """The roles that the settings put into the activity, and whether they are added."""
    terms: dict[Role, bool] = {"non_energy": False}
    if chosen(account, "losses", ("leave_out", "count")) == "count":
        terms["losses"] = True
    if chosen(account, "bunkers", ("memo", "subtract")) == "subtract":
        terms["bunkers_abroad"] = False
    return terms


def _net_import(sheet: BalanceSheet, fuel: str) -> Cell | None:
    taken = sheet.of_role(fuel, "inflow", "outflow", "import", "export")
    if not taken:
        return None
    inputs = {f"{id}_amount": cell for id, cell in taken.items()}
    formula = signed_sum([(name(term), True) for term in inputs])
    return sheet.account.paper.step(sheet.at("activity_data", fuel), formula, inputs, unit=TCE, clause=_GRID)


def _emission(sheet: BalanceSheet, fuel: str, kind: str, activity: Cell) -> Cell:
    account, address = sheet.account, sheet.at("co2", fuel)
    if kind == "electricity":
        inputs = {"activity_data": activity, "grid_factor": _grid_factor(sheet)}
        emission = name("activity_data") / TCE_PER_MWH * name("grid_factor")
        return account.paper.result(address, emission, inputs, clause=_GRID)
    if kind == "heat":
        inputs = {"activity_data": activity, "heat_factor": account.factor("heat_factor", sheet.period)}
        emission = name("activity_data") * GJ_PER_TCE * name("heat_factor")
        return account.paper.result(address, emission, inputs, clause=_GUIDE)
    inputs = {"activity_data": activity, **_carbon(sheet, fuel)}
    return account.paper.result(address, name("activity_data") * _CO2_OF_HEAT, inputs, clause=_GUIDE)


def _carbon(sheet: BalanceSheet, fuel: str) -> dict[str, Cell]:
    roles = ("carbon_content", "oxidation_rate")
    return {role: sheet.account.factor(role, sheet.period, carrier=fuel) for role in roles}


def _grid_factor(sheet: BalanceSheet) -> Cell:
    """The setting; else the factor of the first series that has one for the period, the newer series first."""
    account = sheet.account
    if account.setting("grid_factor_value"):
        return account.set_number("grid_factor_value")
    roles = [role for role in ("grid_factor", "older_grid_factor") if role in account.choosers]
    return account.factor(_first_with_an_entry(account, roles, sheet), sheet.period)


def _first_with_an_entry(account: Account, roles: Sequence[str], sheet: BalanceSheet) -> str:
    for role in roles:
        if isinstance(account.choosers[role].choose(account.use.given, sheet.period), Choice):
            return role
    return roles[0]


def _memos(sheet: BalanceSheet, not_counted: Mapping[str, Worded]) -> None:
    """What stands beside the total: non-energy use, and the CO2 of refuelling abroad and of foreign vessels here."""
    paper, uses, bunkers = sheet.account.paper, list[Cell](), list[Cell]()
    for fuel in sheet.fuels:
        used = sheet.of_role(fuel, "non_energy")
        if used:
            formula = signed_sum([(name(id), True) for id in used])
            uses.append(paper.result(sheet.at("non_energy_use", fuel), formula, used, clause=_GUIDE))
        fuelled = sheet.of_role(fuel, "bunkers_abroad", "bunkers_here")
        if fuelled and fuel not in not_counted:
            amount = signed_sum([(size_of(name(id)), True) for id in fuelled])
            inputs = {**fuelled, **_carbon(sheet, fuel)}
            bunkers.append(paper.result(sheet.at("bunker_co2", fuel), amount * _CO2_OF_HEAT, inputs, clause=_GUIDE))
    if uses:
        paper.total(sheet.at("non_energy_use"), uses, clause=_GUIDE)
    if bunkers:
        paper.total(sheet.at("bunker_co2"), bunkers, clause=_GUIDE)
