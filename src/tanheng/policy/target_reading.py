"""Targets: demands of tables and of prose, with their subject, their parties, their clause and their indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tanheng.policy.demand import Demand
from tanheng.policy.grammar import Grammar, Surroundings
from tanheng.policy.indicator_catalogue import IndicatorCatalogue
from tanheng.policy.parties import Parties
from tanheng.policy.proposals import Operator, Span, TargetProposal
from tanheng.policy.source_text import SourceText
from tanheng.policy.spanned import Spanned
from tanheng.policy.tiers import Tiers
from tanheng.policy.words import Lexicon

_SHORTEST_CLASS = 2
_NOT_IN_NOTES = {Operator.REACH, Operator.THRESHOLD, Operator.QUALITATIVE, Operator.COMPLETE}


@dataclass(frozen=True)
class Place:
    """Where a text stands: its clause, the words at the head of its row, the sector, whose demand it is."""

    clause: str
    head: str = ""
    sector: str = ""
    subject: str = ""
    row: Span | None = None
    is_note: bool = False


class TargetReader:
    """Makes proposals of demands."""

    def __init__(
        self, source: SourceText, lexicon: Lexicon, grammar: Grammar, around: Surroundings, subject: str
    ) -> None:
        self._source, self._lexicon, self._grammar = source, lexicon, grammar
        self._around, self._subject = around, subject
        self._catalogue = IndicatorCatalogue(lexicon)
        self._tiers = Tiers(lexicon)

    def of_text(self, text: Spanned, place: Place, parties: Parties) -> Iterator[TargetProposal]:
        """The targets of a paragraph or a cell."""
        around = replace(self._around, head=place.head)
        for demand in self._grammar.demands(text, around):
            if demand.verb == "weak" and self._catalogue.match(demand.indicator, place.head) is None:
                continue
            if place.is_note and demand.operator in _NOT_IN_NOTES:
                continue
            yield self.proposal(demand, place, parties, self._tiers.force(text.text))

    def proposal(self, demand: Demand, place: Place, parties: Parties, force: str | None) -> TargetProposal:
        """One demand as a proposal."""
        quantity = demand.quantity
        head = demand.about or place.head
        known = self._catalogue.match(demand.indicator, head if head != demand.indicator else "")
        low, high = demand.value, demand.high
        given = (
            known.measured_in if known and demand.operator is Operator.ASSIGNED and known.measured_in else demand.unit
        )
        return TargetProposal(
            indicator=demand.indicator,
            operator=demand.operator,
            clause=place.clause,
            quote=self._quote(demand.span),
            span=demand.span,
            indicator_id=known.id if known else None,
            subject=demand.subject or self._subject_of(demand, place),
            value=low,
            value_high=high,
            unit=given,
            value_norm=quantity.norm(low) if quantity else low,
            unit_norm=quantity.known.norm if quantity and quantity.known else given,
            base_period=demand.base,
            target_period=demand.period,
            tier=demand.tier,
            force=force,
            kind=demand.kind,
            condition=demand.condition,
            lead_parties=parties.lead,
            supporting_parties=parties.supporting,
        )

    def force(self, text: str) -> str | None:
        """Binding or anticipatory, where a text says so."""
        return self._tiers.force(text)

    def _quote(self, span: Span) -> str:
        return re.sub(r"[\r\n\f\t]+", "", self._source.text[span[0] : span[1]]).strip()

    def _subject_of(self, demand: Demand, place: Place) -> str:
        """Who a demand is of: the class that its words name, else the row, else the sector, else the whole place."""
        if place.subject:
            return place.subject
        named = self._grammar.phrases.subject_in(demand.indicator)
        if len(named) >= _SHORTEST_CLASS and demand.operator is not Operator.ASSIGNED:
            return named
        if (
            place.sector
            and place.sector not in self._lexicon.nouns.whole
            and place.sector in self._lexicon.nouns.sectors
        ):
            return place.sector
        return self._subject
