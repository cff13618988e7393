"""What the values of a round come to together, as the verbs of the rounds print it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanheng.cli.output import as_json, say
from tanheng.cli.targets_check import COLUMNS
from tanheng.cli.targets_split import show_split
from tanheng.cli.words import language, words
from tanheng.kernel.faults import Refusal

if TYPE_CHECKING:
    from tanheng.kernel.obligation.decomposition import Round
    from tanheng.reports.decomposition_figures import SplitFigures


def whole_of(made: Round) -> SplitFigures | Refusal:
    """The values of a round put together again; the reason where the draft's figures can no longer be had.

    A round that was recorded stands whether or not its whole can be shown: a refusal is said, not raised.
    """
    from tanheng.records.round_figures import figures_of_round
    from tanheng.reports.decomposition_figures import split_figures

    try:
        found = figures_of_round(made)
    except Refusal as refusal:
        return refusal
    findings = as_json(found.checked.findings)
    return split_figures(found.plan, found.packs, found.directory, found.checked.figures, findings)


def whole_json(found: SplitFigures | Refusal) -> dict[str, Any]:
    """The whole of a round as part of a document: its lines, the whole and what was found; or why there is none."""
    if isinstance(found, Refusal):
        return {"whole": None, "refused": {"code": found.code, "message": found.message(language())}}
    document = found.as_json()
    return {name: document[name] for name in ("unit", "subjects", "whole", "findings")}


def show_whole(found: SplitFigures | Refusal) -> None:
    """Prints what a round comes to, in the columns of the check."""
    if isinstance(found, Refusal):
        say(words("合计不能重算：", "The whole cannot be put together: ") + found.message(language()), "yellow")
    else:
        show_split(found, COLUMNS)
