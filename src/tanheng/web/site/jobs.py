"""The kinds of background jobs of this site, written out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.web.cases.checks import KIND as CHECK
from tanheng.web.cases.checks import check
from tanheng.web.cases.jobs import Kind

JOBS: Mapping[str, Kind] = {CHECK: check}
