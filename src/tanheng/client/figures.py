"""Figures, targets and lights of the API as tables: exact numbers with their unit, and beside each its status."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tanheng.client.explanation import Explanation
from tanheng.client.table import Column, Row, Table

Json = Mapping[str, Any]
Ask = Callable[[str, str], Explanation]
_LIGHT_FIGURES = ("target", "actual", "gap", "distance")


def figure_table(rows: Sequence[Json], lang: str, place: Callable[[str], tuple[str, str]], ask: Ask) -> Table:
    """The figures of a result: for each column the exact figure, and whether anything is amiss with it."""
    shown = {name: cell for row in rows for name, cell in row["figures"].items()}
    columns = [Column("level"), Column("subject"), Column("name"), Column("period")]
    for name, cell in shown.items():
        columns += [Column(name, cell["label"], cell["display_unit"], True), Column(f"{name}_status")]
    told = [_figure_row(row, lang, shown) for row in rows]
    addresses = tuple({name: place(cell["address"]) for name, cell in row["figures"].items()} for row in rows)
    return Table("figures", tuple(columns), tuple(told), addresses, ask)


def light_table(quarter: str, rows: Sequence[Json], lang: str, ask: Ask) -> Table:
    """The lights of a quarter. Figures of different measures stand in one column, so that each row names its unit."""
    told = [
        {"track": row["track"], "measure": row["measure_label"][lang], "place": row["place"][lang]}
        | {"tier": row["tier"], "colour": row["light"]["colour"], "light": row["light"]["level"]}
        | {"made": row["light"]["made"], **_light_figures(row["light"])}
        for row in rows
    ]
    addresses = tuple({"light": (row["result"], row["address"])} for row in rows)
    return Table(f"barometer {quarter}", _columns(told), tuple(told), addresses, ask)


def target_table(rows: Sequence[Json], lang: str) -> Table:
    """Targets with their lights."""
    names = ("id", "label", "indicator", "tier", "demand", "value", "unit", "since", "by", "lead", "document", "clause")
    told = [
        {**{name: row[name] for name in names}, "value": _number(row["value"]), "place": row["place"][lang]}
        | {"colour": row["light"]["colour"] if row["light"] else None}
        for row in rows
    ]
    return Table("targets", _columns(told), tuple(told))


def _figure_row(row: Json, lang: str, shown: Mapping[str, Json]) -> Row:
    told: dict[str, Any] = {"level": row["level"], "subject": row["subject"], "name": row["label"][lang]}
    told["period"] = row["period"]
    for name in shown:
        cell = row["figures"][name]
        told[name], told[f"{name}_status"] = _number(cell["exact"]), _status(cell, row["withheld"])
    return told


def _status(cell: Json, withheld: bool) -> str:
    """Whether anything is amiss: complete, incomplete with its gaps counted, missing, withheld; unverified factors."""
    if cell["value"] is None:
        return "withheld" if withheld else "missing"
    standing = f"incomplete ({cell['missing']})" if cell["missing"] else "complete"
    return f"{standing}, unverified" if cell["unverified"] else standing


def _light_figures(light: Json) -> Row:
    """Each figure with its unit: as pages show it, for lights quote figures and never compute with them."""
    found: dict[str, Any] = {}
    for name in _LIGHT_FIGURES:
        figure = light[name]
        found[name] = None if figure is None else f"{figure['value'] or '—'} {figure['unit']}"
    return found


def _columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    names = dict.fromkeys(name for row in rows for name in row)
    return tuple(Column(name, is_figure=any(isinstance(row[name], Decimal) for row in rows)) for name in names)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
