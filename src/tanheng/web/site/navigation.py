"""The ways through the site, app by app, in the order in which the frame of every page draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tanheng.web.cases.navigation import ENTRIES as CASES
from tanheng.web.dashboards.navigation import ENTRIES as DASHBOARDS
from tanheng.web.directory.scope import Scope
from tanheng.web.documents.navigation import ENTRIES as DOCUMENTS
from tanheng.web.facts.navigation import ENTRIES as FACTS
from tanheng.web.obligations.navigation import ENTRIES as OBLIGATIONS
from tanheng.web.public.navigation import ENTRIES as PUBLIC
from tanheng.web.results.navigation import ENTRIES as RESULTS
from tanheng.web.rules.navigation import ENTRIES as RULES
from tanheng.web.sources.navigation import ENTRIES as SOURCES
from tanheng.web.ui.navigation import Entry

# The order of a working day: where it stands, what waits, the month, what is demanded, the figures; then what is looked
# up.
ENTRIES: Sequence[Entry] = (*DASHBOARDS, *CASES, *DOCUMENTS, *OBLIGATIONS, *FACTS, *RESULTS, *SOURCES, *RULES, *PUBLIC)
IN_ONE_LINE = 9
"""How many ways stand beside one another on a screen of 1366 points."""


@dataclass(frozen=True)
class Ways:
    """The ways of a reader: those that stand in the line, and those in the list at its end."""

    first: Sequence[Entry]
    aside: Sequence[Entry] = ()

    @property
    def sections_aside(self) -> Sequence[str]:
        """The sections of the list."""
        return [entry.section for entry in self.aside]


def ways(scope: Scope) -> Ways:
    """Those that a reader may go; a list at the end only where there are more than fit."""
    mandated = not scope.is_public
    found = [entry for entry in ENTRIES if entry.is_open(scope.role.id, scope.role.acts, mandated=mandated)]
    if len(found) <= IN_ONE_LINE:
        return Ways(found)
    return Ways([entry for entry in found if not entry.aside], [entry for entry in found if entry.aside])
