"""`tanheng meters import`: the register of meters, and readings in bulk, from files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import as_json, emit, has_blocker, say, show_findings, working
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.store.home import Home


@verb(
    "import",
    "导入计量点名录（--register）或读数文件，或整个文件夹。\n\n每个文件全部导入或一条也不导入；同一内容重复导入不会重复"
    "计数。\n文件夹：先导入其中的名录 meters.csv，再按文件名顺序导入 readings 下的文件，后者更正前者。",
    "Import the register of meters (--register), files of readings, or a folder.\n\nAll of a file or nothing; the same "
    "content counts once however often it is imported.\nOf a folder: its register meters.csv, then the files under "
    "readings in the order of their names; a later one corrects those before it.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--register", "as_register", is_flag=True, zh="文件是计量点名录。", en="The files are registers of meters.")
@option("--columns", default="cn.metering_columns", show_default=True, zh="列名定义。", en="Definition of headings.")
@as_json_option
def import_(files: tuple[Path, ...], as_register: bool, columns: str, as_document: bool) -> int:
    """Imports one file after the other; each stands by itself.

    Refuses  what `bulk_files.import_file` and `register_import.import_register` refuse.
    """
    done = list[dict[str, Any]]()
    for file, registers in _expanded(files, as_register):
        done.append(_register(file, columns) if registers else _readings(file, columns))
        if registers and has_blocker(done[-1]["findings"]):
            break  # readings of meters that nobody knows would only be refused one by one
    if as_document:
        emit(done)
    for item in () if as_document else done:
        show_findings(item["findings"])
        again = words("（此前已导入）", " (imported before)") if item["repeated"] else ""
        say(
            words(
                f"{item['file']}：写入 {item['rows']} 行{again}。",
                f"{item['file']}: {item['rows']} rows written{again}.",
            )
        )
    return 1 if any(has_blocker(item["findings"]) for item in done) else 0


def _expanded(paths: tuple[Path, ...], as_register: bool) -> Iterator[tuple[Path, bool]]:
    """The files that are meant, in their order, and whether each is a register: a folder stands for what is in it."""
    for path in paths:
        if not path.is_dir():
            yield path, as_register
            continue
        yield from ((file, True) for file in sorted(path.glob("meters.*")))
        if not as_register:
            yield from ((file, False) for file in sorted((path / "readings").iterdir()) if file.is_file())


def _readings(file: Path, columns: str) -> dict[str, Any]:
    from tanheng.kernel.pack.metering_columns import MeteringColumns
    from tanheng.metering.bulk_files import import_file
    from tanheng.metering.store import Store
    from tanheng.store.packs import load_packs

    headings = load_packs().get(MeteringColumns, columns)
    with working(words(f"正在导入 {file.name}", f"Importing {file.name}")):
        imported = import_file(Store.open(Home.of_environment().root), file, headings)
    return {
        "file": file.name,
        "rows": imported.rows,
        "repeated": imported.repeated,
        "findings": as_json(imported.findings),
    }


def _register(file: Path, columns: str) -> dict[str, Any]:
    from tanheng.kernel.pack.metering_columns import MeteringColumns
    from tanheng.metering.register_import import import_register
    from tanheng.metering.store import Store
    from tanheng.store.packs import load_packs

    packs = load_packs()
    register = Store.open(Home.of_environment().root).register
    rows, findings = import_register(register, file, packs.get(MeteringColumns, columns), packs.carriers)
    return {"file": file.name, "rows": rows, "repeated": not rows and not findings, "findings": as_json(findings)}
