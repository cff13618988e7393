"""What leads a printed page back to what it was computed from, and what its reader has to know first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tanheng.kernel.pack import IndicatorShape, PackSet
from tanheng.papers import Annex, Column, Figure, Paragraph, Table
from tanheng.store.results import StoredResult

_DIGEST_SHOWN = 12
_NAMED = 18
Finding = Mapping[str, Any]
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
    """What was found in the data, each cause with where and what to do next; no annex where nothing was found.

    What blocks stands one by one. Of warnings and notes of one cause the first is told, with the number of the others
    and where they are: forty lines that say the same hide the one that does not.
    """
    order = list(_SEVERITIES)
    found = sorted(result.findings, key=lambda one: (order.index(one["severity"]), one["code"], one["place"]))
    if not found:
        return []
    columns = [Column("序号", 5), Column("程度", 6), Column("问题", 46), Column("处数", 5), Column("下一步", 28)]
    rows = [
        (number, _SEVERITIES[alike[0]["severity"]], _told(alike), len(alike), alike[0]["next_step"]["zh"])
        for number, alike in enumerate(_by_cause(found), 1)
    ]
    opening = Paragraph(f"计算中发现{len(found)}处问题，其中阻断性问题解决前结果不得发布。")
    return [Annex(title, (opening, Table(columns, rows, name="数据问题")), wide=True)]


def _by_cause(found: Sequence[Finding]) -> list[list[Finding]]:
    """Blockers each by itself, the others by their code."""
    groups: dict[object, list[Finding]] = {}
    for number, one in enumerate(found):
        groups.setdefault(number if one["severity"] == "blocker" else one["code"], []).append(one)
    return list(groups.values())


def _told(alike: Sequence[Finding]) -> str:
    """The first of some findings, and of whom the others are."""
    first, others = alike[0], alike[1:]
    if not others:
        return str(first["message"]["zh"])
    names = list(dict.fromkeys(one["place"].partition("@")[2].partition("@")[0] or one["place"] for one in others))
    whose = [one["message"]["zh"].split(" ")[0] for one in others if one["message"]["zh"].count(" ")]
    named = list(dict.fromkeys(whose)) if len(whose) == len(others) else names
    more = "、".join(named[:_NAMED]) + (" 等" if len(named) > _NAMED else "")
    return f"{first['message']['zh']}同类另有{len(others)}处：{more}。"


def figure_of(
    indicator: IndicatorShape, steps: int | None, *, unit: str = "", places: int | None = None, ref: str = ""
) -> Figure:
    """A stored whole number of the grid of an indicator, as the figure that people read.

    `unit` is the word for its unit in a sentence; `places` of its grid where nothing else is asked for.
    """
    grid = indicator.on_grid
    value: Decimal | None = None if steps is None else grid.exact(steps)
    return Figure(value, unit or grid.unit.text, grid.decimals if places is None else places, ref)
