"""`tanheng tasks`: where every task stands; sheets out and back; a leader's notes. One file for each verb."""

from __future__ import annotations

from tanheng.cli.tasks_adopt import adopt
from tanheng.cli.tasks_list import list_
from tanheng.cli.tasks_merge import merge
from tanheng.cli.tasks_note import move, note, notes
from tanheng.cli.tasks_split import split
from tanheng.cli.verb import Verbs

tasks = Verbs(
    "tasks",
    zh="任务跟踪：进展一览、拆分下发、收集汇总、督办。",
    en="Tasks: where they stand, sheets out and back, supervision notes.",
)
for _verb in (adopt, list_, split, merge, note, move, notes):
    tasks.add_command(_verb)
