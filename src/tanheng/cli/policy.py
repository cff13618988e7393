"""`tanheng policy`: from policy documents to proposals and obligations; one file for each verb."""

from __future__ import annotations

from tanheng.cli.policy_accept import accept
from tanheng.cli.policy_compare import compare
from tanheng.cli.policy_consult import consult
from tanheng.cli.policy_draft import draft
from tanheng.cli.policy_list import list_
from tanheng.cli.policy_read import read
from tanheng.cli.policy_show import show
from tanheng.cli.policy_supersede import supersede
from tanheng.cli.policy_write import write
from tanheng.cli.verb import Verbs

policy = Verbs("policy", zh="政策文件：读取、复核、登记。", en="Policy documents: read, review, register.")
for _verb in (read, accept, list_, show, supersede, write, compare, draft, consult):
    policy.add_command(_verb)
