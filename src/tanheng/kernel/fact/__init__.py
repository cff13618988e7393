"""Observations, and what was known when.

An observation is a record of what somebody said. A revision is one more observation with the same key:
nothing is overwritten, and which one counts depends on the knowledge date. What an indicator means is a
definition and lives in the pack room.
"""

from tanheng.kernel.fact.facts import Fact, Facts, Statement, by_key
from tanheng.kernel.fact.kept import KeptField, KeptRow, Registers, rows_as_json, rows_of_json
from tanheng.kernel.fact.known import KnownInterval, known_intervals
from tanheng.kernel.fact.nothing import nothing_in
from tanheng.kernel.fact.observation import Observation, ObservationKey, plain_decimal
from tanheng.kernel.fact.shelf import Shelf

__all__ = [
    "Fact",
    "Facts",
    "KeptField",
    "KeptRow",
    "KnownInterval",
    "Observation",
    "ObservationKey",
    "Registers",
    "Shelf",
    "Statement",
    "by_key",
    "known_intervals",
    "nothing_in",
    "plain_decimal",
    "rows_as_json",
    "rows_of_json",
]
