"""`tanheng demo`: a fictional city from its senders' workbooks to a publication that is repeated a year later."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tanheng.cli.import_ import read_books, record_book
from tanheng.cli.init import counted, record_packs_directory
from tanheng.cli.output import as_json, has_blocker, say, show_findings, working
from tanheng.cli.site import acting, prepare_site
from tanheng.cli.verb import verb
from tanheng.cli.words import said, words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from datetime import date

    from tanheng.kernel.pack import Demo, Layout, PackSet, Senders
    from tanheng.kernel.pack.recipe import DemoYear
    from tanheng.kernel.pack.shapes import SenderFile
    from tanheng.records.models import Publication
    from tanheng.store import Home, StoredResult

_SYSTEM_USER = None  # nobody is named, so the user of the system acts


@dataclass(frozen=True)
class Story:
    """The demonstration of a fictional pack: what to do, and the folder and list of its senders' rows."""

    pack: str
    script: Demo
    senders: Senders
    folder: Path


@verb(
    "demo",
    "演示：虚构城市，从报送工作簿到核算、解释、发布、一年后重算，再读一个区两年的报送文件，亮灯、成文。\n\n可以重复运行。",
    "Demonstration: a fictional city, from workbooks to accounts and publications; two years of a district.\n\n"
    "May be run again.",
)
def demo() -> int:
    """Tells the story of the fictional pack that is found by its manifest.

    Refuses  demo-not-found: no pack in use is fictional and has a demonstration.
    """
    from tanheng.store import load_packs

    packs = load_packs()
    story = _story(packs)
    home = prepare_site()
    _say_step(1, words(f"建立站点 {home.root}", f"Set up the site {home.root}"))
    directory = counted(record_packs_directory((story.pack,), _SYSTEM_USER))
    say(words(f"名录：{directory}", f"Directory: {directory}"))
    _say_step(2, words("导入报送工作簿", "Import the senders' workbooks"))
    if not _import(story, packs, home):
        return 1
    code = _a_year_later(story, _first_year(story))
    if story.script.year:
        _year_of_folders(story.script.year, story.pack, packs, home)
    say()
    say(words("接下来：tanheng serve 打开网站。", "Next: tanheng serve opens the web site."), "bold")
    return code


def _story(packs: PackSet) -> Story:
    from tanheng.kernel.pack import Demo, PackManifest, Senders
    from tanheng.store.home import pack_folders
    from tanheng.store.pack_files import find_pack

    for manifest in packs.all(PackManifest):
        mine = [item for item in packs.definitions if item.pack == manifest.id]
        scripts = [item.value for item in mine if isinstance(item.value, Demo)]
        for item in mine:
            root = find_pack(manifest.id, pack_folders())
            if manifest.fictional and scripts and root and isinstance(item.value, Senders):
                file = item.place.rpartition(":")[0].removeprefix(f"{manifest.id}/")
                return Story(manifest.id, scripts[0], item.value, (root / file).parent)
    raise Refusal("demo-not-found")


def _import(story: Story, packs: PackSet, home: Home) -> bool:
    """Makes each workbook in the inbox and imports it as of its own date; whether nothing blocked."""
    from tanheng.kernel.pack import Layout

    for file in story.senders.files:
        layout = packs.get(Layout, file.layout)
        path = _make_workbook(story, file, layout, home.inbox)
        (book,) = read_books([path], layout, packs, file.published)
        findings = as_json(book.reading.findings)
        show_findings(findings)
        if has_blocker(findings):
            return False
        result = counted(record_book(book, _SYSTEM_USER))
        say(
            words(
                f"{path.name}（{file.published} 发布）：{result}", f"{path.name} (published {file.published}): {result}"
            )
        )
    return True


def _make_workbook(story: Story, file: SenderFile, layout: Layout, inbox: Path) -> Path:
    from tanheng.store import write_workbook

    with (story.folder / file.csv).open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    path = inbox / file.workbook
    write_workbook(path, layout, rows, path.stem, note=story.senders.label.zh)
    return path


def _first_year(story: Story) -> Publication:
    """What is known then: run, explain, publish."""
    from tanheng.cli.explanation import show_explanation
    from tanheng.cli.publish import show_publication
    from tanheng.cli.run import readable, show_result
    from tanheng.records.computing import explain_figure
    from tanheng.records.publishing import publish

    script = story.script
    _say_step(3, words(f"按 {script.then} 已知的数据和因子计算", f"Compute with what was known on {script.then}"))
    result = _run(story, script.then)
    show_result(readable(result))
    _say_step(4, words("解释一个数", "Explain one figure"))
    show_explanation(explain_figure(result, script.figure))
    _say_step(5, words("发布", "Publish"))
    accepted = {code: said(reason) for code, reason in script.accepted.items()}
    publication = publish(result.id, said(script.title), acting(_SYSTEM_USER), script.quoted, accepted)
    show_publication(publication)
    return publication


def _a_year_later(story: Story, publication: Publication) -> int:
    """What is known now: a fresh run differs and says why; the publication still gives its digest."""
    from tanheng.cli.compare import show_comparison
    from tanheng.cli.repeat import show_repetition
    from tanheng.cli.run import readable
    from tanheng.records.comparing import compare
    from tanheng.records.publishing import repeat

    now = story.script.now
    _say_step(
        6,
        words(
            f"{now}：因子和数据已有修订，重新计算并比较",
            f"{now}: factor and data were revised; compute afresh and compare",
        ),
    )
    result = _run(story, now)
    show_comparison(compare(publication, result), readable(result))
    _say_step(7, words("重算发布物", "Repeat the publication"))
    repetition = repeat(publication)
    show_repetition(repetition)
    return int(not repetition.same)


def _year_of_folders(plan: DemoYear, pack: str, packs: PackSet, home: Home) -> None:
    """A district's site: a year of the senders' folders, all of it accounted, and its last month on one screen."""
    from tanheng.cli.demo_control import control_year
    from tanheng.cli.demo_split import split_under_way
    from tanheng.cli.demo_year import account_also, account_year, adopt_targets, import_year, make_year, show_not_there
    from tanheng.cli.month import month_view, show_month

    _say_step(8, words("一个区的站点：生成两年的报送文件", "A district's site: make two years of senders' files"))
    city, built = make_year(plan, packs, pack, home.inbox)
    _say_step(9, words("按月导入", "Import them month by month"))
    year = import_year(plan, packs, city, built)
    adopt_targets(plan, packs)
    _say_step(10, words("核算，看这个区的一个月", "Account for everything, and look at the district's month"))
    account_also(plan, packs)
    show_month(month_view(account_year(plan), plan.district, Period.parse(plan.month)))
    show_not_there(year)
    if plan.split is not None:
        split_under_way(plan.split, packs, plan.known_on)
    if plan.quarter:
        _say_step(11, words("季度亮灯，月度分析成文", "The quarter's lights, and the month as documents"))
        control_year(plan, home)


def _run(story: Story, known_on: date) -> StoredResult:
    """Runs at the last import of the story's workbooks: what came later, the year of folders too, is none of it."""
    from tanheng.records.computing import compute
    from tanheng.records.undoing import imports

    script, workbooks = story.script, {file.workbook for file in story.senders.files}
    position = max(item.position for item in imports() if item.file in workbooks)
    with working(words("计算中", "Computing")):
        return compute(script.method, Period.parse(script.period), script.scheme, known_on, position)


def _say_step(number: int, text: str) -> None:
    say()
    say(f"[{number}/11] {text}", "bold cyan")
