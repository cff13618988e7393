"""Which figures of a piece demand something, and which only say whom it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tanheng.policy.bounds import Bounds
from tanheng.policy.quantities import Quantity
from tanheng.policy.words import Lexicon, any_of

_ENDS = "，。；：、）”》"
_FROM = re.compile(r"(?:从|由)(?:(?:19|20)\d{2}年)?的?$")
_BETWEEN_EQUALS = ("、", "和", "及", "与", "以及")
_RANGE_WORDS = ("范围内", "范围", "服务半径", "半径")

# Words behind a figure that belong to the demand and name nobody: 年度目标, 的口径下达.
GOING_ON = re.compile(r"(?:的)?(?:年度)?(?:目标|任务|水平)$|的口径|的(?:幅度|速度|要求)|^[以之]?[内上下]?$")


@dataclass(frozen=True)
class Placed:
    """A figure in a piece: where its words end, whether it stands in brackets, and whether it is only a limit."""

    quantity: Quantity
    end: int
    sense: str
    bracket: tuple[int, int] | None
    limit: bool


class Limits:
    """Tells outcomes from limits: 单位能耗下降15%以上的公共建筑 is whom the renovation is for."""

    def __init__(self, lexicon: Lexicon, bounds: Bounds) -> None:
        self._lexicon, self._bounds = lexicon, bounds

    @cached_property
    def _attribute(self) -> re.Pattern[str]:
        nouns, operators = self._lexicon.nouns, self._lexicon.operators
        measured = any_of((*nouns.attributes, *operators.down, *operators.up))
        bound = any_of(
            (*operators.at_least.before, *operators.at_most.before, *operators.about.before, "达到", "达", "在", "为")
        )
        return re.compile(f"{measured}{bound}?$")

    @cached_property
    def _measured(self) -> re.Pattern[str]:
        """节能量不少于: a noun of measure with a bound, in front of a figure."""
        operators = self._lexicon.operators
        bound = any_of((*operators.at_least.before, *operators.at_most.before, "达到", "达", "在", "为"))
        return re.compile(f"{any_of(self._lexicon.nouns.heads)}{bound}?$")

    @cached_property
    def _forbids(self) -> re.Pattern[str]:
        """禁止新建35蒸吨/小时及以下燃煤锅炉: the size says which boilers are forbidden."""
        return re.compile(f"{any_of(self._lexicon.operators.forbid)}[^，；]*$")

    @cached_property
    def _done(self) -> re.Pattern[str]:
        return re.compile(r"建成|完成|新增|新建|形成|建设|落实|实现|推广")

    @cached_property
    def _made(self) -> re.Pattern[str]:
        nouns = self._lexicon.nouns
        made = ("实现", "完成", "建设", "建成", "形成", "落实", "实施", "推广", "力争", "确保", "累计完成", "累计落实")
        return self._lexicon.tail((*nouns.keep_verbs, *made))

    @cached_property
    def _of_the_whole(self) -> re.Pattern[str]:
        operators = self._lexicon.operators
        return re.compile(f"{any_of((*operators.at_most.before, *operators.at_least.before))}[^，、]{{1,6}}$")

    def placed(self, text: str, quantities: Sequence[Quantity]) -> list[Placed]:
        """The figures of a piece with what they are; a figure in brackets limits the one outside."""
        brackets = [(found.start(), found.end()) for found in re.finditer(r"（[^（）]*）", text)]
        found = list[Placed]()
        for i, quantity in enumerate(quantities):
            sense, size = self._bounds.after(text[quantity.end :])
            bracket = next((pair for pair in brackets if pair[0] < quantity.start < pair[1]), None)
            before = quantities[i - 1] if i else None
            end = quantity.end + size
            later = quantities[i + 1] if i + 1 < len(quantities) else None
            limit = bracket is None and self._is_limit(text, quantity, end, before, later)
            found.append(Placed(quantity, end, sense, bracket, limit))
        return self._shares_of(text, found)

    @staticmethod
    def _shares_of(text: str, found: list[Placed]) -> list[Placed]:
        """三分之二以上的机组煤耗降至300: the share in front says of how many, the figure behind is the outcome."""
        first, others = (found[0], found[1:]) if found else (None, [])
        if first is None or first.limit or not any(not other.limit and other.bracket is None for other in others):
            return found
        share = first.quantity.kind in {"share", "bare"} and first.sense and text[first.end :].startswith("的")
        opens = not text[: first.quantity.start].strip("，、 ")
        return [replace(first, limit=True), *others] if share and opens else found

    def _is_limit(
        self, text: str, quantity: Quantity, end: int, before: Quantity | None, later: Quantity | None
    ) -> bool:
        left, right = text[: quantity.start], text[end:]
        if quantity.kind == "bare" and self._of_the_whole.search(left):
            return False
        ranged = right.startswith(_RANGE_WORDS) or text[quantity.end :].startswith(_RANGE_WORDS)
        if ranged or _FROM.search(left):
            return True
        noun = right.removeprefix("的")
        equal = later is not None and text[end : later.start] in _BETWEEN_EQUALS
        if equal or not noun or noun[0] in _ENDS or GOING_ON.match(right) or self._opens_bracket_only(noun):
            return False
        if self._forbids.search(left) and not self._bounds.before(left).bound:
            return True
        start = self._bounds.after(text[before.end :])[1] + before.end if before else 0
        if self._attribute.search(left[start:] if before else left):
            return quantity.kind != "count"
        if before is not None and start == quantity.start:
            return quantity.kind == "measure"
        suffixed = end > quantity.end or quantity.high is not None
        if right.startswith("的") and self._measured.search(left) and not self._done.search(left):
            return quantity.kind == "measure"
        counted = later is not None and later.kind == "count" and not set("、和及，") & set(text[end : later.start])
        return suffixed and quantity.kind == "measure" and (counted or not self._made.search(left))

    @staticmethod
    def _opens_bracket_only(noun: str) -> bool:
        return noun.startswith("（") and noun.endswith("）")
