"""`tanheng meters platform`: connection, upload and anomalies of an area's units, from the platform's exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanheng.cli.options import as_json_option, period_option
from tanheng.cli.output import as_json, emit, show_findings, show_table
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import language, words
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.kernel.pack.metering_uses import MeteringUses
    from tanheng.kernel.subject import Directory
    from tanheng.metering.uses_platform import Connected, PlatformList


@verb(
    "platform",
    "在线监测清单：一个区域各单位逐月的接入率、上传率、异常，低于限值的和平台未列的。\n\n"
    "取自已导入的平台导出表（tanheng import 在线监测接入表）；重点用能单位名录中平台没有列出的单位另行点名。",
    "An area's units on the city's platform: connection rate, upload rate, anomalies; who is below the limits.\n\n"
    "From exports of the platform that were imported (tanheng import). Key units the platform does not name are named.",
)
@option("--area", required=True, zh="区域编号。", en="Id of the area.")
@period_option(zh="月份或几个月。", en="One month or several.", required=True)
@option("--low", is_flag=True, zh="只列低于限值的和平台未列的。", en="Only units below a limit, or not named.")
@as_json_option
def platform(*, area: str, period: Period, low: bool, as_document: bool) -> int:
    """Lists what the platform says. A rate below its limit is a finding of the answer and no failure of the command.

    Refuses  what platform_list refuses; site-not-prepared.
    """
    open_site()
    from tanheng.kernel.pack.metering_uses import MeteringUses
    from tanheng.metering.uses_platform import platform_list
    from tanheng.records.registers import kept_rows
    from tanheng.records.selecting import directory_as_of
    from tanheng.store import load_packs

    (uses,) = load_packs().all(MeteringUses)
    directory = directory_as_of()
    found = platform_list(kept_rows(), directory, area, period, uses)
    rows = [row for row in found.rows if not low or row.low or not row.place]
    if as_document:
        told = [row.as_json(directory.label_of(row.unit, language())) for row in rows]
        about = {"area": area, "period": str(period), "limits": _limits(uses)}
        emit({**about, "units": told, "silent": len(found.silent()), "findings": as_json(found.findings)})
    else:
        _show(rows, found, directory)
    return 0


def _limits(uses: MeteringUses) -> dict[str, dict[str, str]]:
    """The two limits with where they come from and how sure they are."""
    named = {name: uses.settings[name] for name in ("connection_least", "upload_least")}
    return {
        name: {"value": f"{limit.value:f}", "clause": limit.clause, "status": str(limit.status)}
        for name, limit in named.items()
    }


def _show(rows: list[Connected], found: PlatformList, directory: Directory) -> None:
    columns = [
        (words("月份", "month"), False),
        (words("单位", "unit"), False),
        (words("接入率 %", "connected %"), True),
    ]
    columns += [(words("上传率 %", "uploaded %"), True), (words("异常", "anomalies"), True)]
    columns += [(words("低于限值", "below"), False)]
    names = {"connected": words("接入率", "connected"), "uploaded": words("上传率", "uploaded")}
    lines = []
    for row in rows:
        told = [row.as_json("")[name] or "-" for name in ("connected", "uploaded", "anomalies")]
        below = " ".join(names[name] for name in row.low) if row.place else words("平台未列", "not named")
        lines.append((row.month, directory.label_of(row.unit, language()), *told, below))
    show_table(columns, lines)
    show_findings(as_json(found.findings))
