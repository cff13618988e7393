"""A PostgreSQL cluster of the benchmark's own, where its programs are installed and no address was given."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PORT = 5597
_NAME = "bench"


@contextmanager
def own_cluster(folder: Path, given: str) -> Iterator[str]:
    """The address of the database: the one that was given, or that of a cluster that ends with the run; empty where
    there is neither.
    """
    programs = _programs()
    if given or programs is None:
        yield given
        return
    who = "postgres" if os.geteuid() == 0 else ""  # the server refuses to run as the superuser of the machine
    if not (folder / "data").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        if who:
            shutil.chown(folder, who)
        _run([programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres"], who)
    start = f"-p {PORT} -k {folder} -c listen_addresses=127.0.0.1"
    _run([programs / "pg_ctl", "-w", "-D", folder / "data", "-o", start, "-l", folder / "log", "start"], who)
    try:
        create = [programs / "createdb", "-h", "127.0.0.1", "-p", str(PORT), "-U", "postgres", _NAME]
        subprocess.run(list(map(str, create)), check=False, capture_output=True)  # there since the last run
        yield f"postgresql://postgres@127.0.0.1:{PORT}/{_NAME}"
    finally:
        _run([programs / "pg_ctl", "-D", folder / "data", "-m", "fast", "stop"], who)


def _programs() -> Path | None:
    found = shutil.which("initdb")
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if found is None else [Path(found).parent]
    return known[-1] if known else None


def _run(command: Sequence[object], who: str) -> None:
    told = {"user": pwd.getpwnam(who).pw_uid, "group": pwd.getpwnam(who).pw_gid} if who else {}
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, **told)
