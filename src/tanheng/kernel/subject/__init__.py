"""Parties (who), areas (where), facilities (what), and the dated relations that join them into trees."""

from tanheng.kernel.subject.location import Stay
from tanheng.kernel.subject.relation import LOCATED_IN, Relation, overlapping
from tanheng.kernel.subject.scope import IN_SCOPE_OF, Scope, areas_within, around, scope_on
from tanheng.kernel.subject.subject import Area, Directory, Facility, Party, word_behind

__all__ = [
    "IN_SCOPE_OF",
    "LOCATED_IN",
    "Area",
    "Directory",
    "Facility",
    "Party",
    "Relation",
    "Scope",
    "Stay",
    "areas_within",
    "around",
    "overlapping",
    "scope_on",
    "word_behind",
]
