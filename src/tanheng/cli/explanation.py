"""An explanation for people: the figure, its arithmetic with the numbers in it, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tanheng.cli.output import say, show_findings, show_table
from tanheng.cli.run import show_receipt
from tanheng.cli.words import names_said, said, status_said, words

Json = Mapping[str, Any]
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STEPS_SHOWN = 16


def show_explanation(explanation: Json) -> None:
    """Prints an explanation from the figure down to the cells."""
    _show_figure(explanation)
    _show_steps(explanation["steps"])
    _show_factors(explanation["factors"])
    _show_parts(explanation)
    _show_sources(explanation["steps"])
    _show_gaps(explanation["gaps"])
    _show_fills(explanation["fills"])
    show_findings(explanation["findings"])
    say(words("回执", "Receipt"), "bold")
    show_receipt(explanation["receipt"])


def _show_figure(explanation: Json) -> None:
    display, status = explanation["display"], explanation["status"]
    known = display["value"] is not None
    value = f"= {display['value']} {display['unit']}" if known else words("：无数据", ": no data")
    say(f"{said(explanation['label'])} {value}", "bold")
    say(explanation["address"])
    marks = [words(f"缺 {status['missing']} 行", f"{status['missing']} rows missing")] if status["missing"] else []
    marks += [words(f"填补 {status['filled']} 行", f"{status['filled']} rows filled")] if status["filled"] else []
    marks += [words("用到未核实的因子", "uses unverified factors")] if status["unverified"] else []
    say("; ".join(marks) or words("完整", "complete"), "yellow" if marks else "")
    say()


def _show_steps(steps: Sequence[Json]) -> None:
    """Prints the steps from the result backwards; a long chain is cut at its far end, and a gap has none."""
    if not steps:
        return
    say(words("计算（自结果往前）", "Computed as (from the result backwards)"), "bold")
    for step in [*reversed(steps)][:_STEPS_SHOWN]:
        say(f"  {names_said(step['column'])}  {_without_column(step['id'])}")
        say(f"    = {names_said(step['formula'])}")
        say(f"    = {_with_numbers(step)}")
        clause = f"  [{step['clause']}]" if step["clause"] else ""
        say(f"    = {_number(step['value'])} {step['unit']}{clause}")
    if len(steps) > _STEPS_SHOWN:
        hidden = len(steps) - _STEPS_SHOWN
        say(
            words(
                f"  另有 {hidden} 步，见 --json 或各部分自己的解释。",
                f"  {hidden} more: see --json, or the parts' own explanations.",
            )
        )
    say()


def _show_factors(factors: Sequence[Json]) -> None:
    if not factors:
        return
    say(words("因子", "Factors"), "bold")
    for factor in factors:
        value = f"{factor['exact']} {factor['unit']}"
        say(f"  {factor['id']}#{factor['entry']} = {value}  ({status_said(factor['status'])})")
        say(f"    {' '.join(filter(None, [factor['clause'], said(factor['why'])]))}")
    say()


def _show_parts(explanation: Json) -> None:
    if not explanation["parts"]:
        return
    say(words("组成（各部分与其余之和恰为总数）", "Parts (they and the rest add up to the whole exactly)"), "bold")
    rows = [
        [
            said(part["label"]),
            part["display"]["value"] or words("无数据", "no data"),
            _number(part["value"]),
            part["address"],
        ]
        for part in explanation["parts"]
    ]
    rows.append([words("其余", "the rest"), "", _number(explanation["rest"]), ""])
    units = explanation["display"]["unit"], explanation["unit"]
    heads = (words("部分", "Part"), False), (units[0], True), (units[1], True), (words("地址", "Address"), False)
    show_table(heads, rows)


def _show_sources(steps: Sequence[Json]) -> None:
    if cells := list(dict.fromkeys(_cells(steps))):
        say(words("来源单元格", "Source cells"), "bold")
        for cell in cells:
            say(f"  {cell}")
        say()


def _show_gaps(gaps: Sequence[Json]) -> None:
    for gap in gaps:
        say(
            words(
                f"缺数：{said(gap['label'])} {gap['line']} {gap['period']}",
                f"Gap: {said(gap['label'])} {gap['line']} {gap['period']}",
            )
        )


def _show_fills(fills: Sequence[Json]) -> None:
    for fill in fills:
        what = f"{said(fill['label'])} {fill['line']} {fill['period']} = {fill['value']} {fill['unit']}"
        how = f"{fill['method']}  [{fill['clause']}]"
        say(words(f"填补：{what}  {how}", f"Filled: {what}  {how}"))


def _cells(steps: Sequence[Json]) -> Iterator[str]:
    """The cells that any step reads, as file!sheet!cell with their value; the hash of the file is left to the JSON."""
    for step in steps:
        for term in step["inputs"].values():
            kind, _, target = term["ref"].partition(":")
            if kind == "cell":
                yield f"{target.partition('/')[2]} = {_number(term['value'])} {term['unit']}"


def _with_numbers(step: Json) -> str:
    """The formula with each name replaced by its number."""
    inputs = step["inputs"]
    return _NAME.sub(lambda name: repr(inputs[name[0]]["value"]) if name[0] in inputs else name[0], step["formula"])


def _without_column(address: str) -> str:
    return address.partition("@")[2]


def _number(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else str(value)
