"""Where a finding leads: the figure, area, target, task, factor or cell that it is about, as far as a reader goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.pack import Factor
from tanheng.kernel.run import Line
from tanheng.kernel.subject import Directory
from tanheng.kernel.trace import Address
from tanheng.records.disclosing import withheld_sources
from tanheng.records.selecting import directory_as_of
from tanheng.records.standing_obligations import obligations_as_of
from tanheng.web.results.heads import ResultHead
from tanheng.web.results.links import AREA, SourceCell, area_href, figure_href
from tanheng.web.ui.words import language, said

_CELL = re.compile(r"[0-9a-f]{64}/[^!]+![^!]+![A-Z]+[0-9]+")
_SUBJECT = re.compile(r"(?:facility|area)/[\w.-]+")

Link = tuple[str, str]


@dataclass(frozen=True)
class FindingPlaces:
    """The places of the findings of one result."""

    head: ResultHead

    def of(self, finding: Mapping[str, Any]) -> Sequence[Link]:
        """What a finding is about, in words, each with the page that shows it; nothing that the reader may not open."""
        found = [*self._cells(finding), *self._subjects(finding), *self._demands(finding), *self._factors(finding)]
        return list(dict.fromkeys(found))

    def _cells(self, finding: Mapping[str, Any]) -> Iterator[Link]:
        """The cells of workbooks that it names."""
        if self.head.sight is None or self.head.sight.scope.is_public:
            return
        named = " ".join((finding["place"], *map(str, finding["fields"].values())))
        cells = [SourceCell.parse(text) for text in _CELL.findall(named)]
        closed = withheld_sources({cell.digest for cell in cells}) if cells else frozenset()
        for cell in cells:
            if cell.digest not in closed:
                yield f"{cell.file} · {cell.sheet}!{cell.cell}", cell.href

    def _subjects(self, finding: Mapping[str, Any]) -> Iterator[Link]:
        """The units by their figure, and the areas by their page."""
        named = dict.fromkeys(_SUBJECT.findall(" ".join((finding["place"], str(finding["fields"].get("subject", ""))))))
        for subject in named:
            if subject.startswith(AREA):
                yield from self._area(subject)
            else:
                yield from self._unit(subject, finding)

    def _area(self, area: str) -> Iterator[Link]:
        sight = self.head.sight
        if area in self._directory.labels and sight is not None and sight.enters(area, self.head.period):
            yield self._directory.label_of(area, language()), area_href(self.head.id, area)

    def _unit(self, unit: str, finding: Mapping[str, Any]) -> Iterator[Link]:
        """A gap leads to the figure of the line that it is in."""
        column = self.head.columns[-1].id if not self.head.is_account else ""
        sight, line = self.head.sight, self._line(finding)
        address = Address(column, unit, self.head.period, line)
        if column and sight is not None and unit in self._directory.labels and sight.sees(address):
            words = (Line.parse(line).label(self.head.packs)[language()],) if line else ()
            yield " · ".join((self._directory.label_of(unit, language()), *words)), figure_href(self.head.id, address)

    def _line(self, finding: Mapping[str, Any]) -> str | None:
        gap = finding["code"] in ("gap", "gap-filled") and "carrier" in finding["fields"]
        return str(finding["fields"]["carrier"]) if gap else None

    def _demands(self, finding: Mapping[str, Any]) -> Iterator[Link]:
        """The targets and tasks that it names, by the names they have."""
        kinds = {"id": "target", "target": "target", "task": "task"}
        named = {str(finding["fields"][name]): kind for name, kind in kinds.items() if name in finding["fields"]}
        for id, kind in named.items():
            if id in self._obligations:
                yield self._obligations[id], reverse(kind, args=[id])

    def _factors(self, finding: Mapping[str, Any]) -> Iterator[Link]:
        fields = finding["fields"]
        if "factor" in fields and fields["factor"] in self._known_factors:
            id = str(fields["factor"])
            yield f"{gettext('Factor')} {said(self._known_factors[id])}", reverse("rule-factor", args=[id])

    @cached_property
    def _known_factors(self) -> Mapping[str, Any]:
        return {factor.id: factor.label for factor in self.head.packs.all(Factor)}

    @cached_property
    def _directory(self) -> Directory:
        return directory_as_of(self.head.log_position)

    @cached_property
    def _obligations(self) -> Mapping[str, str]:
        """The names of targets and tasks whose subject the reader sees."""
        sight = self.head.sight
        if sight is None or not sight.in_reach:
            return {}
        recorded = [item.obligation for item in obligations_as_of(self.head.known_on, self.head.log_position)]
        return {item.id: said(item.label) for item in recorded if self._is_seen(item.subject)}

    def _is_seen(self, subject: str | None) -> bool:
        sight = self.head.sight
        return subject is not None and sight is not None and sight.scope.sees(subject.partition("#")[0])
