"""The sentences of a month: what grew, who explains it, what is missing, how the year will end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tanheng.kernel.assessment.reported_units import COUNTED, NEW, SILENT, STOPPED
from tanheng.kernel.pack.measure import Measure
from tanheng.papers import Figure
from tanheng.papers.figure import Run, shown
from tanheng.reports.month_reading import URGENT, MonthReading, Moved, Remaining
from tanheng.reports.wording import change_said, points_said

WAY_NAMES = {"reports": "按单位自报", "season": "按季节比例", "model": "按统计模型"}
_ALL = 100  # per cent
_LETTERS = 24  # of the wording of a task, in a sentence
TIERS = {"floor": "确保", "stretch": "力争"}


def changed(figure: Figure) -> str:
    """A growth in words: 增长3.2%, 下降1.1%, 持平."""
    return change_said(None if figure.value is None else Decimal(figure.value))


def points(figure: Figure) -> str:
    """Points of a growth: 拉动1.20个百分点, 下拉0.35个百分点."""
    return points_said(None if figure.value is None else Decimal(figure.value), 2, above="拉动", below="下拉")


def movers_said(movers: Sequence[Moved], most: int = 5) -> str:
    """The units that explain a growth: 甲（拉动1.20个百分点）、乙（…）."""
    return "、".join(f"{each.label}（{points(each.amount)}）" for each in movers[:most])


def stated_said(month: MonthReading) -> list[tuple[str, str, str]]:
    """What senders state to date: name, amount, growth with its adjustment; only what there is."""
    found = []
    for name, stem in (("规上工业能耗", "above_scale"), ("规上工业产值", "output"), ("全社会用电量", "electricity"),
                       ("燃气用量", "gas")):  # fmt: skip
        amount, growth = month.amount(f"{stem}_to_date"), month.figure(f"{stem}_growth")
        if growth.value is not None:
            found.append((name, str(amount), f"{changed(growth)}{_adjusted(month, stem)}"))
    return found


def _adjusted(month: MonthReading, stem: str) -> str:
    """The adjustment of the coverage, where last year's publication gives another growth."""
    adjustment = month.figure(f"{stem}_adjustment")
    if adjustment.value is None or not shown(abs(Decimal(adjustment.value)), 1).strip("0."):
        return ""
    published = month.figure(f"{stem}_growth_published")
    return f"（按上年公布数{changed(published)}，口径调整{shown(adjustment.value, 1)}个百分点）"


def left_out_said(month: MonthReading) -> str:
    """Which areas are missing from the sums of the area, where any are."""
    return f"（各表合计缺{month.left_out}，不代表{month.label(month.area)}）" if month.left_out else ""


def overview(month: MonthReading) -> list[Run]:
    """What grew to date, table by table; energy per output; what the units report."""
    parts = [f"{name}{amount}，同比{growth}" for name, amount, growth in stated_said(month)]
    per = month.figure("output_energy_change")
    parts += [f"规上工业单位产值能耗{changed(per)}"] if per.value is not None else []
    growth = month.figure("reported_energy_growth")
    if growth.value is not None:
        parts.append(
            f"用能单位报送能耗{month.amount('reported_energy')}，同口径{changed(growth)}（推算）{compared_said(month)}"
        )
    said = "；".join(parts) or "没有可用的数据"
    return [f"{month.period.label()}，{month.label(month.area)}", said, left_out_said(month), "。"]


def compared_said(month: MonthReading) -> str:
    """How much of what was reported a growth of units rests on, where that is not all."""
    share = month.figure("compared_share")
    if share.value is None or share.value >= _ALL:
        return ""
    return f"（可比{len(month.states(*COUNTED))}户，占已报能耗{shown(share.value, 1)}%）"


def structure(month: MonthReading) -> list[str]:
    """Which areas, fields, industries and units explain the growth; sentences, only of what is known."""
    found = []
    if parts := [
        part for part in month.parts() if month.figure("reported_energy_contribution", part).value is not None
    ]:
        found.append(f"分区域看，{_listed(month, parts[:3])}。")
    if fields := month.own_fields():
        ordered = sorted(fields, key=lambda each: -abs(Decimal(_contribution(month, each).value or 0)))
        found.append(f"分领域看，{_listed(month, ordered[:3])}；领域之间有交叉，不可相加。")
    if lines := month.lines("electricity_contribution"):
        found.append(f"分行业用电看，{'，'.join(f'{name}{points(figure)}' for name, figure in lines[:3])}。")
    if movers := month.movers():
        found.append(f"从单位看，{movers_said(movers)}，其余单位合计{points(_rest(month))}。")
    return found


def _listed(month: MonthReading, subjects: Iterable[str]) -> str:
    """甲（增长3.2%，拉动1.20个百分点）、乙（…）."""
    growth = "reported_energy_growth"
    said = (
        f"{month.label(each)}{changed(month.figure(growth, each))}、{points(_contribution(month, each))}"
        for each in subjects
    )
    return "；".join(said)


def _contribution(month: MonthReading, subject: str) -> Figure:
    return month.figure("reported_energy_contribution", subject)


def _rest(month: MonthReading) -> Figure:
    return month.figure("reported_energy_contribution", month.area, "rest")


def happened(month: MonthReading) -> list[str]:
    """New, stopped and overhauled units; who reported and who did not."""
    found = []
    for word, units in unit_changes(month).items():
        if units:
            found.append(f"{word}{len(units)}户：{month.names(units)}")
    rate, in_time = month.of_month("reporting_rate"), month.of_month("reporting_rate_in_time")
    sentences = [f"{'；'.join(found)}。"] if found else []
    if rate.value is not None:
        silent = [state.unit for state in month.states(SILENT)]
        late = f"；未报{len(silent)}户：{month.names(silent)}，两年的数都未计入增速" if silent else ""
        said = f"{month.month.label()}用能单位上报率{shown(rate.value, 1)}%，按时上报率{shown(in_time.value, 1)}%"
        sentences.append(f"{said}{late}。")
    return sentences


def unit_changes(month: MonthReading) -> dict[str, list[str]]:
    """The units that are new, have stopped, or say in the month that they were overhauled."""
    account = month.dispatch.account
    overhaul = account.setting("overhaul_words").split()
    return {
        "新投产": [state.unit for state in month.states(NEW)],
        "停产": [state.unit for state in month.states(STOPPED)],
        "检修": list(dict.fromkeys(event.unit for event in month.events() if event.kind in overhaul)),
    }


def year_said(month: MonthReading) -> list[str]:
    """The year in its cases."""
    cases = []
    for way, name in WAY_NAMES.items():
        energy, growth = month.end(way, "year_end_energy"), month.end(way, "year_end_growth")
        if energy.value is not None:
            cases.append(f"{name}全年{energy}、{changed(growth)}")
    few = "（单位不全，不代表本区域）" if month.foretold_of_few else ""
    return [f"报送单位口径{few}，{'；'.join(cases)}。"] if cases else []


def remaining_said(month: MonthReading, most: int = 3) -> list[str]:
    """What each target leaves to be saved over its cases, and, once for each measure, with which units."""
    by_target: dict[tuple[str, str], list[Remaining]] = {}
    for each in month.remaining():
        by_target.setdefault((each.measure, each.tier), []).append(each)
    found = list[str]()
    for (measure, tier), cases in by_target.items():
        said = "，".join(f"{WAY_NAMES[each.way]}{saving(each.to_save)}" for each in cases)
        first = measure not in {one for one, _ in list(by_target)[: len(found)]}
        named = next((each.units for each in cases if each.units), ()) if first else ()
        units = "、".join(f"{unit.label}（{unit.amount}）" for unit in named[:most])
        target = f"对照{month.dispatch.account.packs.get(Measure, measure).label.zh}“{TIERS[tier]}”目标"
        found.append(f"{target}，{said}" + (f"；超出应占份额最多的是{units}" if units else "") + "。")
    return found


def not_foretold(month: MonthReading) -> str:
    """Why there is no case of the year's end."""
    return "往年各月的单位报送不全，暂不推算全年。" if month.ends else "本次没有推算全年。"


def tasks_said(month: MonthReading) -> list[str]:
    """How many tasks are overdue, due soon and behind, the first of each by name."""
    found = month.tasks()
    said = []
    for stand, word in URGENT.items():
        if mine := [each.task.label.zh for each in found if each.stand is stand]:
            said.append(f"{word}{len(mine)}项（{mine[0][:_LETTERS]}{'等' if len(mine) > 1 else ''}）")
    return [f"任务{'、'.join(said)}。"] if said else []


def saving(figure: Figure) -> str:
    """还须压减123吨标准煤, 尚有余量45吨标准煤."""
    if figure.value is None:
        return "缺数"
    size = Figure(abs(Decimal(figure.value)), figure.unit, figure.places)
    return f"还须压减{size}" if figure.value > 0 else f"尚有余量{size}"


def gdp_said(month: MonthReading) -> str:
    """The growth of GDP that is known; its absence is the normal month."""
    account = next((run.account for run in month.ends.values()), None)
    facts = [] if account is None else account.facts_of("gdp_growth", within=month.year, subjects=[month.area])
    if not facts:
        return "地区生产总值本期尚未公布。"
    last = max(facts, key=lambda fact: fact.period.end)
    return f"地区生产总值{last.period.label()}可比增长{shown(Decimal(repr(last.value)), 1)}%。"
