"""`tanheng policy consult`: tables of opinions go out to departments and come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import as_json, emit, say, say_written, show_findings
from tanheng.cli.policy_plans import plan_words
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tanheng.policy.plan_words import PlanWords


@verb(
    "consult",
    "征求意见：按单位生成意见采纳情况表（--send），收回后汇总（--collect）。\n\n"
    "DRAFT 为 tanheng policy draft 的输出目录。每条意见记为采纳、部分采纳、不采纳或待定；没有退回的单位逐一列出。",
    "Ask for opinions: a table for each department (--send), and what came back (--collect).\n\n"
    "DRAFT is the folder that tanheng policy draft wrote. Every opinion is adopted, partly, not or open;\n"
    "whoever has not returned a table is listed.",
)
@click.argument("draft", type=click.Path(exists=True, path_type=Path))
@option(
    "--send", "out", type=click.Path(file_okay=False, path_type=Path), zh="生成表格的目录。", en="Write tables here."
)
@option(
    "--collect",
    "back",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    zh="收回表格的目录；汇总写到 DRAFT。",
    en="The folder of tables that came back; the summary is written into DRAFT.",
)
@as_json_option
def consult(draft: Path, out: Path | None, back: Path | None, as_document: bool) -> int:
    """Writes the tables of opinions of a draft, or reads them back.

    Refuses  consult-nothing-asked: neither --send nor --collect, or both; consult-draft-unreadable; file-failed.
    """
    from tanheng.policy.drafting_files import read_draft

    if (out is None) == (back is None):
        raise Refusal("consult-nothing-asked")
    content, (_, lexicon) = read_draft(draft), plan_words()
    if out is not None:
        return _send(out, content, lexicon, as_document=as_document)
    assert back is not None
    return _collect(draft if draft.is_dir() else draft.parent, back, content, lexicon, as_document=as_document)


def _send(out: Path, content: Mapping[str, Any], lexicon: PlanWords, *, as_document: bool) -> int:
    from tanheng.policy.consulting import send

    paths = send(out, content, lexicon)
    if as_document:
        emit({"draft": content["digest"], "files": [path.name for path in paths]})
        return 0
    say(words(f"已生成 {len(paths)} 份意见采纳情况表，在 {out}。", f"{len(paths)} tables written to {out}."))
    return 0


def _collect(folder: Path, back: Path, content: Mapping[str, Any], lexicon: PlanWords, *, as_document: bool) -> int:
    from tanheng.policy.consulting import collected
    from tanheng.policy.consulting_files import consultation_json, write_consultation

    found = collected(back, content, lexicon)
    paths = write_consultation(folder, found, content, lexicon)
    if as_document:
        emit({**consultation_json(found, content), "findings": as_json(found.findings)})
        return 0
    show_findings(as_json(found.findings))
    said = consultation_json(found, content)["counts"]
    say(
        words(
            f"退回 {len(found.returned)} 家，未退回 {len(found.missing)} 家；意见 {len(found.opinions)} 条："
            f"采纳 {said['adopted']}，部分采纳 {said['partly']}，不采纳 {said['not']}，待定 {said['open']}。",
            f"{len(found.returned)} returned, {len(found.missing)} missing; {len(found.opinions)} opinions: "
            f"{said['adopted']} adopted, {said['partly']} partly, {said['not']} not, {said['open']} open.",
        )
    )
    say_written(paths)
    return 0
