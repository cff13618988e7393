"""Running an account: its cells as figures, with findings and a receipt like those of any run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tanheng.kernel import accounting, assessment, obligation
from tanheng.kernel.account import Account, AccountMethod
from tanheng.kernel.fact import Facts, Registers
from tanheng.kernel.faults import Finding, Refusal, Worded
from tanheng.kernel.pack import Chooser, Factor, Fields, IndicatorShape, MethodDefinition, MethodUse, PackSet, remarks
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Grid
from tanheng.kernel.run.inputs import Inputs, Parameters
from tanheng.kernel.run.receipt import not_expressed, receipt_of
from tanheng.kernel.run.run import Result, run_rows
from tanheng.kernel.table import BOOLEAN, COUNT, DAY, TEXT, Table
from tanheng.kernel.trace import Cell, WorkingPaper

ACCOUNTS: Mapping[str, AccountMethod] = {**accounting.ACCOUNTS, **obligation.ACCOUNTS, **assessment.ACCOUNTS}
KEYS = ("level", "subject", "period_start", "period_end")
_FUNCTION = Worded("核算函数", "function")
_FACILITY = "facility"


@dataclass(frozen=True)
class AccountRun:
    """An account that was computed: what it worked with, and the paper with every cell."""

    account: Account
    inputs: Inputs
    parameters: Parameters

    @property
    def paper(self) -> WorkingPaper:
        """The cells."""
        return self.account.paper

    @property
    def grids(self) -> Mapping[str, Grid]:
        """The grids of the results."""
        return self.account.paper.grids

    def level_of(self, subject: str) -> str:
        """The level of a subject: that of the area, field, target, or facility."""
        return self.inputs.directory.level_of(subject) or _FACILITY


def computed_account(method_id: str, packs: PackSet, inputs: Inputs, parameters: Parameters) -> AccountRun:
    """Computes the cells of an account.

    Refuses  definition-missing, scheme-unknown, factor-not-for-scheme, setting-unknown; whatever the method and the
             methods that it builds on refuse.
    """
    definition = packs.get(MethodDefinition, method_id)
    use = packs.method_use(method_id, parameters.scheme)
    if definition.function not in ACCOUNTS:
        known = ", ".join(sorted(ACCOUNTS))
        raise Refusal("definition-missing", kind=_FUNCTION, id=definition.function, nearest=known)
    inputs = _titled(inputs, packs)
    account = _account(definition, use, packs, inputs, parameters)
    for id in parameters.settings:
        account.setting(id)
    ACCOUNTS[definition.function](account)
    return AccountRun(account, inputs, parameters)


def _titled(inputs: Inputs, packs: PackSet) -> Inputs:
    """The inputs with the names of targets and fields; an account below another one has them already."""
    key = ("titled", id(packs))
    if key not in inputs.memory or inputs.memory[key][0] is not inputs:
        fields = {entry.code: entry.label for group in packs.all(Fields) for entry in group.entries}
        inputs.memory[key] = (inputs.titled(fields), packs)  # the packs stay, and with them their identity
    found: Inputs = inputs.memory[key][0]
    return found


def run_account(method_id: str, packs: PackSet, inputs: Inputs, parameters: Parameters) -> Result:
    """Computes an account: every cell of a declared result that is no line of another becomes a figure.

    Gives    a Result in the shape of any run: one row per (level, subject, period); beside each result how many of the
             givens below it are missing, and whether an unverified factor was used. `rows` are the givens.
    Refuses  as `computed_account`.
    """
    return result_of(kept_account(method_id, packs, inputs, parameters))


def kept_account(method_id: str, packs: PackSet, inputs: Inputs, parameters: Parameters) -> AccountRun:
    """As `computed_account`; kept while its inputs are: whoever explains a figure asks for it at every step.

    Refuses  as `computed_account`.
    """
    settings = tuple(sorted(parameters.settings.items()))
    asked = (parameters.scheme, parameters.period, parameters.known_on, parameters.log_position, parameters.fill)
    key = ("account", method_id, *asked, settings, id(packs))
    if key not in inputs.memory:
        found = computed_account(method_id, packs, inputs, parameters)
        inputs.memory[key] = (found, packs)  # the packs stay, and with them their identity
    done: AccountRun = inputs.memory[key][0]
    return done


def result_of(done: AccountRun) -> Result:
    """The figures of an account that was computed, with its findings and its receipt."""
    figures = _figures(done)
    account = done.account
    receipt = receipt_of(account.definition, account.packs, done.parameters, done.inputs, account.lookups, figures)
    return Result(figures, tuple(findings_of(done)), (), receipt)


def run_below(
    packs: PackSet, inputs: Inputs, parameters: Parameters, method: str, scheme: str, period: Period
) -> Result:
    """A run of a method below an account, over a period: with its own settings, known on the same day."""
    asked = replace(parameters, period=period, scheme=scheme, settings={})
    key = ("run", method, asked.scheme, asked.period, asked.known_on, asked.fill, id(packs))
    if key not in inputs.memory:
        go = run_account if packs.get(MethodDefinition, method).form == "account" else run_rows
        inputs.memory[key] = (go(method, packs, inputs, asked), packs)  # the packs stay, and with them their identity
    found: Result = inputs.memory[key][0]
    return found


def findings_of(done: AccountRun) -> Iterable[Finding]:
    """What was found while computing, what the factors need said, and what the clauses say and the method does not."""
    yield from done.paper.findings
    entries: dict[str, dict[tuple[Any, ...], Any]] = {}
    for (role, by), answers in done.account.chosen.items():
        entries.setdefault(role, {}).update({(by, *key): answer for key, answer in answers.items()})
    for role, chosen in entries.items():
        yield from remarks(done.account.choosers[role].factor, chosen)
    yield from not_expressed(done.account.definition)


def _account(
    definition: MethodDefinition, use: MethodUse, packs: PackSet, inputs: Inputs, parameters: Parameters
) -> Account:
    scheme, known_on = parameters.scheme, parameters.known_on
    choosers = {
        role: Chooser(packs.get(Factor, id), scheme=scheme, known_on=known_on) for role, id in use.factors.items()
    }

    def figures_of(method: str, period: Period) -> Table:
        return _sub_run(use, packs, inputs, parameters, method, period).figures

    return Account(
        definition=definition,
        use=use,
        packs=packs,
        directory=inputs.directory,
        period=parameters.period,
        facts=_facts(inputs, known_on, use.use_classes),
        choosers=choosers,
        settings=parameters.settings,
        figures_of=figures_of,
        paper=WorkingPaper({id: packs.get(IndicatorShape, id).on_grid for id in definition.results}),
        demands=inputs.demands,
        registers=Registers(inputs.kept, known_on),
    )


def _sub_run(
    use: MethodUse, packs: PackSet, inputs: Inputs, parameters: Parameters, method: str, period: Period
) -> Result:
    if method not in use.builds_on:
        raise ValueError(f"{use.id} does not say that it builds on {method}")
    return run_below(packs, inputs, parameters, method, use.builds_on[method], period)


def _facts(inputs: Inputs, known_on: date, use_classes: tuple[str, ...]) -> Facts:
    key = ("facts", id(inputs.shelf), known_on, use_classes)
    if key not in inputs.memory:
        inputs.memory[key] = Facts(inputs.shelf, known_on, use_classes)
    found: Facts = inputs.memory[key]
    return found


def _figures(done: AccountRun) -> Table:
    results = done.account.definition.results
    rows: dict[tuple[str, Period], dict[str, Cell]] = {}
    for column in results:
        for cell in done.paper.of_column(column):
            if cell.address.line is None:
                rows.setdefault((cell.address.subject, cell.address.period), {})[column] = cell
    columns: dict[str, Any] = {"level": TEXT, "subject": TEXT, "period_start": DAY, "period_end": DAY}
    for column in results:
        columns |= {column: COUNT, f"{column}_missing": COUNT, f"{column}_unverified": BOOLEAN}
    columns |= {"rows": COUNT, "filled": COUNT}
    told = [_row(done.level_of(subject), subject, period, cells, results) for (subject, period), cells in rows.items()]
    return Table.of_rows(told, columns, keys=KEYS).collected()


def _row(
    level: str, subject: str, period: Period, cells: Mapping[str, Cell], results: Iterable[str]
) -> dict[str, object]:
    row: dict[str, object] = {
        "level": level,
        "subject": subject,
        "period_start": period.start,
        "period_end": period.end,
        "rows": len(frozenset[str]().union(*(cell.leaves for cell in cells.values()))),
        "filled": 0,
    }
    for column in results:
        cell = cells[column] if column in cells else None
        row[column] = None if cell is None else cell.value
        row[f"{column}_missing"] = 0 if cell is None else len(cell.absent)
        row[f"{column}_unverified"] = cell is not None and cell.unverified
    return row
