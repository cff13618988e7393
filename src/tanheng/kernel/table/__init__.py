"""A few operations on keyed columns; the only room of the kernel that sees the frame library.

Exact join, join by validity, wide lookup, derived column, stack, differences, roll-up, digest, rows of one value. Not a
data frame of our own: a new operation is a decision and needs two callers. Tables combine only on exactly matching
keys, an empty cell is a gap and never a zero, and results are whole numbers, so a sum is the same in any order. Nothing
is filled here: a filled amount is a named step of the run.
"""

from tanheng.kernel.table.blocks import Blocks, Parts
from tanheng.kernel.table.digest import digest
from tanheng.kernel.table.dtypes import BOOLEAN, COUNT, DAY, NUMBER, TEXT
from tanheng.kernel.table.roll_up import FILLED, UNVERIFIED, roll_up, total
from tanheng.kernel.table.table import Table

__all__ = [
    "BOOLEAN",
    "COUNT",
    "DAY",
    "FILLED",
    "NUMBER",
    "TEXT",
    "UNVERIFIED",
    "Blocks",
    "Parts",
    "Table",
    "digest",
    "roll_up",
    "total",
]
