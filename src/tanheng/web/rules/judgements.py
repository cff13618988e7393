"""What judges: score cards and rules of lights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.kernel.pack import Barometer, BarometerRule, Measure, PackSet, Scorecard
from tanheng.kernel.pack.scorecard import ScoreItem
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.rules.clauses import Cited, Mention, cited, definition_of, mentions
from tanheng.web.ui.words import said


@dataclass(frozen=True)
class ItemLine:
    """An item of a score card: how many points, how they are earned, by which measure."""

    item: ScoreItem
    label: str
    measure: str
    clause: Cited | None


@dataclass(frozen=True)
class ScorecardPage:
    """A score card with its items, its vetoes and its grades."""

    card: Scorecard
    label: str
    place: str
    clause: Cited | None
    items: Sequence[ItemLine]
    not_expressed: Sequence[str]


@dataclass(frozen=True)
class LightsPage:
    """A rule of lights: its levels from the best down, and the places that chose it."""

    rule: BarometerRule
    label: str
    place: str
    clause: Cited | None
    chosen_by: Sequence[Mention]
    not_expressed: Sequence[str]


def scorecards() -> list[Scorecard]:
    """Every score card of the packs in use."""
    return sorted(packs_in_use().all(Scorecard), key=lambda card: said(card.label))


def rules_of_lights() -> list[BarometerRule]:
    """Every rule of lights of the packs in use."""
    return sorted(packs_in_use().all(BarometerRule), key=lambda rule: said(rule.label))


def scorecard_page(id: str) -> ScorecardPage:
    """One score card.

    Refuses  definition-missing.
    """
    packs = packs_in_use()
    definition = definition_of(packs, Scorecard, id)
    card = definition.value
    return ScorecardPage(
        card,
        said(card.label),
        definition.place,
        cited(packs, card.clause),
        [_item(packs, item) for item in card.items],
        [said(label) for label in card.not_expressed],
    )


def lights_page(id: str) -> LightsPage:
    """One rule of lights.

    Refuses  definition-missing.
    """
    packs = packs_in_use()
    definition = definition_of(packs, BarometerRule, id)
    rule = definition.value
    chosen = (each for each in packs.definitions if isinstance(each.value, Barometer) and each.value.rule == id)
    return LightsPage(
        rule,
        said(rule.label),
        definition.place,
        cited(packs, rule.clause),
        mentions(packs, chosen),
        [said(label) for label in rule.not_expressed],
    )


def _item(packs: PackSet, item: ScoreItem) -> ItemLine:
    measure = said(packs.get(Measure, item.measure).label) if item.measure else ""
    return ItemLine(item, said(item.label), measure, cited(packs, item.clause))
