"""One document from its text to its reading: outline, tables, tasks, targets, findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tanheng.policy.blocks import Block, Paragraph, Row, TableBlock, blocks_of
from tanheng.policy.categories import Moved, put_right
from tanheng.policy.columns import ColumnReader
from tanheng.policy.grammar import Grammar, Surroundings
from tanheng.policy.grid import Grid, GridReader, GridRow
from tanheng.policy.instrument import InstrumentReader
from tanheng.policy.mending import Mender, Slip
from tanheng.policy.normal import noise_in
from tanheng.policy.outline import Outline, Outliner, Section
from tanheng.policy.parties import Parties, PartyReader
from tanheng.policy.party_directory import PartyDirectory
from tanheng.policy.periods import Periods
from tanheng.policy.proposals import Clause, Instrument, Span, TargetProposal
from tanheng.policy.responsibility import Responsibility
from tanheng.policy.source_text import SourceText
from tanheng.policy.spanned import Spanned
from tanheng.policy.target_reading import Place, TargetReader
from tanheng.policy.task_reading import ReadTask, TaskReader
from tanheng.policy.value_table import ValueTable
from tanheng.policy.words import Lexicon, any_of

_ROW_HEADING = 24
_TRADITIONAL_SHARE = 0.02


@dataclass
class Document:
    """Everything known of a document while it is read; the checks look at all of it."""

    source: SourceText
    lexicon: Lexicon
    outline: Outline
    instrument: Instrument
    place: str
    parties: PartyReader
    grids: list[Grid] = field(default_factory=list)
    tasks: list[ReadTask] = field(default_factory=list)
    targets: list[TargetProposal] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    unread: list[Grid] = field(default_factory=list)
    noise: list[Span] = field(default_factory=list)
    traditional: int = 0
    kind_of_record: str = ""
    first_leads: bool = False


class DocumentReader:
    """Reads one document."""

    def __init__(self, source: SourceText, lexicon: Lexicon) -> None:
        self._source, self._lexicon = source, lexicon
        self._mender = Mender(lexicon)
        blocks, traditional = self._simplified(blocks_of(source))
        outline = Outliner(lexicon).outlined(blocks)
        reader = InstrumentReader(lexicon)
        instrument = reader.instrument(outline)
        parties = PartyReader(lexicon, PartyDirectory(lexicon))
        self.document = Document(source, lexicon, outline, instrument, reader.place(instrument, outline), parties)
        self.document.traditional, self.document.noise = traditional, noise_in(source.text)
        self.document.kind_of_record = reader.record(instrument, outline)
        year = instrument.periods[0] if len(instrument.periods) == 1 and len(instrument.periods[0]) == 4 else None
        self._periods = Periods(lexicon, int(year) if year else None)
        first = min((int(period[:4]) for period in instrument.periods), default=None)
        self._around = Surroundings(year, first)
        self._grammar = Grammar(lexicon, self._periods)
        self._responsibility = Responsibility(lexicon, parties)
        self._targets = TargetReader(source, lexicon, self._grammar, self._around, self.document.place)

    def read(self) -> Document:
        """The document with its tasks, targets and clauses; of a record of the past only the clauses."""
        document = self.document
        if not document.kind_of_record:
            self._learn()
            self._read_tables()
            self._read_prose()
        document.targets.sort(key=lambda target: target.span)
        document.tasks.sort(key=lambda task: task.proposal.span)
        document.clauses = sorted([*document.outline.clauses(), *document.clauses], key=lambda clause: clause.span)
        document.targets = _with_known_leads(document.targets)
        return document

    def _simplified(self, blocks: list[Block]) -> tuple[list[Block], int]:
        """The blocks in simplified signs, and how many were traditional; a stray sign makes no traditional copy."""
        count = self._mender.traditional_in(self._source.text)
        if count < _TRADITIONAL_SHARE * len(self._source.text):
            return blocks, 0
        return [self._simplified_block(block) for block in blocks], count

    def _simplified_block(self, block: Block) -> Block:
        simplified = self._mender.simplified
        if isinstance(block, Paragraph):
            return Paragraph(simplified(block.text), block.level)
        return TableBlock(tuple(Row(tuple(simplified(cell) for cell in row.cells), row.start) for row in block.rows))

    def _learn(self) -> None:
        """Notes every name of a party before any list is read, so that a misprint is known from the others."""
        document = self.document
        document.first_leads = bool(re.search(any_of(self._lexicon.furniture.first_leads), self._all_notes()))
        grids = GridReader(ColumnReader(self._lexicon, document.parties))
        document.grids = [grid for table in document.outline.tables for grid in grids.grids(table)]
        for grid in document.grids:
            for role in ("lead", "supporting", "responsible"):
                for i in grid.all(role):
                    document.parties.learn(
                        row.cells[i] for row in grid.rows if row.cells[i].text and i not in row.carried
                    )
        for section in document.outline.sections:
            for paragraph in section.paragraphs:
                self._responsibility.learn(paragraph)

    def _all_notes(self) -> str:
        outline = self.document.outline
        texts = [text.text for table in outline.tables for text in table.notes]
        texts += [
            cell.text
            for table in outline.tables
            for row in table.block.rows
            for cell in row.cells
            if cell.text.startswith("备注")
        ]
        return "".join([*texts, *(text.text for text in outline.back)])

    def _read_tables(self) -> None:
        reader = TaskReader(self._lexicon, self.document.parties, self._responsibility, self._mender)
        for grid in self.document.grids:
            if grid.index("text") is not None:
                tasks, moved = put_right(
                    list(reader.of_grid(grid, first_leads=self.document.first_leads)), self.document.outline.sections
                )
                self.document.tasks += tasks
                self.document.moved += moved
                self._targets_of_tasks(grid, tasks)
            elif _in_single_cells(grid):
                self._told(grid)
            elif grid.index("objective") is not None and not grid.all("value") and not grid.all("year"):
                self._objectives(grid)
            elif self._demands_values(grid):
                self._values(grid)
            else:
                self.document.unread.append(grid)
            for order, note in enumerate(grid.notes, 1):
                self._note(grid, note, order)
        self.document.slips += reader.slips

    def _demands_values(self, grid: Grid) -> bool:
        """Whether a table of values demands them: its title or a heading says so; else they may be of the past."""
        if not (grid.all("value") or grid.all("year") or grid.index("objective") is not None):
            return False
        said = grid.table.title + "".join(column.heading for column in grid.columns)
        return bool(re.search(any_of(self._lexicon.furniture.demanding), said))

    def _targets_of_tasks(self, grid: Grid, tasks: list[ReadTask]) -> None:
        for task in tasks:
            proposal = task.proposal
            self.document.clauses.append(Clause(proposal.clause, proposal.text[:_ROW_HEADING], proposal.span))
            place = Place(proposal.clause, row=proposal.span)
            self.document.targets += self._targets.of_text(task.text, place, task.parties)
            self._objectives_of_task(grid, task, place)

    def _objectives_of_task(self, grid: Grid, task: ReadTask, place: Place) -> None:
        """The column of objectives beside a task: its words are about the task."""
        cells = task.row.cells if task.row else ()
        for i in grid.all("objective") if cells else ():
            text, _ = self._mender.mended(cells[i])
            self.document.targets += self._targets.of_text(text, replace(place, head=task.text.text), task.parties)

    def _told(self, grid: Grid) -> None:
        """A frame drawn as a table of one column (专栏): its cells are paragraphs."""
        for order, row in enumerate(grid.rows, 1):
            address = f"{grid.table.address}-{order}"
            for cell in row.cells:
                text, slips = self._mender.mended(cell)
                self.document.slips += slips
                if text.text:
                    self.document.clauses.append(Clause(address, text.text[:_ROW_HEADING], row.span))
                    self.document.targets += self._targets.of_text(text, Place(address, row=row.span), Parties())

    def _objectives(self, grid: Grid) -> None:
        """A table of objectives in words: what stands at the head of a row is the indicator or the sector."""
        column = grid.index("objective")
        for order, row in enumerate(grid.rows, 1):
            text, slips = self._mender.mended(row.cells[column if column is not None else -1])
            self.document.slips += slips
            heads = [row.cells[i].text for i in grid.all("category") if row.cells[i].text]
            head = heads[-1] if heads else ""
            sector = next((word for word in (re.sub(r"（.*", "", head),) if word), "")
            address = f"{grid.table.address}-{order}"
            self.document.clauses.append(Clause(address, text.text[:_ROW_HEADING] or head, row.span))
            place = Place(address, head, sector, row=row.span)
            self.document.targets += self._targets.of_text(text, place, self._responsible(grid, row))

    def _values(self, grid: Grid) -> None:
        table = ValueTable(self._lexicon, self._grammar, self._around, grid)
        named = grid.index("indicator")
        force = grid.index("force")
        for order, row in enumerate(grid.rows, 1):
            address = f"{grid.table.address}-{order}"
            self.document.clauses.append(
                Clause(address, " ".join(cell.text for cell in row.cells[:2])[:_ROW_HEADING], row.span)
            )
            parties = self._responsible(grid, row)
            for demand, name in table.demands(row):
                whole = named is not None or name in self._lexicon.furniture.total_rows
                subject = "" if whole else name
                who = parties if parties.lead or whole else Parties((name,))
                forced = self._targets.force(row.cells[force].text) if force is not None else None
                self.document.targets.append(
                    self._targets.proposal(demand, Place(address, subject=subject), who, forced)
                )

    def _responsible(self, grid: Grid, row: GridRow) -> Parties:
        lead, supporting = grid.index("lead", "responsible"), grid.index("supporting")
        if lead is None:
            return Parties()
        found = self.document.parties.read_roles(row.cells[lead], first_leads=self.document.first_leads)
        if supporting is None:
            return found
        return replace(found, supporting=(*found.supporting, *self.document.parties.read(row.cells[supporting]).lead))

    def _note(self, grid: Grid, note: Spanned, order: int) -> None:
        address = f"{grid.table.address}备注{order if len(grid.notes) > 1 else ''}"
        self.document.clauses.append(Clause(address, note.text[:_ROW_HEADING], note.span()))
        self.document.targets += self._targets.of_text(note, Place(address, is_note=True), Parties())

    def _read_prose(self) -> None:
        reader = TaskReader(self._lexicon, self.document.parties, self._responsibility, self._mender)
        prose = list(reader.of_prose(self.document.outline, first_leads=self.document.first_leads))
        self.document.tasks += prose
        self.document.slips += reader.slips
        told = {id(task.section): task for task in prose}
        for section in self.document.outline.sections:
            for text, parties in self._texts(
                section, [task for task in prose if task.section is section] if id(section) in told else []
            ):
                self.document.targets += self._targets.of_text(
                    text, Place(section.address, is_note=section.is_note), parties
                )

    def _texts(self, section: Section, tasks: list[ReadTask]) -> Iterator[tuple[Spanned, Parties]]:
        """The texts of a place with who is responsible: those of its tasks, or its paragraphs as they are."""
        if tasks:
            yield from ((task.text, task.parties) for task in tasks)
            return
        for paragraph in section.paragraphs:
            for part in self._responsibility.charged(paragraph, first_leads=self.document.first_leads):
                text, slips = self._mender.mended(part.text)
                self.document.slips += slips
                yield text, part.parties


def _in_single_cells(grid: Grid) -> bool:
    return all(sum(bool(cell.text) for cell in row.cells) == 1 for row in grid.rows)


def _with_known_leads(targets: list[TargetProposal]) -> list[TargetProposal]:
    """A target of the body that names nobody takes the lead of the same target in a table, and says so."""
    leads = dict[tuple[object, ...], Counter[tuple[str, ...]]]()
    for target in targets:
        if target.lead_parties and target.lead_parties != (target.subject,):
            for key in _keys(target):
                leads.setdefault(key, Counter())[target.lead_parties] += 1
    found = list[TargetProposal]()
    for target in targets:
        known = next(
            (leads[key].most_common(1)[0][0] for key in _keys(target) if key in leads and len(leads[key]) == 1), None
        )
        missing = not target.lead_parties and known is not None
        found.append(replace(target, lead_parties=known, lead_inferred=True) if missing and known else target)
    return found


def _keys(target: TargetProposal) -> list[tuple[object, ...]]:
    keys: list[tuple[object, ...]] = [(target.indicator, target.value, target.unit)]
    if target.indicator_id:
        keys.append((target.indicator_id, target.value, target.unit))
        if target.value is None:
            keys.append((target.indicator_id,))
    return keys
