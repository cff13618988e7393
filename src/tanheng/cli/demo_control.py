"""The last part of the demonstration: the control loop of the made-up district, by the commands that anybody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tanheng.cli.output import say
from tanheng.cli.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tanheng.kernel.pack.recipe import DemoYear
    from tanheng.store import Home


def control_year(plan: DemoYear, home: Home) -> None:
    """Shows the lights of the quarter and the tasks' and month's documents; `latest` stays what the story made it."""
    from tanheng.cli.barometer import barometer
    from tanheng.cli.demo_month import month_under_way
    from tanheng.cli.dispatch import dispatch
    from tanheng.records.site_files import results

    story, day = results().load("latest"), ("--known-on", plan.known_on.isoformat())
    about = ("--area", plan.district, *day)
    papers = home.root / "papers"
    _typed("tanheng barometer", barometer, ("--period", plan.quarter, *about))
    _typed("tanheng dispatch", dispatch, ("--period", plan.month, *about, "--out", str(papers)))
    month_under_way(plan)
    results().save(story)


def _typed(name: str, command: click.Command, arguments: Sequence[str]) -> None:
    """Shows the command and runs it; that something blocks publication does not end the story."""
    say(words("命令：", "Command: ") + " ".join((name, *arguments)), "bold")
    command.main(list(arguments), prog_name=name, standalone_mode=False)
    say()
