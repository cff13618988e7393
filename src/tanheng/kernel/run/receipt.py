"""A receipt: everything needed to repeat a run, and the digest that the repetition must give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tanheng.kernel.run.inputs import Parameters


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
    figures: str

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
