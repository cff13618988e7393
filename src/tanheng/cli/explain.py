"""`tanheng explain`: why a figure has its value, down to factor, clause and source cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import as_json_option, period_option
from tanheng.cli.output import emit
from tanheng.cli.references import result_of
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period
from tanheng.kernel.trace import Address

if TYPE_CHECKING:
    from tanheng.store import StoredResult

_FIGURES_SHOWN = 24


@verb(
    "explain",
    "解释一个数：代入数字的公式、因子及其条款、组成部分、来源单元格；所依据的其他数逐级列出，直到单元格。\n\n"
    "FIGURE 是地址（如 co2@facility/…@2024-03@diesel），或列名加 --at。",
    "Explain a figure: formulas with their numbers, factors and clauses, parts, source cells; the other figures that\n"
    "it rests on follow, down to the cells.\n\n"
    "FIGURE is an address (such as co2@facility/…@2024-03@diesel), or a column with --at.",
)
@click.argument("result")
@click.argument("figure")
@option("--at", "subject", zh="对象编号。", en="Id of the subject.")
@period_option(zh="报告期，默认整个结果的报告期。", en="Period; that of the whole result by default.")
@option("--carrier", zh="能源品种。", en="Carrier.")
@option(
    "--parts",
    type=click.IntRange(1),
    default=40,
    show_default=True,
    zh="列出几个组成部分，其余合并。",
    en="How many parts to list; the others are summed.",
)
@as_json_option
def explain(
    result: str,
    figure: str,
    subject: str | None,
    period: Period | None,
    carrier: str | None,
    parts: int,
    as_document: bool,
) -> int:
    """Prints the explanation of one figure.

    Refuses  figure-unnamed, address-unreadable, figure-not-found, and whatever opening the result refuses.
    """
    open_site()
    from tanheng.cli.explanation import show_explanation
    from tanheng.records.computing import explain_figure

    found = result_of(result)
    whole = Period.parse(found.receipt["parameters"]["period"])
    explanation = explain_figure(found, _address(figure, subject, period or whole, carrier), parts=parts)
    if as_document:
        emit(explanation)
        return 0
    show_explanation(explanation, _below(found, explanation, parts))
    return 0


def _below(result: StoredResult, explanation: Mapping[str, Any], parts: int) -> list[Mapping[str, Any]]:
    """The figures that a figure rests on, and those below them, down to those that rest on cells alone.

    The nearest come first; where there are very many the farthest are left to a further `tanheng explain`.
    """
    from tanheng.cli.explanation import figures_below
    from tanheng.records.computing import explain_figure

    pending, told = figures_below(explanation), list[Mapping[str, Any]]()
    for address in pending:
        if len(told) == _FIGURES_SHOWN:
            break
        told.append(explain_figure(result, address, parts=parts))
        pending += [each for each in figures_below(told[-1]) if each not in pending]
    return told


def _address(figure: str, subject: str | None, period: Period, carrier: str | None) -> Address:
    if subject is None and "@" in figure:
        return Address.parse(figure)
    if subject is None or "@" in figure:
        raise Refusal("figure-unnamed")
    return Address(figure, subject, period, carrier)
