"""Procedures: what may follow in a case, who may make it follow, and by when: a function from (case, act) to events.

Refuses a move that does not lead on from the state of a case, one in a role that may not make it or out of turn, and
one without what it needs. What the moves are is data (kernel.pack.Procedure); who acts and when is handed in.
"""

from tanheng.kernel.procedure.case import Act, Moved, Standing
from tanheng.kernel.procedure.moving import allowed, next_event, standing_after

__all__ = ["Act", "Moved", "Standing", "allowed", "next_event", "standing_after"]
