"""Splitting a target among subjects, and checking a split that was made.

What has to be saved together is shared by a score and the energy each would otherwise need; bands come on top. The
whole is always put together again from numerators and denominators, never by adding or averaging rates. The room
refuses to fill in what a plan leaves out: a subject without figures leaves the whole without a number.
"""

from tanheng.kernel.obligation.decomposition.checking import decomposition_check
from tanheng.kernel.obligation.decomposition.implied import implied_bases
from tanheng.kernel.obligation.decomposition.proposing import target_decomposition
from tanheng.kernel.obligation.decomposition.rounds import (
    Move,
    Outcome,
    Request,
    Round,
    Value,
    as_demanded,
    decimal_of,
    next_round,
    round_of,
    values_issued,
)

__all__ = [
    "Move",
    "Outcome",
    "Request",
    "Round",
    "Value",
    "as_demanded",
    "decimal_of",
    "decomposition_check",
    "implied_bases",
    "next_round",
    "round_of",
    "target_decomposition",
    "values_issued",
]
