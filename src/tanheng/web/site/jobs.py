"""The kinds of background jobs of this site, written out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.web.cases.jobs import Kind
from tanheng.web.documents.assessment_jobs import JOBS as ASSESSMENT
from tanheng.web.documents.barometer_jobs import JOBS as BAROMETER
from tanheng.web.documents.month_jobs import JOBS as MONTH
from tanheng.web.facts.sending import CHECK, RECORD, check, record
from tanheng.web.obligations.task_returning import KIND as MERGE
from tanheng.web.obligations.task_returning import merge_returned

JOBS: Mapping[str, Kind] = {CHECK: check, RECORD: record, **MONTH, **ASSESSMENT, **BAROMETER, MERGE: merge_returned}
