"""The districts as a sheet to look at: their outlines where a pack draws them, tiles where none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tanheng.kernel.pack import AreaMap, PackSet
from tanheng.kernel.period import Period
from tanheng.web.dashboards.lights import LightLine


@dataclass(frozen=True)
class Patch:
    """An area on the sheet with its light: outlines, where its name stands, and where it leads. No line, no light."""

    area: str
    parts: Sequence[str]
    x: float
    y: float
    name: str
    line: LightLine | None

    @property
    def colour(self) -> str:
        """The colour it is filled with; one of its own where nothing is demanded of it."""
        return self.line.light.colour if self.line else "none"


@dataclass(frozen=True)
class Sheet:
    """A drawn map: its size and its areas."""

    label: Mapping[str, str]
    width: int
    height: int
    patches: Sequence[Patch]
    note: str


def sheet_of(packs: PackSet, places: Mapping[str, str], period: Period, lines: Mapping[str, LightLine]) -> Sheet | None:
    """The map that holds in a period and draws the most of the areas that have a light.

    Reads    places: names of the areas in reach; the others are drawn without a name and lead nowhere.
    Gives    None where no map draws any of them: then the page shows tiles.
    """
    fit = [item for item in packs.all(AreaMap) if item.covers(period) and item.place in places]
    fit = [item for item in fit if any(outline.area in lines for outline in item.outlines)]
    best = max(fit, key=lambda item: sum(outline.area in lines for outline in item.outlines), default=None)
    if best is None:
        return None
    patches = [
        Patch(
            outline.area,
            outline.parts,
            *outline.at,
            places[outline.area] if outline.area in places else "",
            lines[outline.area] if outline.area in lines else None,
        )
        for outline in best.outlines
    ]
    return Sheet({"zh": best.label.zh, "en": best.label.en}, *best.size, patches, best.note)
