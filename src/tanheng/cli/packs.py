"""`tanheng packs check`: every problem of every definition file at once."""

from __future__ import annotations

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import as_json, emit, say, show_findings, show_table
from tanheng.cli.verb import Verbs, verb
from tanheng.cli.words import said, words

packs = Verbs("packs", zh="定义包。", en="Packs of definitions.")


@verb(
    "check",
    "检查定义包：格式、重复、引用；列出全部问题（退出码 1）。\n\n不写编号则检查能找到的所有定义包。",
    "Check packs: shapes, doubles, citations; lists every problem (exit code 1).\n\n"
    "Without ids every pack that can be found.",
)
@click.argument("ids", nargs=-1)
@as_json_option
def check(ids: tuple[str, ...], as_document: bool) -> int:
    """Reads packs and prints what they are, or everything that is wrong with them.

    Refuses  definition-missing: no pack of that name.
    """
    from tanheng.kernel.pack import PackManifest, overlaps
    from tanheng.store import read_packs

    pack_set, found = read_packs(ids or None)
    found = [*found, *overlaps(pack_set)]
    findings = as_json(sorted(found, key=lambda finding: finding.place))
    manifests = [item for item in pack_set.all(PackManifest) if item.id in pack_set.hashes]
    if as_document:
        listed = [{**item.model_dump(mode="json"), "hash": pack_set.hashes[item.id]} for item in manifests]
        emit({"packs": listed, "findings": findings})
        return int(bool(findings))
    heads = [
        words("定义包", "Pack"),
        words("名称", "Name"),
        words("版本", "Version"),
        words("摘要", "Hash"),
        words("来自", "From"),
    ]
    rows = [
        [item.id, said(item.label), item.version, pack_set.hashes[item.id][:16], _origin(item.id)] for item in manifests
    ]
    show_table([(head, False) for head in heads], rows)
    show_findings(findings)
    count = len(findings)
    say(words(f"{count} 个问题。", f"{count} problems.") if count else words("没有问题。", "No problems."))
    return int(bool(findings))


def _origin(id: str) -> str:
    """Where a pack was read from; one that goes before a shipped pack of the same name is said to."""
    from tanheng.store.home import SHIPPED_PACKS, pack_folders
    from tanheng.store.pack_files import find_pack

    folder = find_pack(id, pack_folders())
    if folder is None or folder.parent == SHIPPED_PACKS:
        return words("随附", "shipped")
    instead = words("，代替随附的同名包", ", in place of the shipped one") if find_pack(id, [SHIPPED_PACKS]) else ""
    return f"{folder}{instead}"


packs.add_command(check)
