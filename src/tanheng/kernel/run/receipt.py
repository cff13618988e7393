"""A receipt: everything needed to repeat a run, and the digest that the repetition must give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tanheng import __version__
from tanheng.kernel.faults import Finding, Worded
from tanheng.kernel.pack import Choice, MethodDefinition, PackSet
from tanheng.kernel.run.inputs import Inputs, Parameters
from tanheng.kernel.table import Table, digest
from tanheng.kernel.trace import Lookup


@dataclass(frozen=True)
class Receipt:
    """Names the engine, method, parameters, packs, inputs and factor entries of a result, and its digest."""

    engine: str
    method: str
    method_version: int
    parameters: Parameters
    packs: Mapping[str, str]
    inputs: Mapping[str, str]
    entries: Mapping[str, tuple[str, ...]]
    table: Table = field(repr=False, compare=False)

    @cached_property
    def figures(self) -> str:
        """The digest of the figures, taken when it is asked for: of a run within a run nobody keeps a receipt."""
        return digest(self.table)

    def as_json(self) -> dict[str, Any]:
        """The receipt as it is stored, printed and published."""
        return {
            "schema": "receipt/1",
            "engine": self.engine,
            "method": self.method,
            "method_version": self.method_version,
            "parameters": self.parameters.as_json(),
            "packs": dict(sorted(self.packs.items())),
            "inputs": dict(sorted(self.inputs.items())),
            "entries": {factor: list(ids) for factor, ids in sorted(self.entries.items())},
            "figures": self.figures,
        }


def receipt_of(
    definition: MethodDefinition,
    packs: PackSet,
    parameters: Parameters,
    inputs: Inputs,
    lookups: Iterable[Lookup],
    figures: Table,
) -> Receipt:
    """The receipt of a run of either form; conversions of units are no entries and need no naming."""
    entries: dict[str, set[str]] = {}
    for lookup in lookups:
        for answer in lookup.answers.values():
            if isinstance(answer, Choice):
                entries.setdefault(lookup.factor, set()).update(used.entry.id for used in answer.used)
    return Receipt(
        engine=__version__,
        method=definition.id,
        method_version=definition.version,
        parameters=parameters,
        packs=packs.hashes,
        inputs={name: inputs.digests[name] for name in read_by(definition) if name in inputs.digests},
        entries={factor: tuple(sorted(ids)) for factor, ids in entries.items()},
        table=figures,
    )


def read_by(definition: MethodDefinition) -> tuple[str, ...]:
    """The names of the records that a method reads, as receipts name them."""
    return ("directory", "observations", *definition.takes)


def not_expressed(method: MethodDefinition) -> list[Finding]:
    """What the clauses of the method say and the method does not do: a blocker until somebody accepts it."""
    return [
        Finding("not-expressed", method.id, {"method": method.id, "what": Worded(what.zh, what.en)})
        for what in method.not_expressed
    ]
