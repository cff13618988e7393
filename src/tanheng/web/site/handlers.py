"""What the moves of cases can do on this site, by the names that procedures give: written out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.records.case_acts import HANDLERS as RECORDS
from tanheng.records.cases import Handler
from tanheng.web.documents.month_moves import HANDLERS as MONTH
from tanheng.web.documents.paper_moves import HANDLERS as PAPERS

HANDLERS: Mapping[str, Handler] = {**RECORDS, **MONTH, **PAPERS}
