"""`tanheng init`: the database and folders of a site, and the directory that a pack brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanheng.cli.options import actor_option, as_json_option
from tanheng.cli.output import emit, say
from tanheng.cli.site import acting, prepare_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words

if TYPE_CHECKING:
    from tanheng.records.recording import Recorded


@verb(
    "init",
    "建立站点：数据库、文件夹，以及定义包中的名录。\n\n可以重复运行；升级后再运行一次。",
    "Set up a site: database, folders, and the directory of a pack.\n\n"
    "May be run again, and is to be after an upgrade.",
)
@option(
    "--pack",
    "packs",
    multiple=True,
    zh="登记该定义包的名录，可重复。",
    en="Record the directory of this pack; may be repeated.",
)
@actor_option
@as_json_option
def init(packs: tuple[str, ...], actor: str | None, as_document: bool) -> int:
    """Prepares the site; records the directories of the named packs.

    Refuses  definition-missing: no such pack; packs-invalid.
    """
    from tanheng.store import load_packs

    pack_set = load_packs(packs) if packs else None
    home = prepare_site()
    recorded = record_packs_directory(packs, actor) if pack_set else None
    if as_document:
        counts = recorded.counts() if recorded else None
        emit({"home": str(home.root), "packs": list(packs), "directory": counts})
        return 0
    say(words(f"站点：{home.root}", f"Site: {home.root}"))
    if recorded:
        say(counted(recorded))
    else:
        say(
            words(
                "没有登记名录；用 --pack 指定带有名录的定义包。",
                "No directory recorded; name a pack that has one with --pack.",
            )
        )
    return 0


def record_packs_directory(packs: tuple[str, ...], actor: str | None) -> Recorded:
    """Records the directories that some packs carry; the same directory once more records nothing."""
    from tanheng.records.recording import record_directory
    from tanheng.store import directory_of, load_packs

    return record_directory(directory_of(load_packs(packs)), acting(actor), note=", ".join(packs))


def counted(recorded: Recorded) -> str:
    """What came of recording, in words."""
    text = words(
        f"新增 {recorded.new}，变更 {recorded.changed}，未变 {recorded.unchanged}",
        f"{recorded.new} new, {recorded.changed} changed, {recorded.unchanged} unchanged",
    )
    if recorded.kept:
        text += words(f"，照录 {recorded.kept} 行", f", {recorded.kept} rows kept as they stand")
    if recorded.position is None:
        return text
    return text + words(f"（日志位置 {recorded.position}）", f" (log position {recorded.position})")
