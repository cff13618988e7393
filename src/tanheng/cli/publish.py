"""`tanheng publish`: a result made public, with everything kept that repeating it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tanheng.cli.options import actor_option, as_json_option
from tanheng.cli.output import emit, say
from tanheng.cli.site import acting, open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words
from tanheng.kernel.faults import Refusal

if TYPE_CHECKING:
    from tanheng.records.models import Publication


@verb(
    "publish",
    "发布结果，并存档重算所需的全部内容。\n\n有阻断性问题的结果，须用 --accept 和 --reason 逐项接受并写明理由。",
    "Publish a result and keep everything needed to compute it again.\n\n"
    "Blocking findings must each be accepted by --accept with a --reason.",
)
@click.argument("result")
@option("--title", required=True, zh="标题。", en="Title.")
@option(
    "--figure",
    "figures",
    multiple=True,
    zh="引用的数，写成 列@对象@期间，可重复；不写为整个结果。",
    en="A figure quoted, as column@subject@period; may be repeated; none: the whole result.",
)
@option(
    "--accept",
    "accepted",
    multiple=True,
    zh="接受的阻断性问题代码，可重复。",
    en="Code of a blocking finding that is accepted; may be repeated.",
)
@option(
    "--reason", "reasons", multiple=True, zh="接受的理由，与 --accept 次序相同。", en="Why, in the order of --accept."
)
@actor_option
@as_json_option
def publish(
    result: str,
    title: str,
    figures: tuple[str, ...],
    accepted: tuple[str, ...],
    reasons: tuple[str, ...],
    actor: str | None,
    as_document: bool,
) -> int:
    """Publishes a result, as a whole or by some of its figures.

    Refuses  reasons-uneven, and whatever publishing refuses.
    """
    if len(accepted) != len(reasons):
        raise Refusal("reasons-uneven", codes=len(accepted), reasons=len(reasons))
    open_site()
    from tanheng.records.publishing import publish as make_public

    publication = make_public(result, title, acting(actor), figures, dict(zip(accepted, reasons, strict=True)))
    if as_document:
        emit(publication_json(publication))
    else:
        show_publication(publication)
    return 0


def publication_json(publication: Publication) -> dict[str, Any]:
    """A publication as the command line prints it."""
    return {
        "publication": publication.reference,
        "title": publication.title,
        "result": publication.result,
        "digest": publication.figures_digest,
        "figures": list(publication.figures),
        "accepted": dict(publication.accepted),
        "blobs": dict(publication.blobs),
    }


def show_publication(publication: Publication) -> None:
    """Prints a publication in short."""
    text = words(
        f"已发布 {publication.reference}：{publication.title}",
        f"Published {publication.reference}: {publication.title}",
    )
    say(text, "bold")
    say(
        words(
            f"结果 {publication.result}，摘要 {publication.figures_digest}",
            f"Result {publication.result}, digest {publication.figures_digest}",
        )
    )
