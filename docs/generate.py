"""Writes docs/reference from the code and the shipped packs (`make docs`); a house test fails when a page is stale.

Each page is a function without arguments that gives Markdown; the list of pages is at the end. Nothing here depends on
the day, the machine or the settings of a site.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from tanheng.cli import main
from tanheng.kernel.faults.codes import CODES
from tanheng.kernel.pack import (
    Carrier,
    CarryForward,
    Classification,
    Deduction,
    DeductionSet,
    Factor,
    FactorEntry,
    IndicatorShape,
    InstrumentShape,
    Layout,
    LayoutColumn,
    LayoutProfile,
    MethodDefinition,
    MethodUse,
    PackManifest,
    PackSet,
    Setting,
    Status,
)
from tanheng.kernel.pack.shape import Label
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs

REFERENCE = Path(__file__).resolve().parent / "reference"
ENTRY_HEADS = ("period · 期间", "value · 取值", "published · 公布", "clause · 依据", "status · 状态", "note · 说明")
HEADING = "<!-- Written by `make docs` (docs/generate.py). Do not edit: change the code or the pack. -->\n\n"


def shipped_packs() -> PackSet:
    """Every pack in the wheel, whatever TANHENG_PACKS says."""
    return load_packs(folders=[SHIPPED_PACKS])


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [tuple(heads)]
    lines += [("---",) * len(lines[0]), *(tuple(row) for row in rows)]
    return (
        "".join(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines) + "\n"
    )


def cli_page() -> str:
    """Every command with its arguments and options, as `--help` says them."""
    text = "# Commands · 命令\n\nExit codes: 0 done, 1 blocked by findings, 2 refused.\n"
    text += "退出码：0 完成，1 有阻断性问题，2 请求被拒绝。\n\n"
    context = click.Context(main, info_name="tanheng")
    return text + "".join(_command(command, inner) for command, inner in _commands(main, context))


def _command(command: click.Command, context: click.Context) -> str:
    help, options = {}, {}
    for lang in ("zh", "en"):
        with _speaking(lang):
            help[lang] = command.help or ""
            records = (parameter.get_help_record(context) for parameter in command.params)
            options[lang] = {record[0]: " ".join(record[1].split()) for record in records if record}
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    text = f"## {context.command_path}\n\n{help['zh']}\n\n{help['en']}\n\n```\n{usage}\n```\n\n"
    rows = ((f"`{name}`", meaning, options["en"][name]) for name, meaning in options["zh"].items())
    return text + (table(("option · 选项", "含义", "meaning"), rows) if options["zh"] else "")


def _commands(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """The commands below a group, in the group's own order."""
    if not isinstance(command, click.Group):
        yield command, context
        return
    for name in command.list_commands(context):
        if found := command.get_command(context, name):
            yield from _commands(found, click.Context(found, info_name=name, parent=context))


@contextmanager
def _speaking(lang: str) -> Iterator[None]:
    """The program chooses its language when it speaks, by the environment."""
    before = os.environ.get("TANHENG_LANG")
    os.environ["TANHENG_LANG"] = lang
    yield
    os.environ.pop("TANHENG_LANG")
    if before is not None:
        os.environ["TANHENG_LANG"] = before


def _reads(method: MethodDefinition) -> str:
    return ", ".join(f"`{reads.indicator}` ({reads.accumulation})" for reads in method.reads)


def methods_page() -> str:
    """Every method: what it reads and gives, its clause, and how each scheme uses it."""
    packs, text = shipped_packs(), "# Methods · 核算方法\n\n"
    for method in sorted(packs.all(MethodDefinition), key=lambda method: method.id):
        text += f"## {method.id} · {method.label.zh}\n\n{method.label.en}. Version {method.version}, clause "
        text += f"`{method.clause}`. Reads {_reads(method)}; "
        text += f"levels: {', '.join(method.levels)}.\n\n"
        results = [packs.get(IndicatorShape, id) for id in method.results]
        text += table(
            ("result · 结果", "名称", "name", "unit · 单位", "grid · 网格", "adds · 合计方式"),
            (
                (f"`{r.id}`", r.label.zh, r.label.en, r.unit.text, r.grid.text if r.grid else "-", r.adds)
                for r in results
            ),
        )
        for use in sorted(packs.all(MethodUse), key=lambda use: use.scheme):
            if use.method == method.id:
                text += _use(use)
    return text


def _use(use: MethodUse) -> str:
    text = f"### `--scheme {use.scheme}` · {use.label.zh}\n\n{use.label.en}. Coverage `{use.coverage}`, use classes "
    text += f"{_codes(use.use_classes)}; given {_codes(f'{key}={value}' for key, value in use.given.items())}.\n\n"
    rows = ((f"`{role}`", f"[`{id}`](factors.md#{id})") for role, id in sorted(use.factors.items()))
    text += table(("role · 作用", "factor · 因子"), rows) if use.factors else ""
    return text + (_settings(use.settings) if use.settings else "")


def _settings(settings: Mapping[str, Setting]) -> str:
    """What no clause fixes: each value, and why it stands as it does."""
    rows = (
        (f"`{id}`", f"`{item.value}` {item.unit or ''}".rstrip() if item.value else "-", item.note.zh, item.note.en)
        for id, item in sorted(settings.items())
    )
    return table(("setting · 设置", "value · 取值", "说明", "note"), rows)


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words) or "-"


def factors_page() -> str:
    """Every factor with all its entries, their periods, sources and status."""
    text = (
        "# Factors · 因子\n\nA period is half-open: its end is the first day it no longer governs · 期间为左闭右开\n\n"
        "`verified`: read in the original · 已核对原文; `secondary`: from a re-publication · 转引; "
        "`unverified`: to be checked · 待核\n\n"
    )
    factors = sorted(shipped_packs().all(Factor), key=lambda factor: factor.id)
    heads = ("factor · 因子", "名称", "unit · 单位", "schemes · 制度", "values · 取值数", *Status)
    text += table(heads, map(_counted, factors))
    for factor in factors:
        text += (
            f'<a id="{factor.id}"></a>\n\n## {factor.id} · {factor.label.zh}\n\n{factor.label.en}, {factor.unit.text}. '
        )
        text += f"Schemes: {', '.join(factor.schemes)}. A period that straddles a change: {factor.straddle}. "
        text += f"When missing: {_when_missing(factor)}.\n\n"
        heads = ("entry · 条目", *factor.keys, *ENTRY_HEADS)
        text += table(heads, (_entry(factor, entry) for entry in factor.entries))
    return text


def _counted(factor: Factor) -> Iterable[object]:
    counts = [sum(entry.status == status for entry in factor.entries) for status in Status]
    link, schemes = f"[`{factor.id}`](#{factor.id})", ", ".join(factor.schemes)
    return link, factor.label.zh, factor.unit.text, schemes, len(factor.entries), *counts


def _entry(factor: Factor, entry: FactorEntry) -> Iterable[object]:
    keys = (entry.keys[key] for key in factor.keys)
    span = f"{entry.start} – {entry.end or '…'}"
    return f"`{entry.id}`", *keys, span, entry.value, entry.published, f"`{entry.clause}`", entry.status, entry.note


def _when_missing(factor: Factor) -> str:
    rule = factor.when_missing
    return f"carried forward {rule.carry_forward} years (`{rule.clause}`)" if isinstance(rule, CarryForward) else rule


def carriers_page() -> str:
    """Every carrier: the unit its amounts are counted in, the names that are read as it, its codes."""
    text = "# Carriers · 能源品种与材料\n\nNames are compared without spaces, brackets' width and capitals · "
    text += "名称比对时不计空格、全半角与大小写。Codes belong to the lists of [classifications](classifications.md) · "
    text += "代码见分类。\n\n"
    heads = ("id", "名称", "name", "unit · 单位", "kind · 类别", "also read · 别名", "codes · 代码", "note · 说明")
    return text + table(heads, (_carrier(carrier) for carrier in shipped_packs().carriers.values()))


def _carrier(carrier: Carrier) -> Iterable[object]:
    names = "、".join(alias for alias in carrier.aliases if alias not in (carrier.label.zh, carrier.label.en))
    codes = _codes(f"{id} {code}" for id, code in carrier.codes.items())
    return f"`{carrier.id}`", *_both(carrier.label), carrier.unit.text, carrier.kind, names, codes, carrier.note


def classifications_page() -> str:
    """Every list of codes with its source and status, each code under the one it belongs to."""
    text = "# Classifications · 分类与代码\n\n"
    for item in sorted(shipped_packs().all(Classification), key=lambda item: item.id):
        text += f'<a id="{item.id}"></a>\n\n## {item.id} · {item.label.zh}\n\n{item.label.en}, {item.system}. '
        text += f"Clause `{item.clause}`, {item.status}. {item.note}\n\n"
        rows = ((f"`{e.code}`", *_both(e.label), e.parent or "-", "、".join(e.aliases)) for e in item.entries)
        text += table(("code · 代码", "名称", "name", "below · 上级", "also read · 别名"), rows)
    return text


def deductions_page() -> str:
    """What may be subtracted before an assessment, by level and assessed years, with what no set can say."""
    text = "# Deductions · 考核扣减\n\nThe set of a level for an assessed year, in the order of subtraction · "
    text += "按层级与考核年份，依扣减次序。\n\n"
    for item in sorted(shipped_packs().all(DeductionSet), key=lambda item: (item.level, item.start, item.published)):
        text += f"## {item.id} · {item.label.zh}\n\n{item.label.en}. Level {item.level}, {item.start} – "
        text += f"{item.end or '…'}, known from {item.published}"
        text += f", replaces `{item.replaces}`" if item.replaces else ""
        text += f". Clause `{item.clause}`, {item.status}. {item.note}\n\n"
        text += table(_DEDUCTION_HEADS, map(_deduction, item.deducts)) if item.deducts else "Nothing · 不扣减\n\n"
        text += "".join(f"Not expressed · 未能表达：{said.zh} · {said.en}\n\n" for said in item.not_expressed)
    return text


_DEDUCTION_HEADS = (
    "item · 项目",
    "from · 从",
    "base · 取值年份",
    "conversion · 折算",
    "not counted · 不计",
    "cap · 上限",
    "clause · 依据",
    "status · 状态",
    "note · 说明",
)


def _deduction(part: Deduction) -> Iterable[object]:
    cap = f"{part.cap.share} of {part.cap.of} (`{part.cap.clause}`, {part.cap.status})" if part.cap else "-"
    base = part.base if part.base_year is None else f"{part.base} ({part.base_year})"
    conversion = f"[{part.conversion}](factors.md#{part.conversion})" if part.conversion else "-"
    excluded = _codes(part.excludes)
    return part.item, ", ".join(part.from_), base, conversion, excluded, cap, f"`{part.clause}`", part.status, part.note


def _both(label: Label) -> tuple[str, str]:
    return label.zh, label.en


def findings_page() -> str:
    """Every code with what is said and what to do next, in both languages."""
    text = "# Findings and refusals · 问题与拒绝\n\nA code keeps its meaning for ever: receipts carry it.\n"
    text += "代码含义永不改变：回执中记有代码。\n\n"
    for code in sorted(CODES.values(), key=lambda code: code.id):
        text += f"## {code.id}\n\n{code.zh} {code.do_zh}\n\n{code.en} {code.do_en}\n\n"
    return text


def layouts_page() -> str:
    """Every layout of senders' sheets: whose it is, how sure it is, and what each heading becomes."""
    packs, text = shipped_packs(), "# Layouts of senders' sheets · 来表版式\n\n"
    text += "S: common practice · 按惯例; U: not checked against an original · 未经原表核对. "
    text += "In a heading `*` is any text, `#` a number · 标题中 `*` 为任意文字，`#` 为数字.\n\n"
    for layout in sorted(packs.all(LayoutProfile), key=lambda layout: layout.id):
        text += f"## {layout.id} · {layout.label.zh}\n\n{layout.label.en}. {layout.sender.zh} · {layout.sender.en}. "
        text += f"Status {layout.status}" + (f": {layout.note.zh} · {layout.note.en}" if layout.note else "") + ".\n\n"
        text += table(("headings · 标题", "read as · 读作", "meaning · 含义"), map(_layout_column, layout.columns))
    return text


def _layout_column(column: LayoutColumn) -> tuple[str, str, str]:
    path = " / ".join("、".join(words[:3]) for words in column.path)
    spans = [str(column.accumulation)] if column.accumulation else []
    spans += [f"{-column.years_back} year"] if column.years_back else []
    meaning = " ".join([f"`{column.indicator}`" if column.indicator else "", *spans, " ".join(column.of)]).strip()
    return path.replace("*", "\\*"), column.reads + (" (optional)" if column.optional else ""), meaning or "-"


def packs_page() -> str:
    """Every shipped pack, the layouts it reads and the documents it cites."""
    packs, text = shipped_packs(), "# Packs · 定义包\n\n"
    text += table(
        ("pack · 包", "名称", "name", "version · 版本", "requires · 依赖", "fictional · 虚构"),
        (
            (
                f"`{m.id}`",
                m.label.zh,
                m.label.en,
                m.version,
                _codes(m.requires),
                "yes · 是" if m.fictional else "no · 否",
            )
            for m in sorted(packs.all(PackManifest), key=lambda m: m.id)
        ),
    )
    text += "## Layouts of workbooks · 台账版式\n\n"
    for layout in sorted(packs.all(Layout), key=lambda layout: layout.id):
        text += f"### {layout.id} · {layout.label.zh}\n\n{layout.label.en}. Sheet `{layout.sheet}`, headings in row "
        text += f"{layout.header_row}.\n\n"
        rows = ((f"`{field}`", "、".join(heads)) for field, heads in layout.columns.items())
        text += table(("field · 字段", "headings read · 可识别表头"), rows)
    text += "## Documents cited · 依据文件\n\n"
    instruments = sorted(packs.all(InstrumentShape), key=lambda instrument: instrument.id)
    rows = (
        (f"`{i.id}`", i.label.zh, i.number or "-", i.issuer or "-", i.issued or "-", len(i.clauses), i.note)
        for i in instruments
    )
    heads = (
        "id",
        "title · 名称",
        "number · 文号",
        "issuer · 发文机关",
        "issued · 日期",
        "addresses · 条目",
        "note · 说明",
    )
    return text + table(heads, rows)


def api_page() -> str:
    """Every path of the API: what it does, who is let in, and what narrows a list."""
    from tanheng.web.site.api import api

    text = "# API · 接口\n\nThe whole description: `/api/openapi.json`. How to use it: "
    text += "[使用接口](../how-to/use-the-api.md). "
    text += (
        "`everybody` sees what is published without a token; `mandate` needs a token or a session that acts under a "
    )
    text += "mandate, and sees what the mandate reaches; `token` changes something, and a session alone is refused.\n\n"
    text += "`everybody` 无令牌可读已公开的内容；`mandate` 须有授权（令牌或登录），看到授权范围内的内容；"
    text += "`token` 是改动，必须用令牌。\n\n"
    found: dict[str, list[tuple[str, ...]]] = {}
    for path, operations in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        for method, said in operations.items():
            found.setdefault(said["tags"][0], []).append(_operation(path, method, said))
    heads = ("", "path · 路径", "名称 · does", "who · 权限", "narrowed by · 筛选")
    return text + "".join(f"## {tag}\n\n{table(heads, rows)}" for tag, rows in sorted(found.items()))


def _operation(path: str, method: str, said: Mapping[str, Any]) -> tuple[str, ...]:
    paging = ("limit", "offset", "format")
    asked = [item["name"] for item in said.get("parameters", ()) if item["in"] == "query"]
    query = ", ".join(f"`{name}`" for name in asked if name not in paging)
    return method.upper(), f"`{path}`", said["summary"], said["x-who"], query


PAGES: Mapping[str, Callable[[], str]] = {
    "api.md": api_page,
    "cli.md": cli_page,
    "methods.md": methods_page,
    "factors.md": factors_page,
    "carriers.md": carriers_page,
    "classifications.md": classifications_page,
    "deductions.md": deductions_page,
    "findings.md": findings_page,
    "layouts.md": layouts_page,
    "packs.md": packs_page,
}


def pages() -> dict[str, str]:
    """Every page of the reference by its file name, as it should be now."""
    return {name: HEADING + page().rstrip() + "\n" for name, page in PAGES.items()}


def stale(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """The pages that are missing, differ from what is wanted, or were generated once and no longer are.

    A page without the heading of generated pages is written by hand and left alone.
    """
    found = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    ours = {name for name, text in found.items() if text.startswith(HEADING)} | wanted.keys()
    return sorted(name for name in ours if found.get(name) != wanted.get(name))


def _pages_of_no_site() -> dict[str, str]:
    """The pages, made where no site is: the API is part of a web application, which wants a home to stand in."""
    import django

    with TemporaryDirectory() as home:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "tanheng.web.site.settings", "TANHENG_HOME": home}
        django.setup()
        return pages()


if __name__ == "__main__":
    REFERENCE.mkdir(exist_ok=True)
    wanted = _pages_of_no_site()
    for name in stale(REFERENCE, wanted):
        if name in wanted:
            (REFERENCE / name).write_text(wanted[name], "utf-8")
        else:
            (REFERENCE / name).unlink()
        sys.stdout.write(f"docs/reference/{name}\n")
