"""What leads a printed page back to what it was computed from, and what its reader has to know first."""

from __future__ import annotations

from decimal import Decimal

from tanheng.kernel.pack import IndicatorShape, PackSet
from tanheng.papers import Annex, Column, Figure, Paragraph, Table
from tanheng.store.results import StoredResult

_DIGEST_SHOWN = 12
_SEVERITIES = {"blocker": "阻断", "warning": "警告", "note": "提示"}
FICTIONAL = "虚构数据，仅供演示"
INTERNAL = "内部资料"


def trace_of(result: StoredResult) -> str:
    """The line at the foot of every page: the result, the digest of its figures, and as of when it was known."""
    asked = result.receipt["parameters"]
    digest = str(result.receipt["figures"]).removeprefix("sha256:")[:_DIGEST_SHOWN]
    return f"碳衡结果 {result.id}　数值摘要 {digest}　数据截至 {asked['known_on']}　记录至第 {asked['log_position']} 条"


def mark_of(result: StoredResult, packs: PackSet) -> str:
    """The words above the title: whether the figures are made up, what still blocks them, who may read them.

    Reads    packs: those of the result's receipt.
    """
    blockers = sum(1 for finding in result.findings if finding["severity"] == "blocker")
    open_said = f"未定稿：{blockers}项问题未解决，可以查看，不得发布" if blockers else INTERNAL
    return "　".join([*([FICTIONAL] if packs.fictional else []), open_said])


def findings_annex(result: StoredResult, title: str = "数据问题清单") -> list[Annex]:
    """What was found in the data, each with where and what to do next; no annex where nothing was found."""
    order = list(_SEVERITIES)
    found = sorted(result.findings, key=lambda one: (order.index(one["severity"]), one["code"], one["place"]))
    if not found:
        return []
    columns = [Column("序号", 6), Column("程度", 7), Column("问题", 46), Column("下一步", 30)]
    rows = [
        (number, _SEVERITIES[one["severity"]], one["message"]["zh"], one["next_step"]["zh"])
        for number, one in enumerate(found, 1)
    ]
    opening = Paragraph(f"计算中发现{len(found)}项问题，其中阻断性问题解决前结果不得发布。")
    return [Annex(title, (opening, Table(columns, rows, name="数据问题")), wide=True)]


def figure_of(
    indicator: IndicatorShape, steps: int | None, *, unit: str = "", places: int | None = None, ref: str = ""
) -> Figure:
    """A stored whole number of the grid of an indicator, as the figure that people read.

    `unit` is the word for its unit in a sentence; `places` of its grid where nothing else is asked for.
    """
    grid = indicator.on_grid
    value: Decimal | None = None if steps is None else grid.exact(steps)
    return Figure(value, unit or grid.unit.text, grid.decimals if places is None else places, ref)
