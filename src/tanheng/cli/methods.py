"""`tanheng methods`: the methods there are, what they give, and under which schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanheng.cli.options import as_json_option
from tanheng.cli.output import emit, show_table
from tanheng.cli.verb import verb
from tanheng.cli.words import said, words

if TYPE_CHECKING:
    from tanheng.kernel.pack import MethodDefinition, PackSet


@verb("methods", "列出核算方法、结果列和可用制度。", "List the methods, their result columns and their schemes.")
@as_json_option
def methods(as_document: bool) -> int:
    """Prints every method of the packs in use."""
    from tanheng.kernel.pack import MethodDefinition
    from tanheng.store import load_packs

    packs = load_packs()
    known = [_method_json(method, packs) for method in packs.all(MethodDefinition)]
    if as_document:
        emit({"methods": known})
        return 0
    heads = [
        words("编号", "Id"),
        words("名称", "Name"),
        words("版本", "Version"),
        words("结果", "Results"),
        words("制度", "Schemes"),
        words("依据", "Clause"),
    ]
    rows = [
        [
            method["id"],
            said(method["label"]),
            str(method["version"]),
            ", ".join(result["id"] for result in method["results"]),
            ", ".join(use["scheme"] for use in method["schemes"]),
            method["clause"],
        ]
        for method in known
    ]
    show_table([(head, False) for head in heads], rows)
    return 0


def _method_json(method: MethodDefinition, packs: PackSet) -> dict[str, Any]:
    from tanheng.kernel.pack import IndicatorShape, MethodUse

    results = [packs.get(IndicatorShape, id) for id in method.results]
    uses = [use for use in packs.all(MethodUse) if use.method == method.id]
    return {
        **method.model_dump(mode="json"),
        "results": [
            {"id": item.id, "label": item.label.model_dump(), "unit": item.unit.text, "grid": item.on_grid.step.text}
            for item in results
        ],
        "schemes": [
            {
                "scheme": use.scheme,
                "factors": dict(use.factors),
                "given": dict(use.given),
                "settings": {id: setting.model_dump(mode="json") for id, setting in use.settings.items()},
                "builds_on": dict(use.builds_on),
                "coverage": use.coverage,
                "use_classes": list(use.use_classes),
                "note": use.note,
            }
            for use in uses
        ],
    }
