"""How things leave this site, written out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.web.cases.outbox import Way
from tanheng.web.cases.reminder_posts import WAYS as REMINDERS
from tanheng.web.obligations.task_letters import WAYS as LETTERS

WAYS: Mapping[str, Way] = {**REMINDERS, **LETTERS}
