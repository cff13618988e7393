"""The second half of the demonstration: a year of senders' folders at one district's site, and the district's month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tanheng.cli.import_ import Taken, take_in
from tanheng.cli.import_files import batches_of
from tanheng.cli.init import counted
from tanheng.cli.output import say, show_table, working
from tanheng.cli.progress import over_steps
from tanheng.cli.site import acting
from tanheng.cli.words import language, words
from tanheng.kernel.faults import blockers
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from pathlib import Path

    from tanheng.fiction import Build, City
    from tanheng.kernel.pack import PackSet
    from tanheng.kernel.pack.recipe import DemoYear
    from tanheng.store import StoredResult

_SHOWN_AT_MOST = 6


@dataclass(frozen=True)
class Year:
    """The year of folders: the city it was made from, what was written, and what became of each file."""

    plan: DemoYear
    city: City
    built: Build
    taken: Sequence[Taken]


def make_year(plan: DemoYear, packs: PackSet, pack: str, inbox: Path) -> tuple[City, Build]:
    """Founds the city, writes the folders of one district into the inbox and records the district's directory."""
    from tanheng.fiction import build, directory_of_city, found_city
    from tanheng.records.recording import record_directory

    city = found_city(packs, pack)
    folder = inbox / f"{plan.district.partition('/')[2]}-{plan.months}"
    with over_steps(words("生成报送文件", "Making the senders' files")) as progress:
        built = build(city, folder, Period.parse(plan.months).months(), plan.district, progress)
    recorded = record_directory(directory_of_city(city, plan.district), acting(None), note=f"{pack} {plan.district}")
    towns, units = len(city.towns), len(city.units)
    say(
        words(
            f"全市 {towns} 个街镇、{units} 个单位中本区的报送文件 {len(built.files)} 个：{folder}",
            f"Of {towns} towns and {units} units, the district's {len(built.files)} files: {folder}",
        )
    )
    say(words(f"名录：{counted(recorded)}", f"Directory: {counted(recorded)}"))
    return city, built


def import_year(plan: DemoYear, packs: PackSet, city: City, built: Build) -> Year:
    """Imports the folders month by month, and says what was turned away and what came in its place."""
    folders = sorted({built.folder / path.partition("/")[0] for path in built.files})
    batches = [batch for folder in folders for batch in batches_of([folder], plan.known_on, None)]
    taken = take_in(batches, packs, None)
    lines = sum(item.book.reading.rows_read for item in taken if item.book)
    rejected = [item for item in taken if item.rejected]
    new = sum(item.recorded.new + item.recorded.changed for item in taken if item.recorded)
    say(
        words(
            f"读入 {len(taken)} 个文件、{lines:,} 行，登记 {new:,} 条；退回 {len(rejected)} 个",
            f"{len(taken)} files and {lines:,} rows read, {new:,} statements recorded; {len(rejected)} rejected",
        )
    )
    for item in rejected[:_SHOWN_AT_MOST]:
        for finding in blockers(item.findings)[:2]:
            say(f"  {finding.place}  {finding.message(language())}", "yellow")
    if rejected:
        say(
            words(
                "  退回的文件都已由报送单位更正重报。", "  Each was sent again, corrected; the correction was imported."
            )
        )
    return Year(plan, city, built, taken)


def account_year(plan: DemoYear) -> StoredResult:
    """The accounts of all units, from January to the month, as known on the day it is looked at.

    `latest` goes on meaning the result of the story: what a reader tries next is about that.
    """
    from tanheng.records.computing import compute

    with working(words("核算中", "Accounting")):
        return compute(plan.method, _to_date(plan), plan.scheme, plan.known_on, as_latest=False)


def _to_date(plan: DemoYear) -> Period:
    """From January to the month that is looked at; the months before are there to be compared with."""
    month = Period.parse(plan.month)
    return Period(Period.year(month.start.year).start, month.end)


def adopt_targets(plan: DemoYear, packs: PackSet) -> None:
    """Records the targets of the made-up city: what its result is compared with."""
    from tanheng.cli.targets_adopt import adopt_of_pack, told
    from tanheng.records.adopting import adopt

    for table in plan.targets:
        document, obligations = adopt_of_pack(packs, table)
        say(told(document.id, adopt(document, obligations, acting(None))))


def account_also(plan: DemoYear, packs: PackSet) -> None:
    """Runs the further methods over the year and says of each how many figures it gave and what it found."""
    from tanheng.kernel.pack import MethodDefinition
    from tanheng.records.computing import compute

    period = _to_date(plan)
    for wanted in plan.also:
        label = packs.get(MethodDefinition, wanted.method).label[language()]
        with working(words(f"核算：{label}", f"Accounting: {label}")):
            result = compute(wanted.method, period, wanted.scheme, plan.known_on, as_latest=False)
        figures, findings = result.figures.height(), len(result.findings)
        say(
            words(
                f"{label}：{figures:,} 行结果，{findings} 个发现（结果 {result.id}）",
                f"{label}: {figures:,} rows of results, {findings} findings (result {result.id})",
            )
        )


def not_there(year: Year) -> list[tuple[str, str]]:
    """What was due and is not there on the day of the month, and what came late for it: label and reason."""
    plan, forms, found = year.plan, year.city.forms, []
    month, units = Period.parse(plan.month), {unit.id: unit.label[language()] for unit in year.city.units}
    for entry in [*year.built.missing, *year.built.files.values()]:
        if str(entry["due"]) > plan.known_on.isoformat() or entry["corrects"]:
            continue
        period = Period.parse(str(entry["period"])).label(language())
        whose = units[str(entry["area"])] if entry["area"] in units else ""
        label = f"{forms[str(entry['form'])].label[language()]} {whose} {period}".replace("  ", " ")
        published = entry["published"]
        if published is None:
            found.append((label, words("未报", "never came")))
        elif str(published) > plan.known_on.isoformat():
            found.append((label, words(f"迟报，{published} 才到", f"late: it came on {published}")))
        elif entry["late"] and entry["period"] == str(month):
            found.append((label, words(f"迟报（应于 {entry['due']}）", f"came late (due {entry['due']})")))
    return found


def show_not_there(year: Year) -> None:
    """Prints what is missing or late."""
    found = not_there(year)
    if not found:
        say(words("缺报、迟报：无", "Nothing is missing or late."))
        return
    say(words("缺报、迟报", "Missing or late"), "bold")
    show_table([(words("报表", "Form"), False), (words("情况", "What"), False)], found[:_SHOWN_AT_MOST])
