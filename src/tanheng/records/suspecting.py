"""What is odd about a whole file beside the records: a slip of the unit, or the figures of another period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tanheng.kernel.fact import plain_decimal
from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import PackSet, SheetWords
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Unit
from tanheng.records.changes import Judged, Outcome
from tanheng.records.models import Observation
from tanheng.records.observation_changes import key_hash_of, recorded_under

_MARK = "***"
_POWERS = (1, 2, 3, 4)
_ALL_IN_ALL = 2  # a single value by a power of ten is most often the correction of one slip
Rows = Sequence[Judged[Observation]]


@dataclass(frozen=True)
class Suspicion:
    """When a file is odd (settings of the sheet words), and the use classes of which no value is quoted."""

    slip_share: Decimal | None
    slip_count: int | None
    repeated_count: int | None
    confidential: tuple[str, ...]

    @staticmethod
    def of_packs(packs: PackSet) -> Suspicion:
        """The settings of the packs in use; what they do not set is not looked for."""
        checks = next((words.checks for words in packs.all(SheetWords)), None)
        classes = packs.suppression.use_classes if packs.suppression else ()
        if checks is None:
            return Suspicion(None, None, None, classes)
        return Suspicion(checks.unit_slip_share, checks.unit_slip_count, checks.repeated_figures_count, classes)

    def of(self, judged: Rows) -> tuple[Finding, ...]:
        """The warnings about one file."""
        return (*self._unit_slips(judged), *self._repeated_periods(judged))

    def _unit_slips(self, judged: Rows) -> Iterator[Finding]:
        """Several values of one file that all changed by the same power of ten."""
        if self.slip_share is None or self.slip_count is None:
            return
        changed = [item for item in judged if item.outcome is Outcome.CHANGED]
        slipped: dict[int, list[Judged[Observation]]] = defaultdict(list)
        for item in changed:
            if power := _power(item, self.slip_share):
                slipped[power].append(item)
        for power, items in sorted(slipped.items()):
            most = len(items) >= _ALL_IN_ALL and 2 * len(items) > len(changed)
            if len(items) >= self.slip_count or most:
                yield self._slip(power, items)

    def _slip(self, power: int, items: Rows) -> Finding:
        row, earlier = items[0].row, items[0].earlier
        fields = {
            "count": len(items),
            "factor": f"{10**power:,}" if power > 0 else f"1/{10**-power:,}",
            "old": self._said(earlier) if earlier else _MARK,
            "new": self._said(row),
            "old_cell": _cell(earlier) if earlier else "",
        }
        return Finding("unit-slip-suspected", _cell(row), fields, Severity.WARNING)

    def _said(self, row: Observation) -> str:
        return f"{_MARK if row.use_class in self.confidential else plain_decimal(row.value)} {row.unit}"

    def _repeated_periods(self, judged: Rows) -> Iterator[Finding]:
        """Figures of a period that all equal those recorded for the period before or after, or of a year before or
        after. A sample says at once that they do not.
        """
        for about, items in _by_period(judged):
            telling = [item for item in items if item.row.value]
            if self.repeated_count is None or len(telling) < self.repeated_count:
                continue
            for other in _neighbours(*about):
                if _all_equal(telling[: self.repeated_count], other) and _all_equal(items, other):
                    fields = {"period": str(about[0]), "other": str(other), "count": len(items)}
                    yield Finding("period-repeated", _cell(items[0].row), fields, Severity.WARNING)
                    break


def _power(item: Judged[Observation], share: Decimal) -> int:
    """The power of ten by which a value changed; 0 where it changed by anything else."""
    if item.earlier is None or not item.row.value or not item.earlier.value:
        return 0
    rate = _rate(item.row.unit, item.earlier.unit)
    ratio = item.row.value * rate / item.earlier.value
    for power in _POWERS:
        for signed in (power, -power):
            if abs(ratio.scaleb(-signed) - 1) <= share:
                return signed
    return 0


@lru_cache(maxsize=1024)
def _rate(unit: str, other: str) -> Decimal:
    """How many of the other unit one is; zero where they measure different things."""
    try:
        ratio = Unit.parse(unit).ratio_to(Unit.parse(other), what=unit)
    except Refusal:
        return Decimal(0)
    return Decimal(ratio.numerator) / Decimal(ratio.denominator)


def _by_period(judged: Rows) -> Iterable[tuple[tuple[Period, Accumulation], list[Judged[Observation]]]]:
    """The statements of each period and accumulation of a file of which any says something new."""
    found: Mapping[tuple[date, date, str], list[Judged[Observation]]] = defaultdict(list)
    for item in judged:
        found[item.row.period_start, item.row.period_end, item.row.accumulation].append(item)
    for (start, end, accumulation), items in sorted(found.items()):
        if not all(item.same for item in items):
            yield (Period(start, end), Accumulation(accumulation)), items


def _neighbours(period: Period, accumulation: Accumulation) -> Iterator[Period]:
    """The periods of the same kind before and after, and those of a year before and after."""
    if not period.is_whole_months():
        return
    first, last = _count(period.start), _count(period.end)
    step = last - first
    if accumulation is Accumulation.YEAR_TO_DATE:
        spans = [(first, last + way) for way in (-1, 1) if 0 < step + way <= 12]
    else:
        spans = [(first + way, last + way) for way in (-step, step)]
    for start, end in dict.fromkeys([*spans, (first - 12, last - 12), (first + 12, last + 12)]):
        yield Period(_day(start), _day(end))


def _count(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day(count: int) -> date:
    return date(count // 12, count % 12 + 1, 1)


def _all_equal(items: Rows, other: Period) -> bool:
    """Whether every statement is recorded with the same value for another period, as it counts now."""
    hashes = {key_hash_of(item.row, other): item.row for item in items}
    recorded = recorded_under(set(hashes))
    if len(recorded) < len(hashes):
        return False
    return all((rows[-1].value, rows[-1].unit) == _amount(hashes[key]) for key, rows in recorded.items())


def _amount(row: Observation) -> tuple[Decimal, str]:
    return row.value, row.unit


def _cell(row: Observation) -> str:
    return row.source.partition("/")[2] or row.source
