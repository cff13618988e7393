"""What the form of a new split says, and the plan that it makes. Empty fields are not known, and never zero."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.quantity import written_number
from tanheng.store.plan_file import fields_of_plan, plan_of_text, text_of_plan
from tanheng.web.ui.numbers import whole_number
from tanheng.web.ui.texts import within

NONE, LEFT_OUT, OWN = "none", "left_out", "own"
STANDINGS = ("split", "exempt", "municipal", LEFT_OUT)
METHODS = ("equal_rate", "remaining_task", "structure", "potential", "weights")
KINDS = ("intensity", "total", "increment")
DIRECTIONS = ("up", "nearest", "down")
MOST_ROWS = 200
_LONGEST, _LONGEST_MEMBERS = 300, 4000
"""Characters of a field, and of the members of a subject: settings."""
_SHARING, _BANDS = "decomposition-methods#sharing", "decomposition-methods#bands"
_NUMBERS = ("growth", "goal", "last", "expects")
_PLAIN = ("label", "target", "demand", "parent", "indicator", "base", "by", "method", "kind", "goal", "years_left")
_MORE = ("least", "bands", "steps", "direction", "origin", "benchmarks", "level", "calibrated", "places")
_APART = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class SubjectRow:
    """A line of the form: one subject as somebody typed it. `stated` are its figures by their names."""

    id: str = ""
    label: str = ""
    standing: str = LEFT_OUT
    reason: str = ""
    growth: str = ""
    goal: str = ""
    last: str = ""
    expects: str = ""
    done: str = ""
    benchmark: str = ""
    members: str = ""
    stated: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_told(self) -> bool:
        """Whether it is to be told a target."""
        return self.standing == "split"


@dataclass(frozen=True)
class SplitForm:
    """The whole form as it was typed, or as it is filled to begin with.

    `figures` are the names of the figures with their units, and the indicator they are observed by, none where they
    are stated; `sectors` and `weights` are numbers by the names of what they are of. `more_rows` are the rows beyond
    those that a form may have: they were not read, and nothing is made of the form.
    """

    fields: Mapping[str, str]
    rows: Sequence[SubjectRow]
    figures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sectors: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)
    more_rows: int = 0

    def __getitem__(self, name: str) -> str:
        return self.fields[name] if name in self.fields else ""

    @property
    def stated_names(self) -> Sequence[str]:
        """The figures for which the form has a column: a number typed there counts where none was observed."""
        return list(self.figures)


def form_sent(post: Mapping[str, str], origin: DecompositionPlan | None) -> SplitForm:
    """The form as it was sent.

    Reads    origin: the plan from which the form was filled: what its figures are, and what the form does not show.
    """
    figures = figures_of(origin, post)
    asked = (whole_number(post["rows"]) or 0) if "rows" in post else 0
    count = min(asked, MOST_ROWS)
    return SplitForm(
        fields={name: _text(post, name) for name in (*_PLAIN, *_MORE)},
        rows=[_row_sent(post, number, list(figures)) for number in range(count)],
        figures=figures,
        sectors={name: _text(post, f"sector-{name}") for name in (origin.sectors if origin else ())},
        weights={item.id: _text(post, f"weight-{item.id}") for item in (origin.criteria if origin else ())},
        more_rows=asked - count,
    )


def figures_of(origin: DecompositionPlan | None, post: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """The figures of every subject by name: those of the plan a form began with, or an amount and a basis to state."""
    if origin is not None:
        found: Mapping[str, Mapping[str, str]] = fields_of_plan(origin)["figures"]
        return found
    return {name: {"unit": _text(post, f"unit-{name}") or usual} for name, usual in _USUAL.items()}


_USUAL: Mapping[str, str] = {"amount": "tce[calorific_value]", "basis": "10^4 CNY"}
"""What a form begins with where no plan of a pack says in which units a split is reckoned; each can be typed over."""


def plan_sent(
    form: SplitForm, id: str, bands: Mapping[str, Mapping[str, Any]], origin: DecompositionPlan | None
) -> DecompositionPlan:
    """The plan that a form makes.

    Reads    bands: those that may be chosen, by key.
    Refuses  split-too-many-rows; text-too-long; split-nobody-chosen; split-number-unreadable: a field holds no number;
             split-file-unreadable: what was typed makes no plan, with everything that is wrong.
    """
    _refuse_cut(form)
    told = [row for row in form.rows if row.standing != LEFT_OUT and row.id.strip()]
    if not any(row.is_told for row in told):
        raise Refusal("split-nobody-chosen")
    figures = dict(_figures(form, origin))
    fields = {
        "id": id,
        "label": {"zh": form["label"] or id, "en": form["label"] or id},
        "clause": origin.clause if origin else _SHARING,
        "status": origin.status if origin else "verified",
        "method": form["method"],
        "kind": form["kind"],
        "parent": form["parent"],
        "base": form["base"],
        "by": form["by"],
        "figures": figures,
        "calibrated": bool(form["calibrated"]),
        "subjects": [dict(_subject(row, figures)) for row in told],
        **dict(_optional(form, origin)),
        **dict(_of_method(form, origin)),
        **dict(_bands(form, bands)),
    }
    return plan_of_text(text_of_plan(fields), id)


def _optional(form: SplitForm, origin: DecompositionPlan | None) -> Iterator[tuple[str, Any]]:
    if origin is not None and origin.parent_stated and origin.parent == form["parent"]:
        yield "parent_stated", {name: str(value) for name, value in origin.parent_stated.items()}
    for name in ("indicator", "target"):
        if form[name]:
            yield name, form[name]
    if form["demand"] and not form["target"]:
        yield "demand", _number(form["demand"], "demand")
    for name in ("goal", "least"):
        if form[name]:
            yield name, _number(form[name], name)
    if form["years_left"]:
        yield "years_left", int(Decimal(_number(form["years_left"], "years_left")))


def _figures(form: SplitForm, origin: DecompositionPlan | None) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The figures that this kind and method read: a basis only for an intensity, the sectors only where they count."""
    wanted = {"amount"} | ({"basis"} if form["kind"] == "intensity" else set())
    if form["method"] == "structure":
        wanted |= set(form.sectors)
    if form["method"] == "weights" and origin is not None:
        wanted |= {name for item in origin.criteria for name in (item.of, item.per)}
    for name, item in form.figures.items():
        if name in wanted:
            yield name, item


def _of_method(form: SplitForm, origin: DecompositionPlan | None) -> Iterator[tuple[str, Any]]:
    if form["method"] == "structure":
        yield "sectors", {name: _number(text, name) for name, text in form.sectors.items() if text}
    if form["method"] == "weights" and origin is not None:
        told = [item.model_dump(mode="json", exclude_defaults=True) for item in origin.criteria]
        typed = form.weights
        yield (
            "criteria",
            [
                {**item, "weight": _number(typed[item["id"]], item["id"]) if typed[item["id"]] else item["weight"]}
                for item in told
            ],
        )
    if form["method"] == "potential":
        yield from ((name, form[name]) for name in ("benchmarks", "level") if form[name])


def _bands(form: SplitForm, bands: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    if form["bands"] in bands:
        yield "bands", {**bands[form["bands"]], "to": form["direction"] or "nearest"}
    elif form["bands"] == OWN:
        steps = [_number(text, "bands") for text in _APART.split(form["steps"]) if text]
        # a rate that is printed with its sign, -1.5 %, is a fall of 1.5 %
        falls = [step.removeprefix("-") for step in steps]
        if falls:
            direction = form["direction"] or "nearest"
            yield "bands", {"steps": falls, "to": direction, "clause": _BANDS, "status": "verified"}


def _subject(row: SubjectRow, figures: Collection[str]) -> Iterator[tuple[str, Any]]:
    yield "id", row.id.strip()
    if row.label.strip() and row.label.strip() != row.id.strip():
        yield "label", {"zh": row.label.strip(), "en": row.label.strip()}
    if row.standing != "split":
        yield "standing", row.standing
    if row.reason.strip():
        yield "reason", {"zh": row.reason.strip(), "en": row.reason.strip()}
    for name in _NUMBERS:
        if text := getattr(row, name).strip():
            yield name, _number(text, f"{row.label or row.id} {name}")
    stated = {name: text for name, text in row.stated.items() if text.strip() and name in figures}
    if stated:
        yield "stated", {name: _number(text, f"{row.label or row.id} {name}") for name, text in stated.items()}
    if done := [text for text in _APART.split(row.done) if text]:
        yield "done", [_number(text, f"{row.label or row.id} done") for text in done]
    if members := [text for text in re.split(r"[、;；\n]+", row.members) if text.strip()]:
        yield "members", [text.strip() for text in members]
    if row.benchmark.strip():
        yield "benchmark", row.benchmark.strip()


def _number(text: str, where: str) -> str:
    """A number as somebody typed it, as plain text: thousands marked by commas and a percent sign are read.

    Refuses  split-number-unreadable.
    """
    value = written_number(text.strip().rstrip("%％").replace(",", "").replace("−", "-"))
    if value is None:
        raise Refusal("split-number-unreadable", field=where, text=text.strip()[:40])
    return format(value, "f")


def _row_sent(post: Mapping[str, str], number: int, names: Sequence[str]) -> SubjectRow:
    plain = ("id", "label", "standing", "reason", "growth", "goal", "last", "expects", "done", "benchmark", "members")
    told = {name: _text(post, f"s{number}-{name}") for name in plain}
    if not told["id"] and told["label"]:
        told["id"] = told["label"]  # one that no directory knows goes by its name
    if told["standing"] not in STANDINGS:
        told["standing"] = LEFT_OUT
    return SubjectRow(**told, stated={name: _text(post, f"s{number}-{name}-stated") for name in names})


def _text(post: Mapping[str, str], name: str) -> str:
    return post[name].strip() if name in post else ""


def _refuse_cut(form: SplitForm) -> None:
    """Confirms that all of a form was read.

    Refuses  split-too-many-rows; text-too-long.
    """
    if form.more_rows:
        raise Refusal("split-too-many-rows", count=MOST_ROWS + form.more_rows, most=MOST_ROWS)
    for text in (*form.fields.values(), *form.sectors.values(), *form.weights.values()):
        within(text, _LONGEST)
    for row in form.rows:
        within(row.members, _LONGEST_MEMBERS)
        for text in (row.id, row.label, row.reason, row.benchmark, *row.stated.values()):
            within(text, _LONGEST)
