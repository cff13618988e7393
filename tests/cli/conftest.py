"""A site in a folder of its own, the program, and the demo city's workbooks."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tanheng.cli import main
from tanheng.kernel.pack import Layout, Senders
from tanheng.store import load_packs, write_workbook
from tanheng.store.home import SHIPPED_PACKS

Run = Callable[..., Result]


@pytest.fixture
def tanheng(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Run:
    """The program, on a home of its own."""
    home = tmp_path / "home"
    settings.TANHENG_HOME = str(home)
    monkeypatch.setenv("TANHENG_HOME", str(home))
    monkeypatch.delenv("TANHENG_LANG", raising=False)
    monkeypatch.delenv("TANHENG_PACKS", raising=False)

    def run(*arguments: object, exit_code: int = 0) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert result.exit_code == exit_code, result.output
        return result

    return run


@pytest.fixture
def document(tanheng: Run) -> Callable[..., Any]:
    """What a command prints with --json: one document, read."""

    def run(*arguments: object, exit_code: int = 0) -> Any:
        return json.loads(tanheng(*arguments, "--json", exit_code=exit_code).stdout)

    return run


@pytest.fixture
def site(tanheng: Run) -> Run:
    """A site with the directory of the demo city and nothing else."""
    tanheng("init", "--pack", "linjiang")
    return tanheng


@pytest.fixture
def workbooks(tmp_path: Path) -> list[tuple[Path, str]]:
    """The senders' workbooks of the demo city, each with the day it was published."""
    packs = load_packs(folders=[SHIPPED_PACKS])
    (senders,) = packs.all(Senders)
    made = []
    for file in senders.files:
        text = (SHIPPED_PACKS / "linjiang" / "senders" / file.csv).read_text("utf-8")
        path = tmp_path / file.workbook
        write_workbook(path, packs.get(Layout, file.layout), list(csv.DictReader(text.splitlines())), path.stem)
        made.append((path, str(file.published)))
    return made


@pytest.fixture
def city(site: Run, workbooks: list[tuple[Path, str]]) -> Run:
    """The demo city with all its workbooks imported."""
    for path, published in workbooks:
        site("import", path, "--published", published)
    return site


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Makes a workbook of rows for one unit: (period, carrier, unit, value), or a whole row as a mapping."""

    def make(*rows: tuple[str, str, str, str], name: str = "book.xlsx") -> Path:
        layout = load_packs(folders=[SHIPPED_PACKS]).get(Layout, "unit_energy_monthly")
        headings = ("统一社会信用代码", "单位名称", "报告期", "能源品种", "计量单位", "消费量", "备注")
        unit = ("91LJ00000000000001", "恒达机械厂")
        path = tmp_path / name
        write_workbook(path, layout, [dict(zip(headings, (*unit, *row, ""), strict=True)) for row in rows], name)
        return path

    return make
