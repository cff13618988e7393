"""Parties (who), areas (where), facilities (what), and the dated relations that join them into trees."""

from tanheng.kernel.subject.location import Stay
from tanheng.kernel.subject.relation import LOCATED_IN, Relation, overlapping
from tanheng.kernel.subject.subject import Area, Directory, Facility, Party

__all__ = ["LOCATED_IN", "Area", "Directory", "Facility", "Party", "Relation", "Stay", "overlapping"]
