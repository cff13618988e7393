"""A citation names an addressable place of a document."""

from __future__ import annotations

from dataclasses import dataclass


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
