"""Files that come with a form or a request, read in one place: none larger than a piece of evidence may be."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from tanheng.kernel.faults import Refusal
from tanheng.records.evidence import LARGEST

MOST = 50
"""How many files one request of the API may bring: a setting. Services ask for fewer where a page does."""


def contents_of(files: Sequence[UploadedFile], most: int = MOST) -> list[tuple[str, bytes]]:
    """The files by name and content.

    Refuses  evidence-too-many; evidence-too-large: before a byte of a file is read.
    """
    if len(files) > most:
        raise Refusal("evidence-too-many", count=len(files), limit=most)
    return read_all(files)


def read_all(files: Sequence[UploadedFile]) -> list[tuple[str, bytes]]:
    """The files by name and content, however many: whoever asks has counted them, or the service does.

    Refuses  evidence-too-large: before a byte of a file is read.
    """
    for file in files:
        if file.size is None or file.size > LARGEST:
            raise Refusal("evidence-too-large", name=file.name or "-", limit=LARGEST // 1024 // 1024)
    return [(file.name or "-", file.read()) for file in files]
