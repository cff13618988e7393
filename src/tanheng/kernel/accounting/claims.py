"""Green electricity and certificates as they are claimed: what kind each is, and which claim is stated twice.

An item reads `kind`, or `kind/claim` where the claim key (a certificate number, a batch) is known. Kinds of
certificates: `bought` or `sold`, then `cross_province`, `bundled` (with a physical trade) or `within_province`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter

from tanheng.kernel.account.account import Account
from tanheng.kernel.fact import Fact
from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.subject import around

CERTIFICATES = "green_certificates"
GREEN = "green_electricity"
NON_FOSSIL = "non_fossil_electricity"
_KINDS = {"bundled": "bundled_certificate", "within_province": "certificate_within_province"}


@dataclass(frozen=True)
class Claim:
    """One statement: what it is a statement of, whether it takes away, where it comes from, and its key."""

    fact: Fact
    sold: bool
    origin: str
    key: str | None

    @property
    def excluded_as(self) -> str:
        """The name under which a deduction set leaves this out."""
        return _KINDS[self.origin] if self.origin in _KINDS else self.origin


def claim_of(fact: Fact) -> Claim:
    """Reads the item of a statement."""
    parts = (fact.item or "").split("/")
    if fact.indicator != CERTIFICATES:
        return Claim(fact, False, parts[0], "/".join(parts[1:]) or None)
    direction, *rest = parts
    return Claim(fact, direction == "sold", rest[0] if rest else direction, "/".join(rest[1:]) or None)


@dataclass(frozen=True)
class Claims:
    """The claims of an account by indicator and subject, each with its place in the order in which they were read."""

    by_subject: Mapping[tuple[str, str], Sequence[tuple[int, Claim]]]

    def of(self, indicator: str, subjects: Iterable[str]) -> list[Claim]:
        """The claims of some subjects, in the order in which they were read."""
        keys = ((indicator, subject) for subject in subjects)
        found = [one for key in keys if key in self.by_subject for one in self.by_subject[key]]
        return [claim for _, claim in sorted(found, key=itemgetter(0))]


def settled_claims(account: Account) -> Claims:
    """All claims, without those whose key is stated more than once: each such key is a finding.

    What is sold is no claim: a key stated by its seller and by its buyer is one transfer. A unit's claim that the area
    around it states as well is one claim seen from two levels.
    """
    claims = [claim_of(fact) for id in (NON_FOSSIL, GREEN, CERTIFICATES) for fact in facts_read(account, id)]
    stated: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.key is not None and not claim.sold:
            stated.setdefault(claim.key, []).append(claim)
    innermost = {key: _innermost(account, found) for key, found in stated.items()}
    twice = {key: found for key, found in innermost.items() if len(found) > 1}
    for key, found in sorted(twice.items()):
        fields = {"claim": key, "count": len(found), "where": "; ".join(_place(claim.fact) for claim in found)}
        account.paper.findings.append(Finding("claimed-twice", key, fields, Severity.BLOCKER))
    return _by_subject(claim for claim in claims if claim.sold or claim.key not in twice)


def facts_read(account: Account, indicator: str, subjects: Iterable[str] | None = None) -> list[Fact]:
    """The facts of an indicator in every accumulation and coverage in which the definition reads it."""
    reads = [item for item in account.definition.reads if item.indicator == indicator]
    return [fact for item in reads for fact in account.facts_of(item, subjects=subjects)]


def _by_subject(claims: Iterable[Claim]) -> Claims:
    found: dict[tuple[str, str], list[tuple[int, Claim]]] = {}
    for place, claim in enumerate(claims):
        found.setdefault((claim.fact.indicator, claim.fact.subject), []).append((place, claim))
    return Claims(found)


def _innermost(account: Account, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of one key, without those of areas that hold the subject of another one of the same kind."""
    return [
        claim for claim in claims if not any(_same(claim, other) and _holds(account, claim, other) for other in claims)
    ]


def _same(claim: Claim, other: Claim) -> bool:
    first, second = claim.fact, other.fact
    return (first.indicator, first.item) == (second.indicator, second.item) and first.period.covers(second.period)


def _holds(account: Account, outer: Claim, inner: Claim) -> bool:
    """Whether the subject of one lies in, or is in scope of, that of the other on the last day of its period."""
    subject, day = inner.fact.subject, inner.fact.period.end - timedelta(days=1)
    return outer.fact.subject in around(account.directory, subject, day)


def _place(fact: Fact) -> str:
    return f"{fact.subject} {fact.period} {fact.source.partition('/')[2]}"
