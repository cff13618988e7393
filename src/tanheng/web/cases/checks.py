"""The check of a workbook as a job: what a form asks for, and what the job gives back to its page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tanheng.kernel.faults import Finding, Refusal, Severity
from tanheng.records.checking import Progress, check_workbook
from tanheng.records.evidence import keep_evidence
from tanheng.web.cases.jobs import begin_job
from tanheng.web.cases.models import Job
from tanheng.web.directory.scope import Scope

KIND = "check_workbook"
WORKBOOKS = ("csv", "et", "xls", "xlsx")
_SHOWN_AT_MOST = 500
_ORDER = {Severity.BLOCKER: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def begin_check(*, name: str, content: bytes, published: date, token: str, scope: Scope) -> Job:
    """Keeps a workbook and has it checked in the background; nothing is recorded.

    Refuses  not-permitted; evidence-…: it is no workbook, or none that is taken.
    """
    scope.require("import")
    kept = keep_evidence(name, content)
    if kept.kind not in WORKBOOKS:
        raise Refusal("evidence-kind-unknown", name=kept.name, kinds=", ".join(WORKBOOKS))
    if scope.person is None:
        raise Refusal("no-mandate")
    asked = {"digest": kept.digest, "name": kept.name, "published": published.isoformat(), "compared": scope.sees_all}
    return begin_job(kind=KIND, title=kept.name, asked=asked, person=scope.person, token=token)


def check(asked: Mapping[str, Any], progress: Progress) -> Mapping[str, Any]:
    """The job itself.

    Refuses  whatever reading a workbook refuses.
    """
    day = date.fromisoformat(asked["published"])
    found = check_workbook(asked["digest"], asked["name"], day, compared=asked["compared"], progress=progress)
    ordered = sorted(found.findings, key=_weight)
    return {
        "layout": found.layout,
        "rows": found.rows,
        "statements": found.statements,
        "counts": None if found.counts is None else dict(found.counts),
        "may_be_imported": found.may_be_imported,
        "findings": [finding.as_json() for finding in ordered[:_SHOWN_AT_MOST]],
        "all_findings": len(ordered),
    }


def _weight(finding: Finding) -> int:
    return _ORDER[finding.severity]
