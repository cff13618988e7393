"""Contents kept by their SHA-256: what is put once is found again unchanged, or its change is noticed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.store.atomic import write_bytes

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class BlobStore:
    """A folder of contents, each named by its SHA-256: `ab/cdef…`."""

    root: Path

    def put(self, content: bytes) -> str:
        """Keeps a content and gives its name. Putting it again changes nothing, except that it mends a damaged copy."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._place(digest)
        if not (path.is_file() and path.read_bytes() == content):
            write_bytes(path, content)
        return digest

    def get(self, digest: str) -> bytes:
        """The content of that name.

        Refuses  blob-not-found: nothing of that name; blob-damaged: what is there has another hash.
        """
        content = self.path(digest).read_bytes()
        actual = hashlib.sha256(content).hexdigest()
        if actual != digest:
            raise Refusal("blob-damaged", digest=digest, actual=actual)
        return content

    def path(self, digest: str) -> Path:
        """Where the content stands, for readers that need a file; the content is not checked.

        Refuses  blob-not-found: nothing of that name, or a name that is no SHA-256.
        """
        if not _DIGEST.fullmatch(digest) or not self._place(digest).is_file():
            raise Refusal("blob-not-found", digest=digest)
        return self._place(digest)

    def has(self, digest: str) -> bool:
        """Whether a content of that name is kept."""
        return bool(_DIGEST.fullmatch(digest)) and self._place(digest).is_file()

    def _place(self, digest: str) -> Path:
        return self.root / digest[:2] / digest[2:]
