"""What happened to meters, as findings: each with its meter, its time and its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tanheng.kernel.faults import Finding, Severity
from tanheng.metering.engine import Engine
from tanheng.metering.methods import (
    ABOVE_MOST,
    CAUGHT_UP,
    CLOCK_OFF,
    FELL,
    JUMPED,
    NEGATIVE,
    NO_READING,
    RESET,
    ROLLOVER,
    SCALE,
    SPREAD_LINEAR,
    SWAP,
    UNIT_SLIP,
    UNSURE_SWAP,
)
from tanheng.metering.shapes import MISSING

_CODES: Final[Mapping[int, tuple[str, Severity]]] = {
    SPREAD_LINEAR: ("meter-gap-spread", Severity.NOTE),
    ROLLOVER: ("meter-turned-over", Severity.NOTE),
    SWAP: ("meter-swapped", Severity.NOTE),
    SCALE: ("meter-multiplier-corrected", Severity.NOTE),
    RESET: ("meter-reset", Severity.WARNING),
    UNIT_SLIP: ("meter-unit-slip", Severity.WARNING),
    UNSURE_SWAP: ("meter-swap-unsure", Severity.WARNING),
    ABOVE_MOST: ("meter-above-most", Severity.WARNING),
    CAUGHT_UP: ("meter-caught-up", Severity.WARNING),
    CLOCK_OFF: ("meter-clock-off", Severity.WARNING),
    FELL: ("meter-fell", Severity.WARNING),
    JUMPED: ("meter-jumped", Severity.WARNING),
}
_IN_RUNS: Final = (UNIT_SLIP, CLOCK_OFF)
_OF_AMOUNTS: Final = {
    NO_READING: "meter-amounts-missing",
    NEGATIVE: "meter-amount-negative",
    JUMPED: "meter-amount-jumped",
}
_RUNS: Final = f"""
select i.meter, min(i."at") - max(p.iv) as ts_before, max(i."at") as ts, i.method, count(*) as intervals
from (
  select *, "at" // {{iv}} - row_number() over (partition by meter, method order by "at") as run
  from intervals where quality = {MISSING} and method in ({NO_READING}, {NEGATIVE}, {JUMPED})
) as i join points as p on p.meter = i.meter and i."at" > p.opens and i."at" <= p.closes
where p.kind = 1 and p.iv = {{iv}}
group by i.meter, i.method, i.run"""


@dataclass(frozen=True)
class Named:
    """What numbers stand for: the ids of meters, the steps of their grids, civil time."""

    meters: Mapping[int, str]
    steps: Mapping[int, str]
    offset_s: int

    def time(self, at: int) -> str:
        """A second as civil time."""
        return (datetime.fromtimestamp(at, UTC) + timedelta(seconds=self.offset_s)).strftime("%Y-%m-%dT%H:%M")

    def place(self, meter: int, start: int, end: int) -> str:
        """Meter and interval, as every finding here names its place."""
        return f"{self.meters[meter]}/{self.time(start)}/{self.time(end)}"


def rows_of(columns: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a table given by column; what is masked is None."""
    lists = [column.tolist() for column in columns.values()]
    return (dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True))


def step_findings(steps: Iterable[Mapping[str, Any]], named: Named, span: tuple[int, int]) -> list[Finding]:
    """Findings of what registers did, in time order within each meter.

    Reads    steps: rows of `intervals.lost_sql`. span: seconds; what ended before or began after is left out.
    """
    found: list[Finding] = []
    runs: dict[tuple[int, int], dict[str, Any]] = {}
    for row in sorted(steps, key=lambda row: (row["meter"], row["ts"])):
        if row["ts"] <= span[0] or row["ts_before"] >= span[1]:
            continue
        if row["method"] in _IN_RUNS:
            _join_run(runs, row, found, named)
        else:
            found.append(_step_finding(row, named))
    found += [_run_finding(row, named) for row in runs.values()]
    return found


def _step_finding(row: Mapping[str, Any], named: Named) -> Finding:
    meter, size = row["meter"], row["change"]
    code, severity = _CODES[row["method"]]
    fields: dict[str, object] = {
        "meter": named.meters[meter],
        "start": named.time(row["ts_before"]),
        "end": named.time(row["ts"]),
        "size": size,
        "step": named.steps[meter],
    }
    if row["method"] == SPREAD_LINEAR and row["aside"]:
        code, severity = "meter-readings-set-aside", Severity.WARNING
        fields |= {"count": row["aside"], "low": row["aside_low"], "high": row["aside_high"]}
    return Finding(code, named.place(meter, row["ts_before"], row["ts"]), fields, severity)


def _join_run(
    runs: dict[tuple[int, int], dict[str, Any]], row: Mapping[str, Any], found: list[Finding], named: Named
) -> None:
    """Steps with a wrong unit, or under a clock that is off, that follow one another are one event."""
    key = row["meter"], row["method"]
    if key in runs and runs[key]["ts"] == row["ts_before"]:
        runs[key] |= {"ts": row["ts"], "change": runs[key]["change"] + row["change"]}
        return
    if key in runs:
        found.append(_run_finding(runs[key], named))
    runs[key] = dict(row)


def _run_finding(row: Mapping[str, Any], named: Named) -> Finding:
    return _step_finding({**row, "aside": 0}, named)


def amount_findings(engine: Engine, named: Named, span: tuple[int, int], lengths: Iterable[int]) -> list[Finding]:
    """Findings of the meters that send amounts: what was not sent, negative, or more than the meter can bring.

    Reads    intervals, points, as the engine knows them. lengths: the lengths of intervals that such meters have.
    """
    rows = [row for iv in lengths for row in rows_of(engine.columns(_RUNS.format(iv=iv)))]
    found = []
    for row in sorted(rows, key=lambda row: (row["meter"], row["ts"])):
        if row["ts"] <= span[0] or row["ts_before"] >= span[1]:
            continue
        fields = {
            "meter": named.meters[row["meter"]],
            "start": named.time(row["ts_before"]),
            "end": named.time(row["ts"]),
            "count": row["intervals"],
        }
        place = named.place(row["meter"], row["ts_before"], row["ts"])
        found.append(Finding(_OF_AMOUNTS[row["method"]], place, fields, Severity.WARNING))
    return found
