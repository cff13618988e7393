"""The words of the shipped national pack, and the reading of a text typed into a test."""

from collections.abc import Callable, Sequence

import pytest

from tanheng.policy.formats.opening import opened
from tanheng.policy.proposals import Reading, TargetProposal
from tanheng.policy.reading import lexicon_of_packs, read_source
from tanheng.policy.source_text import SourceText
from tanheng.policy.words import Lexicon

TITLE = "青河市2026年节能降碳重点工作安排\n\n一、主要目标\n\n"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return lexicon_of_packs(("cn_national",))


@pytest.fixture
def read(lexicon: Lexicon) -> Callable[[str], Reading]:
    """The reading of a whole document."""
    return lambda text: read_source(SourceText("document.txt", "text/plain", text), lexicon)


@pytest.fixture
def targets(read: Callable[[str], Reading]) -> Callable[[str], Sequence[TargetProposal]]:
    """The targets of a sentence that stands in a city's plan for 2026."""
    return lambda sentence: read(f"{TITLE}{sentence}\n").targets


@pytest.fixture
def opened_as(lexicon: Lexicon) -> Callable[[str, bytes], Reading]:
    """The reading of a file with a name and a content."""
    return lambda name, content: read_source(opened(name, content), lexicon)
