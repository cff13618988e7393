"""The instrument: title, number, issuer, date and the periods that a document is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from tanheng.policy.outline import Outline
from tanheng.policy.proposals import Instrument
from tanheng.policy.spanned import Spanned
from tanheng.policy.words import Lexicon, any_of

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[【（](?:19|20)\d{2}[〕\]】）]\d+号")
_DATE = re.compile(r"^（?((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日[）)]?$")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_SPAN = re.compile(r"((?:19|20)\d{2})年?[-至到]((?:19|20)\d{2})年")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:自治区|自治州|自治县|省|市|区|县|州|旗|盟)")
_LONGEST_TITLE = 80


class InstrumentReader:
    """Reads what stands at the head and at the foot of a document."""

    def __init__(self, lexicon: Lexicon) -> None:
        furniture = lexicon.furniture
        self._lexicon = lexicon
        self._title_end = re.compile(f"{any_of(furniture.title_endings)}(?:（[^）]*）)?$")
        self._issuer = re.compile(f"^[\u4e00-\u9fff]{{2,40}}{any_of(furniture.issuer_endings)}$")
        self._stamp = re.compile(f"（?(?P<name>[\u4e00-\u9fff]+?)?（?{any_of(furniture.stamp)}）?$")
        self._plan = re.compile(any_of(lexicon.manner.plans))

    def instrument(self, outline: Outline) -> Instrument:
        """The instrument; what is not printed stays empty."""
        lines = [text for text in outline.front if len(text) <= _LONGEST_TITLE] + self._foot(outline)
        texts = [text.text for text in lines]
        title = self._title(texts)
        number = next((found[0] for text in texts if (found := _NUMBER.search(text))), "")
        title = title or self._named_in(outline)
        return Instrument(title, number, self._issued_by(texts, title), _dated(texts), self._periods(outline, title))

    @staticmethod
    def _foot(outline: Outline) -> list[Spanned]:
        last = outline.sections[-1].paragraphs[-4:] if outline.sections else []
        return [text for text in last if len(text) <= _LONGEST_TITLE]

    def _title(self, texts: Sequence[str]) -> str:
        """The line that ends as titles do; the one about something first, the shortest of equal rank else."""
        known = [
            text
            for text in texts
            if self._title_end.search(text) and not text.endswith("。") and not _NUMBER.fullmatch(text)
        ]
        about = [text for text in known if "关于" in text]
        if about or known:
            return (about or known)[0]
        return next(
            (
                text
                for text in texts
                if len(text) <= _LONGEST_TITLE and not text.endswith(("。", "：")) and not _NUMBER.search(text)
            ),
            "",
        )

    def _named_in(self, outline: Outline) -> str:
        """A document without a title of its own: what its first lines say that it is."""
        opening = "".join(text.text for text in outline.front)
        found = re.search(
            f"(?:制定|制订|将|印发)(?:了)?(?:本)?《?(?P<title>[^，。《》]{{4,50}}?{any_of(self._lexicon.furniture.title_endings)})",
            opening,
        )
        return found["title"] if found and len(found["title"]) > 5 else ""

    def _issued_by(self, texts: Sequence[str], title: str) -> str:
        signed = [text for text in texts if self._issuer.match(text) and text != title]
        if signed:
            together = [name for name in dict.fromkeys(signed) if name in title]
            return "、".join(together) if len(together) > 1 else signed[0]
        stamped = [found["name"] for text in texts if (found := self._stamp.match(text)) and found["name"]]
        if stamped:
            return stamped[0]
        place = _PLACE.match(title)
        return f"{place[0]}人民政府" if place and "人民政府" in title else ""

    def _periods(self, outline: Outline, title: str) -> tuple[str, ...]:
        if spans := _SPAN.findall(title):
            return tuple(f"{first}..{last}" for first, last in spans)
        if found := _YEAR.findall(title):
            return tuple(dict.fromkeys(found[-1:]))
        if named := self._plan.findall(title):
            return tuple(dict.fromkeys(self._lexicon.manner.plans[name] for name in named))
        return self._periods_of_body(outline)

    def _periods_of_body(self, outline: Outline) -> tuple[str, ...]:
        """The years that demands are for (到2025年), or the one year that the first lines speak of."""
        opening = "".join(text.text for text in outline.front)
        body = "".join(text.text for section in outline.sections for text in section.paragraphs)
        annual = re.search(r"(?:制定|制订|做好|将|现将)(?P<year>(?:19|20)\d{2})年(?!-)", opening) or re.match(
            r"(?P<year>(?:19|20)\d{2})年是", opening
        )
        if annual:
            return (annual["year"],)
        plans = Counter(
            self._lexicon.manner.plans[name]
            for name in re.findall(f"“({any_of(self._lexicon.manner.plans)})”期间", body)
        )
        until = Counter(re.findall(r"到((?:19|20)\d{2})年", body))
        usual = [year for year, count in until.items() if count >= max(1, max(until.values()) // 8)]
        inside = [span.split("..") for span in plans]
        return tuple(
            sorted([*plans, *(year for year in usual if not any(first <= year <= last for first, last in inside))])
        )

    def record(self, instrument: Instrument, outline: Outline) -> str:
        """The kind of a document that tells what was, such as a yearbook; empty for one that demands something."""
        lines = [instrument.title, *(text.text for text in outline.front[:6] if len(text) <= _LONGEST_TITLE)]
        for line in lines:
            found = re.search(any_of(self._lexicon.furniture.records), line)
            if found and not self._title_end.search(line):
                return found[0]
        return ""

    def place(self, instrument: Instrument, outline: Outline) -> str:
        """The city or district that the document is of: named in its title, else by its issuer."""
        for text in (instrument.title, instrument.issuer, *(text.text for text in outline.front[:12])):
            inner = re.sub(r"^.*?《", "", text) if "《" in text else text
            for candidate in (inner.removeprefix("关于").removeprefix("印发"), text):
                if (found := _PLACE.match(candidate)) and not found[0].startswith(("各", "本")):
                    return _last_place(candidate, found)
        titles = Counter(
            re.findall(r"《([\u4e00-\u9fff]{2,3}(?:省|市|区|县))", "".join(text.text for text in outline.texts()))
        )
        return titles.most_common(1)[0][0] if titles else ""


def _last_place(text: str, found: re.Match[str]) -> str:
    """上海市金山区: the lowest place named."""
    place = found[0]
    rest = text[found.end() :]
    while further := _PLACE.match(rest):
        if rest[: further.end()].startswith(("发展", "人民", "应对")) or further.end() > 5:
            break
        place, rest = further[0], rest[further.end() :]
    return place


def _dated(texts: Sequence[str]) -> str | None:
    for text in texts:
        if found := _DATE.match(text):
            try:
                return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
            except ValueError:
                continue
    return None
