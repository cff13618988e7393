"""The procedures of a site, and the calendars their days are counted by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tanheng.kernel.pack import PackSet, Procedure, WorkingCalendar
from tanheng.kernel.period import Calendar
from tanheng.store.home import pack_folders
from tanheng.store.packs import read_packs


def procedures() -> Mapping[str, Procedure]:
    """The procedures that the packs of the site bring, by id; read once: a new pack needs a restart."""
    return {procedure.id: procedure for procedure in _packs(tuple(pack_folders())).all(Procedure)}


def procedure_of(id: str) -> Procedure:
    """One procedure.

    Refuses  definition-missing.
    """
    return _packs(tuple(pack_folders())).get(Procedure, id)


def calendar_of(procedure: Procedure) -> Calendar:
    """The calendar by which the days of a procedure are counted.

    Refuses  definition-missing.
    """
    return _packs(tuple(pack_folders())).get(WorkingCalendar, procedure.calendar).calendar


@cache
def _packs(folders: tuple[Path, ...]) -> PackSet:
    return read_packs(folders=folders)[0]
