"""Which HTTP status a refusal has, for pages and the API alike."""

from tanheng.kernel.faults import Refusal

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


def status_of(refusal: Refusal) -> int:
    """404 for what does not exist or is out of reach, 403 for what the mandate does not allow, 409 where somebody else
    was faster, 422 for a request that can be read and not carried out.
    """
    if refusal.code in _OTHERS:
        return _OTHERS[refusal.code]
    if refusal.code in _MEANWHILE:
        return 409
    return 404 if refusal.code in _NOT_FOUND else 422
