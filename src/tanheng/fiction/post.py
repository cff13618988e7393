"""The post of a made-up city: which file comes when, which comes late or never, and which has something wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tanheng.fiction.area_book import TABLES, AreaBook
from tanheng.fiction.area_rows import feedback_row
from tanheng.fiction.chance import Chance
from tanheng.fiction.city import City
from tanheng.fiction.district import District
from tanheng.fiction.printed import Row
from tanheng.fiction.rows import rows_of, rows_of_unit
from tanheng.fiction.sheet import Sheet, sheet_of
from tanheng.fiction.slips import Fault, drawn_slip, with_slip
from tanheng.kernel.pack.recipe import FictionForm
from tanheng.kernel.pack.shape import Label
from tanheng.kernel.period import Period


@dataclass(frozen=True)
class Item:
    """One file: of whom, about which month, when it was due and when it came (never: None), and what is wrong in it."""

    form: FictionForm
    area: str
    period: Period
    name: str
    due: date
    published: date | None
    sheet: Sheet | None
    fault: Fault | None = None
    corrects: str | None = None

    @property
    def cell(self) -> str | None:
        """The cell of the fault, with its sheet."""
        if self.fault is None or self.sheet is None:
            return None
        names = [column.field for column in self.form.columns]
        place = self.sheet.address(self.sheet.first_row + self.fault.row, names.index(self.fault.field))
        return f"{self.sheet.name}!{place}"

    def as_json(self) -> Mapping[str, object]:
        """The entry of the manifest."""
        fault = self.fault
        return {
            "form": self.form.id,
            "sender": {"zh": self.form.sender.zh, "en": self.form.sender.en},
            "layout": self.form.layout,
            "area": self.area,
            "period": str(self.period),
            "due": self.due.isoformat(),
            "published": None if self.published is None else self.published.isoformat(),
            "late": self.published is not None and self.corrects is None and self.published > self.due,
            "corrects": self.corrects,
            "faults": []
            if fault is None
            else [
                {
                    "slip": fault.slip.id,
                    "finds": list(fault.slip.finds),
                    "cell": self.cell,
                    "unit": fault.unit,
                    "right": fault.right,
                    "written": fault.written,
                }
            ],
        }


@dataclass(frozen=True)
class Post:
    """Makes the post of a city, district by district; what the city says of all districts comes last."""

    city: City
    book: AreaBook
    fed_back: dict[tuple[str, Period], list[Row]] = field(default_factory=dict)

    def of_district(self, district: District, months: Sequence[Period]) -> Iterator[Item]:
        """Everything that is sent about one district, and what should have been."""
        for form in self.city.forms.values():
            for month in months:
                if month.start.month not in form.closes:
                    continue
                if form.rows == "feedback":
                    self.fed_back.setdefault((form.id, month), []).append(feedback_row(district, month))
                elif form.from_tce is not None:
                    yield from self._of_units(form, district, month)
                elif form.rows in TABLES:
                    rows = self.book.of_district(form, district, month)
                    yield from self._sent(form, district.id, self._words(district.label, month), month, rows)
                else:
                    rows = rows_of(form, district, month)
                    yield from self._sent(form, district.id, self._words(district.label, month), month, rows)

    def of_city(self) -> Iterator[Item]:
        """What the city sends of all the districts that were gone through."""
        for (form, month), rows in self.fed_back.items():
            numbered = [{"number": number, **row} for number, row in enumerate(rows, 1)]
            words = self._words(self.city.label, month)
            yield from self._sent(self.city.forms[form], self.city.recipe.city, words, month, numbered)
        for form, month in self.book.seen:
            rows = self.book.of_city(self.city.forms[form], month)
            words = self._words(self.city.label, month)
            yield from self._sent(self.city.forms[form], self.city.recipe.city, words, month, rows)

    def _of_units(self, form: FictionForm, district: District, month: Period) -> Iterator[Item]:
        for unit in district.reported(month):
            if form.from_tce is not None and unit.annual_tce >= form.from_tce:
                words = {**self._words(district.label, month), "name": unit.label.zh, "code": unit.code}
                yield from self._sent(form, unit.id, words, month, rows_of_unit(form, district, unit, month))

    def _sent(
        self, form: FictionForm, area: str, words: Mapping[str, str], month: Period, rows: list[Row]
    ) -> Iterator[Item]:
        if not rows:
            return
        name = _filled(form.file, words)
        chance = self.city.chance("post", form.id, area, month.start)
        due = _day_after(month, form.delay, form.day)
        if chance.happens(self.city.recipe.missing):
            yield Item(form, area, month, name, due, None, None)
            return
        published = self._day(chance, due)
        drawn = drawn_slip(self.city, form, area, str(month))
        sent, fault = with_slip(rows, *drawn, form) if drawn else (rows, None)
        item = Item(form, area, month, name, due, published, sheet_of(form, sent, words), fault)
        yield item
        if fault is not None:
            again = published + timedelta(days=self.city.recipe.correction_days)
            right = sheet_of(form, rows, words)
            yield Item(form, area, month, self._corrected(name), due, again, right, corrects=name)

    def _words(self, label: Label, month: Period) -> Mapping[str, str]:
        month_number = month.start.month
        return {
            "area": label.zh,
            "period": month.label("zh"),
            "to_date": f"{month.start.year}年1-{month_number}月" if month_number > 1 else month.label("zh"),
            "quarter": f"{month.start.year}年{self.city.recipe.words.quarters[(month_number - 1) // 3]}季度",
            "year": str(month.start.year),
            "month": str(month_number),
        }

    def _corrected(self, name: str) -> str:
        stem, dot, ending = name.rpartition(".")
        return f"{stem}_{self.city.recipe.words.corrected}{dot}{ending}"

    def _day(self, chance: Chance, due: date) -> date:
        """A day or two before it is due, or one to three weeks after."""
        late = chance.happens(self.city.recipe.late)
        return due + timedelta(days=8 + chance.below(14) if late else -chance.below(3))


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text


def _day_after(month: Period, delay: int, day: int) -> date:
    """A day of the month that follows, or of one some months later."""
    number = month.end.year * 12 + month.end.month - 1 + delay
    return date(number // 12, number % 12 + 1, day)
