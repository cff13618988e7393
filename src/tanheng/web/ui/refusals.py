"""Which HTTP status a refusal has, for pages and the API alike, and how a page says it."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from tanheng.kernel.faults import Refusal
from tanheng.web.ui.words import language, on_page

_ACTS = {
    "read_library": gettext_noop("read the library"),
    "import": gettext_noop("send in data"),
    "compute": gettext_noop("have results computed"),
    "publish": gettext_noop("publish results"),
    "adopt": gettext_noop("adopt targets and tasks"),
    "split": gettext_noop("split targets and send out tasks"),
    "track": gettext_noop("follow up tasks"),
    "supervise": gettext_noop("issue supervision notes"),
    "comment": gettext_noop("comment on the month"),
    "report": gettext_noop("report progress"),
    "verify": gettext_noop("verify reports"),
    "administer": gettext_noop("administer the site"),
}

_NOT_FOUND = frozenset(
    {
        "area-not-found",
        "barometer-not-stored",
        "blob-not-found",
        "case-unknown",
        "definition-missing",
        "evidence-unknown",
        "figure-not-found",
        "figure-not-stated",
        "import-unknown",
        "instrument-unknown",
        "job-unknown",
        "month-unknown",
        "nothing-of-that-name",
        "nothing-published",
        "obligation-unknown",
        "outgoing-unknown",
        "paper-unknown",
        "publication-not-found",
        "result-not-found",
        "review-proposal-unknown",
        "review-unknown",
        "source-cell-not-found",
        "task-sheets-unknown",
        "split-unknown",
    }
)
_MEANWHILE = frozenset(
    {
        "case-moved-meanwhile",
        "entry-changed-meanwhile",
        "import-differs-by-now",
        "split-answered-meanwhile",
        "task-reported-meanwhile",
        "task-sheets-moved",
    }
)
_OTHERS = {"no-mandate": 403, "not-permitted": 403, "token-needed": 401, "token-unknown": 401, "too-many-requests": 429}


def refusal_said(refusal: Refusal) -> Mapping[str, str]:
    """A refusal in the language of the page; an act that the mandate lacks by its name there."""
    fields = refusal.fields
    act = str(fields["act"]) if "act" in fields else ""
    told = Refusal(refusal.code, **fields | {"act": gettext(_ACTS[act])}) if act in _ACTS else refusal
    return {"message": told.message(language()), "next_step": on_page(told.next_step(language()))}


def status_of(refusal: Refusal) -> int:
    """404 for what does not exist or is out of reach, 403 for what the mandate does not allow, 409 where somebody else
    was faster, 422 for a request that can be read and not carried out.
    """
    if refusal.code in _OTHERS:
        return _OTHERS[refusal.code]
    if refusal.code in _MEANWHILE:
        return 409
    return 404 if refusal.code in _NOT_FOUND else 422
