"""`tanheng targets`: what is demanded and how far it is met; one file for each verb."""

from __future__ import annotations

from tanheng.cli.targets_adopt import adopt
from tanheng.cli.targets_check import check
from tanheng.cli.targets_decompose import decompose
from tanheng.cli.targets_list import list_
from tanheng.cli.targets_path import path
from tanheng.cli.targets_progress import progress
from tanheng.cli.targets_rounds import rounds
from tanheng.cli.verb import Verbs

targets = Verbs("targets", zh="目标：进度、分解、校核。", en="Targets: progress, decomposition, checks.")
for _verb in (path, adopt, list_, progress, check, decompose, rounds):
    targets.add_command(_verb)
