"""The workbook of a unit's form to be filled in elsewhere, with what is known already standing in it. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from tanheng.kernel.period import Period
from tanheng.kernel.subject import Facility
from tanheng.records.evidence import safe_name
from tanheng.store.template_writing import TemplateFilling, write_template
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.entry_grid import entry_grid, form_of_page
from tanheng.web.facts.sending import ACT


def filled_template(units: Sequence[Facility], month: Period, *, scope: Scope) -> tuple[str, bytes]:
    """The name and the content of the template of one or several units for a month.

    Refuses  not-permitted.
    """
    scope.require(ACT)
    packs, _, template = form_of_page()
    known: dict[tuple[str, str], Mapping[str, str | Decimal]] = {}
    for unit in units:
        for row in entry_grid(unit, [month]).rows:
            if not row.id.item and row.cells[0].recorded:
                known[unit.id, row.id.carrier] = {"unit": row.unit, "value": Decimal(row.cells[0].recorded)}
    about = units[0].label["zh"] if len(units) == 1 else scope.ground.directory.label_of(scope.area)
    filling = TemplateFilling(units, month, about, known=known)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, template, packs, filling)
        return safe_name(f"{template.label.zh}_{about}_{month}.xlsx".replace("/", "_")), path.read_bytes()
