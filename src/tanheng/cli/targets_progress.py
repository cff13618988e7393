"""`tanheng targets progress`: every target beside its result; with an earlier day, what was said then beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tanheng.cli.options import as_json_option, day_option, out_option, period_option, today
from tanheng.cli.output import emit, has_blocker, say, show_causes, working
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.store import StoredResult

_METHOD, _SCHEME = "target_progress", "energy_assessment"


@verb(
    "progress",
    "目标进度：每个目标与结果并列，当年、基期以来、余下各年要降多少；没有结果的不算完成。\n\n"
    "--frozen-on 把当时已知数据的进度（冻结数）列在旁边，数据修订改变了什么一目了然。",
    "Progress: every target beside its result, of the year and since the base year, and what is left.\n\n"
    "With --frozen-on the figures as known on an earlier day stand beside them: what a revision has changed.",
)
@period_option(
    zh="整年（2025）或年初至某月（2025-01..2025-06）。",
    en="A year, or a period to date such as 2025-01..2025-06.",
    required=True,
)
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@day_option("--frozen-on", zh="冻结数的知识日期。", en="Knowledge date of the frozen figures.")
@option("--scheme", default=_SCHEME, show_default=True, zh="制度。", en="Scheme.")
@out_option(
    zh="把进度表写到这个文件夹（Word、PDF、Excel）。", en="Write the table into this folder (Word, PDF, Excel)."
)
@as_json_option
def progress(
    *,
    period: Period,
    known_on: date | None,
    frozen_on: date | None,
    scheme: str,
    out: Path | None,
    as_document: bool,
) -> int:
    """Computes the progress of all targets, and that of an earlier day where one is asked for.

    Refuses  targets-missing, period-not-to-date; whatever the run refuses.
    """
    open_site()
    from tanheng.cli.targets_table import table_of

    day = known_on or today()
    with working(words("计算中", "Computing")):
        result = _computed(period, scheme, day)
        frozen = None if frozen_on is None else _computed(period, scheme, frozen_on)
    table = table_of(result, frozen)
    if as_document:
        emit(table.as_json())
    else:
        table.show()
        show_causes(result.findings)
    if out is not None:
        paths = table.write(out)
        if not as_document:
            for path in paths:
                say(str(path))
    return int(has_blocker(result.findings))


def _computed(period: Period, scheme: str, day: date) -> StoredResult:
    from tanheng.records.computing import compute

    return compute(_METHOD, period, scheme, day)
