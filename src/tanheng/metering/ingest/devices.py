"""Who may send: enrolments that the city gives out, devices that used one, and their end. Events, never changed."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tanheng.kernel.faults import Refusal
from tanheng.metering.disk_faults import answering
from tanheng.metering.ingest.proof import SECRET_BYTES, stored_form

_DDL = """
create table if not exists events (
    row integer primary key, recorded_at integer not null, kind text not null, enterprise text not null,
    device text not null, hash blob not null, actor text not null
);
create unique index if not exists once_each on events (kind, hash) where kind in ('enrolled', 'registered');
create trigger if not exists events_never_change before update on events begin select raise(abort, 'append-only'); end;
create trigger if not exists events_never_go before delete on events begin select raise(abort, 'append-only'); end;
"""
_INSERT = "insert into events (recorded_at, kind, enterprise, device, hash, actor) values (?, ?, ?, ?, ?, ?)"
ENROLMENT_S = 14 * 86_400


@dataclass(frozen=True)
class Device:
    """A device that may send readings of one enterprise: what is kept of its secret, and whether it was revoked."""

    device: str
    enterprise: str
    stored: bytes
    revoked: bool = False


class Devices:
    """The devices of one store. A revocation holds from the next request on, in every program."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self.path = path
        with answering(path):
            self._database = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
            self._database.executescript("pragma journal_mode=wal; pragma synchronous=full;" + _DDL)
        self._known: dict[str, Device] = {}
        self._version = -1

    def enrol(self, enterprise: str, actor: str) -> str:
        """A code with which one device of an enterprise may register within two weeks; it is shown this once."""
        code = secrets.token_urlsafe(24)
        self._record("enrolled", enterprise, "", _code_hash(code), actor)
        return code

    def register(self, enterprise: str, code: str) -> tuple[str, bytes]:
        """Lets a device in: its id and its secret, which is shown this once and not kept.

        Refuses  enrolment-unknown: no such code for this enterprise, or used, or too old.
        """
        hashed, device, secret = _code_hash(code), f"d{secrets.token_hex(8)}", secrets.token_bytes(SECRET_BYTES)
        with self._lock:
            given = self._database.execute(
                "select max(recorded_at) from events where kind = 'enrolled' and hash = ? and enterprise = ?",
                (hashed, enterprise),
            ).fetchone()[0]
        if given is None or given < time.time() - ENROLMENT_S:
            raise Refusal("enrolment-unknown", enterprise=enterprise)
        with self._lock, answering(self.path):
            self._database.execute("begin immediate")
            now = int(time.time())
            try:
                self._database.execute(_INSERT, (now, "registered", enterprise, device, hashed, device))
                self._database.execute(_INSERT, (now, "issued", enterprise, device, stored_form(secret), device))
                self._database.execute("commit")
            except sqlite3.IntegrityError as error:
                raise Refusal("enrolment-unknown", enterprise=enterprise) from error
            finally:
                if self._database.in_transaction:
                    self._database.execute("rollback")
        return device, secret

    def revoke(self, device: str, actor: str) -> None:
        """Ends a device.

        Refuses  device-unknown: there is no such device.
        """
        known = self.get(device)
        if known is None:
            raise Refusal("device-unknown", device=device)
        self._record("revoked", known.enterprise, device, b"", actor)

    def get(self, device: str) -> Device | None:
        """The device of that id."""
        self._refresh()
        return self._known.get(device)

    def all(self) -> list[Device]:
        """Every device, in the order of registration."""
        self._refresh()
        return list(self._known.values())

    def _record(self, kind: str, enterprise: str, device: str, hashed: bytes, actor: str) -> None:
        with self._lock, answering(self.path):
            self._database.execute(_INSERT, (int(time.time()), kind, enterprise, device, hashed, actor))

    def _refresh(self) -> None:
        """Reads the events again where any program wrote one since."""
        with self._lock, answering(self.path):
            version = self._database.execute("select coalesce(max(row), -1) from events").fetchone()[0]
            if version == self._version:
                return
            rows = self._database.execute("select kind, enterprise, device, hash from events order by row").fetchall()
        self._known, self._version = _devices(rows), version

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._database.close()


def _devices(rows: Iterable[tuple[str, str, str, bytes]]) -> dict[str, Device]:
    known: dict[str, Device] = {}
    for kind, enterprise, device, hashed in rows:
        if kind == "issued":
            known[device] = Device(device, enterprise, bytes(hashed))
        elif kind == "revoked":
            known[device] = Device(device, enterprise, known[device].stored, revoked=True)
    return known


def _code_hash(code: str) -> bytes:
    return hashlib.sha256(code.encode("utf-8", "replace")).digest()
