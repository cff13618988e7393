"""The runs of a month: the dispatch, and every case of the year's end that can be computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import MethodUse, PackSet
from tanheng.kernel.period import Period
from tanheng.records.computing import compute
from tanheng.store.results import StoredResult

DISPATCH, SCHEME = "dispatch", "energy_reporting"
_WAYS = ("reports", "season", "model")
_WITHOUT = ("no-activity-data", "forecast-not-installed", "scheme-unknown")


@dataclass(frozen=True)
class MonthRuns:
    """The runs of one month, each with those of the settings that it knows.

    Reads    span: January to the month; as_latest: whether `latest` means the dispatch from now on. A case of the
             year's end never is.
    """

    packs: PackSet
    span: Period
    scheme: str
    day: date
    settings: Mapping[str, str] = field(default_factory=dict)
    as_latest: bool = True

    def dispatch(self) -> StoredResult:
        """The dispatch.

        Refuses  setting-unknown: no run of the month knows it; whatever the run refuses.
        """
        return self._computed(DISPATCH)

    def ends(self) -> tuple[dict[str, StoredResult], list[Refusal]]:
        """The cases of the year's end by their way, and why the others cannot be computed."""
        found, without = dict[str, StoredResult](), list[Refusal]()
        for way in _WAYS:
            try:
                found[way] = self._computed(f"year_end_by_{way}")
            except Refusal as refusal:
                if refusal.code not in _WITHOUT:
                    raise
                without.append(refusal)
        return found, without

    def _computed(self, method: str) -> StoredResult:
        own = {id: value for id, value in self.settings.items() if id in self._known(method) or not self._any_knows(id)}
        latest = self.as_latest and method == DISPATCH
        return compute(method, self.span, self.scheme, self.day, packs=self.packs, settings=own, as_latest=latest)

    def _known(self, method: str) -> frozenset[str]:
        uses = [use for use in self.packs.all(MethodUse) if (use.method, use.scheme) == (method, self.scheme)]
        return frozenset(id for use in uses for id in use.settings)

    def _any_knows(self, setting: str) -> bool:
        return any(setting in self._known(method) for method in (DISPATCH, *(f"year_end_by_{way}" for way in _WAYS)))
