"""`tanheng policy`: from policy documents to proposals; one file for each verb."""

from __future__ import annotations

from tanheng.cli.policy_read import read
from tanheng.cli.verb import Verbs

policy = Verbs("policy", zh="政策文件：读取、复核、登记。", en="Policy documents: read, review, register.")
policy.add_command(read)
