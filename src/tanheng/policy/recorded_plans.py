"""A plan that is registered: what its review left of it, with the full text of its tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation import Target, Task
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.plans import Plan, plan_of, target_proposal, task_proposal
from tanheng.policy.proposals import Instrument, Reading, TaskProposal
from tanheng.records.standing_obligations import RecordedObligation, kept_reading, obligations_as_of


def plan_of_record(id: str, day: date, words: PlanWords) -> Plan:
    """The plan that a registered document is, as its review left it; the full text of a task is that of the document.

    Refuses  instrument-unknown; plan-demands-nothing; blob-not-found, blob-damaged.
    """
    found = [item for item in obligations_as_of(day, instrument=id) if item.counts]
    if not found:
        raise Refusal("plan-demands-nothing", plan=id)
    head = found[0].instrument
    text = str(kept_reading(head)["text"])
    instrument = Instrument(head.title, head.number, head.issuer, None, tuple(head.periods))
    targets = tuple(target_proposal(item.obligation) for item in found if isinstance(item.obligation, Target))
    tasks = tuple(_full(item, text) for item in found if isinstance(item.obligation, Task))
    return plan_of(id, Reading(instrument, targets=targets, tasks=tasks), head.source, words)


def _full(item: RecordedObligation, text: str) -> TaskProposal:
    assert isinstance(item.obligation, Task)
    start, end = item.row.span
    printed = "".join(text[start:end].split())
    proposal = task_proposal(item.obligation)
    return replace(proposal, text=printed) if printed else proposal
