"""Whether two years of a subject may be compared, and which entered rows belong to nobody."""

from __future__ import annotations

from datetime import date

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import said
from tanheng.kernel.assessment.entered import KIND, Entries
from tanheng.kernel.assessment.scored_items import ScoredItems
from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack import Scorecard
from tanheng.kernel.subject import LOCATED_IN


def is_alike(now: ScoredItems, before: ScoredItems) -> bool:
    """Whether the year before was scored by the same card, with the same items exempt, over the same area.

    Findings score-of-another-card, score-scope-differs, area-changed: named, and nothing is compared. Where the year
             before has nothing at all it is score-of-last-year-missing.
    """
    others = now.entries.other_cards(now.subject, before.year)
    if not before.entries.of(now.subject, before.year) and others:
        return _unlike(now, "score-of-another-card", before, cards=", ".join(others))
    if not before.has_anything():
        return _unlike(now, "score-of-last-year-missing", before)
    differing = now.exempt() ^ before.exempt()
    if differing:
        labels = [item.label.zh for item in now.card.items if item.id in differing]
        return _unlike(now, "score-scope-differs", before, items="、".join(labels))
    changed = _changed(now, before)
    if changed is not None:
        return _unlike(now, "area-changed", before, severity=Severity.WARNING, day=changed)
    return True


def name_strangers(account: Account, entries: Entries) -> None:
    """Names every entered row whose card, subject, item or stage is unknown: it counts nowhere."""
    cards = [card.id for card in account.packs.all(Scorecard)]
    for row, column, text in entries.strangers(cards, list(account.directory.labels)):
        fields = {"column": column, "text": text or "-", "cell": row.place}
        account.paper.findings.append(Finding("score-row-unknown", f"{KIND}@{row.place}", fields, Severity.WARNING))


def _unlike(
    now: ScoredItems, code: str, before: ScoredItems, severity: Severity = Severity.NOTE, **fields: object
) -> bool:
    said(now.account, code, now.subject, severity, before.year, **fields)
    return False


def _changed(now: ScoredItems, before: ScoredItems) -> date | None:
    """The day between the two years on which a part of the area came or went, or the area itself did."""
    start, end = before.year.start, now.year.end
    for relation in now.account.directory.relations:
        mine = relation.kind == LOCATED_IN and now.subject in (relation.child, relation.parent)
        if mine and not relation.withdrawn and now.account.directory.level_of(relation.child) is not None:
            for day in (relation.start, relation.end):
                if day is not None and start < day < end:
                    return day
    return None
