"""What every method that fills a working paper works with: what it may read, each as a cell with its reference.

Accounts, barometers, scorecards and target paths are methods of one form. They read observations, factors, settings,
figures of other methods, demands and kept rows here, and nothing anywhere else. The room refuses to say zero for what
is missing: a gap is a cell without a value and a finding.
"""

from tanheng.kernel.account.account import Account, AccountMethod, FiguresOf
from tanheng.kernel.account.references import RuleValue, entry_ref, target_ref

__all__ = ["Account", "AccountMethod", "FiguresOf", "RuleValue", "entry_ref", "target_ref"]
