"""The ways through the site, app by app, in the order in which the frame of every page draws them."""

from __future__ import annotations

from collections.abc import Sequence

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

ENTRIES: Sequence[Entry] = (*DASHBOARDS, *DOCUMENTS, *CASES, *OBLIGATIONS, *FACTS, *PUBLIC, *RESULTS, *SOURCES, *RULES)


def ways(scope: Scope) -> Sequence[Entry]:
    """Those that a reader may go."""
    return [entry for entry in ENTRIES if entry.is_open(scope.role.id, scope.role.acts, mandated=not scope.is_public)]
