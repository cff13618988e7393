"""`tanheng fiction build`: the files of a made-up city, to try, to teach and to test with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tanheng.cli.options import as_json_option, out_option
from tanheng.cli.output import emit, say
from tanheng.cli.progress import over_steps
from tanheng.cli.verb import Verbs, option, verb
from tanheng.cli.words import said, words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.fiction import Build, City
    from tanheng.kernel.pack import PackSet

fiction = Verbs(
    "fiction", zh="虚构城市：演示、教学和测试用的报送文件。", en="Made-up cities: senders' files to try with."
)


@verb(
    "build",
    "生成虚构城市的报送文件：每月一个文件夹，另有清单、真值和名录。\n\n"
    "同一配方、种子和参数，任何机器上生成的数值都相同。文件里的差错是有意安排的，逐处写在 manifest.json。\n"
    "导入：tanheng import DIR/2025-01（发布日期见各文件夹的 published.csv）。",
    "Make the senders' files of a made-up city: a folder per month, with a list, the truth and the directory.\n\n"
    "The same recipe, seed and options give the same values on every machine. What is wrong in a file is wrong on\n"
    "purpose and listed in manifest.json. To import: tanheng import DIR/2025-01 (days in its published.csv).",
)
@option(
    "--pack",
    zh="带配方的虚构定义包；只有一个时可省略。",
    en="A fictional pack with a recipe; may be left out where there is one.",
)
@out_option(zh="写到哪个文件夹。", en="The folder to write to.", required=True)
@option(
    "--from",
    "first",
    type=Period.parse,
    default="2020-01",
    show_default=True,
    metavar="MONTH",
    zh="第一个月。",
    en="The first month.",
)
@option(
    "--to",
    "last",
    type=Period.parse,
    default="2026-09",
    show_default=True,
    metavar="MONTH",
    zh="最后一个月。",
    en="The last month.",
)
@option("--units", type=int, zh="单位个数，默认按配方。", en="How many units; as the recipe says by default.")
@option(
    "--district",
    zh="只生成一个区自己的站点：其他区不可见。",
    en="The site of one district alone: the others cannot be seen.",
)
@option("--seed", zh="随机种子，默认按配方。", en="The seed; as the recipe says by default.")
@as_json_option
def build(
    pack: str | None,
    out: Path,
    first: Period,
    last: Period,
    units: int | None,
    district: str | None,
    seed: str | None,
    as_document: bool,
) -> int:
    """Founds the city and writes its files.

    Refuses  recipe-not-found; whatever founding and building refuse.
    """
    from tanheng.fiction import build as build_city
    from tanheng.fiction import found_city
    from tanheng.store import load_packs

    packs = load_packs()
    city = found_city(packs, pack or _only_recipe(packs), units, seed)
    months = Period(first.start, last.end).months()
    with over_steps(words("生成虚构城市", "Making a made-up city")) as progress:
        built = build_city(city, out, months, district, progress)
    if as_document:
        emit(_as_json(built, city))
    else:
        _show(built, city, out)
    return 0


def _only_recipe(packs: PackSet) -> str:
    """The pack that has a recipe.

    Refuses  recipe-not-found: none has, or several do and none was named.
    """
    from tanheng.kernel.pack.recipe import Recipe

    found = sorted({item.pack for item in packs.definitions if isinstance(item.value, Recipe)})
    if len(found) != 1:
        raise Refusal("recipe-not-found", pack=", ".join(found) or "-")
    return found[0]


def _as_json(built: Build, city: City) -> dict[str, object]:
    return {
        "fictional": True,
        "pack": city.pack,
        "seed": city.seed,
        "folder": str(built.folder),
        "units": len(city.units),
        "towns": len(city.towns),
        "files": len(built.files),
        "late": built.late,
        "faulty": built.faulty,
        "missing": len(built.missing),
    }


def _show(built: Build, city: City, out: Path) -> None:
    towns, units, files, missing = len(city.towns), len(city.units), len(built.files), len(built.missing)
    say(words("虚构数据，仅供演示", "Fictional data, for demonstration only"), "yellow")
    say(
        words(
            f"{said(city.label)}：{towns} 个街镇，{units} 个单位；写出 {files} 个文件到 {out}",
            f"{said(city.label)}: {towns} towns, {units} units; {files} files written to {out}",
        )
    )
    say(
        words(
            f"迟报 {built.late} 个，有意出错 {built.faulty} 个，另有 {missing} 个没有报来：见 manifest.json",
            f"{built.late} late, {built.faulty} with a slip on purpose, {missing} never came: see manifest.json",
        )
    )


fiction.add_command(build)
