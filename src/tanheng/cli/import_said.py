"""How an import answers: file by file, line by line where it is a dry run, and as a list to mail back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tanheng.cli.init import counted
from tanheng.cli.output import as_json, say
from tanheng.cli.words import amount_said, language, words
from tanheng.kernel.fact import Observation, plain_decimal
from tanheng.kernel.faults import blockers

if TYPE_CHECKING:
    from tanheng.cli.import_ import Taken
    from tanheng.kernel.pack import PackSet

_SHOWN_AT_MOST = 20
_WITHHELD = ("（个体统计数据，不显示）", "(individual statistics, not shown)")
_MARKS = {"new": ("新增", "new"), "changed": ("变更", "changed"), "unchanged": ("未变", "unchanged")}


def file_json(item: Taken, packs: PackSet, *, listed: bool) -> dict[str, Any]:
    """One file as it leaves through `--json`; `listed`: with every line that it would add or change."""
    told: dict[str, Any] = {
        "file": item.file.name,
        "published": item.file.published.isoformat(),
        "sha256": item.book.digest if item.book else None,
        "rows": item.book.reading.rows_read if item.book else None,
        **_counts(item),
        "rejected": item.rejected,
        "blockers": len(blockers(item.findings)),
    }
    return told | {"lines": list(lines_of(item, packs))} if listed else told


def _counts(item: Taken) -> dict[str, int | None]:
    if item.recorded is not None:
        return dict(item.recorded.counts())
    if item.foreseen is None:
        return {"new": None, "changed": None, "unchanged": None, "position": None, "kept": None}
    lines = [str(line.outcome) for line in item.foreseen.lines]
    kept = len(item.book.reading.rows) if item.book else 0
    return {**{name: lines.count(name) for name in _MARKS}, "position": None, "kept": kept}


def lines_of(item: Taken, packs: PackSet) -> Iterator[dict[str, Any]]:
    """Every statement of a file with what it would be, and the earlier value with its cell.

    The values of a confidential use class are left out: the list is made to be passed on.
    """
    confidential = packs.suppression.use_classes if packs.suppression else ()
    for line in item.foreseen.lines if item.foreseen else ():
        key = line.statement.key
        withheld = key.use_class in confidential
        yield {
            "file": item.file.name,
            "outcome": str(line.outcome),
            "subject": key.subject,
            "indicator": key.indicator,
            "dimensions": dict(key.dimensions),
            "period": str(key.period),
            "accumulation": key.accumulation.value,
            "use_class": key.use_class,
            **_side(line.statement, withheld=withheld),
            "earlier": None if line.earlier is None else _side(line.earlier, withheld=withheld),
        }


def _side(statement: Observation, *, withheld: bool) -> dict[str, str | None]:
    value = None if withheld else plain_decimal(statement.value)
    cell = statement.source.partition("/")[2] or statement.source
    return {"value": value, "unit": statement.unit, "published": statement.published.isoformat(), "cell": cell}


def show_files(done: Sequence[Taken], packs: PackSet, *, listed: bool) -> None:
    """Prints what became of each file; `listed`: also its changed lines, old value and new, with both cells."""
    for item in done:
        say(f"{item.file.name}: {_file_said(item)}")
        if listed:
            _show_changed(item, packs)


def _file_said(item: Taken) -> str:
    if item.recorded is not None:
        return counted(item.recorded)
    count = len(blockers(item.findings))
    why = words(f"退回，{count} 个阻断性问题", f"rejected, {count} blocking problems")
    if item.foreseen is None:
        return why
    counts = _counts(item)
    text = words(
        f"新增 {counts['new']}，变更 {counts['changed']}，未变 {counts['unchanged']}",
        f"{counts['new']} new, {counts['changed']} changed, {counts['unchanged']} unchanged",
    )
    return f"{why}; {text}" if item.rejected and count else text


def _show_changed(item: Taken, packs: PackSet) -> None:
    changed = [line for line in lines_of(item, packs) if line["outcome"] == "changed"]
    for line in changed[:_SHOWN_AT_MOST]:
        about = " ".join((line["subject"], line["indicator"], *line["dimensions"].values(), line["period"]))
        earlier = line["earlier"]
        say(f"  {words(*_MARKS['changed'])} {about}")
        say(f"    {_value(earlier)} [{earlier['cell']}] → {_value(line)} [{line['cell']}]")
    if len(changed) > _SHOWN_AT_MOST:
        more = len(changed) - _SHOWN_AT_MOST
        say(words(f"  另有 {more} 条变更，见 --xlsx 或 --json", f"  {more} more: see --xlsx or --json"))


def _value(side: dict[str, Any]) -> str:
    return words(*_WITHHELD) if side["value"] is None else amount_said(str(side["value"]), side["unit"])


def write_list(path: Path, done: Sequence[Taken], packs: PackSet) -> None:
    """Writes findings and lines to a workbook that can be mailed back."""
    from tanheng.store.import_list import write_import_list

    findings = as_json(finding for item in done for finding in item.findings)
    write_import_list(path, findings, (line for item in done for line in lines_of(item, packs)), language())


def outcome_said(done: Sequence[Taken], *, dry_run: bool) -> str:
    """The last line: what was written."""
    rejected = [item.file.name for item in done if item.rejected]
    taken = len(done) - len(rejected)
    if rejected and not taken:
        return words("有阻断性问题：一条也没有导入。", "There are blocking problems: nothing was imported.")
    if dry_run:
        return words("试运行：没有写入。", "Dry run: nothing was written.")
    positions = [item.recorded.position for item in done if item.recorded and item.recorded.position is not None]
    where = f"{positions[0]}..{positions[-1]}" if len(positions) > 1 else "".join(map(str, positions))
    if rejected:
        return words(
            f"已导入 {taken} 个文件，退回 {len(rejected)} 个：{'、'.join(rejected)}。",
            f"Imported {taken} files, rejected {len(rejected)}: {', '.join(rejected)}.",
        )
    if not positions:
        return words("没有新内容，日志未增加。", "Nothing new: the log has not grown.")
    return words(f"已导入（日志位置 {where}）。", f"Imported (log position {where}).")
