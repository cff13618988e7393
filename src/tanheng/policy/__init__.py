"""Policy documents: instruments, clauses, proposed targets and tasks, each with its place in the source.

The room reads what a document says and proposes; it registers nothing. Rules and grammars are code, words are data of
a pack. It refuses what is no document at all, and reports what it cannot read instead of leaving it out.
"""

from tanheng.policy.proposals import (
    Clause,
    DocumentFinding,
    Instrument,
    Operator,
    Reading,
    TargetProposal,
    TaskProposal,
)

__all__ = ["Clause", "DocumentFinding", "Instrument", "Operator", "Reading", "TargetProposal", "TaskProposal"]
