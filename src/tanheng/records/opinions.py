"""Opinions on a split, out of the tables that came back (意见采纳情况表) and were kept as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tanheng.kernel.faults import Finding, Severity
from tanheng.kernel.obligation.decomposition import Outcome, Request
from tanheng.records.registers import KeptRow, kept_rows

OPINIONS = "opinions"
_NAMED = 40
_READ: Mapping[str, Outcome] = {"adopted": "adopted", "partly": "partly", "not": "not", "open": "open"}


@dataclass(frozen=True)
class Words:
    """How outcomes are written: by outcome its words, and what stands for no opinion at all."""

    outcomes: Mapping[str, Sequence[str]]
    nothing: Sequence[str]


def requests_kept(
    names: Mapping[str, str], words: Words, of_import: int | None = None
) -> tuple[list[Request], list[Finding]]:
    """What was asked for, by whom, about which subject, with what became of it.

    Reads    names: the subjects of the split by the names under which they may be spoken of; of_import: the position of
             one import (default: all that are kept).
    Gives    a request for each row with an opinion. One whose subject is not told, or is one of several, names none,
             and a finding says so; an outcome that nobody can read is open, and a finding says so.
    """
    requests, findings = list[Request](), list[Finding]()
    for row in kept_rows(OPINIONS, of_import=of_import):
        asked = _said(row, "opinion")
        if not asked or asked in words.nothing:
            continue
        outcome = _outcome(_said(row, "outcome"), words)
        if outcome is None:
            findings.append(
                Finding("round-outcome-unreadable", row.place, {"text": _said(row, "outcome")}, Severity.WARNING)
            )
        subject = _subject(row, names)
        if not subject:
            fields = {"party": _said(row, "party"), "asked": asked[:_NAMED]}
            findings.append(Finding("round-request-without-subject", row.place, fields, Severity.NOTE))
        reason = _said(row, "reason")
        requests.append(Request(_said(row, "party"), subject, asked, outcome or "open", reason, row.place))
    return requests, findings


def _said(row: KeptRow, field: str) -> str:
    return row.fields[field].strip() if field in row.fields else ""


def _outcome(text: str, words: Words) -> Outcome | None:
    """The outcome that a cell says; open where it is empty, None where it is not known."""
    if not text:
        return "open"
    head = text.replace(",", "，").replace("；", "，").replace("：", "，").partition("，")[0].strip()
    return next((_READ[name] for name, said in words.outcomes.items() if name in _READ and head in said), None)


def _subject(row: KeptRow, names: Mapping[str, str]) -> str:
    """Whom a row is about: whoever sent it, else the one subject that its words name."""
    party = _said(row, "party")
    if party in names:
        return names[party]
    text = _said(row, "original") + _said(row, "opinion")
    named = {subject for name, subject in names.items() if name in text}
    return named.pop() if len(named) == 1 else ""
