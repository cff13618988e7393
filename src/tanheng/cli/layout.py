"""`tanheng layout`: how senders' sheets are read: which layouts there are, what moved, and learning a new one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import as_json, emit, has_blocker, say, show_findings, show_table
from tanheng.cli.verb import Verbs, option, verb
from tanheng.cli.words import said, words

if TYPE_CHECKING:
    from tanheng.kernel.faults import Finding
    from tanheng.kernel.pack import LayoutProfile
    from tanheng.store.layout_choice import Candidate
    from tanheng.store.layout_known import Known
    from tanheng.store.layout_learning import Guess, Proposal

_FILE = click.Path(path_type=Path)
layout = Verbs("layout", zh="来表版式：列出、核对、学习。", en="Layouts of senders' sheets: list, check, learn.")


def _known() -> Known:
    from tanheng.store import directory_of, load_packs
    from tanheng.store.layout_known import known

    packs = load_packs()
    return known(packs, directory_of(packs))


@verb("list", "列出可用的版式。", "List the layouts in use.")
@as_json_option
def list_(as_document: bool) -> int:
    """Prints every layout with its sender, its status and what it gives."""
    from tanheng.kernel.pack import Layout, LayoutProfile

    packs = _known().packs
    profiles, long_forms = packs.all(LayoutProfile), packs.all(Layout)
    if as_document:
        emit({"layouts": [item.model_dump(mode="json", exclude_defaults=True) for item in (*long_forms, *profiles)]})
        return 0
    heads = [words("版式", "Layout"), words("名称", "Name"), words("发送方", "Sender"), words("状态", "Status")]
    rows = [[item.id, said(item.label), words("本系统", "ours"), item.status] for item in long_forms]
    rows += [[item.id, said(item.label), said(item.sender), item.status] for item in profiles]
    show_table([(head, False) for head in heads], rows)
    say(
        words(
            "状态：ours 自定，S 按惯例，U 未经原表核对。",
            "Status: ours; S follows common practice; U not checked against an original.",
        )
    )
    return 0


@verb(
    "check",
    "核对一份来表与版式：标题改名、列移动、新增列、表头加行（有阻断性问题时退出码 1）。",
    "Check a sheet against its layout: renamed, moved and new columns, grown headings (exit code 1 if blocked).",
)
@click.argument("file", type=_FILE)
@option("--layout", "id", zh="版式编号；不写则自动识别。", en="Id of the layout; recognised where left out.")
@as_json_option
def check(file: Path, id: str | None, as_document: bool) -> int:
    """Says what moved in a file against its layout.

    Refuses  whatever opening a workbook refuses; layout-not-recognised; layout-ambiguous; definition-missing.
    """
    from tanheng.kernel.pack import LayoutProfile
    from tanheng.store.layout_choice import sheets_for
    from tanheng.store.layout_fitting import differences
    from tanheng.store.layout_headings import HeadingMatcher
    from tanheng.store.workbook import chosen_layout
    from tanheng.store.workbook_opening import open_workbook

    known = _known()
    with open_workbook(file) as book:
        profile = known.packs.get(LayoutProfile, id) if id else chosen_layout(book, known.packs, known.directory)
        found: list[Candidate] = []
        findings: list[Finding] = []
        if isinstance(profile, LayoutProfile):
            found, findings = sheets_for(book, HeadingMatcher(profile))
            findings += [finding for item in found for finding in differences(item.sheet, profile, item.head)]
    listed = as_json(findings)
    if as_document:
        emit({"file": file.name, "layout": profile.id, "sheets": [c.sheet.name for c in found], "findings": listed})
    else:
        say(words(f"{file.name}：版式 {profile.id}", f"{file.name}: layout {profile.id}"))
        show_findings(listed)
        if not listed:
            say(words("与版式一致。", "It fits its layout."))
    return int(has_blocker(listed))


@verb(
    "learn",
    "为一份来表建立版式：提出建议，逐项询问，保存到本地定义包。\n\n"
    "--yes 全部接受；--json 只打印建议（与 --yes 合用则同时保存）。",
    "Make a layout for a sheet: proposes, asks, saves it in the site's own pack.\n\n"
    "--yes accepts everything; --json only prints the proposal (and saves it together with --yes).",
)
@click.argument("file", type=_FILE)
@option(
    "--id",
    "id",
    zh="新版式的编号，默认为蓝本编号加 _site。",
    en="Id of the new layout; by default that of its model and _site.",
)
@option("--sheet", zh="工作表名称。", en="The sheet to learn from.")
@option("--like", zh="以哪个版式为蓝本。", en="The layout to start from.")
@option("--coverage", zh="口径编号。", en="Id of the coverage.")
@option("--use-class", zh="用途类别编号。", en="Id of the use class.")
@option("--yes", is_flag=True, zh="全部接受并保存。", en="Accept everything and save.")
@option("--replace", is_flag=True, zh="覆盖同编号的本地版式。", en="Replace the site's layout of that id.")
@as_json_option
def learn(
    *,
    file: Path,
    id: str | None,
    sheet: str | None,
    like: str | None,
    coverage: str | None,
    use_class: str | None,
    yes: bool,
    replace: bool,
    as_document: bool,
) -> int:
    """Proposes a layout for a file and saves it when somebody agrees.

    Refuses  whatever opening a workbook refuses; layout-not-learned; layout-exists; layout-pack-missing.
    """
    from tanheng.store.layout_learning import propose, with_decisions
    from tanheng.store.layout_saving import layout_text, save_layout
    from tanheng.store.workbook_opening import open_workbook

    known = _known()
    with open_workbook(file) as book:
        proposal = propose(book, known, id or "", sheet=sheet, like=like)
    asks = _at_a_terminal() and not yes and not as_document
    if not as_document:
        _show(proposal)
    fields = {name: value for name, value in (("coverage", coverage), ("use_class", use_class)) if value}
    dropped = _dropped(proposal) if asks else set[str]()
    profile = with_decisions(proposal, dropped, **fields, **(_asked(proposal, fields) if asks else {}))
    saves = yes or (asks and click.confirm(words("保存这个版式？", "Save this layout?"), default=True))
    path = save_layout(profile, replace=replace) if saves else None
    if as_document:
        emit(_document(proposal, profile, path))
    elif path:
        say(words(f"已保存：{path}", f"Saved: {path}"))
    else:
        say(layout_text(profile))
        say(words("没有保存；加 --yes 保存。", "Not saved; add --yes to save it."))
    return 0


def _at_a_terminal() -> bool:
    return sys.stdin.isatty()


def _document(proposal: Proposal, profile: LayoutProfile, path: Path | None) -> dict[str, Any]:
    guesses = [{"id": g.column.id, "column": g.place, "heading": g.title, "sure": g.sure} for g in proposal.guesses]
    return {
        "layout": profile.model_dump(mode="json", exclude_defaults=True),
        "columns": guesses,
        "model": proposal.model,
        "absent": list(proposal.absent),
        "saved": str(path) if path else None,
    }


def _show(proposal: Proposal) -> None:
    model = proposal.model or words("（按用语推测）", "(from known words)")
    say(words(f"蓝本：{model}；状态：建议", f"Model: {model}; a proposal"))
    heads = [words("列", "Column"), words("标题", "Heading"), words("读作", "Read as"), words("含义", "Meaning"), "?"]
    rows = [
        [g.place, g.title, g.column.reads, g.column.indicator or g.column.id, "" if g.sure else "?"]
        for g in sorted(proposal.guesses, key=lambda g: (len(g.place), g.place))
    ]
    show_table([(head, False) for head in heads], rows)
    if proposal.absent:
        absent = ", ".join(proposal.absent)
        say(words(f"蓝本中有而本表没有：{absent}", f"In the model and not in this sheet: {absent}"))


def _dropped(proposal: Proposal) -> set[str]:
    """The columns that whoever sits at the terminal does not want."""
    doubtful = [guess for guess in proposal.guesses if not guess.sure]
    return {guess.column.id for guess in doubtful if not click.confirm(_question(guess), default=True)}


def _question(guess: Guess) -> str:
    meaning = f"{guess.column.indicator or guess.column.reads} ({guess.column.id})"
    return words(
        f"{guess.place} 列“{guess.title}”读作 {meaning}？", f"Read column {guess.place} “{guess.title}” as {meaning}?"
    )


def _asked(proposal: Proposal, given: dict[str, str]) -> dict[str, str]:
    profile: LayoutProfile = proposal.profile
    if not profile.indicators:
        return {}
    questions = (
        ("coverage", words("口径", "Coverage"), profile.coverage),
        ("use_class", words("用途类别", "Use class"), profile.use_class),
    )
    return {name: click.prompt(text, default=usual) for name, text, usual in questions if name not in given}


for _verb in (list_, check, learn):
    layout.add_command(_verb)
