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
        "publication-not-found",
        "result-not-found",
        "source-cell-not-found",
        "subject-not-found",
    }
)
_FORBIDDEN = frozenset({"no-mandate", "not-permitted"})


def status_of(refusal: Refusal) -> int:
    """404 for what does not exist or is out of reach, 403 for what the mandate does not allow, 422 for a request that
    can be read and not carried out.
    """
    if refusal.code in _FORBIDDEN:
        return 403
    return 404 if refusal.code in _NOT_FOUND else 422
