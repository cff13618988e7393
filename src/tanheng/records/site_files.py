"""The folder of the site that the settings name."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from tanheng.store.blobs import BlobStore
from tanheng.store.home import Home
from tanheng.store.results import ResultStore


def home() -> Home:
    """Where the site keeps its files."""
    return Home(Path(settings.TANHENG_HOME))


def blobs() -> BlobStore:
    """What publications keep, by hash."""
    return BlobStore(home().blobs)


def results() -> ResultStore:
    """Results that can be computed again."""
    return ResultStore(home().results)
