"""`tanheng targets`: what is demanded and how far it is met; one file for each verb."""

from __future__ import annotations

from tanheng.cli.targets_check import check
from tanheng.cli.targets_decompose import decompose
from tanheng.cli.targets_path import path
from tanheng.cli.verb import Verbs

targets = Verbs("targets", zh="目标：进度、分解、校核。", en="Targets: progress, decomposition, checks.")
for _verb in (path, check, decompose):
    targets.add_command(_verb)
