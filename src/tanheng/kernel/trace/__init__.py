"""Why a figure has its value: the steps and lookups that the computing code itself emits.

A step is recorded once per column, whatever the number of rows; replaying the method on the rows of one cell
fills in the numbers. An account writes its single cells on a working paper. Nothing here describes a computation that
it did not see.
"""

from tanheng.kernel.trace.address import Address
from tanheng.kernel.trace.step_words import step_words
from tanheng.kernel.trace.trace import Answer, Lookup, Step, Trace
from tanheng.kernel.trace.working_paper import Cell, Working, WorkingPaper

__all__ = ["Address", "Answer", "Cell", "Lookup", "Step", "Trace", "Working", "WorkingPaper", "step_words"]
