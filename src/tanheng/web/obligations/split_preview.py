"""What adjusted values would come to before anybody records them. Reads only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.split_figures import Whole, whole_of
from tanheng.web.obligations.split_services import changed_values
from tanheng.web.obligations.split_sight import required_lead
from tanheng.web.obligations.splits import whole_split


def adjusted_whole(id: str, typed: Mapping[str, str], scope: Scope) -> Whole:
    """The last round with other values, put together again.

    Refuses  split-unknown, not-permitted; round-value-not-finite; whatever putting it together refuses.
    """
    plan, rounds = required_lead(id, scope)
    last = rounds[-1]
    changed = {value.subject: value for value in changed_values(plan, last, typed)}
    values = tuple(changed[item.subject] if item.subject in changed else item for item in last.round.values)
    made = replace(last.round, values=values)
    return whole_of(whole_split(json.dumps(made.as_json(), sort_keys=True)))
