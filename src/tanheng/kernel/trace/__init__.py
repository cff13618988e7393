"""Why a figure has its value: the steps and lookups that the computing code itself emits.

A step is recorded once per column, whatever the number of rows; replaying the method on the rows of one cell
fills in the numbers. Nothing here describes a computation that it did not see.
"""

from tanheng.kernel.trace.address import Address
from tanheng.kernel.trace.trace import Answer, Lookup, Step, Trace

__all__ = ["Address", "Answer", "Lookup", "Step", "Trace"]
