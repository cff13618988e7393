"""What differs between two results: figures, and the definitions and inputs behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tanheng.kernel.pack import PackSet
from tanheng.kernel.period import Period
from tanheng.kernel.run import Inputs, Parameters, StatementChange, statement_changes, statements
from tanheng.kernel.table import Table
from tanheng.kernel.trace import Address
from tanheng.records.computing import inputs_of
from tanheng.records.disclosing import withheld
from tanheng.records.kept_packs import packs_of
from tanheng.records.models import Publication
from tanheng.records.publishing import published_result, published_run, result_columns
from tanheng.store.results import FIGURE_KEYS, StoredResult

Difference = Mapping[str, tuple[Any, Any]]
_ABOUT = ("engine", "method", "method_version")


@dataclass(frozen=True)
class FigureDifference:
    """A figure that differs, on the integer grid of its column; None where a side has no value."""

    level: str
    address: Address
    before: int | None
    after: int | None


@dataclass(frozen=True)
class EntryDifference:
    """A factor that used other entries: those that only one side used."""

    factor: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """How a second result differs from a first. Every mapping gives (before, after) for what differs, by name."""

    before: str
    after: str
    digest_before: str
    digest_after: str
    figures: tuple[FigureDifference, ...]
    entries: tuple[EntryDifference, ...]
    amounts: tuple[StatementChange, ...]
    about: Difference
    parameters: Difference
    inputs: Difference
    packs: Difference

    @property
    def same_digest(self) -> bool:
        """Whether all figures are the same."""
        return self.digest_before == self.digest_after

    def as_json(self) -> dict[str, Any]:
        """The comparison as it leaves through an API."""
        named = {name: getattr(self, name) for name in ("about", "parameters", "inputs", "packs")}
        return {
            "same_digest": self.same_digest,
            "before": {"result": self.before, "digest": self.digest_before},
            "after": {"result": self.after, "digest": self.digest_after},
            "figures": [_figure_json(item) for item in self.figures],
            "entries": [
                {"factor": item.factor, "before": [*item.before], "after": [*item.after]} for item in self.entries
            ],
            "amounts": [_amount_json(item) for item in self.amounts],
            **{
                name: {key: {"before": a, "after": b} for key, (a, b) in found.items()} for name, found in named.items()
            },
        }


def compare(before: StoredResult | Publication, after: StoredResult | Publication) -> Comparison:
    """Sets two results, or publications, side by side.

    Gives    the figures that differ, from the level with the fewest figures to the single units, whole periods before
             months; the factor entries, the amounts as stated by their senders, and the parameters, inputs and packs
             that differ. Amounts of confidential statements are left out.
    Refuses  inputs-differ, packs-not-kept, blob-not-found, blob-damaged: what a side was computed from is gone.
    """
    first, second = _result(before), _result(after)
    held = any(withheld(result) is not None for result in (first, second))
    one, other = first.receipt, second.receipt
    return Comparison(
        before=first.id,
        after=second.id,
        digest_before=one["figures"],
        digest_after=other["figures"],
        figures=() if one["figures"] == other["figures"] else _figures(first, second),
        entries=_entries(one["entries"], other["entries"]),
        amounts=()
        if held
        else tuple(sorted(statement_changes(_statements(before), _statements(after)), key=_is_on_one_side)),
        about=_difference({name: one[name] for name in _ABOUT}, {name: other[name] for name in _ABOUT}),
        parameters=_difference(one["parameters"], other["parameters"]),
        inputs=_difference(one["inputs"], other["inputs"]),
        packs=_difference(one["packs"], other["packs"]),
    )


def _result(item: StoredResult | Publication) -> StoredResult:
    return published_result(item) if isinstance(item, Publication) else item


def _statements(item: StoredResult | Publication) -> Table:
    """The amounts that a result counted: from what the publication kept, or from the records of this site."""
    if isinstance(item, Publication):
        return _counted(*published_run(item))
    return _counted(item.receipt, packs_of(item.receipt["packs"]), inputs_of(item.receipt).inputs())


def _counted(receipt: Mapping[str, Any], packs: PackSet, inputs: Inputs) -> Table:
    return statements(receipt["method"], packs, inputs, Parameters.of_json(receipt["parameters"]))


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    names = sorted({*before, *after})
    pairs = {name: (before.get(name), after.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _entries(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> tuple[EntryDifference, ...]:
    return tuple(
        EntryDifference(
            factor,
            tuple(id for id in old or () if id not in (new or ())),
            tuple(id for id in new or () if id not in (old or ())),
        )
        for factor, (old, new) in _difference(before, after).items()
    )


def _figures(before: StoredResult, after: StoredResult) -> tuple[FigureDifference, ...]:
    first, second = _by_address(before), _by_address(after)
    found = [
        FigureDifference(level, address, first.get((level, address)), second.get((level, address)))
        for level, address in {**first, **second}
    ]
    sizes = Counter(level for level, _ in {**first, **second})
    differing = [item for item in found if item.before != item.after]
    return tuple(sorted(differing, key=lambda item: (sizes[item.level], -item.address.period.days, str(item.address))))


def _by_address(result: StoredResult) -> dict[tuple[str, Address], int | None]:
    columns = result_columns(result)
    rows = result.figures.select([*FIGURE_KEYS, *columns]).rows()
    return {
        (row["level"], Address(column, row["subject"], Period(row["period_start"], row["period_end"]))): row[column]
        for row in rows
        for column in columns
    }


def _amount_json(item: StatementChange) -> dict[str, Any]:
    sides = {"before": item.before, "after": item.after}
    about = {
        "facility": item.facility,
        "line": str(item.line),
        "carrier": item.line.carrier,
        "period": str(item.period),
    }
    return about | {name: None if side is None else asdict(side) for name, side in sides.items()}


def _figure_json(item: FigureDifference) -> dict[str, Any]:
    return {"level": item.level, "address": str(item.address), "before": item.before, "after": item.after}


def _is_on_one_side(change: StatementChange) -> bool:
    """An amount that was corrected comes before those that only joined or left: it is what a reader looks for."""
    return change.before is None or change.after is None
