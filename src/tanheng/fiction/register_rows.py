"""The rows of registers and work tables: key units, reviews, green electricity, monitoring, tasks and their like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tanheng.fiction.city import Unit
from tanheng.fiction.district import District
from tanheng.fiction.history import ENERGY, USE
from tanheng.fiction.printed import Row, named, rounded
from tanheng.kernel.pack.recipe import FictionForm
from tanheng.kernel.period import Period


def key_units(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """重点单位名录: the key energy users with last year's energy and their class."""
    for unit in district.reported(month):
        if unit.is_key:
            energy = district.history(unit).total((ENERGY, "", ""), district.to_date(month))
            kind = next(line["label"] for line in form.lines if unit.annual_tce >= float(line["from"]))
            yield {**named(unit, month), "energy": rounded(energy, 2), "class": kind, "year": month.start.year}


def reviews(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """节能审查台账: the projects that were reviewed in a month."""
    for unit in district.reported(month, above_scale=True):
        chance = district.city.chance("review", unit.id, month.start)
        if chance.happens(district.city.recipe.shares.review):
            size = Decimal(int(unit.annual_tce * chance.between(0.1, 0.6)))
            yield {
                **named(unit, month),
                "project": f"{unit.label.zh}{chance.pick(form.lines)['label']}",
                "energy": size,
                "date": f"{month.start:%Y-%m}-{10 + chance.below(15)}",
                "opinion": district.city.recipe.words.agreed,
            }


def certificates(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """光伏/绿证台账: green electricity of a month by unit, inside and from outside the province."""
    for unit in district.reported(month):
        line, count = green_power(form, district, unit, month)
        if not count:
            continue
        yield {
            **named(unit, month),
            "kind": line["label"],
            "item": line["code"],
            "produced": f"{month.start:%Y-%m}",
            "count": count,
            "transferred": count,
            "cancelled": count if line["cancelled"] == "yes" else 0,
            "counted_in": month.start.year,
        }


def green_power(form: FictionForm, district: District, unit: Unit, month: Period) -> tuple[Mapping[str, str], int]:
    """The line of the logbook that a unit's green electricity of a month stands in, and how many MWh it is."""
    chance = district.city.chance("green", unit.id, month.start.year)
    happens, used = chance.happens(district.city.recipe.shares.green), None
    if happens:
        used = district.history(unit).at((USE, "electricity", ""), month)
    if not used:
        return form.lines[0], 0
    line = chance.pick(form.lines)
    return line, int(used * 10 * Decimal(chance.below(30) + 10) / 100)  # a certificate is a MWh


def monitoring(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """在线监测接入表: how far the meters of key units are connected, how much they send, what was odd."""
    for unit in district.reported(month):
        if unit.is_key:
            chance = district.city.chance("monitoring", unit.id, month.start)
            yield {
                **named(unit, month),
                "connected": Decimal(80 + chance.below(21)),
                "uploaded": Decimal(700 + chance.below(300)) / 10,
                "anomalies": chance.below(4),
            }


def lines(form: FictionForm, district: District, month: Period) -> Iterator[Row]:
    """Tables of words (任务进展表, 考核自查表, 意见采纳情况表): the printed lines, with how far each has come."""
    words = district.city.recipe.words
    for line in form.lines:
        chance = district.city.chance(form.id, district.id, line["label"], month.start.year)
        done = min(100, int(100 * month.start.month / 12 * chance.between(0.7, 1.15)))
        state = words.done if done >= 100 else words.behind if done < 80 * month.start.month / 12 else words.under_way
        yield {"done": Decimal(done), "state": state, "year": month.start.year, **line}
