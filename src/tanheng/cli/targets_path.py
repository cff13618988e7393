"""`tanheng targets path`: how far some years lead to a cut of several years, and what is left. No site is needed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, show_table, warn
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.quantity import written_number

if TYPE_CHECKING:
    from tanheng.kernel.obligation.way import Way

_TOO_MUCH = 10**6  # per cent: beyond it nobody means a rate
_FORMS = ("logarithmic", "linear", "table")


def read_numbers(text: str) -> tuple[Decimal, ...]:
    """Reads numbers with commas between them, of either script; an empty text has none.

    Refuses  numbers-unreadable: a part that is no finite number.
    """
    read = [written_number(part) for part in text.replace("，", ",").split(",")] if text.strip() else []
    numbers = tuple(number for number in read if number is not None and abs(number) < _TOO_MUCH)
    if len(numbers) < len(read):
        raise Refusal("numbers-unreadable", text=text)
    return numbers


def read_number(text: str) -> Decimal:
    """Reads one number.

    Refuses  numbers-unreadable.
    """
    numbers = read_numbers(text)
    if len(numbers) != 1:
        raise Refusal("numbers-unreadable", text=text)
    return numbers[0]


@verb(
    "path",
    "目标进度：已完成年份的降低率离多年目标还有多远，余下各年每年要降多少。不需要站点。\n\n"
    "单位都是百分点；上升写负数。例：tanheng targets path --cut 16 --years 5 --done 7.64",
    "Progress by itself: how far the years done lead to the cut of several years, and what is left. Needs no site.\n\n"
    "All in per cent; a rise is below zero. Example: tanheng targets path --cut 16 --years 5 --done 7.64",
)
@option("--cut", type=read_number, required=True, metavar="PCT", zh="目标期累计降低率。", en="The cut demanded in all.")
@option("--years", type=click.INT, required=True, zh="目标期年数。", en="How many years it runs.")
@option(
    "--done",
    type=read_numbers,
    default="",
    metavar="PCT[,PCT…]",
    zh="已完成各年的降低率，以逗号分隔。",
    en="The cut of each year done, with commas between them.",
)
@option(
    "--path",
    "form",
    type=click.Choice(_FORMS),
    zh="进度表形式，默认逐年等比（降低 100% 及以上用直线）。",
    en="Form of the schedule; an equal yearly rate by default (linear for 100 % and more).",
)
@option(
    "--table",
    type=read_numbers,
    default="",
    metavar="PCT,PCT…",
    zh="逐年累计降低率，用于 table 形式。",
    en="The cumulative cut due by each year, for the form table.",
)
@as_json_option
def path(
    *,
    cut: Decimal,
    years: int,
    done: tuple[Decimal, ...],
    form: str | None,
    table: tuple[Decimal, ...],
    as_document: bool,
) -> int:
    """Prints where the years done stand on the way.

    Refuses  numbers-unreadable, path-years-wrong, path-nothing-left, path-form-unfit.
    """
    from tanheng.kernel.obligation.way import way_to

    way = way_to(cut, years, done, form, table)
    if form is None and way.form == "linear":
        warn(
            words(
                f"降低 {cut:f}% 没有逐年相等的降低率，进度表按直线列出。",
                f"A cut of {cut:f} % has no equal yearly rate: the schedule is linear.",
            )
        )
    if as_document:
        emit(_document(way))
    else:
        _show(way, len(done))
    return 0


def _document(way: Way) -> dict[str, Any]:
    return {
        "progress_pct": way.progress,
        "progress_linear_pct": way.progress_linear,
        "cumulative_pct": way.cumulative,
        "remaining_annual_pct": way.remaining_annual,
        "stretch_next_pct": way.stretch_next,
        "schedule_pct": list(way.schedule),
    }


def _show(way: Way, done: int) -> None:
    lines = (
        (words("累计降低", "Cumulative cut"), way.cumulative),
        (words("目标进度（对数）", "Progress (logarithmic)"), way.progress),
        (words("目标进度（直线，对照）", "Progress (linear, for comparison)"), way.progress_linear),
        (words("余下各年年均应降（确保）", "Equal cut of the years left (floor)"), way.remaining_annual),
        (words("下一年降多少回到进度（力争）", "Next year's cut back to the schedule (stretch)"), way.stretch_next),
    )
    show_table([(words("项目", "Item"), False), ("%", True)], [(label, _said(value)) for label, value in lines])
    heads = [(words("年次", "Year"), True), (words("应累计降低 %", "Due in all, %"), True), ("", False)]
    done_mark = words("已完成", "done")
    rows = [
        (str(year), _said(due), done_mark if year <= done else "") for year, due in enumerate(way.schedule, start=1)
    ]
    show_table(heads, rows)
    if way.progress is None:
        say(words("“–”表示该数没有意义，不是零。", "“–” means that there is no such number; it is not zero."))


def _said(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
