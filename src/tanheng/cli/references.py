"""What a reference on the command line means: a stored result or a publication."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tanheng.records.models import Publication
    from tanheng.store import StoredResult

_PUBLICATION = re.compile(r"publication/\S+")


def result_or_publication(reference: str) -> StoredResult | Publication:
    """`publication/12` is a publication; anything else is a result.

    Refuses  publication-not-found, result-not-found, result-ambiguous, result-damaged.
    """
    from tanheng.records.computing import open_result
    from tanheng.records.publishing import open_publication

    return open_publication(reference) if _PUBLICATION.fullmatch(reference) else open_result(reference)


def result_of(reference: str) -> StoredResult:
    """The stored result behind a reference; that of a publication where it names one."""
    from tanheng.records.publishing import published_result
    from tanheng.store import StoredResult

    found = result_or_publication(reference)
    return found if isinstance(found, StoredResult) else published_result(found)
