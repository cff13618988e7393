"""Learning a layout on a page: what a reader said of a sheet as a profile, tried on that sheet, and kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import IndicatorShape, LayoutColumn, LayoutProfile
from tanheng.kernel.period import Accumulation
from tanheng.records.chain import append, lock_log
from tanheng.records.models import Person
from tanheng.records.site_files import blobs
from tanheng.store import Reading, read_workbook
from tanheng.store.cell_values import folded
from tanheng.store.layout_headings import letter, paths_of
from tanheng.store.layout_known import Known
from tanheng.store.layout_learning import Proposal
from tanheng.store.layout_saving import layout_text, save_layout
from tanheng.store.sheets import Sheet
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.learning_page import PROPOSED, Choice, Taught, file_to_learn, known_now, sheet_of
from tanheng.web.facts.models import Batch, BatchFile
from tanheng.web.facts.sending import check_again

LEARNED = "layout_learned"
"""The kind of event by which a site keeps a layout of its own."""
_ID = re.compile(r"[a-z][a-z0-9_]{2,60}")
_FIGURES: Mapping[str, Accumulation] = {item.value: item for item in Accumulation}
_ONCE = {"facility", "area"}


def profile_of(file: BatchFile, taught: Taught, proposal: Proposal | None, known: Known) -> LayoutProfile:
    """The layout that a reader described.

    Refuses  layout-cannot-be: it does not hang together, with what is missing.
    """
    if not _ID.fullmatch(taught.id):
        raise Refusal("layout-cannot-be", problem=f"id: {taught.id or '-'}")
    sheet = sheet_of(file, taught.sheet)
    unit = _unit_fields(taught, sheet)
    columns = _columns(sheet, taught, proposal, known, "" if "unit_labels" in unit else taught.unit_means)
    if not columns:
        raise Refusal("layout-cannot-be", problem="0")
    base = proposal.profile.model_dump(exclude_defaults=True) if proposal else {}
    fields = {**base, **_fields(taught), **unit, "columns": [column.model_dump() for column in columns]}
    fields |= {"totals": _totals(base, columns)}
    try:
        return LayoutProfile.model_validate(fields)
    except ValidationError as error:
        problem = "; ".join(str(item["msg"]) for item in error.errors()[:3])
        raise Refusal("layout-cannot-be", problem=problem) from error


def _totals(base: Mapping[str, Any], columns: list[LayoutColumn]) -> Mapping[str, Any]:
    """What is known of totals, without a weight that names a column which is not read."""
    told = dict(base["totals"]) if "totals" in base else {}
    if "weigh_by" in told and told["weigh_by"] not in {column.id for column in columns}:
        told.pop("weigh_by")
    return told


def _fields(taught: Taught) -> Mapping[str, Any]:
    kind, _, place = taught.subject.partition("_")
    found_in = ("title", "sheet", "file", "cell") if place else ("column",)
    name = taught.label.strip() or taught.id
    fields: dict[str, Any] = {
        "id": taught.id,
        "label": {"zh": name, "en": name},
        "sender": {"zh": taught.sender.strip() or "-", "en": taught.sender.strip() or "-"},
        "status": "ours",
        "header_rows": taught.last - taught.first + 1,
        "subject": {"kind": kind if kind in _ONCE else "none", "found_in": found_in},
        "coverage": taught.coverage,
        "use_class": taught.use_class,
    }
    if taught.names:
        fields["rows"] = {"names": taught.names}
    return fields


def _unit_fields(taught: Taught, sheet: Sheet) -> Mapping[str, Any]:
    """What the cell of the unit says: the words before the colon, and the unit that the words behind it mean."""
    cell = re.fullmatch(r"([A-Z]{1,2})([0-9]{1,6})", taught.unit_cell)
    if cell is None:
        return {}
    column = next((number for number in range(1, sheet.width + 1) if letter(number) == cell[1]), 0)
    text = str(sheet.value(int(cell[2]), column) or "") if column else ""
    before, colon, behind = text.replace(":", "：").rpartition("：")
    word = behind.strip() or text.strip()
    found: dict[str, Any] = {"unit_labels": [before.strip()]} if colon and before.strip() else {}
    return found | ({"units": {word: taught.unit_means}} if taught.unit_means and word else {})


def _columns(
    sheet: Sheet, taught: Taught, proposal: Proposal | None, known: Known, usual_unit: str
) -> list[LayoutColumn]:
    """The columns that are read; `usual_unit` is that of figures where the sheet has no labelled cell that says it."""
    paths = paths_of(sheet, taught.first, min(taught.last, len(sheet.values)))
    guessed = {guess.place: guess.column for guess in proposal.guesses} if proposal else {}
    found = []
    for number, path in enumerate(paths, 1):
        place = letter(number)
        choice = taught.columns[place] if place in taught.columns else Choice()
        if choice.reads == PROPOSED and place in guessed:
            found.append(guessed[place])
        elif path and choice.reads not in ("ignored", PROPOSED):
            found.append(_column(place, tuple(path), choice, known, usual_unit))
    ids = {column.id for column in found}
    return [_standing(column, ids) for column in found]


def _standing(column: LayoutColumn, ids: set[str]) -> LayoutColumn:
    """A column as it can be where others are left out: a check that lacks its columns is only listed."""
    if column.of and not set(column.of) <= ids:
        return column.model_copy(update={"reads": "ignored", "of": ()})
    if column.unit_from and column.unit_from not in ids:
        return column.model_copy(update={"unit_from": ""})
    return column


def _column(place: str, path: tuple[str, ...], choice: Choice, known: Known, usual_unit: str) -> LayoutColumn:
    fields: dict[str, Any] = {"id": f"column_{place.lower()}", "path": [[text] for text in path], "at": place}
    if choice.reads in _FIGURES:
        if not choice.indicator:
            raise Refusal("layout-cannot-be", problem=f"{place} {'/'.join(path)}: ?")
        shape = known.packs.get(IndicatorShape, choice.indicator)
        fields |= {"reads": "value", "indicator": shape.id, "accumulation": choice.reads, "unit": usual_unit}
    else:
        fields |= {"reads": choice.reads}
    if choice.unit:
        fields["unit"] = choice.unit
    try:
        return LayoutColumn.model_validate(fields)
    except ValidationError as error:
        problem = "; ".join(str(item["msg"]) for item in error.errors()[:2])
        raise Refusal("layout-cannot-be", problem=f"{place}: {problem}") from error


def try_layout(file: BatchFile, profile: LayoutProfile, known: Known) -> Reading:
    """What the workbook says when it is read by a profile; nothing is kept.

    Refuses  whatever reading a workbook refuses.
    """
    path, day = blobs().path(file.digest), file.batch.published
    return read_workbook(path, profile, known.packs, known.directory, day, file.digest, name=file.name)


def keep_layout(file_id: int, profile: LayoutProfile, *, scope: Scope) -> Batch:
    """Keeps a layout as the site's own, under an event of the log, and has its workbook checked once more with it.

    Refuses  not-permitted, import-unknown, import-not-checked; layout-exists: another one has the id already;
             layout-pack-missing.
    """
    file = file_to_learn(file_id, scope)
    text = layout_text(profile)
    known_ids = {folded(item.id) for item in known_now().packs.all(LayoutProfile)}
    if folded(profile.id) in known_ids:
        raise Refusal("layout-exists", id=profile.id, file=f"{profile.id}.yaml")
    digest = blobs().put(text.encode())
    with transaction.atomic():
        lock_log()
        batch = check_again(str(file.batch_id), scope=scope, layouts={file.number: profile.id})
        payload = {"layout": profile.id, "hash": digest, "learned_from": {"name": file.name, "hash": file.digest}}
        append(LEARNED, payload, Person.objects.get(id=scope.person))
        save_layout(profile)
    return batch
