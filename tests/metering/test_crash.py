"""Killed at any moment: what was acknowledged is there, once, whole; what was not is there once or not at all."""

import hashlib
import http.client
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import date

import pytest

from tanheng.metering import Meter, Store
from tanheng.metering.ingest.devices import Devices
from tanheng.metering.ingest.proof import header_of
from tests.house.source_tree import ROOT
from tests.metering.conftest import JANUARY, readings_of
from tests.metering.crashing import rows_of
from tests.metering.doors import Client, reading

ROUNDS = int(os.environ.get("TANHENG_CRASH_ROUNDS", "5"))


def started(*arguments):
    command = [sys.executable, "-m", "tests.metering.crashing", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed(process):
    process.send_signal(signal.SIGKILL)
    _, errors = process.communicate()
    assert process.returncode == -signal.SIGKILL, errors


def assert_whole(store):
    """Every file that the list names is as it was written, and no reading stands in two of them."""
    manifest = store.manifest
    for part in manifest.parts:
        assert hashlib.sha256((store.root / part.path).read_bytes()).hexdigest() == part.sha256
    rows = readings_of(store)
    assert sum(part.rows for part in manifest.parts) == len(rows)
    return rows


def life_of(home, seed, chance):
    """One life of the program that writes: the batches that it tried and those that were acknowledged."""
    process, said = started("work", home, seed), []
    for line in iter(process.stdout.readline, ""):
        said.append(line)
        if len(said) > 25:
            break
    time.sleep(chance.random())
    process.send_signal(signal.SIGKILL)
    rest, errors = process.communicate()
    assert process.returncode == -signal.SIGKILL, errors
    words = [line.split() for line in (*said, *rest.splitlines()) if len(line.split()) == 2]
    return [[int(number) for word, number in words if word == wanted] for wanted in ("try", "done")]


def test_a_store_that_is_killed_while_it_writes_loses_and_doubles_nothing(store, tmp_path):
    chance, tried, done = random.Random(ROUNDS), [], set()
    for seed in range(ROUNDS):
        more, acknowledged = life_of(tmp_path, seed, chance)
        tried, done = [*tried, *more], {*done, *acknowledged}
        store.fold()
        found = Counter(assert_whole(store))
        assert set(found.values()) == {1}
        for number in tried:
            there = [(*row, 0) in found for row in rows_of(number)]
            assert all(there) or (number not in done and not any(there)), (seed, number)
        assert len(found) <= 8 * len(tried)


class Sender(threading.Thread):
    """A device that sends one batch after another, and each again under its key until it is acknowledged."""

    def __init__(self, port, client):
        super().__init__(daemon=True)
        self.port, self.client = port, client
        self.sent, self.acknowledged, self.answers = 0, set(), set()

    def run(self):
        while True:
            try:
                self._send_all()
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)

    def _send_all(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        while True:
            if self.sent in self.acknowledged:
                self.sent += 1
            at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(JANUARY + 8 * 3600 + 1 + self.sent))
            rows = [reading(code, f"{self.sent}.00", at) for code in self.codes()]
            request = self.client.request(self.client.body(rows), f"b{self.sent}")
            connection.request("POST", request.path, request.body, {"Authorization": request.authorization})
            answer = connection.getresponse()
            answer.read()
            self.answers.add(answer.status)
            if answer.status == 200:
                self.acknowledged.add(self.sent)

    def codes(self):
        return (f"{self.client.device[:3]}-{place}" for place in range(3))


def senders_of(store, port, count=3):
    """Devices of their own enterprises, with three meters each."""
    devices, made = Devices(store.root / "devices.db"), []
    for place in range(count):
        enterprise = f"9131000000000000{place}X"
        device, secret = devices.register(enterprise, devices.enrol(enterprise, "somebody"))
        store.register.add(
            Meter(
                f"{enterprise}/{n}",
                "electricity",
                "facility/x",
                date(2025, 1, 1),
                sender=enterprise,
                code=f"{device[:3]}-{n}",
            )
            for n in range(3)
        )
        client = Client(None, device, secret, int(time.time()))
        client.body = lambda rows, client=client, enterprise=enterprise: Client.body(
            client, rows, enterpriseCode=enterprise
        )
        made.append(Sender(port, client))
    devices.close()
    return made


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_a_door_that_is_killed_again_and_again_keeps_every_acknowledged_batch_once(store, tmp_path):
    chance, port = random.Random(ROUNDS), free_port()
    senders = senders_of(store, port)
    for sender in senders:
        sender.start()
    for _ in range(ROUNDS):
        process, before = started("door", tmp_path, port), sum(len(sender.acknowledged) for sender in senders)
        while sum(len(sender.acknowledged) for sender in senders) < before + 20 and process.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.random() / 2)
        killed(process)
    acknowledged = [(sender, set(sender.acknowledged), sender.sent) for sender in senders]
    store.fold()
    rows = Counter(assert_whole(store))
    assert set(rows.values()) == {1}
    numbers = store.register.numbers()
    for place, (sender, known, sent) in enumerate(acknowledged):
        assert sender.answers == {200}
        mine = [numbers[f"9131000000000000{place}X/{n}"] for n in range(3)]
        for batch in range(sent + 1):
            there = [(meter, JANUARY + 1 + batch, 100 * batch, 0) in rows for meter in mine]
            assert all(there) or (batch not in known and not any(there))
    assert sum(rows.values()) <= 3 * sum(sent + 1 for _, _, sent in acknowledged)


def test_the_journal_asks_the_disk_to_confirm(store):
    with store.journal._lock:
        assert store.journal._database.execute("pragma synchronous").fetchone() == (2,)
    assert sqlite3.connect(store.journal.path).execute("pragma journal_mode").fetchone() == ("wal",)
    assert header_of(b"s" * 32, device="d", time=1, key="k", body=b"").startswith("Tanheng-Proof d:1:k:")


FULL = """
import sys
from pathlib import Path
from tanheng.kernel.faults import Refusal
from tanheng.metering import Store
from tanheng.metering.compaction import compact
from tests.metering.conftest import batch
from tests.metering.crashing import rows_of
from tests.metering.test_crash import assert_whole
home = Path(sys.argv[1])
store, done, said = Store.open(home / "site"), [], set()
ballast = home / "ballast"
ballast.write_bytes(b"x" * 2_000_000)
for number in range(100_000):
    try:
        store.append(batch(f"k{number}", [(1, 1767196801 + 500 * number + place, number) for place in range(500)]))
    except Refusal as refusal:
        said.add(refusal.code)
        break
    done.append(number)
for work in (store.fold, lambda: compact(store, "2026-01"), lambda: store.set_offset(0)):
    try:
        work()
    except Refusal as refusal:
        said.add(refusal.code)
assert "disk-full" in said, said
assert not list(store.root.glob("month=*/.draft*")) and not list(store.root.glob(".draft*"))
ballast.unlink()
store.append(batch("after", [(2, 1767196801, 7)]))
store.fold()
rows = assert_whole(store)
assert len(rows) == 500 * len(done) + 1, (len(rows), len(done))
print("kept", len(done))
"""


def test_a_full_disk_refuses_what_it_cannot_keep_and_keeps_what_it_took(tmp_path):
    script = tmp_path / "full.py"
    script.write_text(FULL, "utf-8")
    disk = tmp_path / "disk"
    disk.mkdir()
    inside = f'mount -t tmpfs -o size=6m tmpfs "{disk}" && exec "{sys.executable}" "{script}" "{disk}"'
    apart = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    if subprocess.run([*apart, "mount", "-t", "tmpfs", "tmpfs", disk], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    done = subprocess.run(
        [*apart, "sh", "-c", inside],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout[:4]) == (0, "kept"), done.stderr
    assert Store.open(tmp_path).months() == ()
