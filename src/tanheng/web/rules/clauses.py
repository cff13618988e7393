"""Documents of the packs with their clauses, and the definitions that rest on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import BarometerRule, Definition, Factor, InstrumentShape, MethodDefinition, PackSet, Scorecard
from tanheng.kernel.source import Citation
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.ui.words import language, said

_PAGES: Mapping[type, str] = {
    Factor: "rule-factor",
    MethodDefinition: "rule-method",
    Scorecard: "rule-scorecard",
    BarometerRule: "rule-lights",
}


@dataclass(frozen=True)
class Cited:
    """A clause in words, with the citation as definitions write it and its place on a page."""

    instrument: str
    clause: str
    citation: str
    href: str


@dataclass(frozen=True)
class Mention:
    """A definition that something is used by: what kind it is, its name, its file, and its page where it has one."""

    kind: str
    label: str
    place: str
    href: str


@dataclass(frozen=True)
class ClauseLine:
    """A clause and the definitions that rest on it."""

    address: str
    label: str
    note: str
    mentions: Sequence[Mention]


@dataclass(frozen=True)
class InstrumentLine:
    """A document in the list: how many of its clauses are there, and how many definitions rest on them."""

    instrument: InstrumentShape
    label: str
    clauses: int
    mentions: int


@dataclass(frozen=True)
class InstrumentPage:
    """A document with its clauses."""

    instrument: InstrumentShape
    label: str
    place: str
    clauses: Sequence[ClauseLine]


def cited(packs: PackSet, citation: str) -> Cited | None:
    """A clause in words; None for what cites none."""
    if not citation:
        return None
    found = Citation.parse(citation)
    instrument = packs.get(InstrumentShape, found.instrument)
    clauses = {clause.address: said(clause.label) for clause in instrument.clauses}
    clause = clauses[found.address] if found.address in clauses else found.address
    return Cited(instrument.number or said(instrument.label), clause, citation, _href(found, citation))


def _href(found: Citation, citation: str) -> str:
    """The place of a clause among the rules; none for a clause that only earlier packs had."""
    known = packs_in_use().has_clause(citation)
    return f"{reverse('rule-instrument', args=[found.instrument])}#{found.address}" if known else ""


def mention_of(packs: PackSet, definition: Definition) -> Mention:
    """A definition as the pages name it."""
    value = definition.value
    id, kind = str(getattr(value, "id", "")), packs.kind_of(value)
    label = getattr(value, "label", None)
    href = reverse(_PAGES[type(value)], args=[id]) if type(value) in _PAGES else ""
    return Mention(f"{kind:{language()}}", said(label) if label else id, definition.place, href)


def mentions(packs: PackSet, definitions: Iterable[Definition]) -> list[Mention]:
    """Definitions as the pages name them, each once."""
    return list(dict.fromkeys(mention_of(packs, definition) for definition in definitions))


def instrument_lines() -> list[InstrumentLine]:
    """Every document of the packs in use, those that most rests on first."""
    packs = packs_in_use()
    lines = [
        InstrumentLine(
            instrument,
            said(instrument.label),
            len(instrument.clauses),
            sum(len(packs.citing(_citation(instrument, clause.address))) for clause in instrument.clauses),
        )
        for instrument in packs.all(InstrumentShape)
    ]
    return sorted(lines, key=lambda line: (-line.mentions, line.label))


def instrument_page(id: str) -> InstrumentPage:
    """One document with its clauses and what rests on each.

    Refuses  definition-missing.
    """
    packs = packs_in_use()
    definition = definition_of(packs, InstrumentShape, id)
    instrument = definition.value
    clauses = [
        ClauseLine(
            clause.address,
            said(clause.label),
            clause.note,
            mentions(packs, packs.citing(_citation(instrument, clause.address))),
        )
        for clause in instrument.clauses
    ]
    return InstrumentPage(instrument, said(instrument.label), definition.place, clauses)


def definition_of(packs: PackSet, kind: type, id: str) -> Definition:
    """A definition with its place.

    Refuses  definition-missing: no pack in use has it.
    """
    value = packs.get(kind, id)
    found = next((item for item in packs.definitions if item.value is value), None)
    if found is None:
        raise Refusal("definition-missing", kind=packs.kind_of(value), id=id, nearest="-")
    return found


def _citation(instrument: InstrumentShape, address: str) -> str:
    return str(Citation(instrument.id, address))
