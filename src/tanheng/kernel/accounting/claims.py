"""Green electricity and certificates as they are claimed: what kind each is, and which claim is stated twice.

An item reads `kind`, or `kind/claim` where the claim key (a certificate number, a batch) is known. Kinds of
certificates: `bought` or `sold`, then `cross_province`, `bundled` (with a physical trade) or `within_province`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from operator import itemgetter

from tanheng.kernel.account.account import Account
from tanheng.kernel.fact import Fact
from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.pack import Reads
from tanheng.kernel.subject import around

CERTIFICATES = "green_certificates"
GREEN = "green_electricity"
NON_FOSSIL = "non_fossil_electricity"
_CLAIMED = (NON_FOSSIL, GREEN, CERTIFICATES)
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
    direction, origin, key = _parts(fact.indicator, fact.item or "")
    return Claim(fact, direction == "sold", origin, key)


def _parts(indicator: str, item: str) -> tuple[str, str, str | None]:
    """Bought or sold (of certificates), the kind, and the key."""
    parts = item.split("/")
    if indicator != CERTIFICATES:
        return "", parts[0], "/".join(parts[1:]) or None
    direction, *rest = parts
    return direction, rest[0] if rest else direction, "/".join(rest[1:]) or None


def _has_key(indicator: str, item: str) -> bool:
    return _parts(indicator, item)[2] is not None


@dataclass(frozen=True)
class Claims:
    """The claims of an account by indicator and subject, each with its place in the order in which they were read."""

    by_subject: Mapping[tuple[str, str], Sequence[tuple[int, Claim]]]

    def of(self, indicator: str, subjects: Iterable[str]) -> list[Claim]:
        """The claims of some subjects, in the order in which they were read."""
        keys = ((indicator, subject) for subject in subjects)
        found = [one for key in keys if key in self.by_subject for one in self.by_subject[key]]
        return [claim for _, claim in sorted(found, key=itemgetter(0))]


def settled_claims(account: Account, subjects: Collection[str]) -> Claims:
    """The claims of some subjects, without those whose key anybody states twice: each such key is a finding.

    What is sold is no claim: a key stated by its seller and by its buyer is one transfer. A unit's claim that the area
    around it states as well is one claim seen from two levels.
    """
    stated: dict[str, list[Claim]] = {}
    for claim in _with_keys(account):
        if claim.key is not None and not claim.sold:
            stated.setdefault(claim.key, []).append(claim)
    innermost = {key: _innermost(account, found) for key, found in stated.items()}
    twice = {key: found for key, found in innermost.items() if len(found) > 1}
    for key, found in sorted(twice.items()):
        fields = {"claim": key, "count": len(found), "where": "; ".join(_place(claim.fact) for claim in found)}
        account.paper.findings.append(Finding("claimed-twice", key, fields, Severity.BLOCKER))
    claims = (claim_of(fact) for id in _CLAIMED for fact in facts_read(account, id, subjects))
    return _by_subject(claim for claim in claims if claim.sold or claim.key not in twice)


def facts_read(account: Account, indicator: str, subjects: Iterable[str]) -> list[Fact]:
    """The facts of an indicator in every accumulation and coverage in which the definition reads it."""
    return [fact for reads in _readings(account, indicator) for fact in account.facts_of(reads, subjects=subjects)]


def _with_keys(account: Account) -> Iterator[Claim]:
    """Everybody's claims that have a key; of most units' months there is none to look at."""
    for id in _CLAIMED:
        for reads in _readings(account, id):
            coverage, wanted = reads.coverage or account.use.coverage, partial(_has_key, id)
            found = account.facts.with_items(id, accumulation=reads.accumulation, coverage=coverage, wanted=wanted)
            yield from map(claim_of, found)


def _readings(account: Account, indicator: str) -> list[Reads]:
    return [reads for reads in account.definition.reads if reads.indicator == indicator]


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
