"""A regional energy balance as cells: every figure in tonnes of coal equivalent, every sum checked against its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from keyword import iskeyword

from tanheng.kernel.account.account import Account
from tanheng.kernel.fact import Fact, by_key
from tanheng.kernel.faults import Finding, Severity, Worded
from tanheng.kernel.pack import BalanceLayout, BalanceProcess
from tanheng.kernel.pack.balance_layout import Role
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Formula, Unit, name, number
from tanheng.kernel.trace import Address, Cell

TCE = "tce[calorific_value]"
_INDICATOR = "energy_balance"


@dataclass
class BalanceSheet:
    """The balance of one area and period.

    A process that has no cell for a fuel has none of it: that is how the table is written, and no term stands for it.
    """

    account: Account
    layout: BalanceLayout
    subject: str
    period: Period
    cells: Mapping[tuple[str, str], Cell]

    @property
    def fuels(self) -> list[str]:
        """The carriers of the balance, without the column of all of them."""
        return [fuel for fuel in self.columns if fuel != self.layout.whole.id]

    @property
    def columns(self) -> list[str]:
        """The carriers of the balance, and the column of all of them if it has one."""
        return sorted({fuel for fuel, _ in self.cells})

    def at(self, column: str, fuel: str | None = None) -> Address:
        """The address of a cell of this balance."""
        return Address(column, self.subject, self.period, fuel)

    def words(self, fuel: str) -> Worded:
        """The name of a fuel for a message."""
        return _words(self.account, fuel)

    def of_role(self, fuel: str, *roles: Role) -> dict[str, Cell]:
        """The cells of some roles that a fuel has, by process."""
        ids = [process.id for process in self.layout.of_role(*roles)]
        return {id: self.cells[fuel, id] for id in ids if (fuel, id) in self.cells}

    def added(self, fuel: str, role: Role) -> Cell | None:
        """The sum of a role that is one row, such as final consumption: as stated, else from its parts.

        Where both are there and differ by more than the tolerance, a finding says so; what is stated counts.

        Gives    None where the fuel has neither.
        """
        (process,) = self.layout.of_role(role)
        parts = self._parts(fuel, process)
        stated = self.cells[fuel, process.id] if (fuel, process.id) in self.cells else None
        if stated is not None and parts:
            self._compare(fuel, process, stated, parts)
        if stated is not None or not parts:
            return stated
        address = self.at(process.id, fuel)
        if address in self.account.paper.workings:
            return self.account.paper.workings[address].cell
        formula, inputs = _sum(parts, self.layout), _named(parts)
        return self.account.paper.step(address, formula, inputs, unit=TCE, clause=self.layout.clause)

    def _parts(self, fuel: str, process: BalanceProcess) -> dict[str, Cell]:
        ids = [part.id for part in self.layout.parts_of(process.id)]
        return {id: self.cells[fuel, id] for id in ids if (fuel, id) in self.cells}

    def _compare(self, fuel: str, process: BalanceProcess, stated: Cell, parts: Mapping[str, Cell]) -> None:
        paper, line = self.account.paper, f"{fuel}/{process.id}"
        address = self.at("subtotal_difference", line)
        if address in paper.workings:
            return
        formula = name("stated") - _sum(parts, self.layout)
        cell = paper.step(address, formula, {"stated": stated, **_named(parts)}, unit=TCE, clause=self.layout.clause)
        if _beyond(cell, self.tolerance):
            about = {"fuel": self.words(fuel), "process": Worded(process.label.zh, process.label.en)}
            fields = {**about, "stated": stated.value, "difference": cell.value}
            paper.findings.append(Finding("balance-subtotal-differs", str(address), fields, Severity.WARNING))

    @property
    def tolerance(self) -> Cell:
        """The largest residual that is taken for rounding."""
        return self.account.set_number("closure_tolerance")


def sheets_of(account: Account) -> list[BalanceSheet]:
    """The balances of every area and period inside the run's period.

    Reads    energy_balance: carrier the fuel, item the process; any unit of coal equivalent on the calorific basis.
    Gives    sheets in order of area and period; a finding and no cell where a process is unknown or stated twice.
    Refuses  definition-missing: the layout of the balance; unit-mismatch: an amount on another basis.
    """
    layout = account.packs.get(BalanceLayout, account.setting("balance_layout"))
    facts = account.facts_of(_INDICATOR, within=account.period)
    found: dict[tuple[str, Period], list[Fact]] = {}
    for fact in facts:
        found.setdefault((fact.subject, fact.period), []).append(fact)
    if not found:
        fields = {"method": account.definition.id, "period": str(account.period), "known_on": account.facts.known_on}
        account.paper.findings.append(Finding("balance-missing", str(account.period), fields))
    return [
        BalanceSheet(account, layout, subject, period, _cells(account, layout, rows))
        for (subject, period), rows in found.items()
    ]


def _cells(account: Account, layout: BalanceLayout, facts: Sequence[Fact]) -> dict[tuple[str, str], Cell]:
    unit, cells = Unit.parse(TCE), dict[tuple[str, str], Cell]()
    for (_, subject, period, fuel, process), stated in by_key(facts).items():
        place = Address(_INDICATOR, subject, period, f"{fuel}/{process}")
        if fuel is None or process is None or process not in layout.by_id:
            unknown = {"process": process or "-", "layout": layout.id, "known": ", ".join(layout.by_id)}
            account.paper.findings.append(Finding("balance-process-unknown", str(place), unknown))
        elif len(stated) > 1:
            sources = "; ".join(fact.source.partition("/")[2] for fact in stated)
            row = layout.by_id[process].label
            about = {"fuel": _words(account, fuel), "process": Worded(row.zh, row.en)}
            twice = {**about, "count": len(stated), "sources": sources}
            account.paper.findings.append(Finding("balance-cell-twice", str(place), twice))
        else:
            cells[fuel, process] = account.cell_of(stated[0], unit)
    return cells


def _words(account: Account, fuel: str) -> Worded:
    carriers = account.packs.carriers
    return Worded(carriers[fuel].label.zh, carriers[fuel].label.en) if fuel in carriers else Worded(fuel, fuel)


def _sum(parts: Mapping[str, Cell], layout: BalanceLayout) -> Formula:
    return signed_sum([(name(_term(id)), layout.by_id[id].enters == "plus") for id in parts])


def signed_sum(terms: Sequence[tuple[Formula, bool]]) -> Formula:
    """The terms that are added less those that are not; it starts from nothing only where none is added."""
    added = [term for term, plus in terms if plus] or [zero()]
    total = reduce(lambda left, right: left + right, added)
    return reduce(lambda left, right: left - right, [term for term, plus in terms if not plus], total)


def _named(parts: Mapping[str, Cell]) -> dict[str, Cell]:
    return {_term(id): cell for id, cell in parts.items()}


def _term(id: str) -> str:
    """The name of a process in a formula: Python must be able to read it, and `import` is a word of Python's own."""
    return f"{id}_" if iskeyword(id) else id


def zero() -> Formula:
    """No energy: what a formula starts from or is bounded by."""
    return number("0", TCE)


def _beyond(cell: Cell, tolerance: Cell) -> bool:
    return cell.value is not None and tolerance.value is not None and abs(cell.value) > tolerance.value
