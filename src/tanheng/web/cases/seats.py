"""Under which names a mandate may hold a case, and for whom a case may be opened."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from tanheng.kernel.faults import Refusal
from tanheng.records.mandates import mandates, roles
from tanheng.web.directory.scope import Scope
from tanheng.web.ui.words import language

_NAMED_AT_MOST = 12


def seats_of(scope: Scope) -> tuple[str, ...]:
    """The party and the area of a mandate, by id first and then by name: notes taken from paper name them in words."""
    labels = scope.ground.directory.labels
    ids = [subject for subject in (scope.party, scope.area) if subject]
    own = ids[:1]  # whoever acts for a party in an area holds what is the party's, not what is the area's
    names = [labels[id][lang] for id in own if id in labels for lang in ("zh", "en")]
    return (*own, *dict.fromkeys(names))


def name_of(seat: str, scope: Scope) -> str:
    """A party or an area in the language of the page; what no directory knows stands as it was written."""
    return scope.ground.directory.label_of(seat, language()) if seat else ""


def addressees(scope: Scope) -> Mapping[str, str]:
    """For whom a case may be: whoever holds a mandate today, by id and name; single units only where they are seen."""
    today, known = timezone.localdate(), roles()
    found: dict[str, str] = {}
    for mandate in mandates():
        seat = mandate.party or mandate.area
        if not seat or not mandate.acts_on(today) or mandate.role not in known:
            continue
        if known[mandate.role].reach == "facility" and not scope.sees(seat):
            continue
        found[seat] = name_of(seat, scope)
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def addressee_named(text: str, scope: Scope) -> str:
    """Whom a form means, by id or by name.

    Refuses  case-addressee-unknown: nobody of that name holds a mandate.
    """
    wanted = text.strip()
    known = addressees(scope)
    found = [seat for seat, name in known.items() if wanted in (seat, name)]
    if wanted and not found:
        names = "、".join(list(known.values())[:_NAMED_AT_MOST]) or "-"
        raise Refusal("case-addressee-unknown", name=wanted[:60], known=names)
    return found[0] if found else ""
