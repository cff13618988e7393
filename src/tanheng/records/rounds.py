"""The rounds of a split, kept in the log: who asked for what, what became of it, and what was issued in the end."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tanheng.kernel.demand import Baseline, Demand, Target
from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.decomposition import Move, Round, Value, next_round, round_of
from tanheng.kernel.pack.decomposition_plan import AMOUNT, DecompositionPlan
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.procedure import Act
from tanheng.records.case_models import CaseMove
from tanheng.records.cases import (
    NOTHING_SENT,
    Case,
    Matter,
    Sending,
    case_of,
    following_row,
    opening_row,
    refuse_meanwhile,
)
from tanheng.records.chain import append, lock_log
from tanheng.records.earlier_cases import SPLIT
from tanheng.records.models import Event, Person
from tanheng.records.obligations import Decision, RecordedReview, ReviewedInstrument, record_review
from tanheng.records.procedures import procedure_of
from tanheng.records.selecting import known_position

ROUND = "decomposition_round"
_PROPOSER = "decomposition"


@dataclass(frozen=True)
class KeptRound:
    """A round and where it stands in the log."""

    round: Round
    position: int
    at: datetime
    actor: str


@dataclass(frozen=True)
class Issue:
    """The document by which a split is issued: its heading, the day, the file itself, and who answers for it."""

    instrument: str
    title: str
    issued: date
    file: str
    content: bytes
    number: str = ""
    issuer: str = ""
    lead_parties: tuple[str, ...] = ()


def rounds_of(plan: str, position: int | None = None) -> list[KeptRound]:
    """The rounds of a plan up to a position, in their order.

    Refuses  log-position-unknown.
    """
    events = Event.objects.filter(kind=ROUND, position__lte=known_position(position), payload__plan=plan)
    return [
        KeptRound(round_of(event.payload), event.position, event.at, str(event.actor))
        for event in events.order_by("position")
    ]


def plans_in_rounds(position: int | None = None) -> dict[str, KeptRound]:
    """Every plan of which there is a draft, with its last round.

    Refuses  log-position-unknown.
    """
    found: dict[str, KeptRound] = {}
    for event in Event.objects.filter(kind=ROUND, position__lte=known_position(position)).order_by("position"):
        kept = KeptRound(round_of(event.payload), event.position, event.at, str(event.actor))
        found[kept.round.plan] = kept
    return found


def round_sent(plan: str, token: str) -> KeptRound | None:
    """The round that a form made when it was sent before; None where it was not."""
    row = CaseMove.objects.filter(token=token, case=f"{SPLIT}/{plan}").first() if token else None
    return None if row is None else next((kept for kept in rounds_of(plan) if kept.position == row.position), None)


def record_round(
    plan: str, move: Move, actor: Person, role: str = "office", *, sending: Sending = NOTHING_SENT, title: str = ""
) -> KeptRound:
    """Appends the round that a move makes, and with it the move of the consultation as a case.

    Reads    title: under which the case is opened by a draft; the id of the plan where none is given.
    Gives    the round; of a form that was sent before, the round of then.
    Refuses  round-out-of-order: the procedure does not let it follow; case-moved-meanwhile: others acted since the
             sender looked; whatever the round refuses; nothing is written then.
    """
    with transaction.atomic():
        lock_log()
        if (earlier := round_sent(plan, sending.token)) is not None:
            return earlier
        rounds = [kept.round for kept in rounds_of(plan)]
        row = _case_row(plan, rounds, move, role, sending, title)
        made = next_round(rounds, plan, move)
        event = append(ROUND, made.as_json(), actor, [row])
    return KeptRound(made, event.position, event.at, str(event.actor))


def issue_split(
    plan: DecompositionPlan,
    issue: Issue,
    actor: Person,
    note: str = "",
    role: str = "office",
    *,
    sending: Sending = NOTHING_SENT,
) -> tuple[KeptRound, RecordedReview]:
    """Issues a split: its values become targets of the document, and the round is closed; both or neither.

    Refuses  round-out-of-order: nobody has countersigned; case-moved-meanwhile: others acted since the sender looked;
             whatever recording the targets refuses.
    """
    with transaction.atomic():
        lock_log()
        rounds = [kept.round for kept in rounds_of(plan.id)]
        move = Move("issued", instrument=issue.instrument, note=note)
        row = _case_row(plan.id, rounds, move, role, sending)
        made = next_round(rounds, plan.id, move)
        targets = [_target(plan, issue, value, number) for number, value in enumerate(made.values, 1)]
        text, spans = _reading(issue, plan, made.values)
        reviewed = ReviewedInstrument(
            id=issue.instrument,
            title=issue.title,
            file=issue.file,
            content=issue.content,
            reading=json.dumps({"text": text}, ensure_ascii=False).encode(),
            number=issue.number,
            issuer=issue.issuer,
            issued=issue.issued,
            periods=(plan.by,),
        )
        decisions = [Decision(target, span, _PROPOSER) for target, span in zip(targets, spans, strict=True)]
        recorded = record_review(reviewed, decisions, actor, note=note)
        event = append(ROUND, made.as_json(), actor, [row])
    return KeptRound(made, event.position, event.at, str(event.actor)), recorded


def refuse_unknown(plan: str) -> list[KeptRound]:
    """The rounds of a plan of which there must be a draft.

    Refuses  round-plan-unknown.
    """
    found = rounds_of(plan)
    if not found:
        raise Refusal("round-plan-unknown", plan=plan, known=", ".join(plans_in_rounds()) or "-")
    return found


def _case_row(plan: str, rounds: Sequence[Round], move: Move, role: str, sending: Sending, title: str = "") -> CaseMove:
    """The move of the case that a consultation is, where its procedure lets it follow."""
    case = case_of(f"{SPLIT}/{plan}") if rounds else None
    act = Act(move.stage, role, said=move.note)
    if case is not None:
        refuse_meanwhile(case, sending.expected)
    _refuse_disorder(plan, case, move)
    if case is None:
        matter = Matter(title or plan, plan)
        return opening_row(procedure_of(SPLIT), matter, act, case=f"{SPLIT}/{plan}", sending=sending)
    return following_row(case, act, sending=sending)[0]


def _refuse_disorder(plan: str, case: Case | None, move: Move) -> None:
    """Says in words of rounds what the procedure would say of any case."""
    procedure = procedure_of(SPLIT)
    moves = procedure.openings if case is None else procedure.moves_from(case.last.state)
    following = [item.id for item in moves]
    if move.stage not in following:
        at = "-" if case is None else case.last.state
        after = ", ".join(following) or "-"
        raise Refusal("round-out-of-order", plan=plan, at=at, asked=move.stage, next=after)


def _target(plan: DecompositionPlan, issue: Issue, value: Value, number: int) -> Target:
    return Target(
        id=f"{issue.instrument}.{plan.id}.s{number:03d}",
        label=plan.label,
        clause=f"{issue.instrument}#table",
        place=plan.label.zh,
        subject=value.subject,
        indicator=plan.indicator,
        demanded="" if plan.indicator else plan.label.zh,
        demand=_demand(plan, value),
        baseline=Baseline(plan.base) if plan.kind == "intensity" else None,
        lead_parties=issue.lead_parties,
        note=plan.id,
    )


def _demand(plan: DecompositionPlan, value: Value) -> Demand:
    operator = "down" if plan.kind == "intensity" else "at_most"
    if plan.kind == "intensity":
        return Demand(operator, value.value, unit="%", value_norm=value.value, unit_norm="%", by=plan.by)
    unit = plan.figures[AMOUNT].unit.text.partition("[")[0]
    return Demand(operator, value.value, unit=unit, by=plan.by)


def _reading(issue: Issue, plan: DecompositionPlan, values: Sequence[Value]) -> tuple[str, list[tuple[int, int]]]:
    """The table of the document as text, and where each value stands in it."""
    labels: Mapping[str, Label] = {item.id: item.label for item in plan.subjects if item.label is not None}
    text, spans = f"{issue.title}\n{plan.label.zh}\n", []
    for value in values:
        name = labels[value.subject].zh if value.subject in labels else value.subject
        line = f"{name} {value.value}{value.unit}"
        spans.append((len(text), len(text) + len(line)))
        text += line + "\n"
    return text, spans
