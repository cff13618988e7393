"""Why a figure of an account has its value: the paper is written again, and read backwards from the figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from tanheng.kernel.account import RuleValue
from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import IndicatorShape, Measure, MethodDefinition, PackSet
from tanheng.kernel.quantity.formula import text_of
from tanheng.kernel.run.account_run import AccountRun, findings_of, kept_account, run_below
from tanheng.kernel.run.concerning import concerning
from tanheng.kernel.run.explain import explain_rows
from tanheng.kernel.run.inputs import Inputs
from tanheng.kernel.run.run import Result
from tanheng.kernel.run.why import entries_behind
from tanheng.kernel.subject import word_behind
from tanheng.kernel.trace import Address, Cell, Working

Json = dict[str, Any]
_SETTING = "entry:setting#"
_SUBJECT = re.compile(r"(^|/)(?P<subject>(facility|area|party)/.+)$")
"""The subject that a line may end with."""


def explain_account(result: Result, packs: PackSet, inputs: Inputs, address: Address, *, parts: int = 40) -> Json:
    """Explains one cell of an account by computing the account again.

    A figure that is not on the paper is one of a method that the account builds on, or of one that such a method builds
    on in its turn, and is explained by that method.

    Gives    the explain contract (docs/reference/explain-contract.md).
    Refuses  figure-not-found; replay-differs: the stored figure is not what the receipt computes to.
    """
    done = kept_account(result.receipt.method, packs, inputs, result.receipt.parameters)
    below = None if address in done.paper.workings else _below(done, address)
    if below is not None:
        is_account = packs.get(MethodDefinition, below.receipt.method).form == "account"
        return (explain_account if is_account else explain_rows)(below, packs, inputs, address, parts=parts)
    working = _working(done, address)
    _refuse_difference(result, working.cell)
    return _Explanation(done, working, parts).as_json() | {"receipt": result.receipt.as_json()}


def drill_account(result: Result, packs: PackSet, inputs: Inputs, address: Address, *, parts: int = 40) -> Json:
    """The parts of a cell of an account, as the explain contract lists them.

    Refuses  figure-not-found.
    """
    done = kept_account(result.receipt.method, packs, inputs, result.receipt.parameters)
    told = _Explanation(done, _working(done, address), parts)
    shown, rest = told.parts()
    return told.figure(told.working.cell) | {"parts": [told.part(cell) for cell in shown], "rest": rest}


class _Explanation:
    """One cell with everything it rests on, as the explain contract prints it."""

    def __init__(self, done: AccountRun, working: Working, most: int) -> None:
        self.done = done
        self.working = working
        self.most = most

    def as_json(self) -> Json:
        """Everything but the receipt."""
        shown, rest = self.parts()
        workings = self._behind(shown)
        known = self.working.cell.value is not None  # a gap has no steps, whatever it would have rested on
        steps = [self._step(working) for working in workings if known and working.cell.value is not None]
        return self.figure(self.working.cell) | {
            "steps": steps,
            "factors": [*self._entries(workings), *self._rules(workings), *self._settings(workings)],
            "parts": [self.part(cell) for cell in shown],
            "rest": rest,
            "gaps": self._gaps(),
            "fills": [],
            "findings": [item.as_json() for item in concerning(findings_of(self.done), self.done, self.working)],
        }

    def parts(self) -> tuple[list[Cell], int | float]:
        """The parts of a total, largest first, and what they leave over; a computed cell has none and is all rest."""
        whole = self.working.cell.value
        if self.working.formula is not None:
            return [], 0 if whole is None else whole
        ordered = sorted(self.working.inputs.values(), key=_largest_first)
        shown, others = ordered[: self.most], ordered[self.most :]
        return shown, sum(cell.value for cell in others if cell.value is not None)

    def figure(self, cell: Cell) -> Json:
        """A cell with its unit, address and marks."""
        grids, column = self.done.grids, cell.address.column
        on_grid = column in grids and isinstance(cell.value, int)
        display = None if cell.value is None else grids[column].display(int(cell.value)) if on_grid else str(cell.value)
        return {
            "value": cell.value,
            "unit": cell.unit.text,
            "display": {"value": display, "unit": grids[column].unit.text if column in grids else cell.unit.text},
            "address": str(cell.address),
            "label": self._label(cell.address),
            "status": {
                "missing": len(cell.absent),
                "filled": 0,
                "rows": len(cell.leaves),
                "unverified": cell.unverified,
            },
        }

    def part(self, cell: Cell) -> Json:
        """A part of a total: a figure that can be explained in its turn."""
        kind = cell.ref if not cell.ref.startswith("step:") else f"figure:{cell.address}"
        return self.figure(cell) | {"ref": kind}

    def _behind(self, shown: Sequence[Cell]) -> list[Working]:
        """The workings in their order. Of a total, those of the parts that are shown."""
        paper = self.done.paper
        if self.working.formula is not None:
            return paper.behind(self.working.cell.address)
        found: dict[Address, Working] = {}
        for cell in shown:
            if cell.is_step and cell.value is not None:
                found |= {working.cell.address: working for working in paper.behind(cell.address)}
        return [*found.values(), self.working]

    def _step(self, working: Working) -> Json:
        inputs = working.inputs if working.formula is not None else self._terms(working)
        return {
            "id": str(working.cell.address),
            "column": working.cell.address.column,
            "formula": " + ".join(inputs) if working.formula is None else text_of(working.formula),
            "inputs": {name: _term(cell) for name, cell in inputs.items()},
            "value": working.cell.value,
            "unit": working.cell.unit.text,
            "clause": working.clause,
        }

    def _terms(self, working: Working) -> Mapping[str, Cell]:
        """The terms of a sum: a gap is none of them; what is not shown stands as one rest."""
        terms = [cell for cell in working.inputs.values() if cell.value is not None]
        if working is not self.working or len(terms) <= self.most:
            return {f"part_{number}": cell for number, cell in enumerate(terms, 1)}
        shown, rest = self.parts()
        named = {f"part_{number}": cell for number, cell in enumerate(shown, 1) if cell.value is not None}
        left = Cell(working.cell.address, rest, working.cell.unit, f"figure:{working.cell.address}")
        return named | {"rest": left}

    def _entries(self, workings: Iterable[Working]) -> list[Json]:
        refs = {cell.ref for working in workings for cell in working.inputs.values()}
        account, known_on = self.done.account, self.done.parameters.known_on
        found = entries_behind(account.lookups)
        return [item.as_json(carriers=account.packs.carriers, known_on=known_on) for item in found if item.ref in refs]

    def _rules(self, workings: Iterable[Working]) -> list[Json]:
        refs = {cell.ref for working in workings for cell in working.inputs.values()}
        return [_rule(rule) for ref, rule in self.done.account.rules.items() if ref in refs]

    def _settings(self, workings: Iterable[Working]) -> list[Json]:
        cells = [cell for working in workings for cell in working.inputs.values() if cell.ref.startswith(_SETTING)]
        return [self._setting(cell) for cell in {cell.ref: cell for cell in cells}.values()]

    def _setting(self, cell: Cell) -> Json:
        id = cell.ref.removeprefix(_SETTING)
        setting = self.done.account.use.settings[id]
        chosen = id in self.done.parameters.settings
        note = {"zh": "本次计算自行设定", "en": "set for this run"} if chosen else setting.note.model_dump()
        return {
            "id": "setting",
            "entry": id,
            "column": cell.address.column,
            "keys": {},
            "value": cell.value,
            "exact": self.done.account.setting(id),
            "unit": cell.unit.text,
            "clause": setting.clause,
            "status": "unverified",
            "why": note,
            "ref": cell.ref,
        }

    def _gaps(self) -> list[Json]:
        absent = self.working.cell.absent
        cells = {
            cell.ref: cell
            for working in self.done.paper.behind(self.working.cell.address)
            for cell in working.inputs.values()
            if cell.ref in absent
        }
        return [
            {
                "subject": cell.address.subject,
                "label": self._subject(cell.address.subject),
                "indicator": cell.address.column,
                "line": cell.address.line,
                "carrier": cell.address.line,
                "period": str(cell.address.period),
            }
            for cell in cells.values()
        ]

    def _label(self, address: Address) -> dict[str, str]:
        packs, words = self.done.account.packs, {}
        for lang in ("zh", "en"):
            line = [self._line(address.line, lang)] if address.line else []
            subject, known = self._subject(address.subject)[lang], _indicator(packs, address.column)
            column = known.label[lang] if known else address.column
            words[lang] = " · ".join([subject, *line, address.period.label(lang), column])
        return words

    def _line(self, line: str, lang: str) -> str:
        """A carrier, an indicator or a subject in words; an item as it stands: its words are its definer's."""
        found = _SUBJECT.search(line)
        words = line[: found.start()] if found else line
        told = [_line_label(self.done.account.packs, words, lang)] if words else []
        return "/".join([*told, *([self._subject(found["subject"])[lang]] if found else [])])

    def _subject(self, subject: str) -> dict[str, str]:
        return {lang: self.done.inputs.directory.label_of(subject, lang) for lang in ("zh", "en")}


def _below(done: AccountRun, address: Address) -> Result | None:
    """The run of the nearest method below the account that has a figure; None where no method has it."""
    packs, inputs, asked = done.account.packs, done.inputs, done.parameters
    pending, seen = [(done.account.definition.id, asked.scheme)], set[tuple[str, str]]()
    for method, scheme in pending:
        for each in packs.method_use(method, scheme).builds_on.items():
            if each not in seen:
                seen.add(each)
                pending.append(each)
                if address.column in packs.get(MethodDefinition, each[0]).results:
                    found = run_below(packs, inputs, asked, *each, address.period)
                    if _has(found, packs, inputs, address):
                        return found
    return None


def _has(result: Result, packs: PackSet, inputs: Inputs, address: Address) -> bool:
    """Whether a run has a figure, or for an account a cell, of an address."""
    method = result.receipt.method
    if packs.get(MethodDefinition, method).form == "account":
        return address in kept_account(method, packs, inputs, result.receipt.parameters).paper.workings
    return bool(result.figures.where(subject=address.subject).height())


def _working(done: AccountRun, address: Address) -> Working:
    if address not in done.paper.workings:
        known = [str(item) for item in done.paper.workings]
        nearest = ", ".join(get_close_matches(str(address), known, 5, 0.3) or known[:5]) or "-"
        raise Refusal("figure-not-found", address=str(address), nearest=nearest)
    return done.paper.workings[address]


def _refuse_difference(result: Result, cell: Cell) -> None:
    """A stored figure that its own receipt does not compute to is a defect, and is never shown as explained."""
    address = cell.address
    if address.line is not None or address.column not in result.figures.columns:
        return
    period = address.period
    rows = result.figures.where(subject=address.subject, period_start=period.start, period_end=period.end)
    stored = rows.values(address.column)
    if stored and stored[0] != cell.value:
        raise Refusal("replay-differs", address=str(address), again=cell.value, stored=stored[0])


def _rule(rule: RuleValue) -> Json:
    return {
        "id": rule.definition,
        "entry": rule.part,
        "column": rule.part,
        "keys": {},
        "value": float(rule.value),
        "exact": str(rule.value),
        "unit": rule.unit,
        "clause": rule.clause,
        "status": str(rule.status),
        "why": dict(zip(("zh", "en"), rule.label, strict=True)),
        "ref": rule.ref,
    }


def _term(cell: Cell) -> Json:
    return {"value": cell.value, "unit": cell.unit.text, "ref": cell.ref}


def _largest_first(cell: Cell) -> tuple[float, str]:
    return (float("inf") if cell.value is None else -abs(cell.value), str(cell.address))


def _line_label(packs: PackSet, line: str, lang: str) -> str:
    """The parts of a line that name a carrier, an indicator, a measure or a tier in words, the others as they stand."""
    return "/".join(_part_label(packs, id, lang) for id in line.split("/"))


def _part_label(packs: PackSet, id: str, lang: str) -> str:
    measure = next((item for item in packs.all(Measure) if item.id == id), None)
    known = packs.carriers[id] if id in packs.carriers else _indicator(packs, id) or measure
    return known.label[lang] if known else word_behind(id, lang)


def _indicator(packs: PackSet, id: str) -> IndicatorShape | None:
    return next((item for item in packs.all(IndicatorShape) if item.id == id), None)
