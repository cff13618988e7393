"""Metering: readings of meters at the scale of a city, from their arrival to the figures of the accounts.

Readings are records: immutable files in scaled integers, with a small journal in front so that a batch is on the disk
before it is acknowledged. Intervals, the daily cube and everything rolled up from it are results and can be made again.
All times are seconds since 1970 in UTC and name the **end** of an interval; amounts are whole steps of a declared grid.

Refuses: a reading that cannot be placed (no such meter, no whole step, no believable time) is kept apart and named,
never guessed. Missing, zero and not yet due are three different things and stay so.
"""

from tanheng.metering.batch import Ack, Batch
from tanheng.metering.manifest import Manifest, Part
from tanheng.metering.register import Meter, Register
from tanheng.metering.store import Store

__all__ = ["Ack", "Batch", "Manifest", "Meter", "Part", "Register", "Store"]
