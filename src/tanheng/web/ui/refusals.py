"""Which HTTP status a refusal has, for pages and the API alike."""

from tanheng.kernel.faults import Refusal

_NOT_FOUND = frozenset(
    {
        "area-not-found",
        "blob-not-found",
        "definition-missing",
        "figure-not-found",
        "publication-not-found",
        "result-not-found",
        "source-cell-not-found",
    }
)


def status_of(refusal: Refusal) -> int:
    """404 for what does not exist, 422 for a request that can be read and not carried out."""
    return 404 if refusal.code in _NOT_FOUND else 422
