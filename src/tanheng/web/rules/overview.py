"""The first page of the rules, and everything in them that nobody has checked against its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tanheng.kernel.pack import (
    BarometerRule,
    Factor,
    InstrumentShape,
    MethodDefinition,
    PackManifest,
    PackSet,
    Scorecard,
    Status,
)
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.rules.clauses import Cited, cited
from tanheng.web.ui.words import said


@dataclass(frozen=True)
class PackLine:
    """A pack in use: its name, version, and the hash over its files."""

    manifest: PackManifest
    label: str
    hash: str


@dataclass(frozen=True)
class Overview:
    """How many there are of each, and the packs they come from."""

    packs: Sequence[PackLine]
    factors: int
    methods: int
    scorecards: int
    rules_of_lights: int
    instruments: int
    unverified: int


@dataclass(frozen=True)
class Unchecked:
    """A value that is not verified: where it stands, what it is, what it rests on, and what is known about it."""

    status: str
    thing: str
    value: str
    unit: str
    clause: Cited | None
    note: str
    href: str


def overview() -> Overview:
    """The packs in use and what they define."""
    packs = packs_in_use()
    return Overview(
        [PackLine(each, said(each.label), packs.hashes[each.id]) for each in packs.all(PackManifest)],
        len(packs.all(Factor)),
        len(packs.all(MethodDefinition)),
        len(packs.all(Scorecard)),
        len(packs.all(BarometerRule)),
        len(packs.all(InstrumentShape)),
        len(unverified_values()),
    )


def unverified_values() -> list[Unchecked]:
    """Values of factors, items of score cards and levels of lights that nobody has read in their source."""
    packs = packs_in_use()
    return [*_factors(packs), *_items(packs), *_levels(packs)]


def _factors(packs: PackSet) -> Iterator[Unchecked]:
    for factor in packs.all(Factor):
        href = reverse("rule-factor", args=[factor.id])
        for entry in factor.entries:
            if entry.status == Status.UNVERIFIED:
                thing = f"{said(factor.label)} · {entry.id}"
                clause = cited(packs, entry.clause)
                yield Unchecked(entry.status, thing, f"{entry.value:f}", factor.unit.text, clause, entry.note, href)


def _items(packs: PackSet) -> Iterator[Unchecked]:
    for card in packs.all(Scorecard):
        href = reverse("rule-scorecard", args=[card.id])
        for item in card.items:
            if item.status == Status.UNVERIFIED:
                thing = f"{said(card.label)} · {said(item.label)}"
                yield Unchecked(
                    item.status, thing, f"{item.points:f}", "point", cited(packs, item.clause), item.note, href
                )


def _levels(packs: PackSet) -> Iterator[Unchecked]:
    for rule in packs.all(BarometerRule):
        href = reverse("rule-lights", args=[rule.id])
        for level in rule.levels:
            if level.status == Status.UNVERIFIED:
                reach = level.reach
                value = f"{reach.limit:f}" if reach else "—"
                thing = f"{said(rule.label)} · {said(level.label)}"
                yield Unchecked(level.status, thing, value, "%", cited(packs, rule.clause), level.note, href)
