"""A deed demanded of somebody."""

from __future__ import annotations

from dataclasses import dataclass

from tanheng.kernel.pack.shape import Label


@dataclass(frozen=True)
class Task:
    """A task as it is exchanged and recorded; see `task/1` for the meaning of its fields."""

    id: str
    label: Label
    clause: str
    place: str = ""
    number: str = ""
    category: str = ""
    subject: str = ""
    schedule: str = ""
    due: str = ""
    lead_parties: tuple[str, ...] = ()
    supporting_parties: tuple[str, ...] = ()
    open_list: bool = False
    same_as: str = ""
    note: str = ""

    @property
    def instrument(self) -> str:
        """The document that demands it."""
        return self.clause.partition("#")[0]
