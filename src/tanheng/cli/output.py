"""What commands print: one JSON document or text on the output stream, everything else on the error stream."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from tanheng.cli.words import language, words
from tanheng.kernel.faults import Finding

_PIPED_WIDTH = 200
_PLACES = 5
_SEVERITIES = {"blocker": ("阻断", "blocker"), "warning": ("警告", "warning"), "note": ("提示", "note")}
_STYLES = {"blocker": "bold red", "warning": "yellow", "note": ""}
FindingJson = Mapping[str, Any]


def emit(document: object) -> None:
    """Prints the one JSON document of a command."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def say(text: str = "", style: str = "") -> None:
    """Prints a line for people."""
    _console().print(Text(text, style), soft_wrap=True)


def say_marked(before: str, marked: str, after: str) -> None:
    """Prints a passage with a part of it marked: in brackets, and in a terminal in reverse too."""
    passage = Text.assemble((before, "dim"), ("【" + marked + "】", "bold reverse"), (after, "dim"))
    _console().print(passage, soft_wrap=True)


def warn(text: str) -> None:
    """Prints a line on the error stream."""
    _console(error=True).print(Text(text), soft_wrap=True)


def show_table(columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]]) -> None:
    """Prints a table; each column is its heading and whether it holds numbers. Wide enough when it is piped."""
    table = RichTable(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading, numeric in columns:
        table.add_column(Text(heading), justify="right" if numeric else "left", no_wrap=numeric)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = _console()
    with console.capture() as printed:
        console.print(table)
    sys.stdout.write("\n".join(line.rstrip() for line in printed.get().splitlines()) + "\n\n")


def show_findings(findings: Sequence[FindingJson], *, error: bool = False) -> None:
    """Prints every finding with its weight, place, message and next step; blockers first."""
    console, weights = _console(error=error), list(_SEVERITIES)
    for finding in sorted(findings, key=lambda finding: weights.index(finding["severity"])):
        weight = words(*_SEVERITIES[finding["severity"]])
        line = Text.assemble((weight, _STYLES[finding["severity"]]), " ", (finding["place"], "cyan"))
        console.print(line, soft_wrap=True)
        console.print(Text(f"  {finding['message'][language()]}"), soft_wrap=True)
        console.print(Text(f"  → {finding['next_step'][language()]}"), soft_wrap=True)


def show_causes(findings: Sequence[FindingJson]) -> None:
    """Prints every cause once: the first finding of a kind, and how many more places it has been found at."""
    first: dict[str, FindingJson] = {}
    for finding in findings:
        first.setdefault(finding["code"], finding)
    for code, finding in first.items():
        places = [item["place"] for item in findings if item["code"] == code][1:]
        show_findings([finding])
        if places:
            more = "、".join(places[:_PLACES]) if language() == "zh" else ", ".join(places[:_PLACES])
            more += " …" if len(places) > _PLACES else ""
            say(words(f"  同样的问题另有 {len(places)} 处：{more}", f"  The same at {len(places)} more places: {more}"))


def say_written(paths: Iterable[Path]) -> None:
    """Names the files that a command wrote, one a line."""
    for path in paths:
        say(words(f"已写入 {path}", f"Written: {path}"))


def as_json(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings in the form in which results keep them."""
    return [finding.as_json() for finding in findings]


def has_blocker(findings: Iterable[FindingJson]) -> bool:
    """Whether any finding keeps the work from going on."""
    return any(finding["severity"] == "blocker" for finding in findings)


@contextmanager
def working(text: str) -> Iterator[None]:
    """Says on a terminal that long work is going on; a pipe gets the line alone."""
    console = _console(error=True)
    if console.is_terminal:
        with console.status(Text(text)):
            yield
    else:
        yield


def _console(*, error: bool = False) -> Console:
    """Made for each call: tests and pipes exchange the streams."""
    console = Console(stderr=error, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    return console
