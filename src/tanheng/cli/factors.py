"""`tanheng factors`: the entries of a factor, and which one governs a day under a scheme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import as_json_option, day_option, read_pair, today
from tanheng.cli.output import as_json, emit, say, show_findings, show_table
from tanheng.cli.verb import option, verb
from tanheng.cli.words import amount_said, said, status_said, unit_said, words
from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.kernel.pack import Choice, Factor, FactorEntry

_REASONS = {
    "covers": ("适用期覆盖", "governs the day"),
    "carried_forward": ("沿用旧值", "carried forward"),
    "period_start": ("按期初", "value at the start"),
    "period_end": ("按期末", "value at the end"),
    "by_days": ("按天加权", "weighted by days"),
}


@verb(
    "factors",
    "查看因子。\n\n不写编号列出全部因子；写编号列出条目；再加 --on 查出当日适用的唯一条目。",
    "Show factors.\n\nWithout an id all factors; with one its entries; with --on the one entry that governs that day.",
)
@click.argument("id", required=False)
@option(
    "--key",
    "keys",
    type=read_pair,
    multiple=True,
    zh="维度，如 carrier=diesel，可重复。",
    en="A key, such as carrier=diesel; may be repeated.",
)
@day_option("--on", zh="活动发生的日期。", en="The day of the activity.")
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@option("--scheme", zh="制度，默认为该因子的第一个。", en="Scheme; the first of the factor by default.")
@as_json_option
def factors(
    id: str | None,
    keys: tuple[tuple[str, str], ...],
    on: date | None,
    known_on: date | None,
    scheme: str | None,
    as_document: bool,
) -> int:
    """Prints factors, entries or one choice; a day that no entry governs is a finding and exit code 1.

    Refuses  definition-missing, factor-key-unknown, factor-key-missing, factor-not-for-scheme.
    """
    from tanheng.kernel.pack import Factor
    from tanheng.store import load_packs

    packs = load_packs()
    if id is None:
        return _show_all(packs.all(Factor), as_document)
    factor, wanted, known = packs.get(Factor, id), dict(keys), known_on or today()
    _refuse_unknown_keys(factor, wanted)
    entries = _entries(factor, wanted, known)
    answer = None if on is None else _choice(factor, wanted, on, scheme or factor.schemes[0], known)
    if as_document:
        emit(_document(factor, entries, answer, known))
    else:
        _show(factor, entries, answer)
    return int(isinstance(answer, Finding))


def _choice(factor: Factor, keys: Mapping[str, str], on: date, scheme: str, known_on: date) -> Choice | Finding:
    from tanheng.kernel.pack import choose

    if missing := [key for key in factor.keys if key not in keys]:
        raise Refusal("factor-key-missing", factor=factor.id, keys=", ".join(missing))
    return choose(factor, keys, Period(on, on + timedelta(days=1)), scheme=scheme, known_on=known_on)


def _refuse_unknown_keys(factor: Factor, keys: Mapping[str, str]) -> None:
    if unknown := [key for key in keys if key not in factor.keys]:
        known = ", ".join(factor.keys) or "-"
        raise Refusal("factor-key-unknown", factor=factor.id, keys=", ".join(unknown), known=known)


def _entries(factor: Factor, keys: Mapping[str, str], known_on: date) -> list[FactorEntry]:
    """The entries of the given keys that were published by a date."""
    fitting = [entry for entry in factor.entries if all(entry.keys[key] == value for key, value in keys.items())]
    return [entry for entry in fitting if entry.published <= known_on]


def _document(factor: Factor, entries: list[FactorEntry], answer: object, known_on: date) -> dict[str, Any]:
    from tanheng.kernel.pack import Choice

    return {
        "factor": _heading(factor),
        "known_on": known_on.isoformat(),
        "entries": [_entry_json(entry) for entry in entries],
        "choice": _choice_json(factor, answer) if isinstance(answer, Choice) else None,
        "findings": as_json([answer]) if isinstance(answer, Finding) else [],
    }


def _heading(factor: Factor) -> dict[str, Any]:
    return {
        "id": factor.id,
        "label": factor.label.model_dump(),
        "unit": factor.unit.text,
        "keys": list(factor.keys),
        "schemes": list(factor.schemes),
        "when_missing": factor.model_dump(mode="json", include={"when_missing"})["when_missing"],
        "straddle": factor.straddle.value,
    }


def _entry_json(entry: FactorEntry) -> dict[str, Any]:
    return entry.model_dump(mode="json") | {"value": str(entry.value), "keys": dict(entry.keys)}


def _choice_json(factor: Factor, choice: Choice) -> dict[str, Any]:
    return {
        "value": str(choice.value),
        "unit": factor.unit.text,
        "reason": choice.reason,
        "clause": choice.clause,
        "unverified": choice.unverified,
        "entries": [_entry_json(used.entry) for used in choice.used],
    }


def _show_all(known: tuple[Factor, ...], as_document: bool) -> int:
    ordered = sorted(known, key=lambda factor: factor.id)
    if as_document:
        emit({"factors": [_heading(factor) for factor in ordered]})
        return 0
    heads = [
        words("编号", "Id"),
        words("名称", "Name"),
        words("单位", "Unit"),
        words("维度", "Keys"),
        words("制度", "Schemes"),
    ]
    rows = [
        [factor.id, said(factor.label), unit_said(factor.unit.text), ", ".join(factor.keys), ", ".join(factor.schemes)]
        for factor in ordered
    ]
    show_table([(head, False) for head in heads], rows)
    return 0


def _show(factor: Factor, entries: list[FactorEntry], answer: object) -> None:
    from tanheng.kernel.pack import Choice

    say(f"{factor.id}  {said(factor.label)}  {unit_said(factor.unit.text)}", "bold")
    heads = [
        words("条目", "Entry"),
        words("维度", "Keys"),
        words("适用期", "Governs"),
        words("取值", "Value"),
        words("公布", "Published"),
        words("状态", "Status"),
        words("依据", "Clause"),
    ]
    rows = [
        [
            entry.id,
            ", ".join(entry.keys.values()),
            f"{entry.start}..{entry.end or ''}",
            str(entry.value),
            str(entry.published),
            status_said(entry.status),
            entry.clause,
        ]
        for entry in entries
    ]
    show_table([(head, index == 3) for index, head in enumerate(heads)], rows)
    if isinstance(answer, Choice):
        used = ", ".join(used.entry.id for used in answer.used)
        value = amount_said(str(answer.value), factor.unit.text)
        say(
            words(
                f"适用：{value}（{used}，{words(*_REASONS[answer.reason])}）",
                f"Governs: {value} ({used}, {words(*_REASONS[answer.reason])})",
            ),
            "bold",
        )
        if answer.clause:
            say(words(f"依据 {answer.clause}", f"Under {answer.clause}"))
    elif isinstance(answer, Finding):
        show_findings(as_json([answer]))
