"""Commands that speak two languages and answer a refusal with a sentence, a next step and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from tanheng.cli.answers import answered
from tanheng.cli.words import words

Callback = Callable[..., Any]
_HEADINGS = {"Options": "选项", "Commands": "命令"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or words("用法：", "Usage: "))

    def write_heading(self, heading: str) -> None:
        chinese = _HEADINGS[heading] if heading in _HEADINGS else heading
        super().write_heading(words(chinese, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class _Spoken:
    """A help text in two languages, chosen when it is read and not when the program starts."""

    zh = ""
    en = ""

    @property
    def help(self) -> str | None:
        """The help in the reader's language."""
        return words(self.zh, self.en)

    @help.setter
    def help(self, value: str | None) -> None:
        """The docstring that click offers is for readers of the code, and is not shown."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line: click would cut Chinese, which has no spaces, down to nothing."""
        return words(self.zh, self.en).partition("\n")[0]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in the reader's language."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = words("显示本说明。", "Show this text.")
        return option  # type: ignore[no-any-return]


class Verb(_Spoken, click.Command):
    """One command. Its function returns the exit code."""

    context_class = _Context

    def __init__(self, *arguments: Any, zh: str, en: str, **attributes: Any) -> None:
        self.zh, self.en = zh, en
        super().__init__(*arguments, **attributes)


class Verbs(_Spoken, click.Group):
    """A group of commands, listed in the order in which they were added."""

    context_class = _Context

    def __init__(self, *arguments: Any, zh: str, en: str, **attributes: Any) -> None:
        self.zh, self.en = zh, en
        super().__init__(*arguments, **attributes)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the journey, not of the alphabet."""
        return list(self.commands)


class Program(Verbs):
    """The whole program: whatever is refused below is said here."""

    def main(self, *arguments: Any, **options: Any) -> NoReturn:
        """Runs a command and ends the process with its exit code: 0 done, 1 blocked by findings, 2 refused."""
        options["standalone_mode"] = False
        _make_printable()
        sys.exit(answered(lambda: super(Program, self).main(*arguments, **options)))


def _make_printable() -> None:
    """A terminal that knows no Chinese gets escapes: an answer that cannot be printed must not undo what was done."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class _Option(click.Option):
    """An option whose help is chosen when it is read."""

    def __init__(self, *arguments: Any, zh: str, en: str, **attributes: Any) -> None:
        self.zh, self.en = zh, en
        super().__init__(*arguments, **attributes)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help, for the list of options."""
        self.help = words(self.zh, self.en)
        return super().get_help_record(ctx)


def verb(name: str, zh: str, en: str) -> Callable[[Callback], Verb]:
    """Makes a command of a function; the texts are its help, their first line the short one."""
    return click.command(name, cls=Verb, zh=zh, en=en)


def verbs(name: str, zh: str, en: str) -> Callable[[Callback], Verbs]:
    """Makes a group of a function that does the main work of the group when no verb of it is named.

    The function takes the context first; `context.invoked_subcommand` names the verb that follows, if any.
    """
    return click.group(name, cls=Verbs, zh=zh, en=en, invoke_without_command=True)


def option(*names: str, zh: str, en: str, **attributes: Any) -> Callable[[Callback], Callback]:
    """One option with its help in both languages."""
    return click.option(*names, cls=_Option, zh=zh, en=en, **attributes)
