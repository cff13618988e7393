"""What is computed, written and frozen for a barometer beside the web server, and what its moves do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import MethodUse
from tanheng.kernel.period import Period
from tanheng.kernel.procedure import Act
from tanheng.records.canonical import canonical
from tanheng.records.cases import Case, Handler
from tanheng.records.checking import Progress
from tanheng.records.computing import compute, computed_again, open_result
from tanheng.records.evidence import Attachment, keep_evidence
from tanheng.records.models import Person
from tanheng.records.publishing import publish
from tanheng.records.site_files import results
from tanheng.reports.barometer_paper import barometer_paper
from tanheng.reports.board import board
from tanheng.reports.stored_board import kept_board
from tanheng.reports.three_forms import files_of
from tanheng.store.packs import load_packs
from tanheng.web.cases.jobs import Kind
from tanheng.web.cases.services import Sent, make_move
from tanheng.web.directory.scope import Scope, scope_again
from tanheng.web.documents.barometer_case import METHOD, BarometerCase, barometer_case
from tanheng.web.documents.month_blockers import BLOCKER
from tanheng.web.documents.month_moves import refuse_odd_signature

COMPUTE, DRAFT, FREEZE = "barometer_compute", "barometer_draft", "barometer_freeze"
_NOTHING_DEMANDED = "barometer-without-targets"
_UNIT = "unit"
Asked = Mapping[str, Any]
Outcome = Mapping[str, Any]


def compute_barometer(asked: Asked, progress: Progress) -> Outcome:
    """Grades a quarter under every scheme under which something is demanded.

    Refuses  no-mandate; barometer-without-targets: nothing is, under none; whatever the run refuses.
    """
    _, paper = _begun(asked)
    packs, day = load_packs(), date.fromisoformat(asked["known_on"])
    schemes = sorted(use.scheme for use in packs.all(MethodUse) if use.method == METHOD)
    found, nothing = [], None
    for number, scheme in enumerate(reversed(schemes)):
        progress("computing", number, len(schemes))
        try:
            found.append(compute(METHOD, paper.period, scheme, day, packs=packs, as_latest=False).id)
        except Refusal as refusal:
            if refusal.code != _NOTHING_DEMANDED:
                raise
            nothing = refusal
    if not found and nothing is not None:
        raise nothing
    return {"href": paper.href, "results": found}


def draft_barometer(asked: Asked, progress: Progress) -> Outcome:
    """Writes the paper of a barometer, keeps it by hash, and numbers the draft.

    Refuses  no-mandate; case-moved-meanwhile; whatever making the paper refuses.
    """
    scope, paper = _begun(asked)
    progress("reading", 0, 2)
    written = barometer_paper([board(open_result(id)) for id in paper.results])
    progress("writing", 1, 2)
    contents, _ = files_of({written.title: written}, load_packs())
    kept = tuple(keep_evidence(name, content) for name, content in contents.items())
    sent = Sent(said=asked["said"], kept=kept, token=asked["token"], expected=asked["expected"])
    make_move(_id(paper), "drafted", sent=sent, scope=scope)
    return {"href": paper.href}


def freeze_barometer(asked: Asked, progress: Progress) -> Outcome:
    """Records the signature and publishes the lights.

    Refuses  no-mandate; case-moved-meanwhile; whatever publishing refuses.
    """
    scope, paper = _begun(asked)
    for number, id in enumerate(paper.results):
        progress("repeating", number, len(paper.results))
        computed_again(canonical(results().load(id).receipt))
    kept = tuple(Attachment(**piece) for piece in asked["kept"])
    sent = Sent(asked["said"], given=asked["given"], kept=kept, token=asked["token"], expected=asked["expected"])
    make_move(_id(paper), "sign", sent=sent, scope=scope)
    return {"href": paper.href}


def freeze_paper(case: Case, act: Act, actor: Person) -> Mapping[str, str]:
    """Publishes the lights of areas and fields that a paper is about; of single units none.

    Gives    the publications.
    Refuses  date-unreadable, paper-signed-later, paper-number-taken; whatever publishing refuses: the case does not
             move then.
    """
    refuse_odd_signature(case.id, act)
    begun, found = case.moves[0].given, []
    accepted = json.loads(begun["accepted"])
    for id in begun["results"].split():
        stored = results().load(id)
        codes = sorted({each["code"] for each in stored.findings if each["severity"] == BLOCKER})
        reasons = {code: accepted[code] for code in codes if code in accepted}
        title = f"{case.last.title}（{stored.receipt['parameters']['scheme']}）" if found else case.last.title
        found.append(publish(id, title, actor, quoted_lights(id), reasons, in_case=True).reference)
    return {"publication": found[0], "publications": " ".join(found)}


def quoted_lights(result: str) -> list[str]:
    """The addresses of the lights of areas and fields that have a colour."""
    lights = [light for light in kept_board(result).lights if light.track != _UNIT]
    return list(dict.fromkeys(str(light.counting.address) for light in lights if light.counting.level is not None))


def _begun(asked: Asked) -> tuple[Scope, BarometerCase]:
    scope = scope_again(UUID(asked["person"]), asked["mandate"])
    return scope, barometer_case(asked["quarter"], Period.parse(asked["period"]))


def _id(paper: BarometerCase) -> str:
    if paper.case is None:
        raise Refusal("paper-unknown")
    return paper.case.id


JOBS: Mapping[str, Kind] = {COMPUTE: compute_barometer, DRAFT: draft_barometer, FREEZE: freeze_barometer}
HANDLERS: Mapping[str, Handler] = {"freeze_paper": freeze_paper}
