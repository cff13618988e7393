"""How a publisher sets out a regional energy balance: its processes, what each is, and where it is added up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator

from tanheng.kernel.pack.shape import Shape, Titled

Role = Literal[
    "production",
    "recovery",
    "inflow",
    "outflow",
    "import",
    "export",
    "bunkers_abroad",
    "bunkers_here",
    "stock_change",
    "supply",
    "power",
    "heat_supply",
    "transformation",
    "transformed",
    "losses",
    "final_sector",
    "final",
    "non_energy",
    "difference",
    "of_which",
]
_ONCE: tuple[Role, ...] = ("supply", "transformed", "final", "losses", "difference")


class BalanceProcess(Titled):
    """A row of the balance: its role in the identity, and the row it is added up in.

    `enters` says how the figure, as its publisher signs it, enters that sum. A row without `part_of` is in none.
    """

    role: Role
    part_of: str = ""
    enters: Literal["plus", "minus"] = "plus"
    aliases: tuple[str, ...] = ()


class BalanceColumn(Shape):
    """The column of all fuels together: no carrier, and in no sum of them."""

    id: str
    aliases: tuple[str, ...] = ()


class BalanceLayout(Titled):
    """The rows of a balance, and the carriers that the identity or the carbon treats apart.

    A cell that the publisher left empty says that there is none: `clause` is where the table is described. `furnace`
    names what carries the carbon of the blast furnace twice: in the coke put in, and in the gases that come out.
    """

    clause: str
    whole: BalanceColumn
    electricity: str
    coke: tuple[str, ...]
    furnace_gases: tuple[str, ...]
    processes: tuple[BalanceProcess, ...]
    note: str = ""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        ids = [process.id for process in self.processes]
        roles = [process.role for process in self.processes]
        if twice := sorted({id for id in ids if ids.count(id) > 1}):
            raise ValueError(f"processes stand twice: {', '.join(twice)}")
        if unknown := sorted({process.part_of for process in self.processes if process.part_of} - set(ids)):
            raise ValueError(f"part_of names no process: {', '.join(unknown)}")
        if odd := [role for role in _ONCE if roles.count(role) != 1]:
            raise ValueError(f"one process is needed for each of: {', '.join(odd)}")
        return self

    @cached_property
    def by_id(self) -> Mapping[str, BalanceProcess]:
        """The processes by their ids."""
        return {process.id: process for process in self.processes}

    def of_role(self, *roles: Role) -> tuple[BalanceProcess, ...]:
        """The processes of some roles, in the order of the balance."""
        return tuple(process for process in self.processes if process.role in roles)

    def parts_of(self, id: str) -> tuple[BalanceProcess, ...]:
        """The processes that are added up in one."""
        return tuple(process for process in self.processes if process.part_of == id)
