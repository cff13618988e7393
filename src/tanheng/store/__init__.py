"""Disk: packs from YAML, workbooks, blobs by content hash, snapshots, results and exports.

Everything here turns files into values of the kernel, or values into files. Data problems come back as findings,
all at once and each with its place; a file that cannot be read at all is a refusal. Writing is atomic: a reader
sees the whole new file or the whole old one.
"""

from tanheng.store.blobs import BlobStore
from tanheng.store.cell_context import CellContext, read_cell_context
from tanheng.store.exports import write_export
from tanheng.store.home import Home
from tanheng.store.packs import archive, directory_of, load_archive, load_packs, read_packs
from tanheng.store.results import ResultStore, StoredResult, result_id
from tanheng.store.snapshot import Snapshot, read_snapshot, write_snapshot
from tanheng.store.workbook import Reading, read_workbook
from tanheng.store.workbook_writing import write_workbook

__all__ = [
    "BlobStore",
    "CellContext",
    "Home",
    "Reading",
    "ResultStore",
    "Snapshot",
    "StoredResult",
    "archive",
    "directory_of",
    "load_archive",
    "load_packs",
    "read_cell_context",
    "read_packs",
    "read_snapshot",
    "read_workbook",
    "result_id",
    "write_export",
    "write_snapshot",
    "write_workbook",
]
