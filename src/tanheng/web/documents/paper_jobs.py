"""What is frozen for a paper about results beside the web server, and what its last move does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from tanheng.kernel.period import Period
from tanheng.kernel.procedure import Act
from tanheng.records.canonical import canonical
from tanheng.records.cases import Case
from tanheng.records.checking import Progress
from tanheng.records.computing import computed_again
from tanheng.records.evidence import Attachment
from tanheng.records.models import Person
from tanheng.records.publishing import publish
from tanheng.records.site_files import results
from tanheng.web.cases.services import Sent, make_move
from tanheng.web.directory.scope import Scope, scope_again
from tanheng.web.documents.month_blockers import BLOCKER
from tanheng.web.documents.month_moves import refuse_odd_signature
from tanheng.web.documents.paper_case import PaperCase, paper_case
from tanheng.web.documents.paper_services import id_of

Asked = Mapping[str, Any]
Outcome = Mapping[str, Any]
Quoted = Callable[[str], Sequence[str]]
"""The addresses of a result's figures that a paper publishes."""


def begun(asked: Asked) -> tuple[Scope, PaperCase]:
    """Under which mandate a piece of work goes on, and the paper it is for.

    Refuses  no-mandate.
    """
    scope = scope_again(UUID(asked["person"]), asked["mandate"])
    return scope, paper_case(asked["kind"], asked["name"], Period.parse(asked["period"]))


def freeze(asked: Asked, progress: Progress) -> Outcome:
    """Records the signature of a paper and publishes what it is about.

    Refuses  no-mandate; case-moved-meanwhile; whatever publishing refuses.
    """
    scope, paper = begun(asked)
    for number, id in enumerate(paper.results):
        progress("repeating", number, len(paper.results))
        computed_again(canonical(results().load(id).receipt))
    kept = tuple(Attachment(**piece) for piece in asked["kept"])
    sent = Sent(asked["said"], given=asked["given"], kept=kept, token=asked["token"], expected=asked["expected"])
    make_move(id_of(paper), "sign", sent=sent, scope=scope)
    return {"href": paper.href}


def freeze_quoted(case: Case, act: Act, actor: Person, quoted: Quoted) -> Mapping[str, str]:
    """Publishes the figures that a paper quotes of each of its results; nothing of one of which it quotes none.

    Gives    the publications.
    Refuses  date-unreadable, paper-signed-later, paper-number-taken; whatever publishing refuses: the case does not
             move then.
    """
    refuse_odd_signature(case.id, act)
    given, found = case.moves[0].given, []
    accepted = json.loads(given["accepted"])
    for id in given["results"].split():
        figures = quoted(id)
        if not figures:  # without figures the whole of it would be published
            continue
        stored = results().load(id)
        codes = sorted({each["code"] for each in stored.findings if each["severity"] == BLOCKER})
        reasons = {code: accepted[code] for code in codes if code in accepted}
        title = f"{case.last.title}（{stored.receipt['parameters']['scheme']}）" if found else case.last.title
        found.append(publish(id, title, actor, figures, reasons, in_case=True).reference)
    return {"publication": next(iter(found), ""), "publications": " ".join(found)}
