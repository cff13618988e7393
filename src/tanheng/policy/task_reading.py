"""Tasks: the rows of task tables, and the paragraphs of a plan that has its tasks in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanheng.policy.grid import Grid, GridRow
from tanheng.policy.mending import Mender, Slip
from tanheng.policy.outline import Outline, Section
from tanheng.policy.parties import Parties, PartyReader
from tanheng.policy.proposals import Span, TaskProposal
from tanheng.policy.responsibility import Responsibility
from tanheng.policy.spanned import Spanned
from tanheng.policy.words import Lexicon, any_of

_SHORTEST_TASK = 12


@dataclass(frozen=True)
class ReadTask:
    """A proposed task with the text it was read from, the parties as they were found, and the row it stands in."""

    proposal: TaskProposal
    text: Spanned
    parties: Parties
    section: Section | None = None
    row: GridRow | None = None


class TaskReader:
    """Reads tasks."""

    def __init__(self, lexicon: Lexicon, parties: PartyReader, responsibility: Responsibility, mender: Mender) -> None:
        self._lexicon, self._parties = lexicon, parties
        self._responsibility, self._mender = responsibility, mender
        finished = [word for word in lexicon.manner.schedules if word.endswith("完成")]
        self._finished = re.compile(any_of(finished))
        self._signed = re.compile(
            f"^[\u4e00-\u9fff]{{2,40}}{any_of(lexicon.furniture.issuer_endings)}\\s*(?:(?:19|20)\\d{{2}}年\\d+月\\d+日)?$"
        )
        self._timed = re.compile(f"{any_of(lexicon.furniture.columns['schedule'])}[：:](?P<when>[^；）。，]+)")
        self.slips: list[Slip] = []

    def of_grid(self, grid: Grid, *, first_leads: bool) -> Iterator[ReadTask]:
        """The rows of a task table."""
        for order, row in enumerate(grid.rows, 1):
            text = self._text(grid, row)
            if text.text:
                yield self._task(grid, row, order, text, first_leads)

    def _task(self, grid: Grid, row: GridRow, order: int, text: Spanned, first_leads: bool) -> ReadTask:
        printed = next((row.cells[i].text for i in grid.all("number") if row.cells[i].text.isdigit()), "")
        address = f"{grid.table.address}-{printed or order}"
        found = self._of_row(grid, row, first_leads)
        schedule = grid.index("schedule")
        proposal = TaskProposal(
            number=printed or (address if grid.table.annex else str(order)),
            category=self.category(grid, row),
            text=text.text,
            clause=address,
            span=row.span,
            schedule=row.cells[schedule].text if schedule is not None else "",
            lead_parties=found.lead,
            supporting_parties=found.supporting,
            open_list=found.open_list,
        )
        return ReadTask(proposal, text, found, row=row)

    def _text(self, grid: Grid, row: GridRow) -> Spanned:
        place = grid.index("text", "objective")
        text, slips = self._mender.mended(row.cells[place] if place is not None else row.cells[-1])
        self.slips += slips
        return text

    @staticmethod
    def category(grid: Grid, row: GridRow) -> str:
        """The category with its number: 二 加快推进能源绿色低碳转型."""
        places = [i for i, column in enumerate(grid.columns) if column.role == "category"]
        numerals = [i for i in grid.all("number") if grid.columns[i].kinds["numeral"]]
        return " ".join(row.cells[i].text for i in (*numerals, *places) if row.cells[i].text)

    def _of_row(self, grid: Grid, row: GridRow, first_leads: bool) -> Parties:
        """Who leads and who supports: from two columns, or from one list."""
        lead = grid.index("lead")
        supporting = grid.index("supporting") if grid.index("supporting") is not None else grid.index("responsible")
        if lead is None:
            one = grid.index("responsible")
            return self._parties.read_roles(row.cells[one], first_leads=first_leads) if one is not None else Parties()
        leads = self._parties.read_roles(row.cells[lead])
        others = self._parties.read(row.cells[supporting]) if supporting is not None else Parties()
        return Parties(
            leads.lead,
            (*leads.supporting, *others.lead),
            leads.open_list or others.open_list,
            (*leads.misprints, *others.misprints),
        )

    def of_prose(self, outline: Outline, *, first_leads: bool) -> Iterator[ReadTask]:
        """The lowest numbered places of the body; each with those named behind it."""
        for section in outline.sections:
            if section.heading in self._lexicon.furniture.not_tasks:
                continue
            if section.is_note or section.address == "前言" or not section.paragraphs or not section.address:
                continue
            yield from self._of_section(section, first_leads)

    def _of_section(self, section: Section, first_leads: bool) -> Iterator[ReadTask]:
        pieces = self._pieces(section, first_leads)
        stated = [piece for piece in pieces if piece[2]]
        if section.has_parts and not stated:
            return
        for number, (text, parties, named) in enumerate(pieces, 1):
            if not named and (len(text) < _SHORTEST_TASK or self._signed.match(text.text)):
                continue
            mended, slips = self._mender.mended(text)
            self.slips += slips
            address = section.address if len(pieces) == 1 else f"{section.address}-{number}"
            yield ReadTask(self._prose(section, address, mended, parties, text.span()), mended, parties, section)

    def _pieces(self, section: Section, first_leads: bool) -> list[tuple[Spanned, Parties, bool]]:
        """The paragraphs up to each list of those responsible belong to that list."""
        pieces, waiting = list[tuple[Spanned, Parties, bool]](), list[Spanned]()
        for paragraph in section.paragraphs:
            for part in self._responsibility.charged(paragraph, first_leads=first_leads):
                if part.text.text:
                    waiting.append(part.text)
                if part.stated and waiting:
                    pieces.append((_together(waiting), part.parties, True))
                    waiting = []
        if waiting:
            rest = _together(waiting)
            if pieces and len(rest) < _SHORTEST_TASK:
                return pieces
            pieces.append((rest, Parties(), False))
        return pieces

    def _prose(self, section: Section, address: str, text: Spanned, parties: Parties, span: Span) -> TaskProposal:
        above = [heading for heading in section.above if heading]
        said = "".join(paragraph.text for paragraph in section.paragraphs)
        timed = self._timed.search(said) if section.paragraphs and len(section.paragraphs) <= 2 else None
        schedule = self._finished.search(text.text)
        return TaskProposal(
            number=address,
            category=above[-1] if above else section.heading,
            text=text.text,
            clause=section.address,
            span=span,
            schedule=timed["when"] if timed else schedule[0] if schedule else "",
            lead_parties=parties.lead,
            supporting_parties=parties.supporting,
            open_list=parties.open_list,
        )


def _together(parts: list[Spanned]) -> Spanned:
    return Spanned("".join(part.text for part in parts), tuple(place for part in parts for place in part.at))
