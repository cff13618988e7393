"""The one door: method, packs, tables and parameters in; figures, findings and a receipt out; and why.

Running and explaining are the same computation. A result depends on nothing but what is passed in, and its
receipt names all of it.
"""

from tanheng.kernel.run.account_run import AccountRun, computed_account, result_of
from tanheng.kernel.run.door import drill, explain, run, statements
from tanheng.kernel.run.explain import explain_stored
from tanheng.kernel.run.inputs import OBSERVATION_COLUMNS, Inputs, Parameters
from tanheng.kernel.run.line import Line
from tanheng.kernel.run.receipt import Receipt
from tanheng.kernel.run.run import Result
from tanheng.kernel.run.statements import Statement, StatementChange, statement_changes

__all__ = [
    "OBSERVATION_COLUMNS",
    "AccountRun",
    "Inputs",
    "Line",
    "Parameters",
    "Receipt",
    "Result",
    "Statement",
    "StatementChange",
    "computed_account",
    "drill",
    "explain",
    "explain_stored",
    "result_of",
    "run",
    "statement_changes",
    "statements",
]
