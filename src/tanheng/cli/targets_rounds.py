"""`tanheng targets rounds`: the rounds of a split, from the draft to what is issued; one file for each verb."""

from __future__ import annotations

from tanheng.cli.targets_round_adjust import adjust, countersign
from tanheng.cli.targets_round_draft import draft
from tanheng.cli.targets_round_issue import issue
from tanheng.cli.targets_round_opinions import feedback, opinions
from tanheng.cli.targets_round_show import show
from tanheng.cli.verb import Verbs

rounds = Verbs(
    "rounds",
    zh="目标分解的各轮：草案 → 征求意见 → 反馈 → 调整 → 会签 → 印发；每轮留存。",
    en="The rounds of a split: draft, opinions, feedback, adjusted, countersigned, issued; each is kept.",
)
for _verb in (show, draft, opinions, feedback, adjust, countersign, issue):
    rounds.add_command(_verb)
