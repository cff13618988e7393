"""An instrument is a document; a clause is an addressable place in it; a citation names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Clause:
    """An addressable place of an instrument, with our own short label, never its sentence."""

    address: str
    label: Mapping[str, str]


@dataclass(frozen=True)
class Instrument:
    """A document that fixes or demands something: its title, number, issuer and clauses."""

    id: str
    label: Mapping[str, str]
    number: str
    issuer: str
    issued: date | None
    clauses: tuple[Clause, ...]

    def clause(self, address: str) -> Clause | None:
        """The clause at an address, if the instrument has it."""
        return next((clause for clause in self.clauses if clause.address == address), None)


@dataclass(frozen=True)
class Citation:
    """`instrument#address`: what a rule, a factor entry or a step rests on."""

    instrument: str
    address: str

    @staticmethod
    def parse(text: str) -> Citation:
        """Reads `instrument#address`; an address may be empty when only the instrument is known."""
        instrument, _, address = text.partition("#")
        return Citation(instrument, address)

    def __str__(self) -> str:
        return f"{self.instrument}#{self.address}"
