"""The documents of splits in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tanheng.reports.decomposition_figures import SplitFigures


def write_split(folder: Path, found: Sequence[SplitFigures]) -> list[str]:
    """Writes a paper for every split, and gives the names of the files.

    Refuses  file-failed.
    """
    from tanheng.cli.output import as_json, show_findings
    from tanheng.reports.decomposition import decomposition_paper
    from tanheng.reports.three_forms import write_papers
    from tanheng.store import load_packs

    papers = {decomposition_paper(split).title: decomposition_paper(split) for split in found}
    written = write_papers(folder, papers, load_packs())
    show_findings(as_json(written.findings), error=True)
    return [path.name for path in written.paths]
