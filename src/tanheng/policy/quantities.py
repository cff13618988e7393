"""Figures with their units: every amount of a piece of text, and what is none (dates, ordinals, names, codes)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tanheng.kernel.pack.policy_shapes import PolicyUnit
from tanheng.policy.numerals import CHINESE, chinese_number, fraction
from tanheng.policy.words import Lexicon, any_of

MASK = "■"
_SINGLE = {"元", "天", "米", "吨"}
_PER = ("日", "年", "天", "人", "人次", "辆", "百公里")
_GROUP = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Quantity:
    """An amount: `value` (and `high` of a range) in `unit` as printed."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    known: PolicyUnit | None
    chinese: bool = False

    @property
    def kind(self) -> str:
        """`count`, `share`, `measure`, `money`, `time`, or `bare` without a unit."""
        return self.known.kind if self.known else "bare"

    def norm(self, value: Decimal | None) -> Decimal | None:
        """A value in the unit that figures are compared in; None without one."""
        if value is None or self.known is None:
            return value if not self.unit else None
        product = value * self.known.factor
        rounded = product.quantize(Decimal("0.0001"))
        return rounded.normalize() if rounded % 1 else rounded.to_integral_value()


class Quantities:
    """Finds amounts in normalised text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _masked(self) -> re.Pattern[str]:
        lexicon = self._lexicon
        return re.compile(
            r"《[^》]*》|“[^”]{1,14}”|‘[^’]{1,14}’|〔[^〕]*〕|\[[12]\d{3}\]"
            r"|(?:19|20)\d{2}年?[-至到](?:19|20)\d{2}年?|(?:19|20)\d{2}年度?|(?:19|20)\d{2}-(?:19|20)\d{2}"
            r"|\d{1,2}-\d{1,2}月|\d{1,2}月\d{1,2}日|\d{1,2}月|\d{1,2}日(?!处理)|(?<![\d.])\d{7,}"
            r"|第[\d一二三四五六七八九十百]+|附件[\d一二三四五六七八九十]+|(?!m[23](?![A-Za-z0-9]))[A-Za-z]+[-+]?\d+(?:\.\d+)?|\d+[A-Za-z]\b(?!ce|oe|P|W|h)"
            rf"|\d+(?:\+\w)+|{any_of(lexicon.nouns.fixed_sets)}"
        )

    @cached_property
    def _unit(self) -> str:
        listed = list(self._lexicon.unit_by_print)
        counts = [unit for unit in listed if self._lexicon.unit_by_print[unit].kind == "count"]
        measures = [unit for unit in listed if unit not in counts and not unit.startswith(("百分之", "千分之"))]
        simple = f"{any_of(measures)}(?:/{any_of([*measures, *_PER])})?"
        return f"(?P<measure>{simple})|(?P<group>[百千万亿]{{0,2}})(?P<count>{any_of(counts)})"

    @cached_property
    def _amount(self) -> re.Pattern[str]:
        digits, chinese = r"-?\d+(?:\.\d+)?", f"[{CHINESE}]+(?:点[{CHINESE}]+)?"
        parts = f"(?:[{CHINESE}]+分之[{CHINESE}]+|\\d+/\\d+)"
        one = f"(?:{digits}|{chinese})"
        unit, tens = self._unit, CHINESE.replace("百", "").replace("千", "")
        inner = re.sub(r"\?P<\w+>", "?:", unit)
        return re.compile(
            f"(?P<percent>[百千]分之)(?P<hundredths>{digits}|[{tens}]+(?:点[{CHINESE}]+)?|一百)"
            f"|(?P<fraction>{parts})(?![\\d/])"
            f"|(?P<low>{one})(?:(?:{inner})?[-至到](?P<high>{one}))?(?:余|多)?(?:{unit})"
            f"|(?<![\\d.A-Za-z-])(?P<bare>\\d+(?:\\.\\d+)?)(?![\\d.A-Za-z%])"
        )

    @cached_property
    def _uncounted(self) -> re.Pattern[str]:
        return re.compile(any_of(self._lexicon.nouns.not_counted))

    @cached_property
    def _named_set(self) -> re.Pattern[str]:
        return re.compile(any_of(self._lexicon.nouns.named_sets))

    @cached_property
    def _at_least(self) -> re.Pattern[str]:
        operators = self._lexicon.operators
        return re.compile(f"{any_of((*operators.at_least.before, *operators.at_most.before))}.{{0,4}}$")

    def masked(self, text: str) -> str:
        """The text with dates, titles, ordinals and fixed names blotted out, sign for sign."""
        return self._masked.sub(self._blot, text)

    @staticmethod
    def _blot(found: re.Match[str]) -> str:
        return MASK * len(found[0])

    def find(self, text: str) -> list[Quantity]:
        """Every amount of a text, in order."""
        shown = self.masked(text)
        found = [self._read(match, shown) for match in self._amount.finditer(shown)]
        return [quantity for quantity in found if quantity is not None]

    def _read(self, match: re.Match[str], text: str) -> Quantity | None:
        before = text[match.start() - 1 : match.start()]
        if before.isascii() and before.isalnum():
            return None
        if match["percent"]:
            value = _number(match["hundredths"])
            unit = self._lexicon.unit_by_print["%"]
            scale = 1 if match["percent"].startswith("百") else Decimal("0.1")
            return None if value is None else Quantity(*match.span(), value * scale, None, "%", unit, chinese=True)
        if match["fraction"]:
            value = fraction(match["fraction"])
            return None if value is None else Quantity(*match.span(), value, None, "", None)
        if match["bare"]:
            return Quantity(*match.span(), Decimal(match["bare"]), None, "", None)
        return self._with_unit(match, text)

    def _with_unit(self, match: re.Match[str], text: str) -> Quantity | None:
        low, high = _number(match["low"]), _number(match["high"]) if match["high"] else None
        if low is None or (match["high"] and high is None):
            return None
        printed = match["measure"] or match["count"]
        digits = match["low"]
        for group in ("万", "亿"):
            if digits.endswith(group) and len(digits) > 1 and f"{group}{printed}" in self._lexicon.unit_by_print:
                low, printed = _number(digits[:-1]) or low, f"{group}{printed}"
        chinese = not match["low"].lstrip("-")[0].isdigit()
        if match["count"]:
            for sign in match["group"] or "":
                low *= _GROUP[sign]
                high = None if high is None else high * _GROUP[sign]
        low = low.to_integral_value() if low == low.to_integral_value() and match["group"] else low
        known = self._known(printed)
        quantity = Quantity(*match.span(), low, high, printed, known, chinese)
        return quantity if self._counts(quantity, match, text) else None

    def _known(self, printed: str) -> PolicyUnit | None:
        units = self._lexicon.unit_by_print
        if printed in units:
            return units[printed]
        top, _, below = printed.partition("/")
        if top not in units:
            return None
        bottom = (
            units[below].norm if below in units else {"日": "d", "天": "d", "年": "a", "人": "person"}.get(below, below)
        )
        return PolicyUnit(
            printed=(printed,), norm=f"{units[top].norm}/{bottom}", factor=units[top].factor, kind="measure"
        )

    def _counts(self, quantity: Quantity, match: re.Match[str], text: str) -> bool:
        """Whether a counted thing is an amount: not 七个重点领域; a Chinese numeral only where it clearly counts."""
        rest = text[match.end() :]
        if quantity.kind != "count":
            return not (quantity.chinese and quantity.unit in _SINGLE and len(match["low"]) == 1) and match[0] != "一成"
        if quantity.chinese and self._named_set.match(rest):
            return False
        if set(match["low"]) <= set("百千万亿"):
            return False
        if self._uncounted.match(rest) or self._uncounted.match(match["count"] + rest):
            return False
        if not quantity.chinese or self._at_least.search(text[: match.start()]):
            return True
        return match["low"] != "一" and quantity.unit in self._lexicon.nouns.counted_after


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text.lstrip("-")[:1].isdigit() else chinese_number(text)
