"""A wrong command line in the words of the list of codes: click speaks English only."""

from __future__ import annotations

import click

from tanheng.kernel.faults import Refusal, Worded


def misuse(error: click.UsageError) -> Refusal:
    """A wrong command line in the words of the list of codes."""
    command = error.ctx.command_path if error.ctx else "tanheng"
    match error:
        case click.NoSuchOption():
            nearest = ", ".join(error.possibilities or ()) or "-"
            return Refusal("option-unknown", option=error.option_name, command=command, nearest=nearest)
        case click.MissingParameter():
            name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else "-"
            return Refusal("argument-missing", name=name, command=command)
        case click.BadParameter():
            name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else "-"
            return Refusal("argument-invalid", name=name, problem=_problem(error), command=command)
    return Refusal("command-line-wrong", problem=error.message, command=command)


def _problem(error: click.BadParameter) -> Worded:
    """What click says, and the same in Chinese for the kinds of value that our commands take."""
    found = error.param.type if error.param else None
    return Worded(_demand(found) or error.message, error.message)


def _demand(kind: object) -> str | None:
    match kind:
        case click.Choice():
            return f"只能是 {'、'.join(str(choice) for choice in kind.choices)}。"
        case click.IntRange():
            return f"须为整数，{_range(kind)}。"
        case click.types.IntParamType():
            return "须为整数。"
        case click.DateTime():
            return "须为日期，如 2026-03-31。"
        case click.Path():
            return f"须为{'已有的' if kind.exists else ''}{_sort(kind)}，且可以读写。"
    return None


def _range(kind: click.IntRange) -> str:
    low = "" if kind.min is None else f"不小于 {kind.min}"
    return low if kind.max is None else f"{low}{'，' if low else ''}不大于 {kind.max}"


def _sort(kind: click.Path) -> str:
    if kind.dir_okay and kind.file_okay:
        return "文件或文件夹"
    return "文件夹" if kind.dir_okay else "文件"
