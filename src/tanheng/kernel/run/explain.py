"""Why a figure has its value: the same method over the rows of the figure, with every column kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack import PackSet
from tanheng.kernel.quantity.formula import names_in
from tanheng.kernel.run.activity import Gap
from tanheng.kernel.run.cell import Cell, accounts_of, cell_of
from tanheng.kernel.run.inputs import Inputs, Parameters
from tanheng.kernel.run.labels import figure_json, gaps_json, part_json
from tanheng.kernel.run.plan import Plan
from tanheng.kernel.run.remembered import Remembered
from tanheng.kernel.run.row_steps import Json, RowSteps
from tanheng.kernel.run.run import Result
from tanheng.kernel.run.slice import FACILITY, Part, below, cut, level_of
from tanheng.kernel.run.why import entries_behind, unit_ratios
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address, Lookup

_DETAILED_ROWS = 12


def explain_rows(result: Result, packs: PackSet, inputs: Inputs, address: Address, *, parts: int = 40) -> Json:
    """Explains one figure of a result by computing it again.

    Reads    result: its receipt names method and parameters; packs and inputs: those that the receipt names.
             parts: how many parts to list; the others are summed in `rest`.
    Gives    the explain contract (docs/reference/explain-contract.md): value, steps, factors, parts, rest, gaps,
             fills, receipt. The last step gives the value; parts and rest add up to it exactly.
    Refuses  figure-not-found; replay-differs: the stored figure is not what the receipt computes to.
    """
    plan = Plan.of(result.receipt.method, packs, result.receipt.parameters)
    told = _replayed(plan, inputs, cell_of(plan, inputs, address, result.gaps), result.figures, parts)
    return told | {"receipt": result.receipt.as_json()}


def explain_stored(
    receipt: Mapping[str, Any], figures: Table, packs: PackSet, inputs: Inputs, address: Address, *, parts: int = 40
) -> Json:
    """Explains one figure of a kept result of rows, as `explain_rows` does, without running the whole again.

    Reads    receipt, figures: what was kept; of the observations those of the subject asked, and no others.
    Gives    what was told of this figure out of these very inputs before, where that is remembered. The kept figure is
             held against it each time.
    Refuses  figure-not-found; replay-differs: the kept figure is not what its rows compute to.
    """
    plan = Plan.of(receipt["method"], packs, Parameters.of_json(receipt["parameters"]))
    key = (plan.definition.id, str(plan.parameters.as_json()), str(packs.hashes), str(address), parts)
    known: Remembered = inputs.memory.setdefault("explained", Remembered())
    told = known.of(key)
    if told is None:
        told = _replayed(plan, inputs, cell_of(plan, inputs, address, None), figures, parts)
        known.keep(key, told, size=_own_size(told, inputs) + parts)
    _refuse_difference(figures, address, told["value"])
    return told | {"receipt": dict(receipt)}


def _own_size(told: Json, inputs: Inputs) -> int:
    """How much an explanation holds that no other holds: gaps and fills count where they are kept for all columns."""
    kept: Remembered = inputs.memory["missing told"]
    shared = kept.holds(told["gaps"])
    return len(told["steps"]) + (0 if shared else len(told["gaps"]) + len(told["fills"]))


def _replayed(plan: Plan, inputs: Inputs, cell: Cell, figures: Table, parts: int) -> Json:
    """Everything but the receipt."""
    address, whole = cell.address, cell.slice.whole()
    _refuse_difference(figures, address, whole.value)
    top = _Top(cell, inputs, parts)
    shown, rest, steps = top.unfold(whole)
    lookups = _lookups(cell, address.column)
    return figure_json(whole, plan, inputs) | {
        "steps": steps,
        "factors": _factors(cell, lookups),
        "parts": [part_json(part, plan, inputs) for part in shown],
        "rest": rest,
        **_missing_told(cell, inputs),
        "findings": [finding.as_json() for finding in _findings(cell, lookups)],
    }


def _missing_told(cell: Cell, inputs: Inputs) -> Json:
    """The gaps and fills below a figure. They are the same for every column of it: put into words once for all."""
    plan, address = cell.plan, cell.address
    about = (address.subject, address.period, address.line)
    key = (plan.definition.id, str(plan.parameters.as_json()), str(plan.packs.hashes), about)
    known: Remembered = inputs.memory.setdefault("missing told", Remembered())
    told = known.of(key)
    if told is None:
        told = _missing(cell, inputs)
        known.keep(key, told, size=len(told["gaps"]) + len(told["fills"]))
    return told


def _missing(cell: Cell, inputs: Inputs) -> Json:
    missing, fills = _belonging(cell), cell.fills
    filled = [gap for gap in missing if gap in fills] if fills else []
    return {
        "gaps": gaps_json([gap for gap in missing if gap not in fills] if fills else missing, inputs),
        "fills": [
            {**told, **fills[gap].as_json()} for gap, told in zip(filled, gaps_json(filled, inputs), strict=True)
        ],
    }


class _Top:
    """Walks from a figure down its largest parts to single rows, and prints the steps on the way back up."""

    def __init__(self, cell: Cell, inputs: Inputs, most: int) -> None:
        self.cell = cell
        self.inputs = inputs
        self.most = most
        self.plan: Plan = cell.plan
        self.unit = cell.plan.grids[cell.address.column].step.text

    def unfold(self, whole: Part) -> tuple[list[Part], int, list[Json]]:
        """The parts of the figure that are shown, the rest, and every step from the leading rows to the figure."""
        sums: list[Json] = []
        first: tuple[list[Part], int] | None = None
        address, level = whole.address, level_of(self.inputs, whole.address.subject)
        within = {level: address.subject}
        while level != FACILITY:
            level = below(self.plan, level)
            parts, outside = self.cell.slice.parts(level, within)
            shown, rest = cut(parts, self.most, outside)
            first = first or (shown, rest)
            sums.append(self._sum(address, shown, rest, explained=shown[:1]))
            if not shown or shown[0].value is None:
                return *first, _with_terms(reversed(sums))
            address, within = shown[0].address, {**within, level: shown[0].address.subject}
        shown, rest, steps = self._rows(address)
        first = first or (shown, rest)
        return *first, _with_terms([*steps, *reversed(sums)])

    def _rows(self, address: Address) -> tuple[list[Part], int, list[Json]]:
        """The rows of one facility: its lines by month."""
        trace = self.plan.new_trace()
        accounts, _, fills = accounts_of(
            self.plan, self.inputs, address, {address.subject}, self.cell.gaps, trace, keep=["source"]
        )
        column = address.column
        printer = RowSteps(self.plan, trace, column, fills)
        rows = sorted(accounts.rows(), key=lambda row: _row_order(printer, row))
        if address.line is not None and len(rows) == 1:
            return [], rows[0][column] or 0, printer.of(rows[0])  # no smaller part: all of it is rest
        parts = [_row_part(printer, row) for row in rows]
        shown, rest = cut(parts, self.most)
        detailed = [(part, row) for part, row in zip(shown, rows, strict=False) if part.value is not None]
        detailed = detailed[:_DETAILED_ROWS]
        steps = [step for _, row in detailed for step in printer.of(row)]
        return shown, rest, [*steps, self._sum(address, shown, rest, explained=[part for part, _ in detailed])]

    def _sum(self, address: Address, shown: Sequence[Part], rest: int, *, explained: Sequence[Part]) -> Json:
        """The step of a sum: its parts by reference, and the rest; a part without a value is a gap, not a term."""
        here = {str(part.address) for part in explained}
        inputs: Json = {}
        for part in shown:
            if part.value is not None:
                kind = "step" if str(part.address) in here else "figure"
                term = {"value": part.value, "unit": self.unit, "ref": f"{kind}:{part.address}"}
                inputs[f"part_{len(inputs) + 1}"] = term
        if rest:
            inputs["rest"] = {"value": rest, "unit": self.unit, "ref": f"figure:{address}"}
        return {
            "id": str(address),
            "column": address.column,
            "formula": " + ".join(inputs),
            "inputs": inputs,
            "value": sum(term["value"] for term in inputs.values()) if inputs else None,
            "unit": self.unit,
            "clause": "",
        }


def _with_terms(steps: Iterable[Json]) -> list[Json]:
    """The steps that have anything to compute with: where there are only gaps, there is no sum."""
    return [step for step in steps if step["value"] is not None]


def _row_order(printer: RowSteps, row: Mapping[str, Any]) -> tuple[bool, float, str]:
    """The largest first; equal ones by their address, so that an explanation says the same each time."""
    value = row[printer.column]
    return value is None, 0 if value is None else -abs(value), str(printer.address(row, printer.column))


def _row_part(printer: RowSteps, row: Mapping[str, Any]) -> Part:
    column = printer.column
    unverified = bool(row[column + "_unverified"]) if column + "_unverified" in row else False
    filled = int("filled" in row and row["filled"] is True)
    return Part(printer.address(row, column), row[column], int(row[column] is None), unverified, 1, filled)


def _lookups(cell: Cell, column: str) -> list[Lookup]:
    """The lookups that any row of the cell rests on for a column, with the answers that rows with a value asked for."""
    trace = cell.trace
    found: list[Lookup] = []
    for branch in dict.fromkeys(step.branch for step in trace.steps if step.branch):
        names = {name for step in trace.behind(branch, column) for name in names_in(step.formula)}
        asking = [row for row in cell.used if row["branch"] == branch]
        for common in ("", branch):  # the conversion of units comes before the branches
            found += [lookup.narrowed(asking) for lookup in trace.lookups_of(common, names)]
    return found


def _factors(cell: Cell, lookups: Sequence[Lookup]) -> list[Json]:
    """The entries and conversions that a row of the figure used, and no others."""
    carriers, known_on = cell.plan.packs.carriers, cell.plan.parameters.known_on
    entries = [item.as_json(carriers=carriers, known_on=known_on) for item in entries_behind(lookups)]
    return [*entries, *unit_ratios(lookups)]


def _findings(cell: Cell, lookups: Sequence[Lookup]) -> list[Finding]:
    """What was found about the factors that the figure rests on, and not about any other."""
    factors = {lookup.factor for lookup in lookups}
    return [finding for finding in cell.trace.distinct_findings if finding.fields["factor"] in factors]


def _refuse_difference(figures: Table, address: Address, again: int | None) -> None:
    """A stored figure that its own receipt does not compute to is a defect, and is never shown as explained."""
    if address.line is not None:
        return
    stored = figures.where(
        subject=address.subject, period_start=address.period.start, period_end=address.period.end
    ).values(address.column)
    if stored and stored[0] != again:
        raise Refusal("replay-differs", address=str(address), again=again, stored=stored[0])


def _belonging(cell: Cell) -> list[Gap]:
    """The gaps in facility months that lay in the figure; a city has tens of thousands, so that the months are asked
    for once and not gap by gap.
    """
    facilities = {gap.facility for gap in cell.gaps}
    months = set(cell.slice.months.where_in(FACILITY, facilities).distinct([FACILITY, "period_start"]))
    return [gap for gap in cell.gaps if (gap.facility, gap.period.start) in months]
