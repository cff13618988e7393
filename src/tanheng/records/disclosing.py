"""What readers are shown of a result: all of it, or what may be shown where it is made of confidential statements.

Every door opens results through here. What is kept, published and repeated are the exact figures.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db.models.functions import Substr

from tanheng.kernel.faults import Refusal
from tanheng.kernel.run.withholding import Withholding, is_confidential, sums_for_strangers, withholding
from tanheng.kernel.trace import Address
from tanheng.records.kept_packs import packs_of
from tanheng.records.models import Event, Observation
from tanheng.records.selecting import directory_as_of
from tanheng.records.site_files import results
from tanheng.store.home import pack_folders
from tanheng.store.packs_in_use import packs_in_use
from tanheng.store.results import StoredResult


def for_readers(result: StoredResult) -> StoredResult:
    """A result as readers may see it: hidden figures are empty and marked, those of single units left out.

    Where its packs are gone nobody can tell what it was made of: it has no figures then.
    """
    try:
        held = withheld(result)
    except Refusal as refusal:
        if refusal.code != "packs-not-kept":
            raise
        return replace(result, figures=result.figures.where_in("subject", ()))
    if held is None:
        return result
    figures, findings = held.figures(result.figures), held.findings(result.findings, result.figures)
    return replace(result, figures=figures, findings=findings)


def check_figure(result: StoredResult, address: Address) -> None:
    """Confirms that a figure of a result may be shown.

    Refuses  figure-withheld; packs-not-kept.
    """
    if (held := withheld(result)) is not None:
        held.check(address)


def withheld(result: StoredResult) -> Withholding | None:
    """What is withheld of a result; None where nothing is.

    Refuses  packs-not-kept, log-position-unknown.
    """
    packs = packs_of(result.receipt["packs"])
    return _withheld(result.id) if is_confidential(packs, result.receipt) else None


@lru_cache(maxsize=16)
def _withheld(id: str) -> Withholding | None:
    """Worked out from the exact figures once for all that will ask."""
    exact = results().load(id)
    directory = directory_as_of(exact.receipt["parameters"]["log_position"])
    return withholding(exact.figures, packs_of(exact.receipt["packs"]), directory, exact.receipt)


def sums_shown(result: StoredResult, known: Collection[str]) -> frozenset[str] | None:
    """The areas whose sums may be shown to a reader who sees the units in `known` one by one and no others; None where
    all may.

    Refuses  packs-not-kept, log-position-unknown.
    """
    exact = results().load(result.id)
    directory = directory_as_of(exact.receipt["parameters"]["log_position"])
    return sums_for_strangers(exact.figures, packs_of(exact.receipt["packs"]), directory, exact.receipt, known)


def withheld_sources(digests: Collection[str]) -> frozenset[str]:
    """Which of these workbooks may not be shown cell by cell: they hold statements of a confidential class."""
    rule = load_packs_once(tuple(map(str, pack_folders()))).suppression
    if not rule or not rule.use_classes:
        return frozenset()
    return frozenset(digests) & _closed_files(tuple(sorted(rule.use_classes)))


_closed: dict[tuple[str, ...], tuple[int, str, frozenset[str]]] = {}


def _closed_files(use_classes: tuple[str, ...]) -> frozenset[str]:
    """Every workbook with a statement of these classes. What was recorded stays, so that only what came since the
    last reader asked is looked through; the hash of the event tells whether this is still the same log.
    """
    last = Event.objects.order_by("-position").values_list("position", "hash").first()
    if last is None:
        return frozenset()
    position, hash, files = _closed.get(use_classes, (0, "", frozenset()))
    stated = Observation.objects.filter(use_class__in=use_classes)
    if Event.objects.filter(position=position, hash=hash).exists():
        stated = stated.filter(event_id__gt=position)
    else:
        files = frozenset()
    if (position, hash) != last:
        files |= set(stated.annotate(file=Substr("source", 1, 64)).values_list("file", flat=True).distinct())
        _closed[use_classes] = (*last, files)
    return files


def check_source(digest: str) -> None:
    """Confirms that a workbook may be shown cell by cell.

    Refuses  source-withheld: it holds statements of a confidential class.
    """
    if withheld_sources({digest}):
        raise Refusal("source-withheld", digest=digest[:12])


def load_packs_once(_folders: tuple[str, ...]) -> Any:
    """The packs of the site as they stand now; reading them takes longer than showing a cell."""
    return packs_in_use()
