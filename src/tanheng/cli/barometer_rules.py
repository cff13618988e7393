"""`tanheng barometer rules`: the rules of lights there are, where each comes from, and which of them is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, show_table
from tanheng.cli.verb import verb
from tanheng.cli.words import said, status_said, words

if TYPE_CHECKING:
    from tanheng.kernel.pack import Barometer, BarometerRule


@verb(
    "rules",
    "列出晴雨表规则：等级、来源、核实状态，以及本地选用了哪一条。\n\n随附的都是预设，不替任何区选定。",
    "List the rules of lights: levels, source, status, and which one is chosen here.\n\n"
    "Those that are shipped are presets and nobody's default.",
)
@as_json_option
def rules(as_document: bool) -> int:
    """Prints every rule of the packs in use."""
    from tanheng.kernel.pack import Barometer, BarometerRule
    from tanheng.store import load_packs

    packs = load_packs()
    known, chosen = packs.all(BarometerRule), packs.all(Barometer)
    if as_document:
        emit({"rules": [_rule_json(rule) for rule in known], "chosen": [_choice_json(item) for item in chosen]})
        return 0
    heads = [words("编号", "Id"), words("等级", "Levels"), words("可评", "Grades"), words("状态", "Status")]
    rows = [
        [rule.id, "；".join(said(level.label) for level in rule.levels), ", ".join(rule.directions), _status(rule)]
        for rule in known
    ]
    show_table([(head, False) for head in heads], rows)
    for item in chosen:
        say(
            words(
                f"{item.place} 选用：{item.rule}（{said(item.label)}）",
                f"{item.place} chose {item.rule} ({said(item.label)})",
            )
        )
    if not chosen:
        say(words("没有选用规则；评定时请写明 --rule。", "No rule is chosen here: name one by --rule."))
    return 0


def _status(rule: BarometerRule) -> str:
    return f"{status_said(str(rule.status))} {rule.clause}"


def _rule_json(rule: BarometerRule) -> dict[str, Any]:
    return rule.model_dump(mode="json")


def _choice_json(choice: Barometer) -> dict[str, Any]:
    return choice.model_dump(mode="json")
