"""Drafting a split, moving it through its rounds, answering for oneself. Imperative, one transaction each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.decomposition import Move, Request, Value, decimal_of
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.records.cases import Sending
from tanheng.records.kept_packs import packs_of
from tanheng.records.models import Person
from tanheng.records.rounds import Issue, KeptRound, issue_split, record_round, round_sent
from tanheng.records.split_opinions import GivenOpinion, Opinion, give_opinion, opinions_that_count
from tanheng.records.split_plans import computed_split, proposed, record_draft
from tanheng.reports.decomposition_figures import split_figures
from tanheng.reports.decomposition_values import PLACES, drafted_values
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.split_figures import Whole, of_proposal, whole_of
from tanheng.web.obligations.split_form import SplitForm, plan_sent
from tanheng.web.obligations.split_sight import leads, own_subjects, required_lead, split_seen
from tanheng.web.obligations.split_start import bands_known, origin_of, target_named
from tanheng.web.ui.numbers import whole_number
from tanheng.web.ui.words import language

_MOST_PLACES = 6


@dataclass(frozen=True)
class Decided:
    """What was decided about the answer of a subject: what became of it, why, and the answer that was looked at."""

    outcome: str
    reason: str
    seen: int


@dataclass(frozen=True)
class SentMove:
    """What the form of a move brought, as it was typed; `file` is the name and the content of the document."""

    note: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, Decided] = field(default_factory=dict)
    signed_by: Sequence[str] = ()
    title: str = ""
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    leads: Sequence[str] = ()
    file: tuple[str, bytes] | None = None
    token: str = ""
    expected: int | None = None

    @property
    def sending(self) -> Sending:
        """Which form it was, and what its sender had seen."""
        return Sending((), self.token[:64], self.expected)


def preview(form: SplitForm, scope: Scope) -> Whole:
    """What a form comes to, at once; nothing is kept.

    Refuses  not-permitted; obligation-unknown; whatever the form and the run refuse.
    """
    plan = _plan(form, scope, "split-preview")
    return whole_of(of_proposal(proposed(plan, packs_in_use(), scope.day)))


def draft_split(form: SplitForm, *, note: str, token: str, scope: Scope) -> str:
    """Computes what a form proposes, keeps it, and records plan and draft.

    Gives    the id of the split; of a form that was sent twice, the one of then.
    Refuses  not-permitted; split-draft-blocked: something in it blocks; whatever the form and the run refuse.
    """
    plan = _plan(form, scope, f"split-{form['by'][:4]}-{token[:10]}")
    if round_sent(plan.id, token) is not None:
        return plan.id
    packs = packs_in_use()
    stored = computed_split(plan, packs, scope.day)
    codes = sorted({item["code"] for item in stored.findings if item["severity"] == "blocker"})
    if codes:
        count = sum(item["severity"] == "blocker" for item in stored.findings)
        raise Refusal("split-draft-blocked", count=count, codes=", ".join(codes))
    directory = scope.ground.directory
    found = split_figures(
        plan, packs_of(stored.receipt["packs"]), directory, stored.figures, stored.findings, stored.id
    )
    move = Move("draft", values=drafted_values(found, _places(form["places"])), result=stored.id, note=note.strip())
    record_draft(plan, packs, move, _person(scope), role=scope.role.id, sending=Sending((), token[:64], None))
    return plan.id


def move_split(id: str, stage: str, *, sent: SentMove, scope: Scope) -> KeptRound:
    """Takes a split one stage further, with what the stage needs.

    Refuses  split-unknown, not-permitted; case-moved-meanwhile: somebody was faster; split-answered-meanwhile: an
             answer came in since the sender looked; round-…: whatever the round refuses.
    """
    plan, rounds = required_lead(id, scope)
    if stage == "issued":
        return issue_split(plan, _issue(plan, sent), _person(scope), sent.note, scope.role.id, sending=sent.sending)[0]
    requests = _requests(plan, rounds, sent, scope) if stage == "feedback" else ()
    move = Move(
        stage,
        values=_values(plan, rounds[-1], sent.values) if stage == "adjusted" else (),
        requests=requests,
        signed_by=tuple(name for name in sent.signed_by if name) if stage == "countersigned" else (),
        note=sent.note.strip(),
    )
    return record_round(id, move, _person(scope), scope.role.id, sending=sent.sending)


def answer_split(
    id: str, subject: str, *, asked: str, reason: str, seen: int, token: str, scope: Scope
) -> GivenOpinion:
    """Answers for one subject: its own mandate for itself, or whoever leads for an answer that came on paper.

    Refuses  split-unknown; split-subject-not-in-plan: not a subject of the mandate; whatever recording it refuses.
    """
    plan, _ = split_seen(id, scope)
    own = own_subjects(scope, plan)
    if subject not in own and not leads(scope, plan):
        raise Refusal("split-subject-not-in-plan", subject=subject[:60], plan=id)
    opinion = Opinion(subject, scope.party or scope.area, asked.strip(), reason.strip())
    return give_opinion(id, opinion, _person(scope), role=scope.role.id, seen=seen, token=token[:64])


def changed_values(plan: DecompositionPlan, last: KeptRound, typed: Mapping[str, str]) -> tuple[Value, ...]:
    """The values that a form of adjusting changes.

    Refuses  round-value-not-finite.
    """
    return _values(plan, last, typed)


def _values(plan: DecompositionPlan, last: KeptRound, typed: Mapping[str, str]) -> tuple[Value, ...]:
    before = {item.subject: item for item in last.round.values}
    read = {subject: decimal_of(text.strip().rstrip("%％")) for subject, text in typed.items() if text.strip()}
    unit = last.round.values[0].unit if last.round.values else "%"
    changed = {
        subject: value for subject, value in read.items() if subject not in before or before[subject].value != value
    }
    return tuple(Value(subject, _sign(value, plan), unit) for subject, value in changed.items())


def _sign(value: Decimal, plan: DecompositionPlan) -> Decimal:
    """A fall may be typed as documents print it, with its sign: -1.5 is a fall of 1.5 %."""
    return -value if plan.kind == "intensity" and value < 0 else value


def _requests(
    plan: DecompositionPlan, rounds: Sequence[KeptRound], sent: SentMove, scope: Scope
) -> tuple[Request, ...]:
    """Every opinion that came in, with what became of it; one about which nobody decided is open."""
    found = []
    for subject, given in opinions_that_count(plan.id, rounds).items():
        decided = sent.decided[subject] if subject in sent.decided else Decided("open", "", 0)
        if given.position > decided.seen:
            raise Refusal(
                "split-answered-meanwhile", who=_name(given.opinion.party, scope), said=given.opinion.asked or "-"
            )
        if given.opinion.asked:
            party = _name(subject, scope)
            asked = given.opinion.asked
            source = f"event:{given.position}"
            found.append(Request(party, subject, asked, decided.outcome or "open", decided.reason.strip(), source))
    return tuple(found)


def _issue(plan: DecompositionPlan, sent: SentMove) -> Issue:
    name, content = sent.file or ("", b"")
    if not content:
        raise Refusal("evidence-empty", name=name or "-")
    assert sent.issued is not None
    instrument = f"{plan.id}-{sent.issued.isoformat()}"
    leading = tuple(item for item in sent.leads if item)
    return Issue(
        instrument, sent.title.strip() or plan.label.zh, sent.issued, name, content, sent.number, sent.issuer, leading
    )


def _plan(form: SplitForm, scope: Scope, id: str) -> DecompositionPlan:
    scope.require("split")
    packs = packs_in_use()
    origin = origin_of(form["origin"], scope, packs)
    if form["target"]:
        target_named(form["target"], scope)
    bands = {key: told for key, (_, told) in bands_known(packs).items()}
    plan = plan_sent(form, id, bands, origin)
    if not leads(scope, plan):
        raise Refusal("not-permitted", act="split")
    return plan


def _places(text: str) -> int:
    asked = whole_number(text)
    return PLACES if asked is None else min(asked, _MOST_PLACES)


def _name(subject: str, scope: Scope) -> str:
    return scope.ground.directory.label_of(subject, language()) if scope.ground.knows(subject) else subject


def _person(scope: Scope) -> Person:
    if scope.person is None:
        raise Refusal("no-mandate")
    return Person.objects.get(id=scope.person)
