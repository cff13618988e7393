"""Where a statement stands: a cell of a sender's workbook, or readings of meters."""

from __future__ import annotations

READINGS = "readings:"
"""How the source of a statement begins that was rolled up from meters: readings:<meters>/<from>/<to>@<readings>."""


def source_ref(source: str) -> str:
    """The reference by which an explanation leads to the place of a statement."""
    return source if source.startswith(READINGS) else f"cell:{source}"
