"""What goes wrong in a sender's file on purpose, where, and the finding that must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tanheng.fiction.chance import Chance
from tanheng.fiction.city import City
from tanheng.fiction.printed import Row
from tanheng.kernel.pack.recipe import FictionForm, Slip

_TEN_THOUSAND = "万"  # the word that turns a unit into ten thousand of it


@dataclass(frozen=True)
class Fault:
    """One slip: the row and the field it is in, what should stand there and what does."""

    slip: Slip
    row: int
    field: str
    unit: str
    right: str
    written: str


def drawn_slip(city: City, form: FictionForm, area: str, period: str) -> tuple[Slip, Chance] | None:
    """The slip of one file, if it has one: at most one, so that each is caught by itself."""
    chance = city.chance("slip", form.id, area, period)
    for slip in city.recipe.slips:
        if form.id in slip.forms and chance.happens(slip.share):
            return slip, chance
    return None


def with_slip(rows: Sequence[Row], slip: Slip, chance: Chance, form: FictionForm) -> tuple[list[Row], Fault | None]:
    """The rows as they are sent, and what is wrong in them; no fault where no row can have it."""
    field = _FIELDS[slip.kind](form)
    able = [number for number, row in enumerate(rows) if _can(slip, rows, number, field)]
    if not able:
        return list(rows), None
    number = chance.pick(able)
    wrong = dict(rows[number])
    before = wrong[field]
    wrong[field] = _WRONG[slip.kind](before, slip, rows, number)
    fault = Fault(slip, number, field, str(wrong.get("unit", wrong.get("item", ""))), str(before), str(wrong[field]))
    return [*rows[:number], wrong, *rows[number + 1 :]], fault


def _can(slip: Slip, rows: Sequence[Row], number: int, field: str) -> bool:
    value = rows[number].get(field)
    if slip.kind == "two_units_one_code":  # the row before is another unit's and of the same carrier
        return number > 0 and _twin(rows, number) is not None
    if slip.kind == "wrong_unit":
        return value is not None
    if slip.kind == "as_ten_thousand":
        return value == slip.text
    return isinstance(value, Decimal) and value > 0


def _twin(rows: Sequence[Row], number: int) -> Row | None:
    """The nearest row above of another unit with the same carrier."""
    mine = rows[number]
    above = (row for row in reversed(rows[:number]) if row["code"] != mine["code"])
    return next((row for row in above if row.get("carrier") == mine.get("carrier")), None)


def _value_field(form: FictionForm) -> str:
    return next(column.field for column in form.columns if column.field in ("amount", "energy", "energy_consumption"))


_FIELDS: Mapping[str, Callable[[FictionForm], str]] = {
    "ten_times": _value_field,
    "negative": _value_field,
    "text": _value_field,
    "ten_thousand": lambda form: "energy",
    "wrong_unit": lambda form: "unit_printed",
    "as_ten_thousand": lambda form: "unit_printed",
    "two_units_one_code": lambda form: "code",
}


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _other_code(value: object, slip: Slip, rows: Sequence[Row], number: int) -> object:
    twin = _twin(rows, number)
    return value if twin is None else twin["code"]


_Wrong = Callable[[object, Slip, Sequence[Row], int], object]
_WRONG: Mapping[str, _Wrong] = {
    "ten_times": lambda value, slip, rows, number: _number(value) * 10,
    "negative": lambda value, slip, rows, number: -_number(value),
    "text": lambda value, slip, rows, number: f"{slip.text}{value}",
    "ten_thousand": lambda value, slip, rows, number: _number(value) / 10_000,
    "wrong_unit": lambda value, slip, rows, number: slip.text,
    "as_ten_thousand": lambda value, slip, rows, number: f"{_TEN_THOUSAND}{value}",
    "two_units_one_code": _other_code,
}
