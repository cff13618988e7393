"""Why an entry was used, in words; and the factors behind a column, each entry once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tanheng.kernel.pack import Carrier, Choice, FactorEntry, Used
from tanheng.kernel.period import Period
from tanheng.kernel.run.activity import UnitRatio
from tanheng.kernel.trace import Lookup

_REASONS: Mapping[str, tuple[str, str]] = {
    "covers": ("适用期覆盖 {period}", "governs the whole of {period}"),
    "carried_forward": (
        "{period} 尚无公布值，沿用适用期 {span} 的值，依据 {clause}",
        "no value is published for {period}; that of {span} is carried forward under {clause}",
    ),
    "period_start": ("{period} 跨越变更日，按期初取值", "{period} straddles a change; the value at its start counts"),
    "period_end": ("{period} 跨越变更日，按期末取值", "{period} straddles a change; the value at its end counts"),
    "by_days": ("{period} 跨越变更日，按 {days} 天加权", "{period} straddles a change; weighted by {days} days"),
}
_KNOWN = ("；{published} 公布，知识日期 {known_on} 已知", "; published {published}, so known on {known_on}")


@dataclass(frozen=True)
class UsedEntry:
    """An entry of a factor behind a figure, with the lookup and the choice that used it."""

    lookup: Lookup
    choice: Choice
    used: Used
    period: Period

    @property
    def ref(self) -> str:
        """The reference of the entry: `entry:<factor>#<entry>`."""
        return entry_ref(self.choice.factor, self.used.entry)

    def as_json(self, *, carriers: Mapping[str, Carrier], known_on: date) -> dict[str, Any]:
        """The entry as the explain contract lists it."""
        entry = self.used.entry
        carrier = carriers[entry.keys["carrier"]].unit.text if "carrier" in entry.keys else "carrier_unit"
        return {
            "id": self.choice.factor,
            "entry": entry.id,
            "column": self.lookup.column,
            "keys": dict(entry.keys),
            "value": float(entry.value),
            "exact": str(entry.value),
            "unit": self.lookup.unit.text.replace("carrier_unit", carrier),
            "clause": entry.clause,
            "status": str(entry.status),
            "published": entry.published.isoformat(),
            "governs": [entry.start.isoformat(), entry.end.isoformat() if entry.end else None],
            "why": {lang: _why(self, known_on, index) for index, lang in enumerate(("zh", "en"))},
            "ref": self.ref,
        }


def entry_ref(factor: str, entry: FactorEntry) -> str:
    """The reference of an entry of a factor."""
    return f"entry:{factor}#{entry.id}"


def entries_behind(lookups: Iterable[Lookup]) -> list[UsedEntry]:
    """Every entry that some lookups used, once each, in the order of the lookups."""
    found: dict[str, UsedEntry] = {}
    for lookup in lookups:
        for key, choice in lookup.answers.items():
            if isinstance(choice, Choice):
                for used in choice.used:
                    item = UsedEntry(lookup, choice, used, Period(*key[-2:]))
                    found.setdefault(item.ref, item)
    return list(found.values())


def unit_ratios(lookups: Iterable[Lookup]) -> list[dict[str, Any]]:
    """The conversions from the units senders wrote, in the form of a factor: true by definition of the units."""
    answers = (answer for lookup in lookups for answer in lookup.answers.values())
    ratios = {answer.stated: answer for answer in answers if isinstance(answer, UnitRatio)}
    return [
        {
            "id": "unit",
            "entry": stated,
            "column": "units_per_stated_unit",
            "keys": {},
            "value": ratio.number,
            "exact": str(ratio.exact),
            "unit": ratio.text,
            "clause": "",
            "status": "verified",
            "why": {"zh": "计量单位换算，由定义而来", "en": "conversion of units, true by definition"},
            "ref": f"entry:unit#{stated}",
        }
        for stated, ratio in sorted(ratios.items())
    ]


def _why(item: UsedEntry, known_on: date, index: int) -> str:
    entry = item.used.entry
    fields = {
        "period": item.period,
        "span": f"{entry.start}..{entry.end or ''}",
        "clause": item.choice.clause,
        "days": item.used.days,
        "published": entry.published,
        "known_on": known_on,
    }
    return (_REASONS[item.choice.reason][index] + _KNOWN[index]).format(**fields)
