"""A plan to be compared or drafted from: the reading of a file, or what a registered document is recorded to demand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation import Target, Task, target_of, task_of
from tanheng.kernel.pack import PackSet
from tanheng.kernel.pack.obligation_shapes import TargetTable, TaskTable
from tanheng.kernel.pack.shapes import InstrumentShape
from tanheng.policy.plan_words import PlanWords
from tanheng.policy.proposals import Instrument, Operator, Reading, TargetProposal, TaskProposal
from tanheng.policy.reading import read_document

_SENTENCE = re.compile(r"[^。；]+[。；]?")
_SHORTEST = 6
_NOWHERE = (0, 0)


@dataclass(frozen=True)
class Deed:
    """A task, or a sentence of a clause that names nobody: what is to be done, where it stands, who does it."""

    number: str
    clause: str
    category: str
    text: str
    schedule: str
    lead_parties: tuple[str, ...]
    supporting_parties: tuple[str, ...]
    targets: tuple[TargetProposal, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a document demands. `digest` tells whether two plans are one; `level` is city, district or empty."""

    name: str
    instrument: Instrument
    targets: tuple[TargetProposal, ...]
    deeds: tuple[Deed, ...]
    digest: str
    level: str

    @property
    def title(self) -> str:
        """The title of the document without the words around it; its name where it has none."""
        found = re.search(r"《(.+)》", self.instrument.title)
        return (found[1] if found else self.instrument.title) or self.name

    @property
    def year(self) -> int | None:
        """The year of an annual plan; None for a plan of several years."""
        periods = self.instrument.periods
        return int(periods[0]) if len(periods) == 1 and len(periods[0]) == 4 else None


def plan_of_file(path: Path, words: PlanWords) -> Plan:
    """The plan that a document file holds.

    Refuses  as `open_source`; plan-demands-nothing: the document holds neither targets nor tasks.
    """
    reading = read_document(path, words.lexicon)
    return plan_of(path.name, reading, hashlib.sha256(path.read_bytes()).hexdigest(), words)


def plan_of_packs(id: str, packs: PackSet, words: PlanWords) -> Plan | None:
    """The plan whose obligations a pack holds; None where no pack has any under this id."""
    tables = [table for table in packs.all(TargetTable) if table.instrument == id]
    others = [table for table in packs.all(TaskTable) if table.instrument == id]
    heads = {item.id: item for item in packs.all(InstrumentShape)}
    if not (tables or others) or id not in heads:
        return None
    targets = tuple(target_proposal(target_of(entry)) for table in tables for entry in table.entries)
    tasks = tuple(task_proposal(task_of(entry)) for table in others for entry in table.entries)
    head = heads[id]
    periods = sorted({item.target_period for item in targets if item.target_period})
    annual = tuple(periods[:1]) if len(periods) == 1 else ()
    instrument = Instrument(head.label.zh, head.number, head.issuer, None, annual)
    return plan_of(id, Reading(instrument, targets=targets, tasks=tasks), id, words)


def target_proposal(target: Target) -> TargetProposal:
    """A recorded target as a reading has it."""
    demand = target.demand
    return TargetProposal(
        indicator=target.demanded or target.label.zh,
        operator=Operator(demand.operator),
        clause=target.place or target.clause.partition("#")[2],
        quote=target.label.zh,
        span=_NOWHERE,
        indicator_id=target.indicator or None,
        subject=target.subject,
        value=demand.value,
        value_high=demand.value_high,
        unit=demand.unit or None,
        value_norm=demand.value_norm,
        unit_norm=demand.unit_norm or None,
        base_period=target.baseline.period if target.baseline else None,
        target_period=demand.by or None,
        tier=target.tier,
        force=target.force,
        kind=target.kind,
        condition=target.condition,
        lead_parties=target.lead_parties,
        supporting_parties=target.supporting_parties,
    )


def task_proposal(task: Task) -> TaskProposal:
    """A recorded task as a reading has it; its text is the short label."""
    return TaskProposal(
        number=task.number,
        category=task.category,
        text=task.label.zh,
        clause=task.place or task.clause.partition("#")[2],
        span=_NOWHERE,
        schedule=task.schedule,
        lead_parties=task.lead_parties,
        supporting_parties=task.supporting_parties,
        open_list=task.open_list,
    )


def refuse_same(first: Plan, second: Plan) -> None:
    """Refuses  plan-with-itself: both are one document."""
    if first.digest == second.digest:
        raise Refusal("plan-with-itself", first=first.name, second=second.name)


def plan_of(name: str, reading: Reading, digest: str, words: PlanWords) -> Plan:
    """The plan that a reading is.

    Refuses  plan-demands-nothing.
    """
    targets = tuple(target for target in reading.targets if target.operator is not Operator.THRESHOLD)
    if not targets and not any(task.lead_parties for task in reading.tasks):
        raise Refusal("plan-demands-nothing", plan=name)
    deeds = tuple(_deeds(reading.tasks, targets))
    return Plan(name, reading.instrument, targets, deeds, digest, words.level_of(reading.instrument))


def _deeds(tasks: tuple[TaskProposal, ...], targets: tuple[TargetProposal, ...]) -> Iterator[Deed]:
    """Tasks with somebody who is responsible; where a document names nobody, the sentences of its clauses."""
    named = [task for task in tasks if task.lead_parties or task.supporting_parties]
    for task in named or tasks:
        texts = [task.text] if named else _SENTENCE.findall(task.text)
        for text in texts:
            if len(text) >= _SHORTEST:
                yield Deed(
                    task.number,
                    task.clause,
                    task.category,
                    text,
                    task.schedule,
                    task.lead_parties,
                    task.supporting_parties,
                    tuple(target for target in targets if _stands_in(target, task, text)),
                )


def _stands_in(target: TargetProposal, task: TaskProposal, text: str) -> bool:
    inside = task.span[0] <= target.span[0] and target.span[1] <= task.span[1]
    return inside and "".join(target.quote.split()) in "".join(text.split())
