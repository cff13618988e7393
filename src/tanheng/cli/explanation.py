"""An explanation for people: the figure, its arithmetic with the numbers in it, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from tanheng.cli.output import say, show_findings, show_table
from tanheng.cli.run import show_receipt
from tanheng.cli.words import amount_said, names_said, said, status_said, unit_said, words

Json = Mapping[str, Any]
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STEPS_SHOWN = 16
_ORIGINS = {
    "step": ("步骤", "step"),
    "cell": ("单元格", "cell"),
    "entry": ("条目", "entry"),
    "figure": ("另一个数", "figure"),
    "target": ("目标", "target"),
    "count": ("清单条数", "count of"),
    "fit": ("拟合参数", "fitted"),
    "readings": ("读数", "readings"),
}


def show_explanation(explanation: Json, below: Sequence[Json] = ()) -> None:
    """Prints an explanation from the figure down to the cells; `below` are the figures that it rests on, as they come.

    What was found is printed once, and the receipt is that of the result that was asked.
    """
    all_of_them = [explanation, *below]
    for told in all_of_them:
        _show_figure(told)
        _show_steps(told["steps"])
        _show_parts(told)
    _show_factors(_once(factor for told in all_of_them for factor in told["factors"]))
    _show_sources([step for told in all_of_them for step in told["steps"]])
    _show_gaps(_once(gap for told in all_of_them for gap in told["gaps"]))
    _show_fills(_once(fill for told in all_of_them for fill in told["fills"]))
    show_findings(_once(finding for told in all_of_them for finding in told["findings"]))
    say(words("回执", "Receipt"), "bold")
    show_receipt(explanation["receipt"])


def figures_below(explanation: Json) -> list[str]:
    """The addresses of the other figures that an explanation computes with; what a sum leaves over is none."""
    terms = [term for step in explanation["steps"] if step["clause"] for term in step["inputs"].values()]
    figures = (term["ref"].partition(":") for term in terms)
    found = dict.fromkeys(address for kind, _, address in figures if kind == "figure")
    return [address for address in found if address != explanation["address"]]


def _once(items: Iterable[Json]) -> list[Json]:
    """Each of some entries once, in the order in which they come."""
    found: list[Json] = []
    for item in items:
        found += [item] if item not in found else []
    return found


def _show_figure(explanation: Json) -> None:
    display, status = explanation["display"], explanation["status"]
    known = display["value"] is not None
    number = amount_said(str(display["value"]), display["unit"])
    value = f"= {number}" if known else words("：无数据", ": no data")
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
        say(f"  {_column_said(step['column'])}  {_without_column(step['id'])}")
        say(f"    = {names_said(step['formula'])}")
        say(f"    = {_with_numbers(step)}")
        clause = f"  [{step['clause']}]" if step["clause"] else ""
        say(f"    = {amount_said(_number(step['value']), step['unit'])}{clause}")
        for name, term in step["inputs"].items():
            say(f"      {names_said(name)} = {amount_said(_number(term['value']), term['unit'])}  {_origin(term)}")
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
        value = amount_said(factor["exact"], factor["unit"])
        say(f"  {_entry_said(factor['id'], factor['entry'])} = {value}  ({status_said(factor['status'])})")
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
    units = [unit_said(explanation["display"]["unit"]), unit_said(explanation["unit"])]
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
        what = (
            f"{said(fill['label'])} {fill['line']} {fill['period']} = {amount_said(str(fill['value']), fill['unit'])}"
        )
        how = f"{fill['method']}  [{fill['clause']}]"
        say(words(f"填补：{what}  {how}", f"Filled: {what}  {how}"))


def _cells(steps: Sequence[Json]) -> Iterator[str]:
    """The cells that any step reads, as file!sheet!cell with their value; the hash of the file is left to the JSON."""
    for step in steps:
        for term in step["inputs"].values():
            kind, _, target = term["ref"].partition(":")
            if kind == "cell":
                yield f"{target.partition('/')[2]} = {amount_said(_number(term['value']), term['unit'])}"


def _column_said(column: str) -> str:
    """A step by the name of what it computes, where that is an indicator of the packs in use."""
    labels = _labels()
    return f"{said(labels[column])} {column}" if column in labels else names_said(column)


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    from tanheng.kernel.pack import IndicatorShape
    from tanheng.store import load_packs

    return {shape.id: shape.label.model_dump() for shape in load_packs().all(IndicatorShape)}


def _origin(term: Json) -> str:
    """Where a number comes from, in words; the hash of a file is left to the JSON."""
    kind, _, target = term["ref"].partition(":")
    named = words(*_ORIGINS[kind]) if kind in _ORIGINS else kind
    id, mark, entry = target.partition("#")
    shown = _entry_said(id, entry) if kind == "entry" and mark else target
    return f"← {named} {target.partition('/')[2] if kind == 'cell' else shown}"


def _entry_said(id: str, entry: str) -> str:
    """An entry by factor and id; a conversion of units by the unit it leads from."""
    return f"{words('单位', 'unit')} {unit_said(entry)}" if id == "unit" else f"{id}#{entry}"


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
