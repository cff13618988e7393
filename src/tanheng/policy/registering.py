"""From a proposal to an obligation: its id, its label, its exchange form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tanheng.kernel.fact import plain_decimal
from tanheng.kernel.obligation import Baseline, Demand, Target, Task
from tanheng.kernel.pack.shape import Label
from tanheng.policy.proposals import TargetProposal, TaskProposal
from tanheng.policy.review_words import OPERATORS, OPERATORS_EN
from tanheng.policy.words import Lexicon

Proposal = TargetProposal | TaskProposal
_LONGEST_LABEL = 40
_SHORTEST_LABEL = 4


def proposal_key(proposal: Proposal) -> str:
    """A short name for a proposal that does not change while its place and its demand stay: `t-3fa9c1d2`."""
    if isinstance(proposal, TargetProposal):
        said = [proposal.indicator, proposal.operator.value, proposal.subject, proposal.tier, proposal.target_period]
        said += [None if proposal.value is None else plain_decimal(proposal.value)]
        kind = "t"
    else:
        said, kind = [proposal.number], "k"
    content = json.dumps([*proposal.span, *said], ensure_ascii=False)
    return f"{kind}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def keyed(proposals: Sequence[Proposal]) -> Mapping[str, Proposal]:
    """Proposals by their keys; a second one that says the very same gets a number behind it."""
    found: dict[str, Proposal] = {}
    for proposal in proposals:
        key = proposal_key(proposal)
        while key in found:
            key += "+"
        found[key] = proposal
    return found


def english_names(lexicon: Lexicon) -> dict[str, str]:
    """The English names of the indicators of the catalogue, by id."""
    return {indicator.id: indicator.en for indicator in lexicon.indicators}


def label_of(proposal: Proposal, english: Mapping[str, str]) -> Label:
    """A short label to begin with, which the reviewer may change; `english` names indicators by id."""
    if isinstance(proposal, TaskProposal):
        return Label(zh=_opening(proposal.text), en=f"Task {proposal.number}".strip())
    code, value = proposal.operator.value, ""
    if proposal.value is not None:
        high = "" if proposal.value_high is None else f"-{plain_decimal(proposal.value_high)}"
        value = f"{plain_decimal(proposal.value)}{high}"
    unit = "" if proposal.unit in {None, "1"} else str(proposal.unit)
    id = proposal.indicator_id
    name = english[id] if id is not None and id in english else proposal.indicator
    zh = f"{proposal.indicator[:_LONGEST_LABEL]} {OPERATORS[code]}{value}{unit}"
    return Label(zh=zh.strip(), en=f"{name} {OPERATORS_EN[code]} {value} {unit}".strip())


def in_step(before: TargetProposal, after: TargetProposal) -> TargetProposal:
    """A corrected target whose normalised value follows the value, where the reviewer left that one as it was.

    Another unit has another factor, which nobody has said: the normalised value is then left out.
    """
    if (before.value_norm, before.unit_norm) != (after.value_norm, after.unit_norm):
        return after
    if before.unit != after.unit or not before.value or before.value_norm is None or after.value is None:
        same = (before.value, before.unit) == (after.value, after.unit)
        return after if same else replace(after, value_norm=None, unit_norm=None)
    return replace(after, value_norm=(before.value_norm / before.value * after.value).normalize())


def obligation_from(proposal: Proposal, id: str, instrument: str, label: Label) -> Target | Task:
    """The obligation that an accepted proposal becomes."""
    known: dict[str, Any] = {
        "id": id,
        "label": label,
        "clause": f"{instrument}#{proposal.clause}",
        "lead_parties": proposal.lead_parties,
        "supporting_parties": proposal.supporting_parties,
    }
    if isinstance(proposal, TaskProposal):
        known |= {"number": proposal.number, "category": proposal.category, "schedule": proposal.schedule}
        return Task(**known, open_list=proposal.open_list)
    return Target(
        **known,
        demand=_demand(proposal),
        subject=proposal.subject,
        indicator=proposal.indicator_id or "",
        demanded=proposal.indicator,
        kind=proposal.kind,
        tier=proposal.tier,
        force=proposal.force,
        baseline=None if proposal.base_period is None else Baseline(proposal.base_period),
        condition=proposal.condition,
        lead_inferred=proposal.lead_inferred,
    )


def _demand(proposal: TargetProposal) -> Demand:
    return Demand(
        operator=proposal.operator.value,
        value=proposal.value,
        value_high=proposal.value_high,
        unit=proposal.unit or "",
        value_norm=proposal.value_norm,
        unit_norm=proposal.unit_norm or "",
        by=proposal.target_period or "",
    )


def _opening(text: str) -> str:
    """The beginning of a text up to its first stop, not longer than a label."""
    cut = min((at for at in map(text.find, "。；，,;") if at >= _SHORTEST_LABEL), default=len(text))
    return text[: min(cut, _LONGEST_LABEL)]
