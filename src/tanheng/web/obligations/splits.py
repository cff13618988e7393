"""The splits as pages show them: the list, one with its rounds side by side, and what one subject sees. Reads only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.demand import Target
from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.obligation.decomposition import Request, Round, Value, round_of
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.period import Period
from tanheng.kernel.procedure import allowed
from tanheng.kernel.subject import Directory
from tanheng.records.cases import Case, case_of
from tanheng.records.computing import open_result
from tanheng.records.earlier_cases import SPLIT
from tanheng.records.kept_packs import packs_of
from tanheng.records.people import names_of
from tanheng.records.round_figures import figures_of_round
from tanheng.records.rounds import KeptRound, plans_in_rounds, rounds_of
from tanheng.records.site_files import home
from tanheng.records.split_opinions import ANSWER, GivenOpinion, opinions_that_count
from tanheng.records.split_plans import plans_named
from tanheng.records.standing_obligations import obligations_as_of
from tanheng.reports.decomposition_figures import SplitFigures, split_figures
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.directory.scope import Scope
from tanheng.web.obligations.split_figures import Whole, of_round, whole_of
from tanheng.web.obligations.split_shown import (
    AnswerShown,
    RequestShown,
    RoundShown,
    SplitLine,
    SplitPage,
    StageShown,
    SubjectLine,
    ValueShown,
)
from tanheng.web.obligations.split_sight import asked_of, leads, own_subjects, reads_whole, split_seen, went_out
from tanheng.web.obligations.split_start import target_words
from tanheng.web.obligations.split_words import method_said, outcome_said, stage_said
from tanheng.web.ui.figure import Figure, Standing
from tanheng.web.ui.words import language, said

_CHANGING = ("draft", "adjusted")


def split_list(scope: Scope) -> Sequence[SplitLine]:
    """The splits in reach, those that wait for the reader first, then the last moved. One whose plan no pack has any
    longer stands among them with what to do about it, for whoever sees all, opened it or was asked.
    """
    found, moved = [], sorted(plans_in_rounds().items(), key=lambda pair: -pair[1].position)
    plans, targets = plans_named([id for id, _ in moved], packs_in_use()), _targets(scope) if moved else {}
    for id, kept in moved:
        if id not in plans:
            found += _without_plan(scope, id, kept)
            continue
        plan = plans[id]
        whole, own = reads_whole(scope, plan), own_subjects(scope, plan)
        if whole or (own and went_out(rounds_of(id))):
            label = targets[plan.target] if plan.target in targets else ""
            found.append(_list_line(scope, plan, kept, label))
    return sorted(found, key=lambda line: not line.waits)


def split_page(id: str, scope: Scope) -> SplitPage:
    """One split: whoever reads it whole sees all subjects and what they come to; whoever is asked sees its own.

    Refuses  split-unknown.
    """
    plan, rounds = split_seen(id, scope)
    case, whole = case_of(f"{SPLIT}/{id}"), reads_whole(scope, plan)
    shown = {value.subject for value in rounds[-1].round.values} if whole else set(own_subjects(scope, plan))
    made = rounds[-1].round
    recombined, problem = _whole(made, plan, scope) if whole else (None, "")
    changing = [kept for kept in rounds if kept.round.stage in _CHANGING]
    if not whole:  # a value that never went out is nobody's but its makers'
        changing = _sent_out(rounds)
    answers = opinions_that_count(id, rounds)
    may = [move.id for move in allowed(case.procedure, case.last.standing, scope.role.id, ()) if scope.mandate]
    return SplitPage(
        id=id,
        label=said(plan.label),
        facts=_facts(plan, scope),
        target=_target(plan, scope),
        stage=made.stage,
        stage_label=stage_said(case.procedure, made.stage),
        provisional=made.provisional,
        stages=_stages(case),
        heads=[(kept.round.number, stage_said(case.procedure, kept.round.stage)) for kept in changing],
        lines=[
            _subject_line(item.id, plan, rounds, changing, answers, scope) for item in plan.subjects if item.id in shown
        ],
        others=_others(plan, scope) if whole else [],
        rounds=_history(rounds, case) if whole else [],
        whole=recombined,
        no_whole=problem,
        unit=_unit(plan),
        leads=leads(scope, plan),
        reads_whole=whole,
        may_answer=ANSWER in may and (bool(own_subjects(scope, plan)) or leads(scope, plan)),
        moves=[move for move in may if move != ANSWER] if leads(scope, plan) else [],
        unasked=_without_subject(rounds, plan) if whole else [],
        expected=case.last.number,
        token=uuid4().hex,
        instrument=made.instrument,
        result=made.result if whole else "",
    )


def whole_split(made_json: str) -> SplitFigures:
    """The values of a round put together again, kept in memory: the same round always comes to the same.

    Refuses  whatever `figures_of_round` refuses.
    """
    return _whole_split(str(home().root), made_json)


@lru_cache(maxsize=16)
def _whole_split(_root: str, made_json: str) -> SplitFigures:
    return of_round(figures_of_round(round_of(json.loads(made_json))))


def _whole(made: Round, plan: DecompositionPlan, scope: Scope) -> tuple[Whole | None, str]:
    """What the values of a round come to; the reason where the figures of the draft can no longer be had.

    A figure leads to the result behind the draft where it says the same. A district has no explanation of a subject
    that no directory knows: the words on the page stand for it.
    """
    explains = scope.sees_all or all(scope.ground.knows(item.id) for item in plan.subjects)
    try:
        split = whole_split(json.dumps(made.as_json(), sort_keys=True))
        draft = _draft(str(home().root), made.result, plan.id) if explains else None
    except Refusal as refusal:
        return None, refusal.message(language())
    return whole_of(split, explained=draft), ""


@lru_cache(maxsize=8)
def _draft(_root: str, result: str, plan: str) -> SplitFigures:
    """The proposal behind a draft, as it was kept; its names are of no account here."""
    stored = open_result(result)
    packs = packs_of(stored.receipt["packs"])
    drafted = packs.get(DecompositionPlan, plan)
    return split_figures(drafted, packs, Directory((), (), (), ()), stored.figures, stored.findings, result)


def _sent_out(rounds: Sequence[KeptRound]) -> list[KeptRound]:
    """The rounds whose values those who are asked have been told: what stood when it went out, and what was issued."""
    found, last = [], None
    for kept in rounds:
        if kept.round.stage in _CHANGING:
            last = kept
        elif kept.round.stage in ("opinions", "issued") and last is not None and last not in found:
            found.append(last)
    return found


def _without_plan(scope: Scope, id: str, kept: KeptRound) -> list[SplitLine]:
    """A split whose plan nobody knows any longer."""
    case, rounds = case_of(f"{SPLIT}/{id}"), rounds_of(id)
    own = {seat for seat in (scope.party, scope.area) if seat}
    was_asked = went_out(rounds) and any(value.subject in own for value in kept.round.values)
    if not (scope.sees_all or was_asked or case.last.opener in own):
        return []
    finding = Finding("split-plan-missing", id, {"title": case.last.title, "plan": id}, Severity.WARNING)
    stage = kept.round.stage
    return [
        SplitLine(
            id=id,
            href="",
            label=case.last.title,
            target="",
            due="",
            stage=stage,
            state=stage_said(case.procedure, stage),
            number=kept.round.number,
            answered=None,
            asked=len(kept.round.values),
            waits=False,
            problem=finding.as_json(),
        )
    ]


def _targets(scope: Scope) -> Mapping[str, str]:
    """Every recorded target in a line, by id."""
    found = [item.obligation for item in obligations_as_of(scope.day)]
    return {item.id: target_words(item, scope) for item in found if isinstance(item, Target)}


def _list_line(scope: Scope, plan: DecompositionPlan, kept: KeptRound, target: str) -> SplitLine:
    case = case_of(f"{SPLIT}/{plan.id}")
    rounds, whole = rounds_of(plan.id), reads_whole(scope, plan)
    answers = opinions_that_count(plan.id, rounds)
    return SplitLine(
        id=plan.id,
        href=reverse("split", args=[plan.id]),
        label=said(plan.label),
        target=plan.target,
        due=plan.by,
        stage=kept.round.stage,
        state=stage_said(case.procedure, kept.round.stage),
        number=kept.round.number,
        answered=len(answers) if whole and kept.round.stage == "opinions" else None,
        asked=len(kept.round.values),
        waits=any(item not in answers for item in asked_of(scope, plan, kept.round.stage)),
        target_label=target,
    )


def _facts(plan: DecompositionPlan, scope: Scope) -> list[tuple[str, str]]:
    parent = scope.ground.directory.label_of(plan.parent, language())
    bands = ""
    if plan.bands is not None:
        steps = "、".join(f"-{step}%" for step in plan.bands.steps)
        bands = steps or f"{plan.bands.every}% × n"
    facts = [
        (gettext("Whole"), parent),
        (gettext("Years"), f"{plan.base} → {plan.by}"),
        (gettext("Method"), method_said(plan.method)),
        (gettext("Bands"), bands),
        (gettext("Demand stated"), "" if plan.demand is None else f"{plan.demand} {_unit(plan)}"),
        (gettext("Rests on"), plan.clause),
    ]
    return [(name, text) for name, text in facts if text]


def _target(plan: DecompositionPlan, scope: Scope) -> tuple[str, str]:
    """The target that is split: its id and what it is called; the id alone where it is not recorded."""
    if not plan.target:
        return "", ""
    targets = _targets(scope)
    return plan.target, targets[plan.target] if plan.target in targets else plan.target


def _stages(case: Case) -> list[StageShown]:
    procedure, seen = case.procedure, [move.state for move in case.moves]
    found = []
    for state in procedure.states:
        now = state.id == case.last.state
        found.append(StageShown(said(state.label), "now" if now else "done" if state.id in seen else "next"))
    return found


def _subject_line(
    subject: str,
    plan: DecompositionPlan,
    rounds: Sequence[KeptRound],
    changing: Sequence[KeptRound],
    answers: Mapping[str, GivenOpinion],
    scope: Scope,
) -> SubjectLine:
    label, last = _label(subject, plan, scope), rounds[-1].round
    values, before = [], None
    for kept in changing:
        found = next((value for value in kept.round.values if value.subject == subject), None)
        anchor = f"round-{kept.round.number}" if reads_whole(scope, plan) else "rounds"
        values.append(_value_shown(label, found, before, anchor, plan))
        before = found.value if found is not None else before
    number = [value.subject for value in last.values].index(subject) + 1 if _has(last.values, subject) else 0
    return SubjectLine(
        subject=subject,
        label=label,
        values=values,
        now="" if before is None else format(before, "f"),
        asked=[_request(item, kept.round.number) for kept, item in _asked_about(subject, rounds)],
        answer=_answer(answers[subject]) if subject in answers else None,
        target=f"{last.instrument}.{plan.id}.s{number:03d}" if last.stage == "issued" and number else "",
    )


def _has(values: Sequence[Value], subject: str) -> bool:
    return any(value.subject == subject for value in values)


def _value_shown(
    label: str, found: Value | None, before: Decimal | None, anchor: str, plan: DecompositionPlan
) -> ValueShown:
    if found is None:
        return ValueShown(None, "")
    way = "" if before is None or found.value == before else "up" if found.value > before else "down"
    shown = Figure(
        value=f"{found.value:,f}" if found.value != round(found.value, 2) else f"{found.value:,.2f}",
        unit=found.unit,
        period=Period.parse(plan.by).label(language()),
        standing=Standing.COMPLETE,
        href=f"#{anchor}",
        label=label,
    )
    return ValueShown(shown, way)


def _asked_about(subject: str, rounds: Sequence[KeptRound]) -> list[tuple[KeptRound, Request]]:
    """What was asked for about a subject, each with the last word on it."""
    found = {
        (item.party, item.asked): (kept, item)
        for kept in rounds
        for item in kept.round.requests
        if item.subject == subject
    }
    return list(found.values())


def _without_subject(rounds: Sequence[KeptRound], plan: DecompositionPlan) -> list[RequestShown]:
    """What was asked for about nobody in particular."""
    return [_request(item, kept.round.number) for kept, item in _asked_about("", rounds)]


def _request(item: Request, number: int) -> RequestShown:
    return RequestShown(item.party, item.asked, item.outcome, outcome_said(item.outcome), item.reason, number)


def _answer(given: GivenOpinion) -> AnswerShown:
    names = names_of([given.actor])
    who = names[given.actor] if given.actor in names else str(given.actor)[:8]
    said_of = given.opinion
    return AnswerShown(said_of.asked, said_of.reason, who, given.at, given.position, not said_of.asked.strip())


def _others(plan: DecompositionPlan, scope: Scope) -> list[tuple[str, str, str]]:
    """The subjects that are told nothing, each with why."""
    words = {"exempt": gettext("exempt"), "municipal": gettext("under the city")}
    others = [item for item in plan.subjects if item.standing != "split"]
    return [
        (_label(item.id, plan, scope), words[item.standing], said(item.reason) if item.reason else "")
        for item in others
    ]


def _history(rounds: Sequence[KeptRound], case: Case) -> list[RoundShown]:
    actors = {move.event.position: move.event.actor for move in case.moves}
    names = names_of(actors.values())
    found = []
    for kept in rounds:
        made = kept.round
        actor = actors[kept.position] if kept.position in actors else None
        who = names[actor] if actor in names else ""
        signed = "、".join(made.signed_by)
        found.append(RoundShown(made.number, stage_said(case.procedure, made.stage), who, kept.at, made.note, signed))
    return found


def _label(subject: str, plan: DecompositionPlan, scope: Scope) -> str:
    if scope.ground.knows(subject):
        return scope.ground.directory.label_of(subject, language())
    own = {item.id: item.label for item in plan.subjects if item.label is not None}
    return said(own[subject]) if subject in own else subject


def _unit(plan: DecompositionPlan) -> str:
    return "%" if plan.kind == "intensity" else plan.figures["amount"].unit.text
