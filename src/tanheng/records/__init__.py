"""The one home of records: what somebody said or did, appended to a hash-chained log and never overwritten.

Both doors write through this room and nothing else writes. It has no pages.
Refuses to change or delete a record; a correction is one more record. Persons are the exception: their names
stand apart from the log, which knows them by number only, so that they can be erased.

    recording     directories and observations: one call, one transaction, one event
    selecting     the directory and the observations as of a position of the log
    computing     snapshot, run, saved result, explanation
    publishing    publications: kept by hash, repeated without the records
    comparing     what differs between two results or publications, and why
    chain         the log itself: appending under one lock
    verification  whether the log still holds, down to the row
    people        who acts: the one part that can be erased

Call `configure()` once before importing any of them outside a web server.
"""

from tanheng.records.settings import configure, prepare_database

__all__ = ["configure", "prepare_database"]
