"""Methods: the list, and one of them with its text, what it reads and gives, and how each scheme uses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from inspect import getdoc

from tanheng.kernel.accounting import METHODS
from tanheng.kernel.pack import Factor, IndicatorShape, MethodDefinition, MethodUse, PackSet, Setting
from tanheng.kernel.run.account_run import ACCOUNTS
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.rules.clauses import Cited, cited, definition_of
from tanheng.web.ui.words import said


@dataclass(frozen=True)
class MethodLine:
    """A method in the list."""

    id: str
    label: str
    version: int
    results: Sequence[str]
    schemes: Sequence[str]
    clause: Cited | None


@dataclass(frozen=True)
class SettingLine:
    """What no clause fixes: its value, and why it stands as it does."""

    id: str
    setting: Setting
    note: str
    clause: Cited | None


@dataclass(frozen=True)
class UseLine:
    """How a method is used under a scheme: its factors by role, what is given, what it builds on, its settings."""

    use: MethodUse
    label: str
    scheme: str
    factors: Sequence[tuple[str, str, str]]
    builds_on: Sequence[tuple[str, str]]
    settings: Sequence[SettingLine]


@dataclass(frozen=True)
class MethodPage:
    """A method."""

    method: MethodDefinition
    label: str
    place: str
    clause: Cited | None
    text: str
    reads: Sequence[tuple[str, str]]
    results: Sequence[IndicatorShape]
    uses: Sequence[UseLine]


def method_lines() -> list[MethodLine]:
    """Every method of the packs in use, by name."""
    packs = packs_in_use()
    return sorted((_line(packs, method) for method in packs.all(MethodDefinition)), key=lambda line: line.label)


def method_page(id: str) -> MethodPage:
    """One method.

    Refuses  definition-missing.
    """
    packs = packs_in_use()
    definition = definition_of(packs, MethodDefinition, id)
    method = definition.value
    return MethodPage(
        method=method,
        label=said(method.label),
        place=definition.place,
        clause=cited(packs, method.clause),
        text=_text(method.function),
        reads=[(said(packs.get(IndicatorShape, each.indicator).label), each.accumulation) for each in method.reads],
        results=[packs.get(IndicatorShape, id) for id in method.results],
        uses=[_use(packs, use) for use in packs.all(MethodUse) if use.method == id],
    )


def _text(function: str) -> str:
    """What the method's own file says: equation, what it reads, gives and refuses, source."""
    found = METHODS.get(function) or ACCOUNTS.get(function)
    return (getdoc(found) or "") if found else ""


def _line(packs: PackSet, method: MethodDefinition) -> MethodLine:
    results = [said(packs.get(IndicatorShape, id).label) for id in method.results]
    uses = [use.scheme for use in packs.all(MethodUse) if use.method == method.id]
    schemes = [said(packs.scheme_label(scheme)) for scheme in uses]
    return MethodLine(method.id, said(method.label), method.version, results, schemes, cited(packs, method.clause))


def _use(packs: PackSet, use: MethodUse) -> UseLine:
    factors = [(role, id, said(packs.get(Factor, id).label)) for role, id in sorted(use.factors.items())]
    builds_on = [(id, said(packs.get(MethodDefinition, id).label)) for id in sorted(use.builds_on)]
    settings = [
        SettingLine(id, setting, said(setting.note), cited(packs, setting.clause))
        for id, setting in sorted(use.settings.items())
    ]
    return UseLine(use, said(use.label), said(packs.scheme_label(use.scheme)), factors, builds_on, settings)
