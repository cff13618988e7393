"""`tanheng template`: our own workbooks to be filled in, and what stands in one that came back."""

from __future__ import annotations

from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option, out_option, period_option, today
from tanheng.cli.output import emit, say
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import said, words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.kernel.pack import Template
    from tanheng.kernel.subject import Directory, Facility
    from tanheng.store.template_reading import Filled
    from tanheng.store.template_writing import TemplateFilling


@verb(
    "template",
    "生成填报模板，或读出填好的模板。\n\n"
    "模板带下拉选项、计量单位、说明和预填行；填好后用 tanheng import 导入，旧版模板照样能读。",
    "Make a workbook to be filled in, or read one that came back.\n\n"
    "It has drop-downs, units, notes and prefilled rows; filled in, it goes through tanheng import. Older versions\n"
    "are read too.",
)
@click.argument("layout", metavar="LAYOUT")
@option("--for", "subject", metavar="SUBJECT", zh="单位或区域，如 area/…。", en="A unit or an area, such as area/….")
@period_option(zh="报告期，如 2024-03。", en="Period, such as 2024-03.")
@out_option(zh="要写的 .xlsx 文件。", en="The .xlsx file to write.", a_file=True)
@option(
    "--read",
    "filled",
    type=click.Path(path_type=Path),
    zh="读出这个填好的模板，不写文件。",
    en="Read this filled-in template and write nothing.",
)
@as_json_option
def template(
    layout: str, subject: str | None, period: Period | None, out: Path | None, filled: Path | None, as_document: bool
) -> int:
    """Writes the present version of a template, or prints every cell that was filled into one.

    Refuses  definition-missing: no such template; argument-missing: neither --out nor --read.
    """
    from tanheng.kernel.pack import Template
    from tanheng.store import load_packs
    from tanheng.store.template_reading import read_filled

    open_site()
    packs = load_packs()
    shape = packs.get(Template, layout)
    if filled is not None:
        _show(read_filled(filled, shape), as_document=as_document)
        return 0
    if out is None:
        raise Refusal("argument-missing", name="--out", command="tanheng template")
    if out.suffix.lower() != ".xlsx":
        raise Refusal("import-list-kind-unknown", suffix=out.suffix or out.name)
    rows = _write(shape, subject, period, out)
    if as_document:
        emit({"template": shape.id, "version": shape.version, "file": str(out), "rows": rows})
    else:
        say(
            words(
                f"已生成 {out}：{said(shape.label)}，预填 {rows} 行。",
                f"Wrote {out}: {said(shape.label)}, {rows} rows.",
            )
        )
    return 0


def _write(shape: Template, subject: str | None, period: Period | None, out: Path) -> int:
    from tanheng.records.selecting import directory_as_of
    from tanheng.store.template_writing import TemplateFilling

    directory = directory_as_of()
    if shape.rows_for == "area":
        return _write_for_areas(shape, directory, subject, period, out)
    if not shape.rows_for and subject in {area.id for area in directory.areas}:
        return _written(out, shape, TemplateFilling((), period, directory.label_of(subject)))
    facilities = facilities_of(directory, subject, period) if subject else []
    if shape.rows_for == "carrier" and len(facilities) > 1:
        raise Refusal("template-for-one-unit", template=shape.id)
    name = directory.label_of(subject) if subject else ""
    return _written(out, shape, TemplateFilling(facilities, period, name))


def _write_for_areas(
    shape: Template, directory: Directory, subject: str | None, period: Period | None, out: Path
) -> int:
    """Rows for an area and for the areas that lie directly in it, towns aside."""
    from tanheng.kernel.subject import areas_within
    from tanheng.store.template_writing import TemplateFilling

    levels = {area.id: area.level for area in directory.areas}
    if subject is not None and subject not in levels:
        raise _unknown(directory, subject)
    day = period.end - timedelta(days=1) if period else today()
    within = areas_within(directory, subject, day) if subject else ()
    areas = [*([subject] if subject else []), *(area for area in within if levels[area] == "district")]
    names = [directory.label_of(area) for area in areas]
    return _written(out, shape, TemplateFilling((), period, names[0] if names else "", names))


def _written(out: Path, shape: Template, filling: TemplateFilling) -> int:
    from tanheng.store import load_packs
    from tanheng.store.template_writing import write_template

    try:
        return write_template(out, shape, load_packs(), filling)
    except OSError as error:
        raise Refusal("file-failed", file=out, problem=error.strerror or str(error)) from error


def facilities_of(directory: Directory, subject: str, period: Period | None) -> list[Facility]:
    """The unit itself, or the units that lay in an area in the period (this month by default), ordered by code.

    Refuses  template-subject-unknown.
    """
    day = today()
    stays = directory.stays(period or Period.month(day.year, day.month))
    inside = {stay.facility for stay in stays if subject in stay.areas.values()} | {subject}
    found = [facility for facility in directory.facilities if facility.id in inside]
    if not found:
        raise _unknown(directory, subject)
    return sorted(found, key=lambda facility: (*facility.codes.values(), facility.id))


def _unknown(directory: Directory, subject: str) -> Refusal:
    known = [*(area.id for area in directory.areas), *(facility.id for facility in directory.facilities)]
    near = ", ".join(get_close_matches(subject, known, 3, 0.4)) or "-"
    return Refusal("template-subject-unknown", subject=subject, nearest=near)


def _show(found: Filled, *, as_document: bool) -> None:
    if as_document:
        rows = [
            {"values": {id: str(value) for id, value in row.values.items()}, "cells": dict(row.cells)}
            for row in found.rows
        ]
        emit({"template": found.template, "version": found.version, "marked": found.marked, "rows": rows})
        return
    say(words(f"{found.template} 第 {found.version} 版，{len(found.rows)} 行", f"{found.template} v{found.version}"))
    for row in found.rows:
        say("  " + " | ".join(str(value) for value in row.values.values()))
