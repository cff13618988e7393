"""What is computed and written for a barometer beside the web server, and which of its lights are published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import MethodUse
from tanheng.records.checking import Progress
from tanheng.records.computing import compute, open_result
from tanheng.records.evidence import keep_evidence
from tanheng.reports.barometer_paper import barometer_paper
from tanheng.reports.board import board
from tanheng.reports.stored_board import kept_board
from tanheng.reports.three_forms import files_of
from tanheng.store.packs import load_packs
from tanheng.web.cases.jobs import Kind
from tanheng.web.cases.services import Sent, make_move
from tanheng.web.documents.barometer_case import METHOD
from tanheng.web.documents.paper_case import BAROMETER
from tanheng.web.documents.paper_jobs import Asked, Outcome, begun, freeze
from tanheng.web.documents.paper_services import COMPUTE, DRAFT, FREEZE, id_of, kind_of_job

_NOTHING_DEMANDED = "barometer-without-targets"
_UNIT = "unit"


def compute_barometer(asked: Asked, progress: Progress) -> Outcome:
    """Grades a quarter under every scheme under which something is demanded.

    Refuses  no-mandate; barometer-without-targets: nothing is, under none; whatever the run refuses.
    """
    _, paper = begun(asked)
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
    scope, paper = begun(asked)
    progress("reading", 0, 2)
    written = barometer_paper([board(open_result(id)) for id in paper.results])
    progress("writing", 1, 2)
    contents, _ = files_of({written.title: written}, load_packs())
    kept = tuple(keep_evidence(name, content) for name, content in contents.items())
    sent = Sent(said=asked["said"], kept=kept, token=asked["token"], expected=asked["expected"])
    make_move(id_of(paper), "drafted", sent=sent, scope=scope)
    return {"href": paper.href}


def quoted_lights(result: str) -> list[str]:
    """The addresses of the lights of areas and fields that have a colour."""
    lights = [light for light in kept_board(result).lights if light.track != _UNIT]
    return list(dict.fromkeys(str(light.counting.address) for light in lights if light.counting.level is not None))


JOBS: Mapping[str, Kind] = {
    kind_of_job(BAROMETER, COMPUTE): compute_barometer,
    kind_of_job(BAROMETER, DRAFT): draft_barometer,
    kind_of_job(BAROMETER, FREEZE): freeze,
}
