"""`tanheng compare`: what differs between two results or publications, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.references import result_of, result_or_publication
from tanheng.cli.run import readable
from tanheng.cli.site import open_site
from tanheng.cli.verb import verb
from tanheng.cli.words import amount_said, language, said, unit_said, words

if TYPE_CHECKING:
    from tanheng.cli.figures import Figures
    from tanheng.records.comparing import Comparison

_SHOWN = 12


@verb(
    "compare",
    "比较两个结果或发布物：因子条目、数据、定义包、参数和数值的差异。",
    "Compare two results or publications: factor entries, inputs, packs, parameters and figures that differ.",
)
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@as_json_option
def compare(before: str, after: str, as_document: bool) -> int:
    """Sets two results side by side; that they differ is an answer, not a failure."""
    open_site()
    from tanheng.records.comparing import compare as set_side_by_side

    comparison = set_side_by_side(result_or_publication(before), result_or_publication(after))
    if as_document:
        emit(comparison.as_json())
    else:
        show_comparison(comparison, readable(result_of(before)))
    return 0


def show_comparison(comparison: Comparison, names: Figures) -> None:
    """Prints the causes first, then the figures of the whole period; the months stand in the JSON."""
    say(f"{comparison.before} → {comparison.after}", "bold")
    if comparison.same_digest:
        say(words("数值完全相同。", "All figures are the same."))
    for entry in comparison.entries:
        change = f"{', '.join(entry.before) or '–'} → {', '.join(entry.after) or '–'}"
        say(words(f"因子 {entry.factor}：{change}", f"Factor {entry.factor}: {change}"))
    _show_amounts(comparison, names)
    _show_differences(comparison)
    _show_figures(comparison, names)


def _show_amounts(comparison: Comparison, names: Figures) -> None:
    for change in comparison.amounts[:_SHOWN]:
        subject = names.directory.label_of(change.facility, language())
        line = said(change.line.label(names.packs))
        sides = [
            "–" if side is None else f"{amount_said(f'{side.amount:g}', side.unit)} ({side.source.partition('/')[2]})"
            for side in (change.before, change.after)
        ]
        say(f"{words('数据', 'Amount')} {subject} · {line} · {change.period.label(language())}: {' → '.join(sides)}")
    if (more := len(comparison.amounts) - _SHOWN) > 0:
        say(words(f"另有 {more} 条数据不同，见 --json。", f"{more} more amounts differ; --json has them all."))


def _show_differences(comparison: Comparison) -> None:
    kinds = (
        (words("参数", "Parameter"), comparison.parameters),
        (words("数据", "Input"), comparison.inputs),
        (words("定义包", "Pack"), comparison.packs),
        (words("程序", "Program"), comparison.about),
    )
    for kind, differences in kinds:
        for name, (before, after) in differences.items():
            say(f"{kind} {name}: {str(before)[:16]} → {str(after)[:16]}")


def _show_figures(comparison: Comparison, names: Figures) -> None:
    if not comparison.figures:
        return
    grids = {indicator.id: indicator.on_grid for indicator in names.indicators}
    labels = {indicator.id: said(indicator.label) for indicator in names.indicators}
    whole = [item for item in comparison.figures if item.address.period == names.period]
    rows = []
    for item in whole[:_SHOWN]:
        grid, sides = grids[item.address.column], (item.before, item.after)
        values = ["–" if value is None else grid.display(value) for value in sides]
        change = "" if item.before is None or item.after is None else grid.display(item.after - item.before)
        subject = names.directory.label_of(item.address.subject, language())
        rows.append([subject, labels[item.address.column], *values, change, unit_said(grid.unit.text)])
    heads = [
        words("对象", "Subject"),
        words("列", "Column"),
        words("前", "Before"),
        words("后", "After"),
        words("差", "Change"),
        words("单位", "Unit"),
    ]
    show_table([(head, 2 <= index <= 4) for index, head in enumerate(heads)], rows)
    count = len(comparison.figures)
    say(
        words(
            f"共有 {count} 个数不同（含各月）；全部见 --json。",
            f"{count} figures differ, months included; --json has them all.",
        )
    )
