"""`tanheng repeat`: a publication computed again from what it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, say, working
from tanheng.cli.site import open_site
from tanheng.cli.verb import verb
from tanheng.cli.words import words

if TYPE_CHECKING:
    from tanheng.records.publishing import Repetition


@verb(
    "repeat",
    "按发布时存档的定义包和数据重算，核对摘要。\n\n摘要不同则退出码为 1。",
    "Compute a publication again from its own packs and data.\n\nExit code 1 where the digest differs.",
)
@click.argument("publication", metavar="PUBLICATION|latest")
@as_json_option
def repeat(publication: str, as_document: bool) -> int:
    """Repeats a publication; neither today's packs nor today's records play any part."""
    open_site()
    from tanheng.records.publishing import open_publication
    from tanheng.records.publishing import repeat as compute_again

    with working(words("重算中", "Computing again")):
        repetition = compute_again(open_publication(publication))
    if as_document:
        emit(
            {
                "publication": repetition.publication.reference,
                "same": repetition.same,
                "digest_then": repetition.digest_then,
                "digest_now": repetition.digest_now,
            }
        )
    else:
        show_repetition(repetition)
    return int(not repetition.same)


def show_repetition(repetition: Repetition) -> None:
    """Prints both digests and whether they agree."""
    verdict = words("相同", "same") if repetition.same else words("不同", "DIFFERENT")
    say(f"{repetition.publication.reference}: {verdict}", "bold" if repetition.same else "bold red")
    say(words(f"  发布时 {repetition.digest_then}", f"  then {repetition.digest_then}"))
    say(words(f"  现在   {repetition.digest_now}", f"  now  {repetition.digest_now}"))
