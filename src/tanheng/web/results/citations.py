"""A clause as pages show it: in words, with the citation as definitions write it."""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.pack import InstrumentShape, PackSet
from tanheng.kernel.source import Citation
from tanheng.web.ui.words import said


@dataclass(frozen=True)
class Cited:
    """A clause by its instrument and its own label; `citation` is how definitions write it."""

    instrument: str
    clause: str
    citation: str


def cited(packs: PackSet, citation: str) -> Cited | None:
    """The clause in words; None for what cites none, such as a step that only adds up."""
    if not citation:
        return None
    found = Citation.parse(citation)
    instrument = packs.get(InstrumentShape, found.instrument)
    clauses = {clause.address: said(clause.label) for clause in instrument.clauses}
    clause = clauses[found.address] if found.address in clauses else found.address
    return Cited(instrument.number or said(instrument.label), clause, citation)
