"""How the energy of an interval was found: the closed list of ways, as numbers in columns and words for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tanheng.kernel.faults import Worded

DIRECT: Final = 0
SPREAD_LINEAR: Final = 1
ROLLOVER: Final = 2
SWAP: Final = 3
RESET: Final = 4
UNIT_SLIP: Final = 5
SCALE: Final = 6
UNSURE_SWAP: Final = 7
ABOVE_MOST: Final = 8
FELL: Final = 9
JUMPED: Final = 10
NO_READING: Final = 11
NEGATIVE: Final = 12
CAUGHT_UP: Final = 13
CLOCK_OFF: Final = 14
FILLED_PROFILE: Final = 20
FILLED_LINEAR: Final = 21

WORDS: Final[Mapping[int, Worded]] = {
    DIRECT: Worded("实测", "measured"),
    SPREAD_LINEAR: Worded("缺口内按示数差均摊", "spread over a gap by the difference of the register"),
    ROLLOVER: Worded("示数翻转", "the register turned over"),
    SWAP: Worded("换表，起止示数在案", "meter swapped, first and last values on record"),
    RESET: Worded("示数归零，自零起计", "register reset, counted from zero"),
    UNIT_SLIP: Worded("单位报错，已按原单位还原", "sent in a smaller unit, restored"),
    SCALE: Worded("倍率更正", "multiplier corrected"),
    UNSURE_SWAP: Worded("换表，起止示数不全", "meter swapped, first or last value not on record"),
    ABOVE_MOST: Worded("超过表计最大值", "above the most the meter can bring"),
    FELL: Worded("示数下降，无法解释", "the register fell without a reason on record"),
    JUMPED: Worded("示数跳增，不计为电量", "the register jumped; not counted as energy"),
    NO_READING: Worded("无读数", "no reading"),
    NEGATIVE: Worded("间隔量为负", "negative amount of an interval"),
    CAUGHT_UP: Worded("卡滞后补增，均摊到卡滞时段", "stuck register caught up, spread over the time it stood still"),
    CLOCK_OFF: Worded("时钟偏差，时段错位", "clock off, the energy stands in other hours"),
    FILLED_PROFILE: Worded("按同星期日曲线填补", "filled by the same-weekday profile"),
    FILLED_LINEAR: Worded("按前后读数线性填补", "filled by a line between the readings beside"),
}
