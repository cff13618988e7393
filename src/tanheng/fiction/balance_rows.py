"""The energy balance of a made-up city: what comes in of a carrier is used, lost or made of it, so that it closes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tanheng.fiction.area_truth import INDUSTRY, INTO, MATERIAL, OTHERS, OUT_OF, SERVICES, AreaTruth
from tanheng.fiction.city import City
from tanheng.fiction.printed import Row
from tanheng.kernel.pack.recipe import FictionForm

Cells = Mapping[tuple[str, str], int]  # tce by process, as a layout of balances names it, and carrier
_SECTORS = ("industry", "other_services", "residential", "transport_storage_post")


def balance_cells(city: City, truth: AreaTruth) -> Cells:
    """tce of each process and carrier; a process that has nothing of a carrier has no cell."""
    found: dict[tuple[str, str], int] = {}
    for carrier in dict.fromkeys(carrier for _, carrier in truth.flows):
        found |= {(process, carrier): amount for process, amount in _column(city, truth, carrier).items() if amount}
    return found


def _column(city: City, truth: AreaTruth, carrier: str) -> Mapping[str, int]:
    others, accounts = truth.flow(OTHERS, carrier), city.recipe.accounts
    home = int(others * accounts.at_home)
    final = dict(
        zip(_SECTORS, (truth.flow(INDUSTRY, carrier), truth.flow(SERVICES, carrier), home, others - home), strict=True)
    )
    whole = sum(final.values())
    made = truth.flow(OUT_OF, carrier) - truth.flow(INTO, carrier)
    losses = int(whole * accounts.losses) if carrier == "electricity" else 0
    supply = whole + losses - made
    return {
        "interprovincial_imports": supply,
        "total_primary_energy_supply": supply,
        "thermal_power": made,
        "total_transformation": made,
        "losses": losses,
        **final,
        "industry_non_energy_use": truth.flow(MATERIAL, carrier),
        "total_final_consumption": whole,
    }


def balance_rows(form: FictionForm, cells: Cells) -> list[Row]:
    """The printed lines of the table, each with a value by carrier [10^4 tce]."""
    carriers = [column.field for column in form.columns if column.decimals is not None]
    return [
        {"label": line["label"]}
        | {id: Decimal(cells[line["code"], id]) / 10_000 for id in carriers if (line["code"], id) in cells}
        for line in form.lines
    ]
