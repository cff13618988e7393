"""What subjects of a split answer when they are asked: appended; the last answer of each counts, all are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.kernel.procedure import allowed
from tanheng.records.cases import case_of
from tanheng.records.chain import append, lock_log
from tanheng.records.earlier_cases import SPLIT
from tanheng.records.models import Event, Person
from tanheng.records.people import names_of
from tanheng.records.rounds import KeptRound, refuse_unknown

KIND, ANSWER = "split_opinion", "answer"
LONGEST = 1000


@dataclass(frozen=True)
class Opinion:
    """What is said of the value of one subject: what is asked for and why. Nothing asked for: it agrees."""

    subject: str
    party: str
    asked: str
    reason: str = ""


@dataclass(frozen=True)
class GivenOpinion:
    """An answer, where it stands in the log, and who gave it."""

    opinion: Opinion
    position: int
    at: datetime
    actor: UUID


def give_opinion(
    plan: str, opinion: Opinion, actor: Person, *, role: str, seen: int = 0, token: str = ""
) -> GivenOpinion:
    """Appends the answer of one subject while the split is out for opinions.

    Reads    seen: the position of the last answer for this subject that the sender had seen (0: none); token: names the
             form, so that sending it twice appends once.
    Refuses  round-plan-unknown; split-not-asked: it is not out for opinions, or not this role is asked;
             split-subject-not-in-plan; split-opinion-too-long; split-answered-meanwhile: somebody answered since the
             sender looked.
    """
    with transaction.atomic():
        lock_log()
        if token and (twice := Event.objects.filter(kind=KIND, payload__plan=plan, payload__token=token).first()):
            return _given(twice)
        _refuse_unfit(plan, opinion, role)
        _refuse_meanwhile(plan, opinion.subject, seen)
        return _given(append(KIND, {"plan": plan, "token": token, "said": asdict(opinion)}, actor))


def opinions_given(plan: str, since: int = 0) -> list[GivenOpinion]:
    """Every answer about a split after a position of the log, in their order."""
    events = Event.objects.filter(kind=KIND, payload__plan=plan, position__gt=since)
    return [_given(event) for event in events.order_by("position")]


def opinions_that_count(plan: str, rounds: Sequence[KeptRound]) -> dict[str, GivenOpinion]:
    """The last answer of every subject since the split last went out for opinions."""
    asked = [kept.position for kept in rounds if kept.round.stage == "opinions"]
    return {item.opinion.subject: item for item in opinions_given(plan, asked[-1])} if asked else {}


def _refuse_unfit(plan: str, opinion: Opinion, role: str) -> None:
    rounds, case = refuse_unknown(plan), case_of(f"{SPLIT}/{plan}")
    if ANSWER not in [move.id for move in allowed(case.procedure, case.last.standing, role, ())]:
        raise Refusal("split-not-asked", plan=plan, at=case.last.state, role=role)
    if opinion.subject not in [value.subject for value in rounds[-1].round.values]:
        raise Refusal("split-subject-not-in-plan", subject=opinion.subject, plan=plan)
    longest = max(len(opinion.asked), len(opinion.reason))
    if longest > LONGEST:
        raise Refusal("split-opinion-too-long", length=longest, most=LONGEST)


def _refuse_meanwhile(plan: str, subject: str, seen: int) -> None:
    last = next((item for item in reversed(opinions_given(plan)) if item.opinion.subject == subject), None)
    if last is not None and last.position > seen:
        names = names_of([last.actor])
        who = names[last.actor] if last.actor in names else str(last.actor)
        raise Refusal("split-answered-meanwhile", who=who, said=last.opinion.asked or "-")


def _given(event: Event) -> GivenOpinion:
    return GivenOpinion(Opinion(**event.payload["said"]), event.position, event.at, event.actor)
