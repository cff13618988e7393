"""A target as pages show it in a cell, and the names that go with it. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.pack import Fields, IndicatorShape, PackSet
from tanheng.kernel.pack.measure import Measure
from tanheng.reports.demand_words import demand_said
from tanheng.web.dashboards.demands import Demanded
from tanheng.web.dashboards.lights import LightLine, reader_of, tier_said
from tanheng.web.directory.scope import Scope
from tanheng.web.ui.words import language, said

TRACKS = ("area", "field", "unit")


@dataclass(frozen=True)
class Cell:
    """What is demanded of one subject by one indicator in one tier, with its light."""

    id: str
    href: str
    tier: str
    demand: str
    since: str
    line: LightLine | None
    year: str = ""

    @property
    def other_base(self) -> str:
        """The year it is measured from, where that is not the year before, as readers take it to be."""
        before = str(int(self.year) - 1) if self.year.isdecimal() else ""
        return "" if self.since[:4] == before else self.since


def target_cell(item: Demanded, lights: Mapping[tuple[str, str], tuple[str, object]]) -> Cell:
    """A target with the light of its last quarter."""
    found = lights.get((item.target.id, item.tier))
    line = None if found is None else reader_of(found[0]).line(found[1])
    href, demand = reverse("target", args=[item.target.id]), demand_said(replace(item.target, tier=""), language())
    return Cell(item.target.id, href, tier_said(item.tier), demand, item.since, line, item.year)


def track_of(item: Demanded, scope: Scope) -> str:
    """Of which track a target is: of an area, a field, or a unit."""
    if "#" in item.subject:
        return "field"
    return "area" if scope.ground.directory.level_of(item.subject) is not None else "unit"


def track_said(track: str) -> str:
    """A track in words."""
    return {"area": gettext("Areas (块)"), "field": gettext("Fields (条)"), "unit": gettext("Units")}[track]


def indicator_said(id: str, packs: PackSet) -> str:
    """An indicator by its name, or by that of the measure that grades it; its id where no pack has either."""
    named = [shape.label for shape in packs.all(IndicatorShape) if shape.id == id]
    named += [measure.label for measure in packs.all(Measure) if measure.indicator == id]
    return said(named[0]) if named else id


def place_said(subject: str, scope: Scope, packs: PackSet) -> str:
    """Whose a target is: an area, and the field of it."""
    area, _, code = subject.partition("#")
    name = scope.ground.directory.label_of(area, language())
    fields = (field for group in packs.all(Fields) for field in group.entries)
    return (
        f"{name} · {next((field.label[language()] for field in fields if field.code == code), code)}" if code else name
    )
