"""The list of the units in reach: searched, narrowed down, page by page, and as a workbook. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

import xlsxwriter
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext

from tanheng.store.plain_text import inert
from tanheng.web.dashboards.unit_figures import CO2, EQUIVALENT, account_of, accounts_of_year, span_in, years_of
from tanheng.web.dashboards.unit_register import Registered, industries_said, units_in_reach
from tanheng.web.directory.scope import Scope
from tanheng.web.ui.figure import Figure
from tanheng.web.ui.words import language, said

_ON_A_PAGE = 50
_PREFIX = "facility/"


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; each empty where nothing was asked."""

    words: str = ""
    industry: str = ""
    area: str = ""
    key_class: str = ""

    def lists(self, unit: Registered) -> bool:
        """Whether a unit is listed."""
        return (
            self._names(unit)
            and self.industry in ("", unit.industry)
            and (not self.area or unit.lies_in(self.area))
            and self.key_class in ("", unit.key_class)
        )

    def query(self) -> str:
        """What was asked, as an address says it."""
        told = {"q": self.words, "industry": self.industry, "area": self.area, "class": self.key_class}
        return urlencode({name: value for name, value in told.items() if value})

    def _names(self, unit: Registered) -> bool:
        words = self.words.casefold().strip()
        told = (unit.code, unit.id, *unit.facility.label.values())
        return not words or any(words in text.casefold() for text in told)


@dataclass(frozen=True)
class UnitLine:
    """A unit in one line, with its figures of the last year that was accounted for."""

    id: str
    href: str
    label: str
    code: str
    industry: str
    place: str
    key_class: str
    figures: Sequence[Figure | None]


@dataclass(frozen=True)
class UnitListPage:
    """A page of the list, and what it may be narrowed to."""

    asked: Asked
    lines: Sequence[UnitLine]
    page: Page[Registered]
    count: int
    whole: int
    industries: Sequence[tuple[str, str]]
    areas: Sequence[tuple[str, str]]
    classes: Sequence[str]
    columns: Sequence[tuple[str, str]]
    period: str
    query: str


def unit_list_page(asked: Asked, number: str, scope: Scope) -> UnitListPage:
    """The units in reach that fit, fifty to a page; a page that is not there is the last."""
    every = units_in_reach(scope)
    found = [unit for unit in every if asked.lists(unit)]
    page = Paginator(found, _ON_A_PAGE).get_page(number)
    industry_said = industries_said()
    columns, period, figures = _figures([unit.id for unit in page], scope)
    return UnitListPage(
        asked=asked,
        lines=[_line(_texts(unit, scope, industry_said), unit, figures) for unit in page],
        page=page,
        count=len(found),
        whole=len(every),
        industries=[(code, industry_said(code)) for code in sorted({unit.industry for unit in every} - {""})],
        areas=_areas(every, scope),
        classes=sorted({unit.key_class for unit in every} - {""}),
        columns=columns,
        period=period,
        query=asked.query(),
    )


def unit_href(id: str) -> str:
    """The page of a unit."""
    return reverse("unit", args=[id.removeprefix(_PREFIX)])


def unit_id(name: str) -> str:
    """A unit by the name that addresses know it by."""
    return f"{_PREFIX}{name}"


def list_workbook(asked: Asked, scope: Scope) -> bytes:
    """The list as a workbook: every unit that fits, without figures, which lead nowhere on paper."""
    found = [unit for unit in units_in_reach(scope) if asked.lists(unit)]
    headings = [gettext("Unit"), gettext("Code"), gettext("Industry"), gettext("Area"), gettext("Class of key unit")]
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(gettext("Units"))
    sheet.set_column(0, len(headings) - 1, 24)
    sheet.freeze_panes(1, 0)
    industry_said = industries_said()
    for number, row in enumerate([headings, *(_texts(unit, scope, industry_said) for unit in found)]):
        for column, text in enumerate(row):
            sheet.write_string(number, column, inert(text))
    book.close()
    return file.getvalue()


def _texts(unit: Registered, scope: Scope, industry_said: Callable[[str], str]) -> Sequence[str]:
    label = unit.facility.label[language()]
    return label, unit.code, industry_said(unit.industry), place_said(unit, scope), unit.key_class


def _line(texts: Sequence[str], unit: Registered, figures: Mapping[str, Sequence[Figure]]) -> UnitLine:
    label, code, industry, place, key_class = texts
    shown = figures[unit.id] if unit.id in figures else ()
    return UnitLine(unit.id, unit_href(unit.id), label, code, industry, place, key_class, shown)


def place_said(unit: Registered, scope: Scope) -> str:
    """Where a unit lies, from the wide to the narrow; the place that all lie in is left out."""
    areas = [*unit.areas.values()][::-1]
    return " · ".join(scope.ground.directory.label_of(area, language()) for area in areas[1:] or areas)


def _areas(units: Sequence[Registered], scope: Scope) -> Sequence[tuple[str, str]]:
    """The areas that units lie in, in the order of the directory; towns with their district before them."""
    lain = {unit.areas[level] for unit in units for level in unit.areas}
    above = {area: around for unit in units for area, around in _inside(unit)}
    named = {area.id: said(area.label) for area in scope.ground.directory.areas}
    found = [(id, " · ".join(named[each] for each in (*above[id], id))) for id in named if id in lain]
    return sorted(found, key=lambda item: item[1])


def _inside(unit: Registered) -> Sequence[tuple[str, Sequence[str]]]:
    """The areas of a unit, each with those around it but the widest."""
    chain = [*unit.areas.values()][::-1]
    return [(area, chain[1:number]) for number, area in enumerate(chain)]


def _figures(
    units: Sequence[str], scope: Scope
) -> tuple[Sequence[tuple[str, str]], str, Mapping[str, Sequence[Figure]]]:
    """Energy and carbon of some units in the last year that an account is about: columns, period, figures."""
    year = next(iter(years_of(scope)), None)
    run = None if year is None else next(iter(accounts_of_year(scope, year)), None)
    if year is None or run is None or not units:
        return [], "", {}
    account, span = account_of(run, scope), span_in(run.period, year) or run.period
    ids = [id for id in (EQUIVALENT, CO2) if id in account.ids]
    columns = [(account.column(id).label, account.column(id).unit) for id in ids]
    name_of = scope.ground.directory.label_of
    rows = account.spans_of(units, span)
    figures = {
        unit: [account.figure(id, unit, span, row, name_of(unit, language())) for id in ids]
        for unit, row in rows.items()
    }
    return columns, span.label(language()), figures
