"""A sheet whose layout is to be learned: its cells, and what each column is taken for. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import IndicatorShape, Layout, LayoutProfile, PackSet
from tanheng.records.models import Event
from tanheng.records.selecting import IMPORT, directory_as_of
from tanheng.records.site_files import blobs
from tanheng.store import Reading, load_packs
from tanheng.store.layout_headings import letter, paths_of, texts_of
from tanheng.store.layout_known import Known, known
from tanheng.store.layout_learning import Guess, Proposal, propose
from tanheng.store.sheets import Sheet
from tanheng.store.workbook_opening import open_workbook
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.models import BatchFile
from tanheng.web.facts.sending import ACT
from tanheng.web.facts.sheet_grid import cell_text
from tanheng.web.facts.words import FURTHER_READINGS, KEPT_AS_IT_STANDS, READINGS
from tanheng.web.ui.words import language, said, spoken

ROWS, COLUMNS = 25, 26
_MOST_FOUND = 12
PROPOSED = "="


@dataclass(frozen=True)
class Choice:
    """What is taken of a column: how it is read, its indicator and unit; `=` is what was proposed."""

    reads: str = "ignored"
    indicator: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Taught:
    """What a reader says of a sheet."""

    id: str
    label: str
    sender: str
    sheet: str
    first: int
    last: int
    columns: Mapping[str, Choice]
    subject: str
    names: str
    coverage: str
    use_class: str
    unit_cell: str = ""
    unit_means: str = ""


@dataclass(frozen=True)
class ColumnLine:
    """A column of the sheet with its heading, the proposal for it and what is chosen."""

    letter: str
    heading: str
    proposed: str
    choice: Choice


@dataclass(frozen=True)
class Tried:
    """What the sheet says when it is read as it was taught."""

    statements: Sequence[tuple[str, str, str, str, str]]
    count: int
    rows: int
    kept: int
    findings: Sequence[Mapping[str, Any]]
    blocked: bool


@dataclass(frozen=True)
class LearningPage:
    """Everything that the page shows and offers."""

    file: BatchFile
    sheets: Sequence[str]
    rows: Sequence[tuple[int, bool, Sequence[tuple[str, str]]]]
    letters: Sequence[str]
    columns: Sequence[ColumnLine]
    taught: Taught
    model: str
    readings: Sequence[tuple[str, str]]
    indicators: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    coverages: Sequence[tuple[str, str]]
    use_classes: Sequence[tuple[str, str]]


def file_to_learn(id: int, scope: Scope) -> BatchFile:
    """A workbook of one's own batch.

    Refuses  not-permitted: layouts hold for the whole site; import-unknown.
    """
    scope.require(ACT)
    if not scope.sees_all:
        raise Refusal("not-permitted", act="layout")
    found = BatchFile.objects.filter(id=id, batch__person=scope.person).select_related("batch").first()
    if found is None or not found.sheets:
        raise Refusal("import-unknown", name=id)
    return found


def known_now() -> Known:
    """Packs and directory as they stand."""
    return known(load_packs(), directory_as_of())


def sheet_of(file: BatchFile, name: str) -> Sheet:
    """A sheet of the workbook; the first one where there is none of that name."""
    names = [each for each, _, _ in file.sheets]
    with open_workbook(blobs().path(file.digest), name=file.name) as book:
        return book.sheet(name if name in names else names[0])


def proposal_of(file: BatchFile, sheet: str, known: Known) -> Proposal | None:
    """What the sheet probably is; None where nothing on it looks known."""
    try:
        with open_workbook(blobs().path(file.digest), name=file.name) as book:
            return propose(book, known, "", sheet=sheet)
    except Refusal as refusal:
        if refusal.code != "layout-not-learned":
            raise
        return None


def first_taught(file: BatchFile, sheet: Sheet, proposal: Proposal | None) -> Taught:
    """What stands in the form when it is opened: the proposal, or the first row that looks like headings."""
    if proposal is None:
        rows = range(1, min(ROWS, len(sheet.values)) + 1)
        first = max(rows, key=lambda row: (len(set(texts_of(sheet, row))), -row), default=1)
        return Taught(
            _free_id(file), file.name.rpartition(".")[0], "", sheet.name, first, first, {}, "facility", "", "", ""
        )
    profile, guesses = proposal.profile, proposal.guesses
    first, last = _head(sheet, guesses, profile)
    place = "title" if "column" not in profile.subject.found_in else ""
    return Taught(
        id=profile.id if profile.id != "words_site" else _free_id(file),
        label=profile.label.zh,
        sender=profile.sender.zh if profile.sender.zh != "-" else "",
        sheet=sheet.name,
        first=first,
        last=last,
        columns={guess.place: Choice(PROPOSED) for guess in guesses},
        subject=f"{profile.subject.kind}_{place}" if place else profile.subject.kind,
        names=profile.rows.names,
        coverage=profile.coverage if profile.coverage != "-" else "",
        use_class=profile.use_class,
    )


def _free_id(file: BatchFile) -> str:
    return f"site_{file.digest[:8]}"


def _head(sheet: Sheet, guesses: Sequence[Guess], profile: LayoutProfile) -> tuple[int, int]:
    """The rows in which the headings of the guesses stand."""
    words = {text for guess in guesses for text in guess.title.split("/")}
    rows = range(1, min(ROWS, len(sheet.values)) + 1)
    hits = {row: len(words & {"".join(text.split()) for text in texts_of(sheet, row)}) for row in rows}
    last = max(rows, key=lambda row: (hits[row] > 0, row), default=1)
    return max(1, last - profile.header_rows + 1), last


def learning_page(file: BatchFile, taught: Taught, proposal: Proposal | None, known: Known) -> LearningPage:
    """The form with what is chosen in it."""
    sheet = sheet_of(file, taught.sheet)
    width = min(sheet.width, COLUMNS)
    paths = paths_of(sheet, taught.first, min(taught.last, len(sheet.values)))
    packs, lang = known.packs, language()
    guessed = {guess.place: guess for guess in proposal.guesses} if proposal else {}
    columns = [
        _column(letter(number), path, guessed, taught, packs) for number, path in enumerate(paths[:width], 1) if path
    ]
    profiles = packs.all(LayoutProfile)
    long_forms = packs.all(Layout)
    coverages = sorted({item.coverage for item in (*profiles, *long_forms) if item.coverage})
    use_classes = sorted({item.use_class for item in (*profiles, *long_forms) if item.use_class})
    observed = {id for item in profiles for id in item.indicators}
    observed |= {id for item in long_forms for id in (item.indicator, *(each.indicator for each in item.items))}
    shapes = sorted(
        (item for item in packs.all(IndicatorShape) if item.id in observed), key=lambda item: item.label[lang]
    )
    units = sorted({unit for words in known.words.files for unit in words.units.values()})
    return LearningPage(
        file=file,
        sheets=[name for name, _, _ in file.sheets],
        rows=[_row(sheet, number, width, taught) for number in range(1, min(ROWS, len(sheet.values)) + 1)],
        letters=[letter(number) for number in range(1, width + 1)],
        columns=columns,
        taught=taught,
        model=proposal.model if proposal else "",
        readings=[(id, gettext(words)) for id, words in READINGS],
        indicators=[(item.id, item.label[lang]) for item in shapes if not item.comparison_of],
        units=[(unit, unit) for unit in units],
        coverages=[(id, spoken(id)) for id in coverages],
        use_classes=[(id, spoken(id)) for id in use_classes],
    )


def _row(sheet: Sheet, number: int, width: int, taught: Taught) -> tuple[int, bool, Sequence[tuple[str, str]]]:
    cells = [
        (f"{letter(column)}{number}", cell_text(sheet.value(number, column))[:60]) for column in range(1, width + 1)
    ]
    return number, taught.first <= number <= taught.last, cells


def _column(
    place: str, path: Sequence[str], guessed: Mapping[str, Guess], taught: Taught, packs: PackSet
) -> ColumnLine:
    guess = guessed[place] if place in guessed else None
    choice = taught.columns[place] if place in taught.columns else Choice()
    return ColumnLine(place, " / ".join(path), _in_words(guess, packs) if guess else "", choice)


def _in_words(guess: Guess, packs: PackSet) -> str:
    """What a column is proposed to be, as a reader says it."""
    column = guess.column
    kinds = dict(READINGS)
    shapes = {item.id: item for item in packs.all(IndicatorShape)}
    label = said(shapes[column.indicator].label) if column.indicator in shapes else ""
    kind = str(column.accumulation.value) if column.reads == "value" and column.accumulation else column.reads
    words = gettext(kinds[kind]) if kind in kinds else kind
    return f"{words} · {label}" if label else words


def tried(reading: Reading, known: Known) -> Tried:
    """The first statements and findings of a reading, and how many there are."""
    shapes = {item.id: item.label for item in known.packs.all(IndicatorShape)}
    hidden = known.packs.suppression.use_classes if known.packs.suppression else ()
    statements = [
        (
            known.directory.label_of(item.key.subject, language()),
            said(shapes[item.key.indicator]) if item.key.indicator in shapes else item.key.indicator,
            " ".join(text for _, text in item.key.dimensions),
            str(item.key.period),
            "***" if item.key.use_class in hidden else f"{item.value} {item.unit}",
        )
        for item in reading.observations[:_MOST_FOUND]
    ]
    findings = [item.as_json() for item in reading.findings[:_MOST_FOUND]]
    return Tried(
        statements,
        len(reading.observations),
        reading.rows_read,
        len(reading.rows),
        findings,
        not reading.may_be_imported,
    )


# ---- the list


@dataclass(frozen=True)
class LayoutLine:
    """A layout: its name, its sender, what it reads, how it is recognised, and the last file that was read by it."""

    id: str
    label: str
    sender: str
    status: str
    reads: Sequence[str]
    columns: Sequence[tuple[str, str]]
    known_by: Sequence[str]
    last_file: str
    last_href: str
    own: bool


def layout_list(scope: Scope) -> Sequence[LayoutLine]:
    """The layouts in use: the site's own first."""
    scope.require(ACT)
    packs = load_packs()
    shapes = {item.id: said(item.label) for item in packs.all(IndicatorShape)}
    last = _last_files(scope)
    profiles = packs.all(LayoutProfile)
    replaced = {item.replaces for item in profiles} - {item.id for item in profiles if item.replaces == item.id}
    lines = [_profile_line(item, shapes, last) for item in profiles if item.id not in replaced]
    lines += [_long_line(item, shapes, last) for item in packs.all(Layout)]
    return sorted(lines, key=lambda item: (not item.own, item.label))


def _last_files(scope: Scope) -> Mapping[str, tuple[str, str]]:
    """By layout the file that was read by it last, for whoever sees all imports."""
    if not scope.sees_all:
        return {}
    events = Event.objects.filter(kind=IMPORT, payload__came__isnull=False).order_by("position")
    told = events.values_list("position", "payload__note", "payload__came__layout")
    return {layout: (note, reverse("import", args=[position])) for position, note, layout in told}


def _profile_line(item: LayoutProfile, shapes: Mapping[str, str], last: Mapping[str, tuple[str, str]]) -> LayoutLine:
    file, href = last[item.id] if item.id in last else ("", "")
    columns = [("/".join(level[0] for level in column.path), _reads(column.reads)) for column in item.columns]
    reads = [shapes[id] if id in shapes else id for id in item.indicators] or (
        [gettext(KEPT_AS_IT_STANDS)] if item.kept_in else []
    )
    known_by = [*item.titles, *item.sheets, *item.files][:4]
    own = item.status == "ours" and item.sender.zh != "-"
    return LayoutLine(
        item.id, said(item.label), said(item.sender), item.status, reads, columns, known_by, file, href, own
    )


def _reads(reads: str) -> str:
    kinds = dict([*READINGS, *FURTHER_READINGS])
    return gettext(kinds[reads]) if reads in kinds else reads


def _long_line(item: Layout, shapes: Mapping[str, str], last: Mapping[str, tuple[str, str]]) -> LayoutLine:
    file, href = last[item.id] if item.id in last else ("", "")
    indicators = dict.fromkeys([item.indicator, *(each.indicator for each in item.items)])
    reads = [shapes[id] if id in shapes else id for id in indicators if id]
    columns = [(names[0], _reads(field)) for field, names in item.columns.items()]
    return LayoutLine(item.id, said(item.label), "", item.status, reads, columns, (item.sheet,), file, href, False)
