"""The door of the room: a file, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.policy.checks import against_parent, checked
from tanheng.policy.document import DocumentReader
from tanheng.policy.formats import open_source
from tanheng.policy.proposals import Reading
from tanheng.policy.proposing import Proposer, with_proposals
from tanheng.policy.source_text import SourceText
from tanheng.policy.words import Lexicon
from tanheng.store.listed import Listed
from tanheng.store.packs import read_packs

_WORDS_OF_A_PACK = "/policy/"


@lru_cache(maxsize=8)
def lexicon_of_packs(ids: tuple[str, ...] | None = None) -> Lexicon:
    """The words of the named packs, of every pack that can be found without names.

    Refuses  packs-invalid: the policy files of a pack have problems; definition-missing: no pack of that name, or none
             that has the words of a kind. Problems of other definitions do not keep a document from being read.
    """
    packs, findings = read_packs(ids)
    wrong = [finding for finding in findings if _WORDS_OF_A_PACK in finding.place]
    if wrong:
        raise Refusal("packs-invalid", count=len(wrong), findings=Listed.of(wrong))
    return Lexicon.of(packs)


def source_of(path: Path) -> SourceText:
    """The text of a file, in which the spans of a reading count."""
    return open_source(path)


def read_document(
    path: Path, lexicon: Lexicon | None = None, *, parent: Path | None = None, proposers: Sequence[Proposer] = ()
) -> Reading:
    """What a document says: instrument, clauses, proposed targets and tasks, and findings on the document itself.

    Reads    .txt, .md, .html, .docx, .pdf with text; `parent`, the document above, where it is to be compared with.
    Refuses  as `open_source`; as `lexicon_of_packs` where no lexicon is given.
    """
    words = lexicon or lexicon_of_packs()
    above = read_source(source_of(parent), words) if parent else None
    return read_source(source_of(path), words, parent=above, proposers=proposers)


def read_source(
    source: SourceText,
    lexicon: Lexicon | None = None,
    *,
    parent: Reading | None = None,
    proposers: Sequence[Proposer] = (),
) -> Reading:
    """As `read_document`, for a text that is at hand."""
    words = lexicon or lexicon_of_packs()
    document = DocumentReader(source, words).read()
    reading = Reading(
        document.instrument,
        tuple(document.clauses),
        tuple(document.targets),
        tuple(task.proposal for task in document.tasks),
        (*checked(document), *(against_parent(document, parent) if parent else ())),
    )
    return with_proposals(reading, source, proposers)
