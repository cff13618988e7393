"""What stands out in a document: slips, contradictions, figures that cannot be, tasks that nobody leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from tanheng.kernel.faults import Severity, Worded
from tanheng.policy.categories import pairs_of_signs, shared
from tanheng.policy.document import Document
from tanheng.policy.document_findings import document_finding, of_finding
from tanheng.policy.proposals import DocumentFinding, Reading, Span, TargetProposal
from tanheng.policy.quantities import Quantities
from tanheng.policy.spanned import Spanned

_START: Span = (0, 0)
_LISTED = 8
_ALIKE = 0.6
_SINGLE = re.compile(r"(?:公司|工厂|电厂|厂|医院|医疗中心|临床中心|学校|大学|酒店|商场)(?=[^区])")
_IN_TABLE = ("表", "附件", "附表", "附录")


def checked(document: Document) -> Iterator[DocumentFinding]:
    """Every finding on a document, in the order of the source."""
    found = [
        *(of_finding(finding, _START) for finding in document.source.findings),
        *_whole(document),
        *_slips(document),
        *_parties(document),
        *_tables(document),
        *_tasks(document),
        *_values(document),
        *_amounts(document),
        *_body_and_table(document),
    ]
    yield from sorted(found, key=lambda finding: finding.span)


def _whole(document: Document) -> Iterator[DocumentFinding]:
    source = document.source
    if document.kind_of_record:
        record = {"kind": document.kind_of_record}
        yield document_finding("policy-not-a-plan", source, _START, Severity.BLOCKER, record)
    elif not document.targets and not document.tasks:
        yield document_finding("policy-no-demands", source, _START, Severity.WARNING, {})
    elif not document.instrument.periods:
        yield document_finding("policy-period-unknown", source, _START, Severity.WARNING, {})
    if document.traditional:
        yield document_finding("policy-traditional", source, _START, Severity.WARNING, {"count": document.traditional})
    if document.noise:
        fields = {"count": len(document.noise), "sample": source.text[slice(*document.noise[0])].strip()[:20]}
        yield document_finding("policy-noise", source, document.noise[0], Severity.WARNING, fields)


def _slips(document: Document) -> Iterator[DocumentFinding]:
    for slip in dict.fromkeys(document.slips):
        fields = {"printed": slip.printed, "likely": slip.likely}
        weight = Severity.WARNING if slip.mended else Severity.NOTE
        yield document_finding("policy-slip", document.source, slip.span, weight, fields, slip.likely)


def _parties(document: Document) -> Iterator[DocumentFinding]:
    directory, seen, levels = document.parties.directory, dict[tuple[str, str], str](), set[str]()
    wrong = dict.fromkeys(misprint for task in document.tasks for misprint in task.parties.misprints)
    for misprint in wrong:
        code = "policy-party-run-together" if misprint.run_together else "policy-party-misprint"
        fields = {"printed": misprint.printed, "likely": misprint.likely}
        yield document_finding(code, document.source, misprint.span, Severity.WARNING, fields, misprint.likely)
    for task in document.tasks:
        for name in (*task.proposal.lead_parties, *task.proposal.supporting_parties):
            known = directory.find(name)
            if known is None or known.department in {"group", "party_organ"}:
                continue
            if not directory.exists(known) and name not in levels:
                levels.add(name)
                yield document_finding(
                    "policy-party-wrong-level", document.source, task.proposal.span, Severity.WARNING, {"party": name}
                )
            first = seen.setdefault((known.level, known.canonical), name)
            if first != name and (known.canonical, name) not in seen:
                seen[known.canonical, name] = name
                fields = {"first": first, "second": name}
                yield document_finding(
                    "policy-party-two-names", document.source, task.proposal.span, Severity.NOTE, fields, first
                )


def _tables(document: Document) -> Iterator[DocumentFinding]:
    for grid in document.grids:
        moved = [row for row in grid.rows if row.shift]
        if moved:
            shown = "、".join(
                next((cell.text[:12] for i, cell in enumerate(row.cells) if cell.text and i not in row.carried), "")
                for row in moved[:_LISTED]
            )
            fields = {
                "title": grid.table.title or grid.table.address,
                "count": len(moved),
                "rows": shown + ("…" if len(moved) > _LISTED else ""),
            }
            yield document_finding("policy-row-shifted", document.source, moved[0].span, Severity.NOTE, fields)
    for grid in document.unread:
        fields = {"title": grid.table.title or grid.table.address, "rows": len(grid.rows)}
        yield document_finding("policy-table-not-read", document.source, grid.rows[0].span, Severity.WARNING, fields)
    for moved_tasks in document.moved:
        fields = {"tasks": "、".join(moved_tasks.numbers), "printed": moved_tasks.printed, "likely": moved_tasks.likely}
        yield document_finding(
            "policy-category-contradicts",
            document.source,
            moved_tasks.span,
            Severity.WARNING,
            fields,
            moved_tasks.likely,
        )


def _tasks(document: Document) -> Iterator[DocumentFinding]:
    named = any(task.proposal.lead_parties for task in document.tasks if task.row is None)
    for task in document.tasks:
        proposal = task.proposal
        if task.row is not None and task.row.joined:
            yield document_finding(
                "policy-row-joined", document.source, proposal.span, Severity.NOTE, {"task": proposal.number}
            )
        if not proposal.lead_parties and (task.row is not None or named):
            yield document_finding(
                "policy-task-without-lead", document.source, proposal.span, Severity.WARNING, {"task": proposal.number}
            )


def _values(document: Document) -> Iterator[DocumentFinding]:
    """The same target in the body and in a table with two values."""
    numeric = [target for target in document.targets if target.kind == "numeric" and target.value is not None]
    for first in numeric:
        for second in numeric:
            if (
                first.span < second.span
                and _in_table(first) != _in_table(second)
                and _same(first, second)
                and first.value != second.value
            ):
                fields = {
                    "indicator": first.indicator, "first": f"{first.value}{first.unit}", "first_place": first.clause,
                    "second": f"{second.value}{second.unit}", "second_place": second.clause,
                }  # fmt: skip
                yield document_finding("policy-values-differ", document.source, second.span, Severity.WARNING, fields)


def _in_table(target: TargetProposal) -> bool:
    return target.clause.startswith(_IN_TABLE)


def _same(first: TargetProposal, second: TargetProposal) -> bool:
    alike = first.indicator == second.indicator
    sides = (first.target_period, first.unit_norm, first.tier, first.operator, first.condition)
    return alike and sides == (second.target_period, second.unit_norm, second.tier, second.operator, second.condition)


def _amounts(document: Document) -> Iterator[DocumentFinding]:
    """Amounts that no single unit can have, wherever they stand."""
    quantities = Quantities(document.lexicon)
    limits = {limit.unit: limit for limit in document.lexicon.checks.single_unit}
    for text in document.outline.texts():
        for quantity in quantities.find(text.text):
            norm = quantity.norm(quantity.value)
            if norm is None or quantity.known is None or quantity.known.norm not in limits:
                continue
            limit = limits[quantity.known.norm]
            if norm > limit.above and (limit.unit == "%" or _about_one_unit(text, quantity.start)):
                why = Worded(limit.why_zh, limit.why_en)
                amount = text.text[quantity.start : quantity.end]
                fields = {"amount": amount, "why": why}
                span = text.span(quantity.start, quantity.end)
                yield document_finding(
                    "policy-implausible", document.source, span, Severity.WARNING, fields, amount.replace("万", "", 1)
                )


def _about_one_unit(text: Spanned, at: int) -> bool:
    start = max(text.text.rfind(sign, 0, at) for sign in "，。；") + 1
    return bool(_SINGLE.search(text.text[start:at]))


def _body_and_table(document: Document) -> Iterator[DocumentFinding]:
    """Targets of the body that no table has, and of a table of targets that neither body nor tasks have."""
    numeric = [target for target in document.targets if target.kind == "numeric"]
    body = [target for target in numeric if not _in_table(target)]
    tables = [target for target in numeric if _in_table(target)]
    if not body or not tables:
        return
    objectives = {grid.table.address for grid in document.grids if grid.index("objective") is not None}
    unanswered = [target for target in body if not any(_answers(target, other) for other in tables)]
    if len(unanswered) * 2 <= len(body):
        for target in unanswered:
            yield document_finding(
                "policy-target-not-in-table",
                document.source,
                target.span,
                Severity.NOTE,
                {"indicator": target.indicator},
            )
    for target in tables:
        address = target.clause.rpartition("-")[0]
        if address in objectives and not any(
            _answers(target, other) for other in (*body, *tables) if other.clause.rpartition("-")[0] != address
        ):
            yield document_finding(
                "policy-target-not-in-body",
                document.source,
                target.span,
                Severity.NOTE,
                {"indicator": target.indicator},
            )


def _answers(target: TargetProposal, other: TargetProposal) -> bool:
    if target.value != other.value or target.unit_norm != other.unit_norm:
        return False
    if target.indicator_id and target.indicator_id == other.indicator_id:
        return True
    first, second = pairs_of_signs(target.indicator), pairs_of_signs(other.indicator)
    return shared(first, second) >= _ALIKE or shared(second, first) >= _ALIKE


def against_parent(document: Document, parent: Reading) -> Iterator[DocumentFinding]:
    """Targets of a district where the document above asks for more of the same indicator."""
    asked = {
        target.indicator_id: target
        for target in parent.targets
        if target.indicator_id and target.kind == "numeric" and _is_share(target)
    }
    for target in document.targets:
        above = asked.get(target.indicator_id) if target.indicator_id else None
        if (
            above is None
            or target.kind != "numeric"
            or not _is_share(target)
            or target.target_period != above.target_period
        ):
            continue
        own, wanted = _size(target.value), _size(above.value)
        if own < wanted:
            fields = {"indicator": target.indicator, "own": f"{own}%", "parent": f"{wanted}%", "clause": above.clause}
            yield document_finding("policy-parent-asks-more", document.source, target.span, Severity.WARNING, fields)


def _is_share(target: TargetProposal) -> bool:
    return target.unit_norm == "%" and target.value is not None


def _size(value: Decimal | None) -> Decimal:
    return abs(value) if value is not None else Decimal("NaN")
