"""Addresses of pages: where a figure, an area, a source cell is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse

AREA = "area/"
_ANCHOR = re.compile(r"[^\w-]+")


@dataclass(frozen=True)
class SourceCell:
    """A cell of a workbook that was imported: `<sha256>/<file name>!<sheet>!<cell>`."""

    digest: str
    file: str
    sheet: str
    cell: str

    @staticmethod
    def parse(text: str) -> SourceCell:
        """Reads the source of an observation."""
        place, sheet, cell = text.rsplit("!", 2)
        digest, _, file = place.partition("/")
        return SourceCell(digest, file, sheet, cell)

    @property
    def href(self) -> str:
        """The page that shows the cell, at the cell: on a narrow screen it would lie outside."""
        return reverse("source", args=[self.digest, self.sheet, self.cell]) + "#cell"


def area_href(result: str, area: str, **query: str) -> str:
    """The page of an area in a result."""
    address = reverse("area", args=[result, area.removeprefix(AREA)])
    return address + _query(query)


def figure_href(result: str, address: object) -> str:
    """The explanation of a figure of a result."""
    return reverse("figure", args=[result, str(address)])


def anchor(kind: str, reference: str) -> str:
    """The name of a place within a page."""
    return f"{kind}-{_ANCHOR.sub('-', reference)}"


def ref_href(result: str, ref: str) -> str:
    """Where an input of a step leads: a workbook cell, an entry or step of the same page, another figure."""
    kind, _, target = ref.partition(":")
    if kind == "cell":
        return SourceCell.parse(target).href
    if kind == "readings":
        return reverse("readings", args=[target])
    if kind == "figure":
        return figure_href(result, target)
    if kind in ("step", "entry"):
        return "#" + anchor(kind, target)
    return ""


def _query(query: dict[str, str]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""
