"""Why a figure has its value, as the site explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from tanheng.client.table import Table, table_of


@dataclass(frozen=True)
class Explanation:
    """The explain contract of one figure (docs/reference/explain-contract.md); `told` is all of it."""

    told: Mapping[str, Any]
    lang: str = "zh"

    @property
    def label(self) -> str:
        """What the figure is about."""
        return str(self.told["label"][self.lang])

    @property
    def value(self) -> str:
        """The figure as pages show it, with its unit; a stroke where it has none."""
        shown = self.told["display"]
        return f"{shown['value'] or '—'} {shown['unit']}"

    @property
    def address(self) -> str:
        """Where it stands: column@subject@period."""
        return str(self.told["address"])

    @property
    def receipt(self) -> Mapping[str, Any]:
        """Everything that repeating it needs."""
        found: Mapping[str, Any] = self.told["receipt"]
        return found

    @property
    def parts(self) -> Table:
        """What it is made of, the largest first; with the rest they are the whole."""
        rows = [
            {"label": part["label"][self.lang], "value": part["display"]["value"], "unit": part["display"]["unit"]}
            | {"address": part["address"]}
            for part in self.told["parts"]
        ]
        return table_of(self.label, rows)

    @property
    def factors(self) -> Table:
        """The entries of factors that were used, with their clause and how far each is checked."""
        names = ("id", "entry", "value", "unit", "clause", "status")
        return table_of(self.label, [{name: item[name] for name in names} for item in self.told["factors"]])

    @property
    def gaps(self) -> list[Mapping[str, Any]]:
        """What has no value below it."""
        return list(self.told["gaps"])

    def _repr_html_(self) -> str:
        head = (
            f"<p><strong>{escape(self.label)}</strong>: {escape(self.value)} <small>{escape(self.address)}</small></p>"
        )
        return head + "".join(part._repr_html_() for part in (self.parts, self.factors) if len(part))

    def __str__(self) -> str:
        return f"{self.label}: {self.value}\n{self.parts}"
