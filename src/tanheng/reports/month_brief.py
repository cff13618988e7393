"""The month of an area in a few figures: what a first page shows, kept beside the results so that no page computes it.

What is kept may be deleted: it is made again from the results that it names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tanheng.kernel.assessment.reported_units import SILENT
from tanheng.papers import Figure
from tanheng.records.canonical import digest
from tanheng.records.site_files import home
from tanheng.reports.month_files import Month
from tanheng.reports.month_reading import WAYS, MonthReading
from tanheng.store.atomic import write_bytes
from tanheng.store.results import StoredResult

_FORM = "2"
"""Of the file: another one is not read, and what it held is made again."""
_STATED = ("above_scale_growth", "output_growth", "electricity_growth", "gas_growth")
_MOVERS = 5
_SILENT = 20
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """A figure with what it is about: a subject or column, the value as text, its unit, and where it is explained."""

    about: str
    value: str | None
    unit: str
    places: int
    result: str
    address: str


@dataclass(frozen=True)
class ToSave:
    """What a target leaves to be saved in one case of the year's end, with the units farthest above their share."""

    way: str
    measure: str
    tier: str
    amount: Told
    units: Sequence[Told]


@dataclass(frozen=True)
class Brief:
    """The month: growths as the tables state them, that of the units, who moves it, what is left, who is silent.

    `left_out` names the areas that are missing from what the tables come to: they do not speak for the area then.
    """

    area: str
    period: str
    result: str
    growth: Told
    stated: Sequence[Told]
    rank: tuple[int, int] | None
    movers: Sequence[Told]
    parts: Sequence[Told]
    to_save: Sequence[ToSave]
    silent: Sequence[str]
    left_out: str = ""

    @staticmethod
    def of_json(found: Json) -> Brief:
        """The brief that plain values state: `Brief.of_json(asdict(x)) == x`."""
        lists = {name: tuple(Told(**item) for item in found[name]) for name in ("stated", "movers", "parts")}
        to_save = tuple(
            ToSave(**{**item, "amount": Told(**item["amount"]), "units": tuple(Told(**one) for one in item["units"])})
            for item in found["to_save"]
        )
        rank = None if found["rank"] is None else (found["rank"][0], found["rank"][1])
        plain = {"growth": Told(**found["growth"]), "rank": rank, "to_save": to_save, "silent": tuple(found["silent"])}
        return Brief(**{**found, **lists, **plain})


def keep_briefs(month: Month) -> list[Brief]:
    """Keeps, for pages, the month of an area, of the areas directly within it and of those around it, as its working
    papers say it: the runs are of the whole site.
    """
    found, around = [], [area for area in month.reading.areas.path(month.reading.area) if area != month.reading.area]
    for area in (month.reading.area, *month.reading.parts(), *around):
        made = _made(replace(month.reading, area=area), month.dispatch, month.ends)
        path = _path(month.dispatch.id, [result.id for result in month.ends.values()], area)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, json.dumps(asdict(made), ensure_ascii=False, indent=1).encode())
        found.append(made)
    return found


def kept_brief(dispatch: str, ends: Iterable[str], area: str) -> Brief | None:
    """The month of an area as it was kept for these results; None where it was not."""
    path = _path(dispatch, ends, area)
    return Brief.of_json(json.loads(path.read_text("utf-8"))) if path.is_file() else None


def _path(dispatch: str, ends: Iterable[str], area: str) -> Path:
    named = json.dumps([_FORM, dispatch, *sorted(ends), area])
    return home().root / "briefs" / f"{digest(named)[:24]}.json"


def _made(month: MonthReading, dispatch: StoredResult, ends: Mapping[str, StoredResult]) -> Brief:
    growth = _told("reported_energy_growth", month.figure("reported_energy_growth"), dispatch.id)
    stated = [_told(column, month.figure(column), dispatch.id) for column in _STATED]
    movers = [_told(item.unit, item.amount, dispatch.id) for item in month.movers()[:_MOVERS]]
    parts = [(part, month.figure("reported_energy_contribution", part, places=2)) for part in month.parts()]
    to_save = [
        ToSave(
            item.way,
            item.measure,
            item.tier,
            _told(item.measure, item.to_save, ends[item.way].id),
            tuple(_told(unit.unit, unit.amount, ends[item.way].id) for unit in item.units[:_MOVERS]),
        )
        for item in month.remaining()
    ]
    return Brief(
        area=month.area,
        period=str(month.period),
        result=dispatch.id,
        growth=growth,
        stated=tuple(item for item in stated if item.value is not None),
        rank=month.rank(),
        movers=tuple(movers),
        parts=tuple(_told(part, figure, dispatch.id) for part, figure in parts if figure.value is not None)[:_MOVERS],
        to_save=tuple(sorted(to_save, key=lambda item: (item.measure, item.tier, WAYS.index(item.way)))),
        silent=tuple(state.unit for state in month.states(SILENT))[:_SILENT],
        left_out=month.left_out,
    )


def _told(about: str, figure: Figure, result: str) -> Told:
    value = None if figure.value is None else str(figure.value)
    return Told(about, value, figure.unit, figure.places, result, figure.ref)
