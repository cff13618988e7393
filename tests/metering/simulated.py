"""Simulated meters with faults, brought into a store as an import would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tanheng.kernel.pack.metering_columns import MeteringColumns
from tanheng.metering import Store
from tanheng.metering.bulk_files import import_file
from tanheng.metering.register_import import import_register
from tanheng.store.packs import load_packs

HEADINGS = "cn.metering_columns"


def bring_in(store: Store, folder: Path, wanted: Callable[[Path], bool] = lambda path: True) -> None:
    """The register and the wanted batches of a folder that `tanheng meters simulate` wrote."""
    packs = load_packs(("cn_national",))
    headings = packs.get(MeteringColumns, HEADINGS)
    if not store.register.numbers():
        import_register(store.register, folder / "meters.csv", headings, packs.carriers)
    for path in sorted((folder / "readings").glob("*.parquet")):
        if wanted(path):
            import_file(store, path, headings)
    store.fold()
