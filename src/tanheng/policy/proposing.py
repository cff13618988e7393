"""One more proposer: a site may plug in a program of its own, such as a language model; its proposals are marked.

The settings name it in dotted form (`package.module:function`), or an installed package offers it under the entry
point group `tanheng.policy_proposers`. It gets the source and what was read so far and gives further targets and tasks;
they are reviewed like all others, and their `proposer` says where they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol

from tanheng.kernel.faults import Refusal, Severity
from tanheng.policy.document_findings import document_finding
from tanheng.policy.proposals import DocumentFinding, Reading, Span, TargetProposal, TaskProposal
from tanheng.policy.source_text import SourceText

GROUP = "tanheng.policy_proposers"


class Propose(Protocol):
    """What a proposer is: a function."""

    def __call__(self, source: SourceText, reading: Reading) -> Sequence[TargetProposal | TaskProposal]:
        """Further proposals for a document."""


@dataclass(frozen=True)
class Proposer:
    """A proposer and the name its proposals are marked with."""

    name: str
    propose: Propose


def proposer_named(dotted: str) -> Proposer:
    """The proposer `package.module:function`.

    Refuses  policy-proposer-missing: there is no such module or function.
    """
    module, _, function = dotted.partition(":")
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise Refusal("policy-proposer-missing", name=dotted, problem=str(error)) from error
    if not callable(found):
        raise Refusal("policy-proposer-missing", name=dotted, problem="not callable")
    return Proposer(dotted, found)


def installed_proposers() -> tuple[Proposer, ...]:
    """The proposers that installed packages offer."""
    return tuple(Proposer(point.name, point.load()) for point in entry_points(group=GROUP))


def with_proposals(reading: Reading, source: SourceText, proposers: Sequence[Proposer]) -> Reading:
    """A reading with what the proposers add: only proposals whose quote stands in the source are taken."""
    for proposer in proposers:
        targets, tasks, findings = list[TargetProposal](), list[TaskProposal](), list[DocumentFinding]()
        for item in proposer.propose(source, reading):
            marked = replace(item, proposer=proposer.name)
            if not _stands(source, item.span):
                fields = {"proposer": proposer.name, "span": f"{item.span[0]}-{item.span[1]}"}
                findings.append(document_finding("policy-proposal-nowhere", source, (0, 0), Severity.WARNING, fields))
            elif isinstance(marked, TargetProposal):
                targets.append(marked)
            else:
                tasks.append(marked)
        reading = replace(
            reading,
            targets=tuple(sorted((*reading.targets, *targets), key=lambda target: target.span)),
            tasks=tuple(sorted((*reading.tasks, *tasks), key=lambda task: task.span)),
            findings=(*reading.findings, *findings),
        )
    return reading


def _stands(source: SourceText, span: Span) -> bool:
    return 0 <= span[0] < span[1] <= len(source.text)
