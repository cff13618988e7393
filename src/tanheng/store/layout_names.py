"""What the words of a row stand for: its unit or area, its carrier or item, its unit of measure, its period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.kernel.pack import Carrier
from tanheng.kernel.period import Accumulation, Period
from tanheng.kernel.quantity import Unit
from tanheng.kernel.subject import Facility
from tanheng.store.cell_values import folded, nearest, period_in, plain
from tanheng.store.layout_place import SheetPlace
from tanheng.store.layout_row_words import RowSaid, RowWords
from tanheng.store.layout_rows import BodyRow, columns_reading
from tanheng.store.layout_text import closest, heading, without_numbering
from tanheng.store.layout_values import RowFacts


@dataclass
class RowNames:
    """Turns the describing cells of rows into subjects, carriers, items, units; findings gather by column."""

    place: SheetPlace
    whole: str | None
    wrong: dict[int, list[Finding]] = field(default_factory=dict)
    seen: dict[tuple[str, str, str], tuple[BodyRow, str]] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def _columns(self) -> Mapping[str, int]:
        kinds = ("subject_code", "subject_name", "row_code", "unit", "period", "label")
        return {column.reads: number for column, number in reversed(list(columns_reading(self.place, *kinds)))}

    @cached_property
    def _words(self) -> RowWords:
        return RowWords(self.place, self.wrong)

    @cached_property
    def _units(self) -> Mapping[str, int]:
        return {column.id: number for column, number in columns_reading(self.place, "unit")}

    def facts(self, row: BodyRow) -> RowFacts | None:
        """What a row is about; None where that cannot be told."""
        before = self._count()
        subject = self._subject(row)
        dimensions, carrier = self._dimensions(row)
        words = {id: plain(self.place.sheet.shown(row.number, number) or "") for id, number in self._units.items()}
        unit = self._unit(row, carrier, words) if carrier is not None else None
        period = self._period(row) if "period" in self._columns else None
        said = self._words.said(row) if self._words.columns else RowSaid()
        if period is not None and said.accumulation is not None:
            period = self._words.period(row, period, said.accumulation, self._columns["period"])
        dimensions = tuple(sorted({**dict(dimensions), "item": said.item}.items())) if said.item else dimensions
        indicator = row.known.indicator if row.known is not None else ""
        if subject is None or self._count() > before:
            return None
        by_column = row.known.indicators if row.known is not None else {}
        facts = RowFacts(row.number, subject, dimensions, indicator, by_column, unit, words, period, said)
        return facts if not self.place.profile.rows.once or self._is_first(row, facts) else None

    def _count(self) -> int:
        return sum(len(found) for found in self.wrong.values())

    def _is_first(self, row: BodyRow, facts: RowFacts) -> bool:
        """Whether no row before was about the same."""
        key = (facts.subject, f"{facts.dimensions}{facts.indicator}{facts.said}", str(facts.period))
        place = self.place.sheet.at(row.number, self._label_number)
        if key in self.seen:
            first = self.seen[key][1]
            fields = {"label": plain(row.label), "first": first.rpartition("!")[2], "second": place.rpartition("!")[2]}
            self._add(self._label_number, Finding("row-again", place, fields))
            return False
        self.seen[key] = (row, place)
        return True

    @cached_property
    def _label_number(self) -> int:
        found = [self._columns[kind] for kind in ("label", "subject_name", "subject_code") if kind in self._columns]
        return found[0] if found else 1

    def _add(self, number: int, finding: Finding) -> None:
        self.wrong.setdefault(number, []).append(finding)

    # ---- the subject
    def _subject(self, row: BodyRow) -> str | None:
        kind = self.place.profile.subject.kind
        if kind == "none" or "column" not in self.place.profile.subject.found_in:
            return self.whole
        if kind == "area":
            return self._area(row)
        code, name = self._text(row, "subject_code"), self._text(row, "subject_name")
        if code:
            return self._by_code(row, code, name)
        if name:
            return self._by_name(row, name)
        number = self._columns["subject_code" if "subject_code" in self._columns else "subject_name"]
        title = self.place.head.title(number)
        self._add(number, Finding("cell-empty", self.place.sheet.at(row.number, number), {"heading": title}))
        return None

    def _text(self, row: BodyRow, kind: str) -> str:
        if kind not in self._columns:
            return ""
        value = self.place.sheet.shown(row.number, self._columns[kind])
        return "" if value is None else plain(value)

    def _by_code(self, row: BodyRow, code: str, name: str) -> str | None:
        number, key = self._columns["subject_code"], folded(code)
        place, known = self.place.sheet.at(row.number, number), self.place.known
        found = known.by_code[key] if key in known.by_code else ()
        if key in self.codes and folded(name) != self.codes[key][0] and name:
            fields = {"code": code, "first": f"{self.codes[key][1]}", "second": f"{name}（{place.rpartition('!')[2]}）"}
            self._add(number, Finding("code-of-two-units", place, fields))
            return None
        self.codes.setdefault(key, (folded(name), f"{name}（{place.rpartition('!')[2]}）"))
        if len(found) == 1:
            self._check_name(row, found[0], code, name)
            return found[0].id
        if found:
            labels = [item.label["zh"] for item in found]
            self._add(
                number, Finding("code-of-two-units", place, {"code": code, "first": labels[0], "second": labels[1]})
            )
            return None
        same = known.by_name[folded(name)] if folded(name) in known.by_name else ()
        near = "、".join(c for item in same for c in item.codes.values()) or nearest(key, known.by_code).upper()
        self._add(number, Finding("facility-unknown", place, {"code": code, "name": name or "-", "nearest": near}))
        return None

    def _check_name(self, row: BodyRow, facility: Facility, code: str, name: str) -> None:
        names = {folded(facility.label["zh"]), folded(facility.label["en"])} | {
            folded(alias) for alias, id in self.place.profile.subject.aliases.items() if id == facility.id
        }
        if name and folded(name) not in names:
            where = self.place.sheet.at(row.number, self._columns["subject_name"])
            fields = {"code": code, "expected": facility.label["zh"], "name": name}
            self.place.findings.append(Finding("facility-name-differs", where, fields, Severity.WARNING))

    def _by_name(self, row: BodyRow, name: str) -> str | None:
        number, known = self._columns["subject_name"], self.place.known
        place, aliases = self.place.sheet.at(row.number, number), self.place.profile.subject.aliases
        alias = next((id for other, id in aliases.items() if folded(other) == folded(name)), None)
        if alias is not None:
            return alias
        found = known.by_name[folded(name)] if folded(name) in known.by_name else ()
        if len(found) == 1:
            return found[0].id
        if found:
            subjects = "、".join(f"{item.label['zh']}（{'、'.join(item.codes.values())}）" for item in found)
            self._add(number, Finding("subject-ambiguous", place, {"name": name, "subjects": subjects}))
        else:
            near = nearest(folded(name), known.by_name)
            self._add(number, Finding("subject-unknown", place, {"name": name, "nearest": near}))
        return None

    def _area(self, row: BodyRow) -> str | None:
        number = self._columns["subject_name"]
        name, place = self._text(row, "subject_name"), self.place.sheet.at(row.number, number)
        key, aliases = folded(without_numbering(name)[0]), self.place.profile.subject.aliases
        alias = next((id for other, id in aliases.items() if folded(other) == key), None)
        found = (alias,) if alias else self.place.known.areas[key] if key in self.place.known.areas else ()
        if len(found) == 1:
            return found[0]
        if found:
            subjects = "、".join(found)
            self._add(number, Finding("subject-ambiguous", place, {"name": name, "subjects": subjects}))
        else:
            near = nearest(key, self.place.known.areas)
            self._add(number, Finding("subject-unknown", place, {"name": name, "nearest": near}))
        return None

    # ---- carrier and item
    def _dimensions(self, row: BodyRow) -> tuple[tuple[tuple[str, str], ...], Carrier | None]:
        names, found = self.place.profile.rows.names, dict[str, str]()
        carrier = self._carrier(row) if names == "carrier" and row.known is None else None
        if row.known is not None and row.known.carrier:
            carrier = self.place.known.packs.carriers[row.known.carrier]
        if carrier is not None:
            found["carrier"] = carrier.id
        item = row.known.item if row.known is not None else ""
        if names == "item" and row.known is None:
            item = self._item(row) or ""
        if item:
            found["item"] = item
        return tuple(sorted(found.items())), carrier

    def _carrier(self, row: BodyRow) -> Carrier | None:
        known = self.place.known
        named = next((known.carriers[form] for form in _forms(row) if form in known.carriers), None)
        code, system = folded(self._text(row, "row_code")), self.place.profile.rows.classification
        coded = known.carriers_by_code[system, code] if (system, code) in known.carriers_by_code else None
        if coded is not None and coded is not named:
            fields = {"code": code, "expected": coded.label.zh, "name": plain(row.label)}
            severity = Severity.WARNING if named is None else Severity.BLOCKER
            self.place.findings.append(Finding("code-names-another", self._label_place(row), fields, severity))
        if named is not None or coded is not None:
            return named or coded
        near = "、".join(closest(row.name, known.carriers)) or "-"
        fields = {"carrier": plain(row.label), "nearest": near}
        self._add(self._label_number, Finding("carrier-unknown", self._label_place(row), fields))
        return None

    def _item(self, row: BodyRow) -> str | None:
        known = self.place.known.items(self.place.profile.rows.classification)
        code = folded(self._text(row, "row_code"))
        for form in (code, *_forms(row)):
            if form and form in known:
                return known[form]
        if self.place.profile.rows.any_item:
            return plain(row.name)
        names = [name for entry in self.place.profile.rows.known for name in entry.names]
        near = "、".join(closest(row.name, [*names, *known])) or "-"
        self._add(
            self._label_number,
            Finding("item-unknown", self._label_place(row), {"item": plain(row.label), "nearest": near}),
        )
        return None

    def _label_place(self, row: BodyRow) -> str:
        return self.place.sheet.at(row.number, self._label_number)

    # ---- unit and period
    def _unit(self, row: BodyRow, carrier: Carrier, words: Mapping[str, str]) -> Unit | None:
        """The unit in which the row counts its carrier; the carrier's own where the form has no column for it."""
        if not self._units:
            return carrier.unit
        number = next(iter(self._units.values()))
        where, word = self.place.sheet.at(row.number, number), next(iter(words.values()))
        if not word:
            self._add(number, Finding("cell-empty", where, {"heading": self.place.head.title(number)}))
            return None
        unit = self.place.known.unit(word, carrier.unit, self.place.profile.units)
        if unit is None:
            self._add(number, Finding("unit-unknown", where, {"unit": word}))
        elif unit.powers != carrier.unit.powers:
            fields = {"carrier": carrier.label.zh, "unit": word, "expected": carrier.unit.text}
            self._add(number, Finding("unit-not-for-carrier", where, fields))
        return unit

    def _period(self, row: BodyRow) -> Period | None:
        number = self._columns["period"]
        cell = self.place.sheet.cell(row.number, number)._replace(value=self.place.sheet.shown(row.number, number))
        try:
            return period_in(cell, Accumulation.MONTH) if not cell.is_empty else None
        except Refusal as refusal:
            self._add(number, Finding(refusal.code, self.place.sheet.at(row.number, number), refusal.fields))
            return None


def _forms(row: BodyRow) -> Iterator[str]:
    """The forms in which a label may be known: whole, without numbering, without what stands in brackets."""
    forms: list[Any] = [folded(row.label), folded(row.name), heading(row.name)[0]]
    yield from dict.fromkeys(forms)
