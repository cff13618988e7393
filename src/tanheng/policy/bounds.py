"""The words around a figure: bound, direction, level, approximation; together they make the operator."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tanheng.policy.proposals import Operator
from tanheng.policy.words import Lexicon, any_of

_LEAST, _MOST, _ABOUT = "at_least", "at_most", "about"


@dataclass(frozen=True)
class Before:
    """What the words in front of a figure say; `rest` is what stands in front of them."""

    rest: str
    bound: str = ""
    direction: str = ""
    level: bool = False
    hold: bool = False
    reach: bool = False


class Bounds:
    """Reads the words around figures."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @cached_property
    def _skipped(self) -> re.Pattern[str]:
        manner, operators = self._lexicon.manner, self._lexicon.operators
        words = (*manner.hedges, *manner.floor, *manner.stretch, *operators.respectively)
        return self._lexicon.tail([word for word in words if word not in {"年", "均", "共"}])

    @cached_property
    def _bounds(self) -> list[tuple[str, re.Pattern[str]]]:
        operators = self._lexicon.operators
        pairs = ((_LEAST, operators.at_least), (_MOST, operators.at_most), (_ABOUT, operators.about))
        listed = [(word, sense) for sense, around in pairs for word in around.before]
        listed.sort(key=lambda pair: -len(pair[0]))
        return [(sense, re.compile(f"{re.escape(word)}$")) for word, sense in listed]

    @cached_property
    def _parted(self) -> re.Pattern[str]:
        """至少使用一种: a verb stands between the bound and the figure."""
        nouns, operators = self._lexicon.nouns, self._lexicon.operators
        verbs = any_of((*nouns.drop_verbs, *nouns.keep_verbs, *nouns.using_verbs))
        return re.compile(
            f"(?P<bound>{any_of((*operators.at_least.before, *operators.about.before))})(?P<verb>{verbs})$"
        )

    @cached_property
    def _moves(self) -> re.Pattern[str]:
        operators = self._lexicon.operators
        return re.compile(
            f"(?:(?P<down>{any_of(operators.down)})|(?P<up>{any_of(operators.up)}))(?P<level>{any_of(operators.to_level)})?了?$"
        )

    @cached_property
    def _holds(self) -> re.Pattern[str]:
        return self._lexicon.tail(self._lexicon.operators.hold)

    @cached_property
    def _reaches(self) -> re.Pattern[str]:
        plain = [
            word for word in self._lexicon.operators.reach if word in {"达到", "达", "为", "至", "到", "共", "合计"}
        ]
        return self._lexicon.tail(plain)

    @cached_property
    def _after(self) -> re.Pattern[str]:
        operators = self._lexicon.operators
        return re.compile(
            f"(?P<least>{any_of(operators.at_least.after)})|(?P<most>{any_of(operators.at_most.after)})|(?P<about>{any_of(operators.about.after)})"
        )

    def before(self, text: str, *, counted: bool = False) -> Before:
        """Reads from the figure leftwards: bound, level, direction, skipping hedges and tiers.

        Of things that are `counted` only some verbs say a change: 增加 600 座 does, 能效提升 1 家 does not.
        """
        bound, direction, level, hold, reach = "", "", False, False, False
        if split := self._parted.search(text):
            text = f"{text[: split.start()]}{split['verb']}{split['bound']}"
        while True:
            shorter = self._skipped.sub("", text)
            found = None if bound else next(((s, m) for s, p in self._bounds if (m := p.search(shorter))), None)
            if found:
                bound, text = found[0], shorter[: found[1].start()]
            elif not direction and (move := self._moves.search(shorter)) and self._may_move(move, counted):
                direction = "down" if move["down"] else "up"
                level, text = level or reach or bool(move["level"]), shorter[: move.start()]
                reach = False
            elif not (hold or direction) and (held := self._holds.search(shorter)):
                hold, text = True, shorter[: held.start()]
            elif not (reach or hold or direction) and (met := self._reaches.search(shorter)):
                reach, text = True, shorter[: met.start()]
            else:
                return Before(shorter, bound, direction, level, hold, reach)

    def _may_move(self, move: re.Match[str], counted: bool) -> bool:
        return not counted or bool(move["level"]) or move[0].startswith(self._lexicon.operators.of_amounts)

    def after(self, text: str) -> tuple[str, int]:
        """What the words behind a figure say, and how many signs they are."""
        found = self._after.match(text)
        if not found:
            return "", 0
        sense = _LEAST if found["least"] else _MOST if found["most"] else _ABOUT
        return sense, found.end()

    @staticmethod
    def operator(before: Before, after: str, ranged: bool) -> Operator:
        """The operator that the words in front and behind make together."""
        bound = after or before.bound
        if bound == _ABOUT or (before.bound == _ABOUT and not after):
            return Operator.ABOUT
        if before.direction and not before.level:
            if before.direction == "up":
                return Operator.UP
            return Operator.DOWN_AT_LEAST if bound == _LEAST else Operator.DOWN
        if bound:
            return Operator(bound)
        if ranged:
            return Operator.RANGE
        if before.level:
            return Operator.UP_TO if before.direction == "up" else Operator.AT_MOST
        return Operator.REACH
