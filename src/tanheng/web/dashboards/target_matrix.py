"""The targets of a year as a matrix: narrowed down, page by page, and as a workbook. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

import xlsxwriter
from django.utils.translation import gettext

from tanheng.kernel.pack import Fields, PackSet
from tanheng.store.packs_in_use import packs_in_use
from tanheng.store.plain_text import inert
from tanheng.web.dashboards.demands import Demanded, demands_of, lights_of
from tanheng.web.dashboards.lights import colour_said, tier_said
from tanheng.web.dashboards.target_cells import (
    TRACKS,
    Cell,
    indicator_said,
    place_said,
    target_cell,
    track_of,
    track_said,
)
from tanheng.web.directory.scope import Scope
from tanheng.web.results.selectors import Choice
from tanheng.web.ui.words import language, spoken

ON_A_PAGE = 50
TIERS = ("floor", "stretch")
COLOURS = ("red", "orange", "yellow", "green", "blue", "grey")
DARK = "dark"
"""Asked for as a light: targets that have none yet."""
_NAMES = ("year", "track", "tier", "level", "field", "light", "words", "page")
Lights = Mapping[tuple[str, str], tuple[str, object]]


@dataclass(frozen=True)
class Asked:
    """What the matrix is narrowed to; empty text asks for nothing."""

    year: str = ""
    track: str = ""
    tier: str = ""
    level: str = ""
    field: str = ""
    light: str = ""
    words: str = ""
    page: str = ""

    @staticmethod
    def of(fields: Mapping[str, str]) -> Asked:
        """Reads an address."""
        return Asked(**{name: fields[name].strip()[:60] for name in _NAMES if name in fields})

    def query(self, **changed: str) -> str:
        """The address with something changed; what asks for nothing is left out."""
        said = {**{name: getattr(self, name) for name in _NAMES}, **changed}
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out by it."""
        return any((self.tier, self.level, self.field, self.light, self.words))


@dataclass(frozen=True)
class Row:
    """The targets of one subject, a list of cells for each column."""

    place: str
    cells: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class MatrixPage:
    """The targets of a year: subjects down, indicators across, the tiers within a cell; a page of the rows."""

    asked: Asked
    year: str
    years: Sequence[Choice]
    tracks: Sequence[Choice]
    tiers: Sequence[tuple[str, str]]
    levels: Sequence[tuple[str, str]]
    fields: Sequence[tuple[str, str]]
    lights: Sequence[tuple[str, str]]
    columns: Sequence[str]
    rows: Sequence[Row]
    count: int
    first: int
    last: int
    subjects: int
    before: str
    after: str
    workbook: str
    none_recorded: bool


def matrix_page(scope: Scope, asked: Asked) -> MatrixPage:
    """The targets in reach that are due in a year (default: the latest), of areas, fields or units."""
    found = _Found(scope, asked, packs_in_use())
    subjects = list(dict.fromkeys(item.subject for item in found.shown))
    start = ON_A_PAGE * (_page(asked.page, len(subjects)) - 1)
    on_page = subjects[start : start + ON_A_PAGE]
    number = start // ON_A_PAGE + 1
    return MatrixPage(
        asked=asked,
        year=found.year,
        years=[Choice(each, f"?{asked.query(year=each, page='')}", each == found.year) for each in found.years],
        tracks=[_track_choice(each, found, asked) for each in found.tracks],
        tiers=[(each, tier_said(each)) for each in TIERS],
        levels=[(each, spoken(each)) for each in found.levels],
        fields=found.fields,
        lights=[*((each, colour_said(each)) for each in COLOURS), (DARK, gettext("without a light"))],
        columns=[indicator_said(id, found.packs) for id in found.indicators],
        rows=found.rows(on_page),
        count=len(found.shown),
        first=start + 1 if on_page else 0,
        last=start + len(on_page),
        subjects=len(subjects),
        before=f"?{asked.query(page=str(number - 1))}" if number > 1 else "",
        after=f"?{asked.query(page=str(number + 1))}" if start + ON_A_PAGE < len(subjects) else "",
        workbook=asked.query(year=found.year, track=found.track, page=""),
        none_recorded=not found.every,
    )


def matrix_workbook(scope: Scope, asked: Asked) -> bytes:
    """All targets that a filter lets through as a workbook, a line for each: demand, light, actual."""
    found = _Found(scope, asked, packs_in_use())
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(gettext("Targets")[:31]), book.add_format({"bold": True, "bg_color": "#E8EEF4"})
    heads = [gettext("Whose"), gettext("Measure"), gettext("Tier"), gettext("Demand"), gettext("Due by")]
    heads += [gettext("Light"), gettext("How it was made"), gettext("Actual"), gettext("Document"), gettext("Number")]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, inert(head), bold)
    for number, item in enumerate(found.shown, 1):
        for column, text in enumerate(_line(item, found)):
            sheet.write_string(number, column, inert(text))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(found.shown), 1), len(heads) - 1)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, len(heads) - 1, 16)
    book.close()
    return stream.getvalue()


def _line(item: Demanded, found: _Found) -> list[str]:
    cell = target_cell(item, found.lights)
    light = cell.line.light if cell.line is not None else None
    actual = light.actual if light is not None else None
    return [
        place_said(item.subject, found.scope, found.packs),
        indicator_said(item.target.indicator, found.packs),
        cell.tier,
        cell.demand,
        item.year,
        light.word if light is not None else "",
        light.made if light is not None else "",
        f"{actual.value} {actual.unit}" if actual is not None and actual.value is not None else "",
        f"{item.recorded.instrument.title} {item.recorded.instrument.number}".strip(),
        item.target.id,
    ]


class _Found:
    """The targets that an address asks for, with what the choices of the page are made of."""

    def __init__(self, scope: Scope, asked: Asked, packs: PackSet) -> None:
        self.scope, self.packs, self.every = scope, packs, demands_of(scope)
        self.years = sorted({item.year for item in self.every if item.year}, reverse=True)
        self.year = asked.year if asked.year in self.years else _usual(self.years, str(scope.day.year))
        due = [(item, track_of(item, scope)) for item in self.every if item.year == self.year]
        self.tracks = [each for each in TRACKS if any(track == each for _, track in due)]
        self.track = asked.track if asked.track in self.tracks else self.tracks[0] if self.tracks else ""
        mine = [item for item, track in due if track == self.track]
        self.lights = lights_of(scope, self.year)
        self.levels = list(dict.fromkeys(level for item in mine if (level := self._level(item))))
        self.fields = self._fields(mine)
        self.shown = [item for item in mine if self._lists(item, asked)]
        self.indicators = list(dict.fromkeys(item.target.indicator for item in self.shown))

    def rows(self, subjects: Sequence[str]) -> list[Row]:
        """The rows of some subjects; each target is looked at once."""
        by_subject: dict[str, list[Demanded]] = {subject: [] for subject in subjects}
        for item in self.shown:
            if item.subject in by_subject:
                by_subject[item.subject].append(item)
        return [
            Row(place_said(subject, self.scope, self.packs), [self._cells(own, id) for id in self.indicators])
            for subject, own in by_subject.items()
        ]

    def _cells(self, own: Sequence[Demanded], indicator: str) -> list[Cell]:
        return [target_cell(item, self.lights) for item in own if item.target.indicator == indicator]

    def _level(self, item: Demanded) -> str:
        return self.scope.ground.directory.level_of(item.subject.partition("#")[0]) or ""

    def _fields(self, mine: Sequence[Demanded]) -> list[tuple[str, str]]:
        known = {field.code: field.label[language()] for group in self.packs.all(Fields) for field in group.entries}
        codes = dict.fromkeys(code for item in mine if (code := item.subject.partition("#")[2]))
        return [(code, known[code] if code in known else code) for code in codes]

    def _lists(self, item: Demanded, asked: Asked) -> bool:
        fits = (
            asked.tier in ("", item.tier),
            asked.level in ("", self._level(item)),
            asked.field in ("", item.subject.partition("#")[2]),
            not asked.light or asked.light == self._colour(item),
            not asked.words or asked.words in self._text(item),
        )
        return all(fits)

    def _colour(self, item: Demanded) -> str:
        cell = target_cell(item, self.lights)
        return cell.line.light.colour if cell.line is not None else DARK

    def _text(self, item: Demanded) -> str:
        place = place_said(item.subject, self.scope, self.packs)
        return f"{place} {item.target.label.zh} {item.target.label.en} {item.target.id}"


def _track_choice(track: str, found: _Found, asked: Asked) -> Choice:
    query = asked.query(year=found.year, track=track, level="", field="", page="")
    return Choice(track_said(track), f"?{query}", track == found.track)


def _usual(years: Sequence[str], now: str) -> str:
    """This year, else the last one before it, else the next: targets reach as far as the middle of the century."""
    return next((year for year in years if year <= now), years[-1] if years else "")


def _page(text: str, subjects: int) -> int:
    """The page that is asked for, where there is one of that number; else the first."""
    last = max(1, -(-subjects // ON_A_PAGE))
    return int(text) if text.isdecimal() and len(text) < 6 and 1 <= int(text) <= last else 1
