"""How the meters of an area's key units stand on the platform of the city: its own exports, unit by unit and month.

接入率 connection rate, 上传率 upload rate, 异常 anomalies, as the platform states them in the monitoring form; nothing
is computed from readings here. Held against two limits, each with where it comes from. A unit of the list of key units
of which the platform says nothing is named: it is not taken for one that is well connected, nor for one at zero.

Leaves out  the share of units connected, which districts are asked for: what makes a unit connected is not defined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, Final

from tanheng.kernel.faults import Finding, Refusal, Severity, Worded
from tanheng.kernel.pack.metering_uses import MeteringUses, UseSetting
from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory
from tanheng.records.registers import KeptRow

Json = dict[str, Any]
PLATFORM, KEY_UNITS = "monitoring", "key_units"
_LIMITS: Final[Mapping[str, UseSetting]] = {"connected": "connection_least", "uploaded": "upload_least"}
_NAMES: Final = {"connected": Worded("接入率", "share connected"), "uploaded": Worded("上传率", "share uploaded")}
_FIGURES: Final = ("connected", "uploaded", "anomalies")
_WHOLE: Final = 100


@dataclass(frozen=True)
class Connected:
    """What the platform says of one unit and month, in % and as a count; None where it says nothing that can be read.

    `place` is the row of the export; empty for a unit of the list of key units that no export names.
    """

    unit: str
    month: str
    connected: Decimal | None
    uploaded: Decimal | None
    anomalies: Decimal | None
    low: tuple[str, ...]
    remark: str
    place: str

    def as_json(self, label: str) -> Json:
        """The row with the unit's name."""
        figures = {name: _text(getattr(self, name)) for name in _FIGURES}
        about = {"unit": self.unit, "label": label, "month": self.month}
        return {**about, **figures, "low": list(self.low), "remark": self.remark, "place": self.place}


@dataclass(frozen=True)
class PlatformList:
    """The units of an area by month, in the order of their ids; units that no export names come behind."""

    rows: Sequence[Connected]
    findings: Sequence[Finding]

    def silent(self) -> list[Connected]:
        """Key units of which no export says anything."""
        return [row for row in self.rows if not row.place]


def platform_list(
    kept: Iterable[KeptRow], directory: Directory, area: str, period: Period, uses: MeteringUses
) -> PlatformList:
    """The list of an area.

    Reads    kept: rows of the registers `monitoring` and `key_units`, in the order of the log: a later export of the
             same unit and month counts. directory: which units lie in the area, month by month.
    Gives    findings: platform-rate-low, platform-rate-unfit, platform-silent, platform-unit-unknown.
    Refuses  area-not-in-directory; platform-without-rows: no export of the period was imported.
    """
    _refuse_unknown(directory, area)
    rows = list(kept)
    told = {(row.period, row.subject): row for row in rows if row.kind == PLATFORM and _in(row, period)}
    if not told:
        raise Refusal("platform-without-rows", period=period)
    listed = {row.subject for row in rows if row.kind == KEY_UNITS and row.subject}
    found: list[Connected] = []
    for month in period.months():
        inside = {stay.facility for stay in directory.stays(month) if area in stay.areas.values()}
        exported = {unit: told[str(month), unit] for unit in inside if (str(month), unit) in told}
        found += [_connected(row, unit, str(month), uses) for unit, row in sorted(exported.items())]
        if any(when == str(month) for when, _ in told):
            silent = sorted((listed & inside) - set(exported))
            found += [Connected(str(unit), str(month), None, None, None, (), "", "") for unit in silent]
    unknown = [row for row in rows if row.kind == PLATFORM and row.subject is None and _in(row, period)]
    return PlatformList(found, [*_low(found, uses), *_unfit(told.values()), *_silent(found), *_unknown(unknown)])


def _refuse_unknown(directory: Directory, area: str) -> None:
    known = [each.id for each in directory.areas]
    if area not in known:
        near = ", ".join(get_close_matches(area, known, 3, 0.3))
        raise Refusal("area-not-in-directory", area=area, nearest=near or "-")


def _in(row: KeptRow, period: Period) -> bool:
    return row.period is not None and period.covers(Period.parse(row.period))


def _connected(row: KeptRow, unit: str, month: str, uses: MeteringUses) -> Connected:
    connected, uploaded, anomalies = (_number(row, name) for name in _FIGURES)
    low = tuple(
        name
        for name, value in (("connected", connected), ("uploaded", uploaded))
        if value is not None and value < uses.value(_LIMITS[name])
    )
    remark = row.fields["remark"] if "remark" in row.fields else ""
    return Connected(unit, month, connected, uploaded, anomalies, low, remark, row.place)


def _number(row: KeptRow, name: str) -> Decimal | None:
    """A figure of a row; None where it is empty, no number, or a rate outside 0 to 100."""
    try:
        value = Decimal(row.fields[name]) if name in row.fields else None
    except InvalidOperation:
        return None
    return None if value is None or (name in _LIMITS and not 0 <= value <= _WHOLE) else value


def _low(found: Iterable[Connected], uses: MeteringUses) -> list[Finding]:
    return [
        Finding(
            "platform-rate-low",
            row.place,
            {
                "unit": row.unit,
                "month": row.month,
                "rate": name,
                "name": _NAMES[name],
                "value": f"{getattr(row, name):f}",
                "least": uses.value(_LIMITS[name]),
                "status": uses.settings[_LIMITS[name]].status,
            },
            Severity.WARNING,
        )
        for row in found
        for name in row.low
    ]


def _unfit(rows: Iterable[KeptRow]) -> list[Finding]:
    return [
        Finding("platform-rate-unfit", row.place, {"rate": name, "text": row.fields[name]}, Severity.WARNING)
        for row in rows
        for name in _LIMITS
        if name in row.fields and _number(row, name) is None
    ]


def _silent(found: Iterable[Connected]) -> list[Finding]:
    months: dict[str, list[str]] = {}
    for row in found:
        if not row.place:
            months.setdefault(row.month, []).append(row.unit)
    return [
        Finding("platform-silent", month, {"month": month, "count": len(of), "units": ", ".join(of)}, Severity.WARNING)
        for month, of in months.items()
    ]


def _unknown(rows: Iterable[KeptRow]) -> list[Finding]:
    names = {row.place: row.fields["name"] if "name" in row.fields else "-" for row in rows}
    return [Finding("platform-unit-unknown", place, {"unit": name}, Severity.WARNING) for place, name in names.items()]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
