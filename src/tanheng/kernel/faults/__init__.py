"""Refusals, findings and the list of codes: how the system says that something is wrong.

A *finding* is a value: a problem in the data, returned together with all the others and with its place.
A *refusal* is raised: the request itself cannot be carried out. Both speak from the same list of codes,
in Chinese and in English, and both say what to do next.
"""

from tanheng.kernel.faults.code import Code
from tanheng.kernel.faults.codes import CODES
from tanheng.kernel.faults.finding import Finding, Severity, blockers
from tanheng.kernel.faults.refusal import Refusal
from tanheng.kernel.faults.worded import Worded

__all__ = ["CODES", "Code", "Finding", "Refusal", "Severity", "Worded", "blockers"]
