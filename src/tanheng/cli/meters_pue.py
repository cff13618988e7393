"""`tanheng meters pue`: the power usage effectiveness of data centres from their meters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.meters_hours import opened_hours, until_option
from tanheng.cli.options import as_json_option, period_option
from tanheng.cli.output import as_json, emit, say, show_findings, show_table
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import blockers
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.metering.uses_pue import CentrePue, Pue


@verb(
    "pue",
    "数据中心 PUE：总用电（关口电表）除以信息设备用电，逐月逐年，只取两侧都已知的小时并给出覆盖率。\n\n"
    "覆盖不足的月份为缺口。给出 --centres 时对照限值与关停条件；所据规则及其可信程度见定义包 data_centre_rules。",
    "PUE of data centres: total over information technology, by month and year, where both are known.\n\n"
    "With coverage; too little of it is a gap. With --centres it is held against the limits and the closing rule,\n"
    "which stand in the definition data_centre_rules with how sure they are.",
)
@period_option(zh="整月期间，如 2025。", en="Whole months, such as 2025.", required=True)
@option(
    "--centres",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    zh="数据中心 CSV：unit, kind（new|existing）, racks, in_service；未知的留空。",
    en="Data centres as CSV: unit, kind (new|existing), racks, in_service; what is not known stays empty.",
)
@until_option
@as_json_option
def pue(*, period: Period, centres: Path | None, until: datetime | None, as_document: bool) -> int:
    """Computes and judges the PUE. What is above a limit is a finding of the answer and no failure of the command.

    Refuses  what pue_of and read_centres refuse.
    """
    from tanheng.kernel.pack.metering_uses import DataCentreRules, MeteringUses
    from tanheng.metering.uses_pue import pue_of, read_centres
    from tanheng.store import load_packs

    packs = load_packs()
    (uses,), rules = packs.all(MeteringUses), next(iter(packs.all(DataCentreRules)), None)
    about = {} if centres is None else read_centres(centres, () if rules is None else rules.kinds)
    with opened_hours(packs, until) as hours:
        found = pue_of(hours, period, uses, rules, about)
    if as_document:
        emit({"period": str(period), "centres": [each.as_json() for each in found]})
    else:
        for each in found:
            _show(each)
    return int(any(blockers(each.findings) for each in found))


def _show(centre: CentrePue) -> None:
    say(f"{centre.centre}  [{centre.step}]", "bold")
    columns = [(words("期间", "period"), False), ("PUE", True), (words("覆盖率", "coverage"), True)]
    columns += [(words("总用电", "total"), True), (words("信息设备", "IT"), True)]
    columns += [(words("其中非实测", "not measured"), True)]
    show_table(columns, list(dict.fromkeys(_row(each) for each in (*centre.months, *centre.years))))
    show_findings(as_json(centre.findings))


def _row(each: Pue) -> tuple[str, ...]:
    told = each.as_json()
    value = words("缺口", "gap") if told["pue"] is None else told["pue"]
    return each.period, value, told["coverage"], str(each.total), str(each.it), str(each.not_measured)
