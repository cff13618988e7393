"""The rounds of a split: draft, opinions, feedback, adjusted, countersigned, issued; each kept, none overwritten.

Which one may follow which is data: the procedure of a consultation. Here is what a round may say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.quantity import written_number

Stage = Literal["draft", "opinions", "feedback", "adjusted", "countersigned", "issued"]
Outcome = Literal["adopted", "partly", "not", "open"]
_CHANGING = frozenset({"draft", "adjusted"})
_ALL = 100  # per cent


@dataclass(frozen=True)
class Value:
    """What a round says of a subject: the fall demanded, or the cap, with its unit."""

    subject: str
    value: Decimal
    unit: str


@dataclass(frozen=True)
class Request:
    """Who asked for what, what became of it, why, and the cell in which it was said."""

    party: str
    subject: str
    asked: str
    outcome: Outcome
    reason: str
    source: str = ""


@dataclass(frozen=True)
class Round:
    """One round of the split of a plan. Its values are provisional until it is issued."""

    plan: str
    number: int
    stage: Stage
    values: tuple[Value, ...]
    requests: tuple[Request, ...] = ()
    signed_by: tuple[str, ...] = ()
    instrument: str = ""
    result: str = ""
    note: str = ""

    @property
    def provisional(self) -> bool:
        """Whether its values are not yet demanded of anybody."""
        return self.stage != "issued"

    def as_json(self) -> dict[str, Any]:
        """The round as plain values: `round_of(x.as_json()) == x`."""
        return {
            "plan": self.plan,
            "number": self.number,
            "stage": self.stage,
            "values": [{"subject": item.subject, "value": str(item.value), "unit": item.unit} for item in self.values],
            "requests": [vars(item) for item in self.requests],
            "signed_by": list(self.signed_by),
            "instrument": self.instrument,
            "result": self.result,
            "note": self.note,
        }


def round_of(found: Mapping[str, Any]) -> Round:
    """The round that plain values state."""
    values = tuple(Value(item["subject"], Decimal(item["value"]), item["unit"]) for item in found["values"])
    return Round(
        plan=found["plan"],
        number=found["number"],
        stage=found["stage"],
        values=values,
        requests=tuple(Request(**item) for item in found["requests"]),
        signed_by=tuple(found["signed_by"]),
        instrument=found["instrument"],
        result=found["result"],
        note=found["note"],
    )


@dataclass(frozen=True)
class Move:
    """What somebody does to a split: the stage it goes to, and what changes or was said there.

    `values` are those that change, by subject; `result` is the result that a draft stands on.
    """

    stage: Stage
    values: tuple[Value, ...] = ()
    requests: tuple[Request, ...] = ()
    signed_by: tuple[str, ...] = ()
    instrument: str = ""
    result: str = ""
    note: str = ""


def next_round(earlier: Sequence[Round], plan: str, move: Move) -> Round:
    """The round that a move makes of those so far: the values of the last one, and the changed ones.

    Reads    move: one whose turn it is, as the procedure of the consultation says.
    Refuses  round-changes-values: a stage that may change none; round-value-unreasoned: a value changes and no request
             or note says why; round-subject-unknown: a value or a request names a subject that is not in the draft;
             round-request-unreasoned: a request was not taken, or in part, without a reason; round-request-open:
             countersigned while one is open; round-unsigned: nobody countersigned; round-value-not-finite;
             round-value-beyond-all: a fall of more than 100 %.
    """
    last = earlier[-1] if earlier else None
    merged = _merged(last, move)
    if last is not None:
        _refuse_strangers(last, move)
        _refuse_unreasoned(last, move, earlier)
    _refuse_requests_without_reason(move.requests)
    if move.stage == "countersigned":
        _refuse_unfinished(earlier, move.signed_by)
    number = 1 if last is None else last.number + 1
    result = move.result or (last.result if last is not None else "")
    return Round(plan, number, move.stage, merged, move.requests, move.signed_by, move.instrument, result, move.note)


def decimal_of(text: str) -> Decimal:
    """A number as somebody wrote it.

    Refuses  round-value-not-finite: no number, or none that is finite.
    """
    value = written_number(text)
    if value is None:
        raise Refusal("round-value-not-finite", value=text)
    return value


def values_issued(rounds: Sequence[Round]) -> tuple[Value, ...]:
    """What is demanded of the subjects: the values of the issued round; none before it is issued."""
    return rounds[-1].values if rounds and rounds[-1].stage == "issued" else ()


def as_demanded(plan: DecompositionPlan, round_: Round) -> DecompositionPlan:
    """A plan with what a round says of each subject as its demand: what a check puts together again.

    A subject of which the round says nothing has no demand, whatever the plan says of it.
    """
    said = {item.subject: item.value for item in round_.values}
    subjects = tuple(
        item.model_copy(update={"target": "", "demand": said[item.id] if item.id in said else None})
        for item in plan.subjects
    )
    return plan.model_copy(update={"subjects": subjects})


def open_requests(rounds: Sequence[Round]) -> list[Request]:
    """The requests about which nobody has decided: the last word on each counts."""
    last = {(item.party, item.subject, item.asked): item for one in rounds for item in one.requests}
    return [item for item in last.values() if item.outcome == "open"]


def _merged(last: Round | None, move: Move) -> tuple[Value, ...]:
    if move.values and move.stage not in _CHANGING:
        subjects = ", ".join(item.subject for item in move.values)
        raise Refusal("round-changes-values", stage=move.stage, subjects=subjects)
    for item in move.values:
        if decimal_of(str(item.value)) > _ALL and item.unit == "%":
            raise Refusal("round-value-beyond-all", subject=item.subject, value=item.value)
    kept = {item.subject: item for item in (last.values if last is not None else ())}
    return tuple({**kept, **{item.subject: item for item in move.values}}.values())


def _refuse_strangers(last: Round, move: Move) -> None:
    known = {item.subject for item in last.values}
    named = [item.subject for item in move.values] + [item.subject for item in move.requests if item.subject]
    if strangers := [subject for subject in named if subject not in known]:
        raise Refusal("round-subject-unknown", subjects=", ".join(strangers), known=", ".join(sorted(known)))


def _refuse_requests_without_reason(requests: Sequence[Request]) -> None:
    for item in requests:
        if item.outcome in ("partly", "not") and not item.reason.strip():
            raise Refusal("round-request-unreasoned", party=item.party, asked=item.asked[:60])


def _refuse_unreasoned(last: Round, move: Move, earlier: Sequence[Round]) -> None:
    """A value that changes has a request that was taken, or a note, to say why."""
    if move.note.strip():
        return
    asked = [*(item for one in earlier for item in one.requests), *move.requests]
    reasons = {item.subject for item in asked if item.outcome in ("adopted", "partly")}
    before = {item.subject: item.value for item in last.values}
    moved = [item.subject for item in move.values if item.value != before[item.subject]]
    if without := [subject for subject in moved if subject not in reasons]:
        raise Refusal("round-value-unreasoned", subjects=", ".join(without))


def _refuse_unfinished(earlier: Sequence[Round], signed_by: Sequence[str]) -> None:
    if not signed_by:
        raise Refusal("round-unsigned")
    if left := open_requests(earlier):
        named = "; ".join(f"{item.party}: {item.asked[:40]}" for item in left[:5])
        raise Refusal("round-request-open", count=len(left), requests=named)
