"""Evidence: files kept by their hash, under names that are safe to show, after a look at what they really are."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from tanheng.kernel.faults import Refusal
from tanheng.records.site_files import blobs

LARGEST = 20 * 1024 * 1024
"""The largest piece of evidence in bytes: a setting."""
_LONGEST_NAME = 120
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINS: Mapping[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "docx": (_ZIP,),
    "xlsx": (_ZIP,),
    "doc": (_OLE,),
    "xls": (_OLE,),
    "wps": (_OLE,),
    "et": (_OLE, _ZIP),
    "ofd": (_ZIP,),
    "zip": (_ZIP,),
}
"""The kinds of file that are taken, and the bytes they begin with; a text begins with anything that can be read."""
_TEXTS = frozenset({"txt", "csv"})
KINDS = tuple(sorted([*_BEGINS, *_TEXTS]))


@dataclass(frozen=True)
class Attachment:
    """A piece of evidence: its name, its hash among the blobs, its size in bytes and its kind.

    A piece that is kept elsewhere and only named has no hash.
    """

    name: str
    digest: str = ""
    size: int = 0
    kind: str = ""


def keep_evidence(name: str, content: bytes) -> Attachment:
    """Keeps a file as evidence.

    Refuses  evidence-too-large, evidence-empty, evidence-kind-unknown: its name has no ending that is taken;
             evidence-forged: what it begins with is not what its ending says.
    """
    safe = safe_name(name)
    kind = safe.rpartition(".")[2].lower() if "." in safe else ""
    if kind not in KINDS:
        raise Refusal("evidence-kind-unknown", name=safe, kinds=", ".join(KINDS))
    if len(content) > LARGEST:
        raise Refusal("evidence-too-large", name=safe, limit=LARGEST // 1024 // 1024)
    if not content:
        raise Refusal("evidence-empty", name=safe)
    if not _is_what_it_says(kind, content):
        raise Refusal("evidence-forged", name=safe, kind=kind)
    return Attachment(safe, blobs().put(content), len(content), kind)


def safe_name(name: str) -> str:
    """The name of a file without any way to it, without signs that cannot be seen or that turn the text round."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    seen = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    plain = seen.strip().lstrip(".")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot else plain[:_LONGEST_NAME] or "-"


def _is_what_it_says(kind: str, content: bytes) -> bool:
    if kind in _BEGINS:
        return content.startswith(_BEGINS[kind])
    return b"\x00" not in content and any(_reads(content, encoding) for encoding in ("utf-8", "gb18030"))


def _reads(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
