"""`tanheng barometer grade`: one figure against one target, without a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say
from tanheng.cli.verb import option, verb
from tanheng.cli.words import language, said, words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.quantity import written_number

if TYPE_CHECKING:
    from decimal import Decimal

    from tanheng.kernel.assessment.barometer_grade import Grade
    from tanheng.kernel.pack import BarometerRule, Direction


@verb(
    "grade",
    "按规则评定一个数：等级、颜色、差距、距下一颜色多少。不需要站点。\n\n"
    "降低（提高）目标：差距＝(目标－实际)÷|目标|；上限目标：差距＝(实际－上限)÷|上限|；正数为未完成。\n"
    "不写 --actual 即无数据，为灰色，不是绿色。",
    "Grade one figure by a rule: level, colour, gap, how far to the next colour. Needs no site.\n\n"
    "Of a fall (or rise) gap = (target - actual) / |target|, of a cap (actual - cap) / |cap|; positive means missed.\n"
    "Without --actual there are no data, which is grey, never green.",
)
@option(
    "--rule", required=True, zh="规则编号（tanheng barometer rules）。", en="Id of a rule (tanheng barometer rules)."
)
@option(
    "--direction",
    type=click.Choice(["fall", "rise", "cap"]),
    required=True,
    zh="目标类型：fall 降低、rise 提高、cap 上限。",
    en="Kind of target: a fall, a rise, a cap.",
)
@option("--target", required=True, zh="目标值，如 2.97（%）。", en="The target, such as 2.97 (%).")
@option(
    "--actual", zh="实际值，与目标同单位；下降为正。", en="The actual, in the unit of the target; a fall is positive."
)
@option(
    "--base",
    zh="差距占谁的比例；默认为目标值（文件未写明）。",
    en="What the gap is a share of; the target by default (the notice leaves it open).",
)
@as_json_option
def grade(rule: str, direction: Direction, target: str, actual: str | None, base: str | None, as_document: bool) -> int:
    """Grades and prints.

    Refuses  definition-missing: no such rule; barometer-number-unreadable; as `graded`.
    """
    from tanheng.kernel.assessment import graded
    from tanheng.kernel.pack import BarometerRule
    from tanheng.store import load_packs

    asked = _number("--target", target)
    figure, size = (None if text is None else _number(name, text) for name, text in _named(actual, base))
    known = load_packs().get(BarometerRule, rule)
    light = graded(known, direction, asked, figure, size)
    document = light_json(light, known) | {"direction": direction, "target": float(asked), "actual": _plain(figure)}
    if as_document:
        emit(document)
    else:
        _show(light, known)
    return 0


def _named(actual: str | None, base: str | None) -> tuple[tuple[str, str | None], ...]:
    return ("--actual", actual), ("--base", base)


def _number(name: str, text: str) -> Decimal:
    value = written_number(text)
    if value is None:
        raise Refusal("barometer-number-unreadable", name=name, text=text)
    return value


def light_json(light: Grade, rule: BarometerRule) -> dict[str, Any]:
    """A light as plain values. Distances are in the unit of the target; without data every number is null."""
    following = light.next_colour
    return {
        "rule": rule.id,
        "status": str(rule.status),
        "clause": rule.clause,
        "level": light.level,
        "colour": light.colour,
        "label": {"zh": light.label.zh, "en": light.label.en},
        "gap": _plain(light.gap),
        "gap_pct": _plain(light.gap_pct),
        "distance_to_next_colour": None if following is None else _plain(following.distance),
        "next_colour": None if following is None else following.colour,
        "next_level": None if following is None else following.level,
        "next_is_better": None if following is None else following.better,
        "actual_at_next_colour": None if following is None else _plain(following.actual_needed),
    }


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _show(light: Grade, rule: BarometerRule) -> None:
    say(format(light.label, language()), "bold")
    if light.gap_pct is not None:
        say(words(f"差距：{light.gap_pct:.2f}%（正数为未完成）", f"Gap: {light.gap_pct:.2f} % (positive: missed)"))
    following = light.next_colour
    if following is not None:
        text, far = said(rule.at(following.level).label), f"{following.distance:f}"
        if following.better:
            say(words(f"距“{text}”还差 {far}", f"{far} short of “{text}”"))
        else:
            say(words(f"距“{text}”还有余量 {far}", f"{far} above “{text}”"))
    say(words(f"规则：{said(rule.label)}（{rule.clause}）", f"Rule: {said(rule.label)} ({rule.clause})"))
