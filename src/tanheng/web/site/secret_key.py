"""The secret that signs sessions and forms: made on the first start, kept in the home of the site."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The key in `<home>/secret_key`; made now where there is none, readable by its owner only."""
    path = home / "secret_key"
    home.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _written(path)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return _written(path)


def _written(path: Path) -> str:
    key = path.read_text("ascii")
    if not key:
        raise RuntimeError(f"{path} is empty: delete it and start again")
    return key
