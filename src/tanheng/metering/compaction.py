"""Compaction: the many files of a month become one sorted set without overlaps. No reading is lost by it.

Reads the month in slices of meters, so that memory is bounded by the slice and not by the month.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from tanheng.metering.manifest import READINGS, SUPERSEDED, Manifest, Part
from tanheng.metering.parts import SCHEMA, chosen, write_part
from tanheng.metering.store import Store

SLICE_ROWS = 8_000_000


def compact(store: Store, month: str, *, slice_rows: int = SLICE_ROWS) -> int:
    """Rewrites one month into files that do not overlap; the manifest changes once, when all are on the disk.

    Gives    how many files the month had more than it has now; none is touched where they already fit.
    """
    with store.writing():
        manifest = store.manifest
        old = manifest.of_month(month)
        if _fits(manifest, month, slice_rows):
            return 0
        new = [
            part for slice_ in _slices(store.root, old, slice_rows) for part in _rewritten(store.root, month, slice_)
        ]
        store.settle(manifest.with_parts(new, without=old))
    return len(old) - sum(part.kind == READINGS for part in new)


def _fits(manifest: Manifest, month: str, slice_rows: int) -> bool:
    """Whether a month reads without choosing and in no more files than its size asks for."""
    parts = manifest.of_month(month)
    needed = -(-sum(part.rows for part in parts) // slice_rows)
    return len(parts) <= needed or (manifest.settled(month) and len(parts) <= 2 * needed)


def _rewritten(root: Path, month: str, readings: pl.DataFrame) -> list[Part]:
    kept = zip((READINGS, SUPERSEDED), chosen(readings.sort("seq")), strict=True)
    return [write_part(root, month, rows, kind) for kind, rows in kept if rows.height]


def _slices(root: Path, parts: tuple[Part, ...], slice_rows: int) -> Iterator[pl.DataFrame]:
    """All readings of the meters of one range after another."""
    paths = [root / part.path for part in parts]
    for first, last in _ranges(paths, slice_rows):
        wanted = pl.col("meter").is_between(first, last)
        yield pl.concat([pl.scan_parquet(path).filter(wanted).select(list(SCHEMA)) for path in paths]).collect()


def _ranges(paths: list[Path], slice_rows: int) -> list[tuple[int, int]]:
    """Ranges of meter numbers that hold about `slice_rows` readings each; a meter is never cut."""
    counted = (
        pl.concat([pl.scan_parquet(path).group_by("meter").agg(pl.len()) for path in paths])
        .group_by("meter")
        .agg(pl.col("len").sum())
        .sort("meter")
        .collect()
    )
    meters, before = counted["meter"].to_numpy(), (counted["len"].cum_sum() - counted["len"]).to_numpy()
    starts = np.flatnonzero(np.diff(before // slice_rows, prepend=-1))
    ends = [*(starts[1:] - 1), len(meters) - 1]
    return [(int(meters[start]), int(meters[end])) for start, end in zip(starts, ends, strict=True)]
