"""A formula over named quantities: one tree, read three ways.

Four operations, and a few functions of pure numbers (log, exp) or of like quantities (min, max, abs).

As text it is what an explanation prints, and Python can evaluate it. As units it is checked before anything
is computed. As a column it is evaluated by the table room, operation for operation in the same order,
so that whoever evaluates the text with the same doubles gets the same double.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from math import exp, log
from operator import add, mul, sub, truediv
from typing import Literal

from tanheng.kernel.faults import Refusal
from tanheng.kernel.quantity.unit import Unit

Operator = Literal["+", "-", "*", "/"]
Function = Literal["log", "exp", "min", "max", "abs"]
_APPLY: Mapping[str, Callable[[float, float], float]] = {"+": add, "-": sub, "*": mul, "/": truediv}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {"log": log, "exp": exp, "min": min, "max": max, "abs": abs}
_OF_PURE_NUMBERS = ("log", "exp")
_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2}
_ONE = Unit.parse("1")


@dataclass(frozen=True)
class Formula:
    """A tree of names, numbers and the four operations; build it with `name`, `number` and operators."""

    def __add__(self, other: Formula) -> Formula:
        return Operation("+", self, other)

    def __sub__(self, other: Formula) -> Formula:
        return Operation("-", self, other)

    def __mul__(self, other: Formula) -> Formula:
        return Operation("*", self, other)

    def __truediv__(self, other: Formula) -> Formula:
        return Operation("/", self, other)

    def rounded(self, per_unit: int) -> Formula:
        """This quantity as a whole number of grid steps, half to even."""
        return Rounded(self, per_unit)


@dataclass(frozen=True)
class Name(Formula):
    """A column of the table."""

    column: str


@dataclass(frozen=True)
class Number(Formula):
    """A constant that the clause itself prints, with its unit."""

    value: Decimal
    unit: Unit


@dataclass(frozen=True)
class Operation(Formula):
    """Two formulas joined by one of the four operations."""

    operator: Operator
    left: Formula
    right: Formula

    def __hash__(self) -> int:
        """Taken once: one formula is written into a thousand cells, and its unit looked up for each."""
        return self._hashed

    @cached_property
    def _hashed(self) -> int:
        return hash((self.operator, self.left, self.right))


@dataclass(frozen=True)
class Call(Formula):
    """A function of one or several formulas."""

    function: Function
    arguments: tuple[Formula, ...]


@dataclass(frozen=True)
class Rounded(Formula):
    """A quantity multiplied by the steps per unit of its grid and rounded half to even to a whole number."""

    inner: Formula
    per_unit: int


def name(column: str) -> Formula:
    """The column of that name."""
    return Name(column)


def number(value: str, unit: str = "1") -> Formula:
    """A constant of the clause: `number("44", "tCO2/tC")`."""
    return Number(Decimal(value), Unit.parse(unit))


def natural_log(quantity: Formula) -> Formula:
    """The natural logarithm of a pure number."""
    return Call("log", (quantity,))


def exponential(quantity: Formula) -> Formula:
    """e to the power of a pure number: with `natural_log`, any root or power."""
    return Call("exp", (quantity,))


def least_of(*quantities: Formula) -> Formula:
    """The least of like quantities: a cap."""
    return Call("min", quantities)


def greatest_of(*quantities: Formula) -> Formula:
    """The greatest of like quantities: a floor."""
    return Call("max", quantities)


def size_of(quantity: Formula) -> Formula:
    """A quantity without its sign."""
    return Call("abs", (quantity,))


def text_of(formula: Formula) -> str:
    """The formula as Python reads it: the same tree, with brackets only where they are needed."""
    match formula:
        case Name(column):
            return column
        case Number(value, _):
            return str(value)
        case Call(function, arguments):
            return f"{function}({', '.join(map(text_of, arguments))})"
        case Rounded(inner, per_unit):
            return f"round({_bracketed(inner, 2, right=False)} * {per_unit})"
        case Operation(operator, left, right):
            level = _PRECEDENCE[operator]
            return f"{_bracketed(left, level, right=False)} {operator} {_bracketed(right, level, right=True)}"
    raise TypeError(formula)


def names_in(formula: Formula) -> tuple[str, ...]:
    """The columns a formula reads, in order of appearance, each once."""
    match formula:
        case Name(column):
            return (column,)
        case Rounded(inner, _):
            return names_in(inner)
        case Call(_, arguments):
            return tuple(dict.fromkeys(name for part in arguments for name in names_in(part)))
        case Operation(_, left, right):
            return tuple(dict.fromkeys(names_in(left) + names_in(right)))
    return ()


def value_of(formula: Formula, values: Mapping[str, float]) -> float:
    """The formula over doubles: operation for operation what a column of the table room computes."""
    match formula:  # an account asks for a hundred thousand of these: the usual ones come first
        case Operation():
            return _APPLY[formula.operator](value_of(formula.left, values), value_of(formula.right, values))
        case Name():
            return values[formula.column]
        case Number():
            return float(formula.value)
        case Rounded():
            return round(value_of(formula.inner, values) * formula.per_unit)
        case Call():
            return _FUNCTIONS[formula.function](*(value_of(part, values) for part in formula.arguments))
    raise TypeError(formula)


def unit_of(formula: Formula, units: Mapping[str, Unit]) -> Unit:
    """The unit a formula yields from the units of its columns.

    Refuses  unit-mismatch: a sum or difference of unlike units.
    """
    match formula:
        case Operation():
            return _unit_of_operation(formula, unit_of(formula.left, units), unit_of(formula.right, units))
        case Name():
            return units[formula.column]
        case Number():
            return formula.unit
        case Rounded():
            return unit_of(formula.inner, units)
        case Call():
            return _unit_of_call(formula, formula.function, [unit_of(part, units) for part in formula.arguments])
    raise TypeError(formula)


def check_unit(formula: Formula, declared: Unit, units: Mapping[str, Unit]) -> None:
    """Confirms that a formula yields the declared unit with no hidden factor.

    Refuses  unit-mismatch: another kind, another basis, or a factor such as 1000 that the formula does not show.
    """
    _check(formula, declared, tuple(units.items()))


@lru_cache(maxsize=4096)  # an account writes a few formulas into ten thousand cells, over the same units
def _check(formula: Formula, declared: Unit, units: tuple[tuple[str, Unit], ...]) -> None:
    actual = unit_of(formula, dict(units))
    if _is_same(actual, declared):
        return
    if actual.ratio_to(declared, what=text_of(formula)) != Fraction(1):
        raise Refusal("unit-mismatch", what=text_of(formula), expected=declared.text, actual=actual.text)


def _unit_of_operation(formula: Operation, left: Unit, right: Unit) -> Unit:
    if formula.operator == "*":
        return left * right
    if formula.operator == "/":
        return left / right
    _refuse_unlike(formula, left, right)
    return left


def _unit_of_call(formula: Formula, function: str, units: list[Unit]) -> Unit:
    first = _ONE if function in _OF_PURE_NUMBERS else units[0]
    for unit in units:
        _refuse_unlike(formula, first, unit)
    return first


def _is_same(first: Unit, second: Unit) -> bool:
    """The usual case, told without writing out the formula for a message that nobody will read."""
    return first is second or (first.powers == second.powers and first.scale == second.scale)


def _refuse_unlike(formula: Formula, first: Unit, second: Unit) -> None:
    if _is_same(first, second):
        return
    if second.ratio_to(first, what=text_of(formula)) != 1:
        raise Refusal("unit-mismatch", what=text_of(formula), expected=first.text, actual=second.text)


def _bracketed(part: Formula, level: int, *, right: bool) -> str:
    text = text_of(part)
    if not isinstance(part, Operation):
        return text
    inner = _PRECEDENCE[part.operator]
    # a right-hand side of the same rank keeps its brackets: doubles are not associative
    return f"({text})" if inner < level or (right and inner == level) else text
