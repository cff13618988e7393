"""`tanheng assess cards`: the scorecards of the packs in use, with what is known of their source."""

from __future__ import annotations

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, show_table
from tanheng.cli.verb import verb
from tanheng.cli.words import said, words


@verb("cards", "列出评分表：层级、满分、项目数、核实状态。", "List the scorecards: level, points, items, status.")
@as_json_option
def cards(as_document: bool) -> int:
    """Prints every scorecard of the packs in use."""
    from tanheng.kernel.pack import Scorecard
    from tanheng.store import load_packs

    known = sorted(load_packs().all(Scorecard), key=lambda card: card.id)
    if as_document:
        emit({"scorecards": [card.model_dump(mode="json", by_alias=True) for card in known]})
        return 0
    heads = [(words("编号", "Id"), False), (words("名称", "Name"), False), (words("层级", "Level"), False)]
    heads += [(words("满分", "Points"), True), (words("项目", "Items"), True), (words("核实状态", "Status"), False)]
    show_table(
        heads,
        [
            [card.id, said(card.label), card.level, str(card.total), str(len(card.items)), str(card.status)]
            for card in known
        ],
    )
    return 0
