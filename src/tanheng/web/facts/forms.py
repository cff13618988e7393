"""The forms that can be filled in on a page or as a workbook: which there are, for whom, and for which spans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from tanheng.kernel.faults import Refusal, Worded
from tanheng.kernel.pack import Classification, IndicatorShape, LayoutProfile, PackSet, Template
from tanheng.kernel.period import Accumulation, Period, year_to_date
from tanheng.kernel.quantity import Unit
from tanheng.kernel.subject import areas_within
from tanheng.records.disclosing import load_packs_once
from tanheng.store.confidential_findings import is_confidential
from tanheng.store.home import pack_folders
from tanheng.store.template_writing import TemplateFilling, words_of_units
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.entry_grid import unit_seen

AREA, FACILITY = "area", "facility"
_FORM = Worded("表式", "form")
_QUARTER = 3
MOST_ROWS = 50


@dataclass(frozen=True)
class Form:
    """A form of ours: the workbook that goes out, and the layout by which it is read when it comes back."""

    template: Template
    layout: LayoutProfile
    packs: PackSet = field(repr=False, compare=False)

    @property
    def kind(self) -> str:
        """Whether it is about an area or a unit."""
        return self.layout.subject.kind

    @property
    def lists_areas(self) -> bool:
        """Whether one form has a row for each of several areas."""
        return self.template.rows_for == "area" and len(self.template.fixed_rows) == 1

    @property
    def spans(self) -> Mapping[str, Accumulation]:
        """The words by which each row says what span its figure covers; empty where the form covers one span."""
        columns = self.layout.reading("accumulation")
        return {word: Accumulation(id) for word, id in columns[0].words.items()} if columns else {}

    def text(self, word: str, lang: str) -> str:
        """A word of the form for whoever reads it: as it stands, or in English."""
        plain = word.strip()
        if lang == "zh":
            return plain
        if plain in self.template.english:
            return self.template.english[plain]
        return self._named[plain] if plain in self._named else plain

    @cached_property
    def _named(self) -> Mapping[str, str]:
        """What the definitions call in English what the rows of the form are about."""
        return _english_names(self)


def _english_names(form: Form) -> Mapping[str, str]:
    named = {item.label.zh: item.label.en for item in form.packs.carriers.values()}
    if form.layout.rows.classification:
        classes = form.packs.get(Classification, form.layout.rows.classification)
        named |= {entry.label.zh: entry.label.en for entry in classes.entries}
    indicators = {item.id: item.label.en for item in form.packs.all(IndicatorShape)}
    for row in form.layout.rows.known:
        if row.indicator in indicators:
            named |= dict.fromkeys(row.names, indicators[row.indicator])
    return named


@dataclass(frozen=True)
class Asked:
    """What a reader wants to fill in: the area or unit, the month, the span, and further rows by id.

    `within` asks for the areas that lie in it as well, where each row says which area it is about.
    """

    subject: str
    month: str = ""
    span: str = ""
    rows: Sequence[str] = ()
    within: bool = False


def forms() -> Sequence[Form]:
    """Every form that can be filled in by hand, by what it is called; none of returns that are shown to nobody."""
    packs: PackSet = load_packs_once(tuple(map(str, pack_folders())))
    layouts = {item.id: item for item in packs.all(LayoutProfile)}
    found = [
        Form(item, layouts[item.layout], packs)
        for item in packs.all(Template)
        if item.layout in layouts and _is_of_figures(layouts[item.layout], packs)
    ]
    return sorted(found, key=lambda form: (form.kind, form.template.label.zh))


def _is_of_figures(layout: LayoutProfile, packs: PackSet) -> bool:
    return layout.subject.kind != "none" and not layout.kept_in and not is_confidential(layout, packs)


def form_named(id: str) -> Form:
    """A form by its id.

    Refuses  definition-missing.
    """
    found = next((form for form in forms() if form.template.id == id), None)
    if found is None:
        nearest = ", ".join(form.template.id for form in forms())
        raise Refusal("definition-missing", kind=_FORM, id=id[:60], nearest=nearest)
    return found


def areas_seen(scope: Scope) -> Sequence[tuple[str, Mapping[str, str]]]:
    """The areas that the reader reports for, the widest first."""
    found = [item for item in scope.ground.directory.areas if scope.sees(item.id)]
    return [(item.id, item.label) for item in found]


def label_seen(form: Form, subject: str, scope: Scope) -> Mapping[str, str]:
    """What an area or unit that the reader reports for is called.

    Refuses  area-not-found, nothing-of-that-name: out of reach, or not what the form is about.
    """
    if form.kind == FACILITY:
        return unit_seen(subject, scope).label
    found = next((label for id, label in areas_seen(scope) if id == subject), None)
    if found is None:
        raise Refusal("area-not-found", area=subject[:200])
    return found


def span_of_form(form: Form, asked: Asked, day: date) -> tuple[str, Period]:
    """The word of the span and the period that a form is about; the last one that is over where none is named.

    Refuses  period-unreadable.
    """
    word = asked.span if asked.span in form.spans else next(iter(form.spans), "")
    every = {"year": Accumulation.YEAR, "quarter": Accumulation.QUARTER, "month": Accumulation.MONTH}
    span = form.spans[word] if word else every[form.template.every]
    month = _month(asked.month) if asked.month else _last_over(span, day)
    if span is Accumulation.QUARTER and not word:
        return word, year_to_date(month.year, _end_of_quarter(month))
    return word, _covered(span, month)


def _month(text: str) -> date:
    months = Period.parse(text).months()
    if not months:
        raise Refusal("period-unreadable", text=text)
    return months[-1].start


def _last_over(span: Accumulation, day: date) -> date:
    over = date(day.year, day.month, 1) - timedelta(days=1)
    if span is Accumulation.YEAR:
        return date(day.year - 1, 12, 1)
    if span is Accumulation.QUARTER:
        quarters = day.year * 4 + (day.month - 1) // _QUARTER - 1
        return date(quarters // 4, quarters % 4 * _QUARTER + _QUARTER, 1)
    return date(over.year, over.month, 1)


def _end_of_quarter(month: date) -> int:
    return (month.month + 2) // _QUARTER * _QUARTER


def _covered(span: Accumulation, month: date) -> Period:
    match span:
        case Accumulation.YEAR:
            return Period.year(month.year)
        case Accumulation.YEAR_TO_DATE:
            return year_to_date(month.year, month.month)
        case Accumulation.JANUARY_FEBRUARY:
            return year_to_date(month.year, 2)
        case Accumulation.QUARTER:
            last = _end_of_quarter(month)
            return Period(date(month.year, last - 2, 1), year_to_date(month.year, last).end)
    return Period.month(month.year, month.month)


def filling_of(form: Form, asked: Asked, scope: Scope) -> TemplateFilling:
    """What the form says before a figure stands in it.

    Refuses  area-not-found, nothing-of-that-name; period-unreadable.
    """
    label = label_seen(form, asked.subject, scope)["zh"]
    word, period = span_of_form(form, asked, scope.day)
    if form.kind == FACILITY:
        return TemplateFilling((unit_seen(asked.subject, scope),), period, label)
    areas = _names_of_areas(form, asked, period, scope) if form.template.rows_for == "area" else ()
    instead = {form.layout.reading("accumulation")[0].id: word} if word else {}
    more = [row for id in asked.rows[:MOST_ROWS] if (row := further_row(form, id, label, word, period)) is not None]
    return TemplateFilling((), period, label, areas, instead=instead, more_rows=more)


def _names_of_areas(form: Form, asked: Asked, period: Period, scope: Scope) -> Sequence[str]:
    directory, inside = scope.ground.directory, list[str]()
    if form.lists_areas or asked.within:
        day = period.end - timedelta(days=1)
        inside = [id for id in areas_within(directory, asked.subject, day) if scope.sees(id)]
    return [directory.label_of(id) for id in (asked.subject, *inside)]


# ---- further rows of a form whose rows say by themselves what they are


def further_rows(form: Form) -> Iterator[tuple[str, str, str]]:
    """Every row that the form may have, by id, with the words of its indicator and of its item."""
    if form.layout.rows.names != "indicator":
        return
    words = _items(form)
    for number, row in enumerate(form.layout.rows.known):
        for place, item in enumerate(row.items or ("",)):
            if not item or item in words:
                yield f"{number}.{place}", row.names[0], words[item] if item else ""


def further_row(form: Form, id: str, area: str, span: str, period: Period) -> Mapping[str, str] | None:
    """A row by its id, in the words of the form; None for what is none."""
    found = next(((indicator, item) for each, indicator, item in further_rows(form) if each == id), None)
    if found is None:
        return None
    row = form.layout.rows.known[int(id.partition(".")[0])]
    covers = {coverage: word for column in form.layout.reading("coverage") for word, coverage in column.words.items()}
    said = {
        "subject_name": area,
        "label": found[0],
        "item": found[1],
        "accumulation": span,
        "period": str(period),
        "coverage": covers[row.coverage] if row.coverage in covers else "",
        "unit": _unit_word(form, row.indicator),
    }
    told = {reads: text for reads, text in said.items() if text}
    return {column.id: told[column.reads] for column in form.layout.columns if column.reads in told}


def _items(form: Form) -> Mapping[str, str]:
    return {item: word for column in form.layout.reading("item") for word, item in column.words.items()}


def _unit_word(form: Form, indicator: str) -> str:
    """The word for the unit of an indicator: the very one, or the first that measures the same."""
    unit = form.packs.get(IndicatorShape, indicator).unit
    words = {word: Unit.parse(text) for word, text in form.layout.units.items()}
    words |= {word: Unit.parse(text) for text, word in words_of_units(form.packs).items() if word not in words}
    same = [word for word, other in words.items() if other.text == unit.text]
    alike = [word for word, other in words.items() if other.powers == unit.powers]
    return next(iter((*same, *alike)), unit.text)
