"""What an export of figures shows: one column after the other, with its heading, its kind and its values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tanheng.kernel.pack import IndicatorShape, MethodDefinition, PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Grid
from tanheng.kernel.subject import Directory
from tanheng.store.results import FIGURE_KEYS, StoredResult

Row = Mapping[str, Any]
Kind = Literal["text", "day", "count", "flag", "number"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "figures": "数据",
        "findings": "发现",
        "factors": "因子",
        "receipt": "回执",
        "level": "层级",
        "subject": "对象编号",
        "name": "对象",
        "period": "报告期",
        "start": "起（含）",
        "end": "止（不含）",
        "exact": "精确值",
        "missing": "缺数行",
        "uses_unverified": "用到未核实因子",
        "withheld": "保密不给出",
        "rows": "数据行",
        "filled": "其中填补行",
        "facility": "单位",
        "town": "镇街",
        "district": "区县",
        "city": "市",
        "yes": "是",
        "no": "否",
        "blocker": "阻断",
        "warning": "警告",
        "note": "提示",
        "verified": "已核实",
        "secondary": "二手来源",
        "unverified": "未核实",
        "fictional": "虚构数据，仅供演示",
    },
    "en": {
        "figures": "Figures",
        "findings": "Findings",
        "factors": "Factors",
        "receipt": "Receipt",
        "level": "Level",
        "subject": "Subject id",
        "name": "Subject",
        "period": "Period",
        "start": "From (included)",
        "end": "To (not included)",
        "exact": "exact",
        "missing": "rows missing",
        "uses_unverified": "uses unverified factors",
        "withheld": "withheld",
        "rows": "Rows",
        "filled": "Rows filled",
        "facility": "facility",
        "town": "town",
        "district": "district",
        "city": "city",
        "yes": "yes",
        "no": "no",
        "blocker": "blocker",
        "warning": "warning",
        "note": "note",
        "verified": "verified",
        "secondary": "secondary",
        "unverified": "unverified",
        "fictional": "Fictional data, for demonstration only",
    },
}


@dataclass(frozen=True)
class ExportColumn:
    """A column: its heading for people, its name for programs, and how a row of figures fills it."""

    heading: str
    name: str
    kind: Kind
    of: Callable[[Row], Any]
    grid: Grid | None = None


def figure_rows(result: StoredResult) -> list[dict[str, Any]]:
    """The figures in the order of level, subject and period."""
    rows = result.figures.rows()
    return sorted(rows, key=lambda row: tuple(str(row[key]) for key in FIGURE_KEYS))


def result_indicators(result: StoredResult, pack_set: PackSet) -> list[IndicatorShape]:
    """The result columns of the method, as indicators.

    Refuses  definition-missing: the packs are not those of the result.
    """
    method = pack_set.get(MethodDefinition, result.receipt["method"])
    return [pack_set.get(IndicatorShape, id) for id in method.results]


def export_columns(
    indicators: Sequence[IndicatorShape], directory: Directory | None, lang: str, *, withheld: bool = False
) -> Iterator[ExportColumn]:
    """Where a figure stands, then each figure in its unit, as the exact whole number behind it, and how sure it is.

    Reads    withheld: whether some figures are not shown, so that an empty cell needs its reason.
    """
    words = WORDS[lang]
    yield ExportColumn(words["level"], "level", "text", lambda row: words.get(row["level"], row["level"]))
    yield ExportColumn(words["subject"], "subject", "text", lambda row: row["subject"])
    if directory is not None:
        known = directory
        yield ExportColumn(words["name"], "name", "text", lambda row: known.label_of(row["subject"], lang))
    yield ExportColumn(words["period"], "period", "text", lambda row: _period(row).label(lang))
    yield ExportColumn(words["start"], "period_start", "day", lambda row: row["period_start"])
    yield ExportColumn(words["end"], "period_end", "day", lambda row: row["period_end"])
    for indicator in indicators:
        yield from _of_indicator(indicator, lang)
    yield ExportColumn(words["rows"], "rows", "count", lambda row: row["rows"])
    yield ExportColumn(words["filled"], "filled", "count", lambda row: row["filled"])
    if withheld:
        yield ExportColumn(words["withheld"], "withheld", "flag", lambda row: row["withheld"])


def _of_indicator(indicator: IndicatorShape, lang: str) -> Iterator[ExportColumn]:
    words, label, grid, id = WORDS[lang], indicator.label[lang], indicator.on_grid, indicator.id

    def of(column: str) -> Callable[[Row], Any]:
        return lambda row: row[column]

    yield ExportColumn(f"{label} ({grid.unit.text})", f"{id}_{grid.unit.text}", "number", of(id), grid)
    yield ExportColumn(f"{label} {words['exact']} ({grid.step.text})", f"{id}_{grid.step.text}", "count", of(id))
    yield ExportColumn(f"{label} {words['missing']}", f"{id}_missing", "count", of(f"{id}_missing"))
    yield ExportColumn(f"{label} {words['uses_unverified']}", f"{id}_unverified", "flag", of(f"{id}_unverified"))


def _period(row: Row) -> Period:
    return Period(row["period_start"], row["period_end"])
