"""What a reader may see of one result: what the mandate reaches, and what was published of it. Reads only.

Parts out of reach are merged after computing and never filtered before; a sum of which a reader could work out what
one or two units stated is not shown to whoever does not see those units anyway.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from tanheng.kernel.demand import Target
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.run.withholding import merged_explanation
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address
from tanheng.records.computing import explain_figure, open_result
from tanheng.records.disclosing import sums_shown
from tanheng.records.models import Publication
from tanheng.records.site_files import results
from tanheng.records.standing_obligations import obligations_as_of
from tanheng.store.results import StoredResult
from tanheng.web.directory.ground import Ground
from tanheng.web.directory.scope import Scope

Json = dict[str, Any]
_AREA, _FACILITY = "area/", "facility/"
_UNIT = re.compile(r"facility/[\w.-]+")


@dataclass(frozen=True)
class Sight:
    """One result (`stored`: as any reader may see it) and the scope it is read under."""

    stored: StoredResult
    scope: Scope

    @cached_property
    def _quoted(self) -> tuple[frozenset[str], bool]:
        """The figures that publications of the result quote, and whether one published it as a whole."""
        published = list(Publication.objects.filter(result=self.stored.id).values_list("figures", flat=True))
        return frozenset(address for figures in published for address in figures), [] in published

    @property
    def is_open(self) -> bool:
        """Whether the result has pages for the reader, beside the figures that were quoted of it."""
        return self.in_reach or self._quoted[1]

    @property
    def in_reach(self) -> bool:
        """Whether the mandate has to do with such results at all."""
        return not self.scope.is_public and self.scope.sees_scheme(self.stored.receipt["parameters"]["scheme"])

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the result is hidden."""
        return self.scope.sees_all and self.in_reach

    def sees(self, address: Address) -> bool:
        """Whether a figure may be shown."""
        return str(address) in self._quoted[0] or self.reaches(address.subject, address.period)

    def reaches(self, subject: str, period: Period) -> bool:
        """Whether the figures of a subject may be shown, beside those that were quoted."""
        if self.is_whole:
            return True
        place = self._place_of(subject)
        if place.startswith(_AREA):
            return self._tells(place) and self.enters(place, period)
        return self.in_reach and self.scope.sees(place, period)

    def enters(self, area: str, period: Period) -> bool:
        """Whether an area has a page for the reader, be its own sum shown or not."""
        return (self.in_reach and self.scope.sees(area, period)) or self._quoted[1]

    def narrowed(self) -> StoredResult:
        """The result with nothing in it that the reader may not see; `withheld` marks the sums that stay empty."""
        if self.is_whole:
            return self.stored
        findings = tuple(finding for finding in self.stored.findings if self.may_be_told(finding))
        return replace(self.stored, figures=self._figures(), findings=findings)

    def explained(self, address: Address, parts: int = 40) -> Json:
        """The explanation of a figure, with the parts that are out of reach merged into the rest.

        Refuses  figure-not-found, in the same words where there is none and where it is out of reach; and whatever
                 explaining refuses.
        """
        if self.is_whole:
            return explain_figure(self.stored, address, parts=parts)
        if not self.sees(address):
            raise Refusal("figure-not-found", address=str(address), nearest="-")
        told = explain_figure(self.stored, address, parts=parts)
        return self._merged(told, address)

    def _merged(self, told: Json, address: Address) -> Json:
        def is_shown(part: Address) -> bool:
            return self.reaches(part.subject, part.period)

        hidden = any(not is_shown(Address.parse(part["address"])) for part in told["parts"])
        if hidden or not is_shown(address):
            told = merged_explanation(told, is_shown)
        mine = {name: [gap for gap in told[name] if self._reaches_gap(gap)] for name in ("gaps", "fills")}
        return told | mine | {"findings": [finding for finding in told["findings"] if self.may_be_told(finding)]}

    def _reaches_gap(self, gap: Mapping[str, Any]) -> bool:
        return self.reaches(gap["subject"], Period.parse(gap["period"]))

    def may_be_told(self, finding: Mapping[str, Any]) -> bool:
        """Whether every unit that a finding names is in reach."""
        text = " ".join((finding["place"], *map(str, finding["fields"].values())))
        return all(self.in_reach and self.scope.sees(unit) for unit in _UNIT.findall(text))

    def _place_of(self, subject: str) -> str:
        """Whose figure it is: a light or a progress is a target's, and is seen where its subject is."""
        if subject.startswith((_AREA, _FACILITY)):
            return subject
        known, target = self._demanded, subject.partition("#")[0]
        return known[target].subject if target in known else subject

    @property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """The names of the targets that the result may be about."""
        return {id: {"zh": target.label.zh, "en": target.label.en} for id, target in self._demanded.items()}

    @property
    def _demanded(self) -> Mapping[str, Target]:
        asked = self.stored.receipt["parameters"]
        return _demanded_of(str(results().root), date.fromisoformat(asked["known_on"]), int(asked["log_position"]))

    @property
    def _period(self) -> Period:
        return Period.parse(self.stored.receipt["parameters"]["period"])

    @property
    def is_about_units(self) -> bool:
        """Whether the result has rows of units, be they in reach or not."""
        return any(subject.startswith(_FACILITY) for subject in self._subjects)

    @property
    def is_about_targets(self) -> bool:
        """Whether the result has rows of targets: lights, progress."""
        return any(not subject.startswith((_AREA, _FACILITY)) for subject in self._subjects)

    @cached_property
    def _subjects(self) -> frozenset[str]:
        return frozenset(subject for (subject,) in self.stored.figures.distinct(["subject"]))

    def _tells(self, area: str) -> bool:
        shown = _sums_shown(self.stored.id, self.scope, self.scope.ground, self.in_reach)
        return shown is None or area in shown or area not in self._subjects

    def _figures(self) -> Table:
        """The rows of the reader: subjects that are in reach throughout, and the months of those that were once."""
        figures, period = self.stored.figures, self._period
        seen = {subject for subject in self._subjects if self.reaches(subject, period)}
        held = [self._held(figures, subject) for subject in sorted(self._subjects - seen)]
        empty = self._emptied(figures, self._subjects - seen)
        parts = [figures.where_in("subject", seen), *(table for table in held if table is not None), *empty]
        return parts[0].stack(*parts[1:]).collected() if len(parts) > 1 else parts[0]

    def _held(self, figures: Table, unit: str) -> Table | None:
        """The months in which a unit lay in reach that lies there no longer."""
        if not unit.startswith(_FACILITY) or not self.in_reach or not self.scope.area or self.scope.role.through:
            return None
        stays = [stay for stay in self.scope.ground.stays_of(unit) if self.scope.area in stay.areas.values()]
        if not stays:
            return None
        rows = figures.where(subject=unit)
        spans = [rows.where_inside(stay.start, stay.end or self._period.end) for stay in stays]
        return spans[0].stack(*spans[1:]) if len(spans) > 1 else spans[0]

    def _emptied(self, figures: Table, hidden: frozenset[str] | set[str]) -> list[Table]:
        """The areas that the reader enters and whose sums would give units away: their rows without values."""
        areas = {id for id in hidden if id.startswith(_AREA) and self.enters(id, self._period)}
        if not areas:
            return []
        values = {name.removesuffix("_missing") for name in figures.columns if name.endswith("_missing")}
        kept = [name for name in figures.columns if name not in values]
        return [figures.where_in("subject", areas).select(kept).with_constant(withheld=True)]


def sight_of(reference: str, scope: Scope) -> Sight:
    """A stored result as a reader may see it, by its id, a beginning of it, or `latest`.

    Refuses  result-not-found: in the same words where there is none and where none of it is in reach.
    """
    if scope.sees_all:
        return _checked(Sight(open_result(reference), scope), reference)
    try:
        return _checked(Sight(open_result(reference), scope), reference)
    except Refusal as refusal:
        if refusal.code not in ("result-not-found", "result-ambiguous"):
            raise
        raise _unknown(reference) from refusal


def open_sight(reference: str, scope: Scope) -> Sight:
    """As `sight_of`, for the pages of the whole result.

    Refuses  result-not-found: also where single figures alone were published of it.
    """
    found = sight_of(reference, scope)
    if not found.is_open:
        raise _unknown(reference)
    return found


def _checked(sight: Sight, reference: str) -> Sight:
    if sight.is_open or sight._quoted[0]:
        return sight
    raise _unknown(reference)


def _unknown(reference: str) -> Refusal:
    return Refusal("result-not-found", reference=reference, nearest="-")


@lru_cache(maxsize=32)
def _demanded_of(_root: str, known_on: date, position: int) -> Mapping[str, Target]:
    """Each target that was recorded up to a position of the log."""
    recorded = [item.obligation for item in obligations_as_of(known_on, position)]
    return {item.id: item for item in recorded if isinstance(item, Target)}


@lru_cache(maxsize=64)
def _sums_shown(result: str, scope: Scope, ground: Ground, in_reach: bool) -> frozenset[str] | None:
    """Worked out once for all that reads a result under one mandate."""
    stored = open_result(result)
    units = {subject for (subject,) in stored.figures.distinct(["subject"]) if subject.startswith(_FACILITY)}
    period = Period.parse(stored.receipt["parameters"]["period"])
    known = {unit for unit in units if in_reach and scope.sees(unit, period)}
    return sums_shown(stored, known) if units - known else None
