"""What a run is given."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tanheng.kernel.demand import Demands, Target
from tanheng.kernel.fact import KeptRow, Shelf
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.kernel.table import COUNT, DAY, NUMBER, TEXT, Table

OBSERVATION_COLUMNS: Mapping[str, Any] = {
    "indicator": TEXT,
    "subject": TEXT,
    "carrier": TEXT,
    "item": TEXT,
    "period_start": DAY,
    "period_end": DAY,
    "accumulation": TEXT,
    "coverage": TEXT,
    "use_class": TEXT,
    "stated_amount": NUMBER,
    "unit": TEXT,
    "status": TEXT,
    "published": DAY,
    "position": COUNT,
    "known_from": DAY,
    "known_to": DAY,
    "source": TEXT,
}


@dataclass(frozen=True)
class Parameters:
    """What is asked: the period the figures are about, the scheme, the two axes of knowledge, and how to fill gaps.

    `fill` names a method of filling; without one every gap stays a gap. `settings` are the values a run sets itself, of
    those that the use of its method leaves to a setting.
    """

    period: Period
    scheme: str
    known_on: date
    log_position: int
    fill: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The parameters as a receipt keeps them."""
        asked = {
            "period": str(self.period),
            "scheme": self.scheme,
            "known_on": self.known_on.isoformat(),
            "log_position": self.log_position,
            "fill": self.fill,
        }
        return asked | ({"settings": dict(sorted(self.settings.items()))} if self.settings else {})

    @staticmethod
    def of_json(fields: Mapping[str, Any]) -> Parameters:
        """The parameters that a receipt keeps."""
        known_on, period = date.fromisoformat(fields["known_on"]), Period.parse(fields["period"])
        settings = fields["settings"] if "settings" in fields else {}
        return Parameters(period, fields["scheme"], known_on, fields["log_position"], fields["fill"], settings)


@dataclass(frozen=True)
class Inputs:
    """The records a run reads, and the digest of each, taken where the records are kept.

    `observations` has OBSERVATION_COLUMNS; text columns may be enumerations. `demands` and `kept` (rows of registers)
    enter a receipt only where the method takes them: what is demanded later does not change an energy account.

    `memory` holds what was worked out of these very records, by what was asked: an account asks for the figures of
    other methods again and again. It says nothing that running once more would not say.
    """

    observations: Table
    directory: Directory
    digests: Mapping[str, str]
    demands: Demands = field(default_factory=Demands)
    kept: tuple[KeptRow, ...] = ()
    memory: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def shelf(self) -> Shelf:
        """The observations by indicator; made once for all that read them."""
        key = ("shelf", id(self.observations))  # the shelf keeps them, and with them their identity
        found: Shelf = self.memory.setdefault(key, Shelf(self.observations))
        return found

    def titled(self, fields: Mapping[str, Label] | None = None) -> Inputs:
        """The same inputs, whose directory has the names of the targets: figures may be about one of them.

        `fields` are the names of fields by code: a field of an area is named by the area and its own.
        """
        targets = [item.obligation for item in self.demands.obligations if isinstance(item.obligation, Target)]
        titles: dict[str, Mapping[str, str]] = {}
        for target in targets:
            titles[target.id] = {"zh": target.label.zh, "en": target.label.en}
            titles[f"{target.id}#stretch"] = {"zh": f"{target.label.zh}（力争）", "en": f"{target.label.en} (stretch)"}
        for area in self.directory.areas:
            for code, words in (fields or {}).items():
                titles[f"{area.id}#{code}"] = {lang: f"{area.label[lang]} · {words[lang]}" for lang in ("zh", "en")}
        if not titles or titles == self.directory.titles:
            return self
        return replace(self, directory=self.directory.titled(titles))
