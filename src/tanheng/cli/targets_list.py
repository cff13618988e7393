"""`tanheng targets list`: the targets that count on a day: of whom, what, how strongly, by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tanheng.cli.options import as_json_option, day_option, today
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import language, said, words
from tanheng.kernel.faults import Refusal

if TYPE_CHECKING:
    from tanheng.kernel.demand import Target
    from tanheng.kernel.subject import Directory


@verb(
    "list",
    "目标一览：对象、指标、要求、层级、期限和依据；--by 只看某年到期的，--subject 只看一个对象的。",
    "The targets: of whom, which indicator, what is demanded, tier, due and clause; --by for those due in a year,\n"
    "--subject for those of one subject.",
)
@day_option("--known-on", zh="截至日期，默认今天。", en="As of this day; today by default.")
@option("--by", zh="只看这一年到期的，如 2025。", en="Only those due then, such as 2025.")
@option("--subject", zh="只看这个对象的。", en="Only those of this subject.")
@option("--instrument", zh="只看这份文件的。", en="Only those of this document.")
@as_json_option
def list_(
    *, known_on: date | None, by: str | None, subject: str | None, instrument: str | None, as_document: bool
) -> int:
    """Prints the targets that count on a day.

    Refuses  targets-missing: none; instrument-unknown.
    """
    open_site()
    from tanheng.kernel.demand import Target
    from tanheng.records.selecting import directory_as_of
    from tanheng.records.standing_obligations import obligations_as_of

    standing = obligations_as_of(known_on or today(), instrument=instrument)
    every = [one.obligation for one in standing if one.counts and isinstance(one.obligation, Target)]
    if not every:
        raise Refusal("targets-missing", period=by or "-", known_on=known_on or today())
    found = [one for one in every if by in (None, one.demand.by) and subject in (None, one.subject)]
    directory = directory_as_of()
    if as_document:
        emit({"targets": [_as_json(one) for one in found]})
        return 0
    heads = [(words("编号", "Id"), False), (words("对象", "Subject"), False), (words("目标", "Target"), False)]
    heads += [(words("要求", "Demand"), False), (words("期限", "Due"), False), (words("依据", "Clause"), False)]
    show_table(heads, [_cells(one, directory) for one in found])
    say(words(f"{len(found)} 项目标（全部 {len(every)} 项）", f"{len(found)} of {len(every)} targets"))
    return 0


def _cells(target: Target, directory: Directory) -> list[str]:
    from tanheng.reports.demand_words import demand_said

    lang = language()
    return [
        target.id,
        directory.label_of(target.subject, lang) if target.subject else "–",
        said(target.label),
        demand_said(target, lang),
        target.demand.by or "–",
        target.clause,
    ]


def _as_json(target: Target) -> dict[str, object]:
    from tanheng.kernel.demand import document_of
    from tanheng.reports.demand_words import demand_said

    demanded = {lang: demand_said(target, lang) for lang in ("zh", "en")}
    return {**document_of(target), "demand_in_words": demanded}
