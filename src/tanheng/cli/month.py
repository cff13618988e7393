"""`tanheng month`: the month of an area on one screen, from what its senders stated and what was accounted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tanheng.cli.options import as_json_option, day_option, period_option, today
from tanheng.cli.output import emit, say, show_table, working
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import language, said, unit_said, words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period, year_to_date
from tanheng.kernel.trace import Address

if TYPE_CHECKING:
    from tanheng.kernel.pack import PackSet
    from tanheng.kernel.subject import Directory
    from tanheng.records.area_month import AreaMonth, Line
    from tanheng.store import StoredResult

_UNITS_SHOWN = 5
_ENERGY = "energy_calorific"


@dataclass(frozen=True)
class Firm:
    """A unit of the area with its accounted energy in the month and its share of the area's, where that is known."""

    address: Address
    label: str
    tce: Decimal
    share: Decimal | None


@dataclass(frozen=True)
class MonthView:
    """What the screen shows: the stated lines, the accounted figure of the area, and its largest units."""

    stated: AreaMonth
    packs: PackSet
    directory: Directory
    result: StoredResult
    firms: tuple[Firm, ...]
    accounted: dict[str, Any] | None

    @property
    def address(self) -> Address:
        """The address of the accounted energy of the month, to be explained."""
        return Address(_ENERGY, self.stated.area, self.stated.month)


@verb(
    "month",
    "一个区域的一个月：规上能耗、产值、用电、用气、前五家单位，一屏看完。\n\n"
    "增速按同一张表的上年同期计算；少于三户的个体统计数据不显示；单位排名只用向主管部门报送的数据。",
    "The month of an area on one screen: above-scale energy, output, electricity, gas, the five largest.\n\n"
    "Growth is against the same table's figure of a year earlier; what rests on fewer than three firms is not shown;\n"
    "units are ranked by what they report to the energy authority only.",
)
@option("--area", required=True, zh="区域编号，如 area/…。", en="Id of the area, such as area/….")
@period_option(required=True, zh="月份，如 2025-12。", en="Month, such as 2025-12.")
@day_option("--known-on", zh="知识日期，默认今天。", en="Knowledge date; today by default.")
@option("--method", default="unit_energy_and_co2", show_default=True, zh="核算方法。", en="Method of the accounts.")
@option("--scheme", default="city_inventory", show_default=True, zh="制度。", en="Scheme.")
@as_json_option
def month(area: str, period: Period, known_on: date | None, method: str, scheme: str, as_document: bool) -> int:
    """Reads, accounts and prints the month.

    Refuses  period-not-a-month: more than one month, or less; whatever the run refuses.
    """
    open_site()
    from tanheng.records.computing import compute

    if not period.is_month():
        raise Refusal("period-not-a-month", period=str(period))
    day = known_on or today()
    with working(words("核算中", "Accounting")):
        span = year_to_date(period.start.year, period.start.month)
        result = compute(method, span, scheme, day, as_latest=False)
    view = month_view(result, area, period)
    if as_document:
        emit(as_json(view))
    else:
        show_month(view)
    return 0


def month_view(result: StoredResult, area: str, month: Period) -> MonthView:
    """The month of an area beside a result that covers it."""
    from tanheng.records.area_month import area_month
    from tanheng.records.computing import inputs_of
    from tanheng.records.kept_packs import packs_of

    inputs, packs = inputs_of(result.receipt).inputs(), packs_of(result.receipt["packs"])
    known_on = date.fromisoformat(result.receipt["parameters"]["known_on"])
    stated = area_month(inputs, packs, area, month, known_on)
    rows = result.figures.where(period_start=month.start, period_end=month.end).rows()
    whole = next((row for row in rows if row["subject"] == area), None)
    inside = {stay.facility for stay in inputs.directory.stays(month) if area in stay.areas.values()}
    firms = _largest(rows, inside, inputs.directory, month, whole)
    return MonthView(stated, packs, inputs.directory, result, tuple(firms), whole)


def _largest(
    rows: list[dict[str, Any]], inside: set[str], directory: Directory, month: Period, whole: dict[str, Any] | None
) -> Iterator[Firm]:
    """The largest units by accounted energy. Accounts use reports to the energy authority, never single returns."""
    mine = [row for row in rows if row["subject"] in inside and row[_ENERGY] is not None]
    for row in sorted(mine, key=lambda row: (-row[_ENERGY], row["subject"]))[:_UNITS_SHOWN]:
        share = Decimal(row[_ENERGY]) / whole[_ENERGY] * 100 if whole and whole[_ENERGY] else None
        address = Address(_ENERGY, row["subject"], month)
        yield Firm(address, directory.label_of(row["subject"], language()), Decimal(row[_ENERGY]).scaleb(-6), share)


def as_json(view: MonthView) -> dict[str, object]:
    """The month as one document."""
    growth = view.stated.gdp_growth
    return {
        "area": view.stated.area,
        "month": str(view.stated.month),
        "known_on": view.stated.known_on.isoformat(),
        "result": view.result.id,
        "lines": [_line_json(line) for line in view.stated.lines],
        "gdp_growth": None if growth is None else {"period": str(growth[0]), "percent": str(growth[1])},
        "largest": [{"address": str(item.address), "label": item.label, "tce": str(item.tce)} for item in view.firms],
        "address": str(view.address),
    }


def _line_json(line: Line) -> dict[str, object]:
    values = {"month": line.month, "to_date": line.to_date, "same_period": line.same_period, "growth": line.growth}
    shown = {name: None if value is None or line.suppressed else str(value) for name, value in values.items()}
    return {"indicator": line.indicator, "unit": line.unit, "suppressed": line.suppressed, **shown}


def show_month(view: MonthView) -> None:
    """Prints the screen."""
    stated, name = view.stated, view.directory.label_of(view.stated.area, language())
    say(words(f"{name} {stated.month.label('zh')}", f"{name}, {stated.month}"), "bold")
    if view.packs.fictional:
        say(words("虚构数据，仅供演示", "Fictional data, for demonstration only"), "yellow")
    heads = (
        "",
        words("本月", "Month"),
        words("1-本月", "To date"),
        words("上年同期", "Year earlier"),
        words("增速", "Growth"),
    )
    show_table([(head, number > 0) for number, head in enumerate(heads)], [_cells(view, line) for line in stated.lines])
    say(_gdp_said(view))
    say()
    show_table(
        [
            (words("用能前五家（单位报送）", "The five largest (unit reports)"), False),
            (words("吨标准煤", "tce"), True),
            (words("占比", "Share"), True),
        ],
        [[firm.label, f"{firm.tce:,.1f}", "–" if firm.share is None else f"{firm.share:.1f}%"] for firm in view.firms],
    )
    say(
        words(
            f"解释一个数：tanheng explain {view.result.id[:12]} {view.address}",
            f"To explain a number: tanheng explain {view.result.id[:12]} {view.address}",
        )
    )


def _cells(view: MonthView, line: Line) -> list[str]:
    label = _line_label(view, line)
    if line.suppressed:
        few = words("不足三户，不显示", "too few, not shown")
        return [label, few, few, few, ""]
    values = [_number(value) for value in (line.month, line.to_date, line.same_period)]
    return [label, *values, "–" if line.growth is None else f"{line.growth:+.1f}%"]


def _line_label(view: MonthView, line: Line) -> str:
    from tanheng.kernel.pack import IndicatorShape

    shape = view.packs.get(IndicatorShape, line.indicator)
    count = words(f"，{line.subjects} 家", f", {line.subjects} firms") if line.subjects > 1 else ""
    return f"{said(shape.label)} ({unit_said(line.unit or shape.unit.text, basis=False)}{count})"


def _number(value: Decimal | None) -> str:
    return "–" if value is None else f"{value:,.1f}"


def _gdp_said(view: MonthView) -> str:
    growth = view.stated.gdp_growth
    if growth is None:
        return words(
            "地区生产总值：尚未公布（季度数，晚于月报）", "GDP: not published yet (quarterly, later than the month)"
        )
    period, percent = growth
    if period.end == view.stated.month.end:
        return words(f"地区生产总值：可比增长 {percent}%", f"GDP: {percent}% at comparable prices")
    return words(
        f"地区生产总值：本季尚未公布；{period.label('zh')}可比增长 {percent}%",
        f"GDP: this quarter is not out; {percent}% at comparable prices in {period}",
    )
