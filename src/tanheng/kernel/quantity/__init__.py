"""Units that carry their basis, formulas over named quantities, and the integer grid of a result.

Refuses to add, compare or convert across a basis: a tce by calorific value is not a tce by coal equivalent.
"""

from tanheng.kernel.quantity.formula import (
    Formula,
    exponential,
    greatest_of,
    least_of,
    name,
    natural_log,
    number,
    size_of,
)
from tanheng.kernel.quantity.grid import Grid
from tanheng.kernel.quantity.unit import Unit, split_basis
from tanheng.kernel.quantity.unit_words import unit_words, with_unit, worded_unit
from tanheng.kernel.quantity.written import written_number

__all__ = [
    "Formula",
    "Grid",
    "Unit",
    "exponential",
    "greatest_of",
    "least_of",
    "name",
    "natural_log",
    "number",
    "size_of",
    "split_basis",
    "unit_words",
    "with_unit",
    "worded_unit",
    "written_number",
]
