"""Proposing a layout from a sheet: what its headings probably mean, from the layouts and the words that are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import LayoutColumn, LayoutProfile
from tanheng.kernel.pack.layout import LayoutPeriod, LayoutRows, LayoutSubject, LayoutTotals
from tanheng.kernel.pack.shape import Label
from tanheng.store.cell_values import folded, plain
from tanheng.store.layout_choice import Candidate, candidates
from tanheng.store.layout_fitting import missing
from tanheng.store.layout_headings import Head, HeadingMatcher, letter
from tanheng.store.layout_known import Known
from tanheng.store.layout_text import closest, heading, indent_of, without_numbering
from tanheng.store.sheets import Sheet
from tanheng.store.workbook_opening import OpenWorkbook

_LOOKED_AT = 60  # rows of the body that say what a column holds
_SITE = "_site"
_LIKE = 0.6  # of a layout that must be found for it to be the model of the new one
_SPAN = re.compile(
    r"[0-9〇零一二三四五六七八九]{4}年(?:度|[0-9]{1,2}(?:[-~至到—–][0-9]{1,2})?月|第?[一二三四1-4]季度|上半年|前三季度|全年)?"
)


@dataclass(frozen=True)
class Guess:
    """One column of the proposal: where it stands, what it is taken for, and whether somebody should look."""

    column: LayoutColumn
    place: str
    title: str
    sure: bool


@dataclass(frozen=True)
class Proposal:
    """A layout as it would be saved, the guesses it rests on, and columns of its model that the sheet does not have."""

    profile: LayoutProfile
    guesses: tuple[Guess, ...]
    model: str
    absent: tuple[str, ...]


def propose(
    book: OpenWorkbook, known: Known, id: str, *, sheet: str | None = None, like: str | None = None
) -> Proposal:
    """The layout that a file probably has.

    Reads    `id`, that of the new layout; without one it is that of its model and `_site`. The sheet of that name, or
             the one that fits a known layout best; `like`, the layout to start from.
    Refuses  layout-not-learned: no sheet has headings; definition-missing: there is no layout `like`.
    """
    model = _model(book, known, sheet, like)
    if model is None or model.head is None:
        raise Refusal("layout-not-learned", file=book.file, problem="、".join(book.sheets()))
    own = model.profile.id.endswith(_SITE)
    id = id or (model.profile.id if own else model.profile.id + _SITE)
    return _Learning(model.sheet, model.head, model.profile, known, id).proposal(
        is_model=model.profile.id in known.matchers
    )


def _model(book: OpenWorkbook, known: Known, sheet: str | None, like: str | None) -> Candidate | None:
    """The known layout that fits best, or the words of all headings where none is near."""
    chosen = [HeadingMatcher(known.packs.get(LayoutProfile, like))] if like else list(known.matchers.values())
    tried = [c for c in candidates(book, chosen) if sheet in {None, c.sheet.name} and c.head is not None]
    near = [c for c in tried if c.share >= _LIKE or (c.titled and c.found > 1) or like is not None]
    if near:
        return max(near, key=lambda c: (c.titled, c.share))
    words = HeadingMatcher(_of_words(known))
    tried = [Candidate(c, words.profile, words.head(c), titled=False) for c in _sheets(book, sheet)]
    return max((c for c in tried if c.head), key=lambda c: c.found, default=None)


def _sheets(book: OpenWorkbook, name: str | None) -> Iterator[Sheet]:
    for sheet in book.sheets():
        if name in {None, sheet} and book.sheet(sheet).visible:
            yield book.sheet(sheet)


def _of_words(known: Known) -> LayoutProfile:
    """Every heading of the sheet words as one layout, all of them optional."""
    columns = {column.id: column for file in known.words.files for column in file.headings}
    label = Label(zh="表", en="Table")
    fields: dict[str, Any] = {"id": "words", "label": label, "status": "U", "sender": label, "header_rows": 2}
    optional = tuple(column.model_copy(update={"optional": True}) for column in columns.values())
    return LayoutProfile(**fields, columns=optional, coverage="-", use_class="individual_statistics")


@dataclass(frozen=True)
class _Learning:
    """A sheet with the headings of its model."""

    sheet: Sheet
    head: Head
    model: LayoutProfile
    known: Known
    id: str

    def proposal(self, *, is_model: bool) -> Proposal:
        guesses = [*self._found(), *self._renamed()]
        taken = {folded(guess.place) for guess in guesses}
        guesses += [guess for guess in self._new() if folded(guess.place) not in taken]
        ids = {guess.column.id for guess in guesses}
        absent = tuple(column.id for column in missing(self.model, self.head) if column.id not in ids)
        columns = tuple(_without(guess.column, ids) for guess in sorted(guesses, key=lambda guess: _order(guess.place)))
        return Proposal(
            self._profile(columns, is_model=is_model), tuple(guesses), self.model.id if is_model else "", absent
        )

    # ---- columns
    def _found(self) -> Iterator[Guess]:
        for id, number in self.head.columns.items():
            yield self._guess(self.model.by_id[id], number, sure=True)

    def _renamed(self) -> Iterator[Guess]:
        """Columns of the model under a heading that looks like theirs."""
        taken = set(self.head.columns.values())
        free = {
            self.head.title(number): number
            for number, path in enumerate(self.head.paths, 1)
            if path and number not in taken
        }
        for column in missing(self.model, self.head):
            near = closest("".join(level[0] for level in column.path), free, most=1)
            if near and _alike(near[0], column):
                yield self._guess(column, free.pop(near[0]), sure=False)

    def _new(self) -> Iterator[Guess]:
        """Columns that the model does not have: kept as text in a register, left out of figures."""
        for number, path in enumerate(self.head.paths, 1):
            if path:
                fields: dict[str, Any] = {
                    "id": self._free_id(number),
                    "path": tuple((text,) for text in path),
                }
                fields |= {"reads": "text" if self.model.kept_in else "ignored", "optional": True, "at": letter(number)}
                column = LayoutColumn(**fields)
                yield Guess(column, letter(number), self.head.title(number), sure=False)

    def _free_id(self, number: int) -> str:
        id = f"column_{letter(number).lower()}"
        return f"{id}_new" if id in self.model.by_id else id

    def _guess(self, column: LayoutColumn, number: int, *, sure: bool) -> Guess:
        own, path = self.head.paths[number - 1], column.path
        if not sure or len(own) != len(path):
            path = _joined(own, path)
        column = column.model_copy(update={"path": path, "at": letter(number)})
        return Guess(column, letter(number), self.head.title(number), sure)

    # ---- the rest of the layout
    def _profile(self, columns: tuple[LayoutColumn, ...], *, is_model: bool) -> LayoutProfile:
        title = self._title()
        titles = tuple(dict.fromkeys([*([title] if title else []), *(self.model.titles if is_model else ())]))
        fields: dict[str, Any] = {
            "id": self.id,
            "status": "ours",
            "titles": titles,
            "header_rows": self.head.last - self.head.first + 1,
            "columns": columns,
            "note": None,
        }
        if is_model:
            return self.model.model_copy(
                update={**fields, "replaces": self.model.id if self.id != self.model.id else self.model.replaces}
            )
        name = (title or self.sheet.name).strip("*") or self.id
        fields |= {"label": Label(zh=name, en=self.id), "sender": Label(zh="-", en="-")}
        fields |= {"rows": self._rows(columns), "totals": LayoutTotals(expected=self._has_total())}
        fields |= {"subject": self._subject(columns), "period": LayoutPeriod(), "coverage": "unit_report"}
        return self.model.model_copy(update=fields)

    def _title(self) -> str:
        """The longest text above the headings, its period and the name of its area left open."""
        texts = [plain(v) for row in self.sheet.values[: self.head.first - 1] for v in row if isinstance(v, str)]
        title = max(texts, key=len, default="")
        title = _SPAN.sub("*", re.sub(r"\s+", "", title))
        for area in self.known.directory.areas:
            title = title.replace(area.label["zh"], "*")
        return re.sub(r"[*()（）]*\*[*()（）]*", "*", title)

    def _subject(self, columns: Sequence[LayoutColumn]) -> LayoutSubject:
        if any(column.reads in {"subject_code", "subject_name"} for column in columns):
            names = self._texts(next((c for c in columns if c.reads == "subject_name"), None))
            area = any(folded(name) in self.known.areas for name in names)
            return LayoutSubject(kind="area" if area else "facility")
        return LayoutSubject(kind="area", found_in=("title", "sheet", "file"))

    def _rows(self, columns: Sequence[LayoutColumn]) -> LayoutRows:
        labels = self._texts(next((column for column in columns if column.reads == "label"), None))
        if not labels:
            return LayoutRows()
        tree = any(indent_of(label) or without_numbering(label)[1] for label in labels)
        names = [folded(heading(without_numbering(label)[0])[0]) for label in labels]
        carriers = sum(name in self.known.carriers for name in names)
        form: Literal["tree", "flat"] = "tree" if tree else "flat"
        if 2 * carriers > len(names):
            return LayoutRows(form=form, names="carrier")
        return LayoutRows(form=form, names="item", any_item=True)

    def _texts(self, column: LayoutColumn | None) -> list[str]:
        if column is None or not column.at:
            return []
        number = next(n for n in range(1, len(self.head.paths) + 1) if letter(n) == column.at)
        rows = range(self.head.last + 1, min(len(self.sheet.values), self.head.last + _LOOKED_AT) + 1)
        return [value for row in rows if isinstance(value := self.sheet.shown(row, number), str)]

    def _has_total(self) -> bool:
        words = self.known.words.totals
        return any(
            value in words for row in self.sheet.values[self.head.last :] for value in row if isinstance(value, str)
        )


def _joined(own: tuple[str, ...], path: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The headings of the sheet before those that the model knows."""
    names = [heading(text)[0] or text for text in own]
    if len(names) != len(path):
        return tuple((name,) for name in names)
    return tuple(tuple(dict.fromkeys((name, *known))) for name, known in zip(names, path, strict=True))


def _alike(title: str, column: LayoutColumn) -> bool:
    """Whether a heading shares enough letters with one of the column's."""
    signs = set(folded(title))
    known = [set(folded("".join(words))) for words in zip(*(level[:1] for level in column.path), strict=True)]
    return any(2 * len(signs & other) >= len(other) for other in known)


def _without(column: LayoutColumn, ids: set[str]) -> LayoutColumn:
    """A column whose check names columns that the sheet does not have is not checked."""
    if set(column.of) <= ids and (not column.unit_from or column.unit_from in ids):
        return column
    return LayoutColumn(id=column.id, path=column.path, reads="ignored", optional=True, at=column.at)


def _order(place: str) -> tuple[int, str]:
    return len(place), place


def with_decisions(proposal: Proposal, dropped: set[str], **fields: str) -> LayoutProfile:
    """The layout without the columns that somebody did not want, and with what they said instead."""
    kept = [column for column in proposal.profile.columns if column.id not in dropped]
    ids = {column.id for column in kept}
    update = {"columns": tuple(_without(column, ids) for column in kept), **fields}
    return LayoutProfile.model_validate(proposal.profile.model_copy(update=update).model_dump())
