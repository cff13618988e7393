"""How fast readings arrive: over HTTP, durable, in batches of 100 from many devices; and in bulk from files.

    python bench/metering_ingest.py [--readings 3000000] [--devices 64] [--bulk 10000000]

Beside the figures stands what the disk confirms by itself (fdatasync a second), and at the end every acknowledged
reading is counted in the files.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tanheng.metering import Meter, Store
from tanheng.metering.ingest.devices import Devices
from tanheng.metering.ingest.proof import header_of

PORT, PER_BATCH, START = 8765, 100, datetime(2026, 1, 1, tzinfo=UTC)
ENTERPRISE = "91310000{:010d}"


def fdatasyncs(folder: Path, seconds: float = 2.0) -> float:
    """How often a second the disk confirms a write of the size of one batch."""
    handle, done = os.open(folder / "probe", os.O_CREAT | os.O_WRONLY), 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        os.write(handle, b"x" * 4096)
        os.fdatasync(handle)
        done += 1
    os.close(handle)
    (folder / "probe").unlink()
    return done / seconds


def prepared(home: Path, devices: int) -> list[tuple[str, bytes, str]]:
    """A register of 100 meters for each device, and the devices with their secrets."""
    store = Store.open(home)
    names = [ENTERPRISE.format(number) for number in range(devices)]
    store.register.add(
        Meter(
            f"{name}/{place}",
            "electricity",
            f"facility/{name}",
            date(2025, 1, 1),
            sender=name,
            code=f"00-00-0000-02{place:04d}-11",
        )
        for name in names
        for place in range(PER_BATCH)
    )
    store.close()
    book = Devices(home / "readings" / "devices.db")
    return [(*book.register(name, book.enrol(name, "bench")), name) for name in names]


def body_of(device: str, enterprise: str, round_: int) -> bytes:
    """One upload in the shape of the national interface: 100 meters, one time."""
    at = (START + timedelta(minutes=15 * round_, hours=8)).strftime("%Y-%m-%d %H:%M:%S")
    readings = [
        {"dataCode": f"00-00-0000-02{place:04d}-11", "dataValue": f"{round_ * 1.25 + place:.2f}", "inputType": 4, "statType": 0,
         "statDate": at, "uploadDate": at, "scope": 1, "valid": 0}
        for place in range(PER_BATCH)
    ]  # fmt: skip
    return json.dumps({"deviceId": device, "enterpriseCode": enterprise, "data": readings}).encode()


def requests_of(devices: list[tuple[str, bytes, str]], rounds: int) -> list[list[bytes]]:
    """Signed requests, made before the clock starts: a device signs its own on its own machine."""
    now = int(time.time())
    found = []
    for device, secret, enterprise in devices:
        mine = []
        for round_ in range(rounds):
            body, key = body_of(device, enterprise, round_), f"r{round_}"
            head = header_of(secret, device=device, time=now, key=key, body=body)
            mine.append(
                f"POST /upload HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nAuthorization: {head}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
        found.append(mine)
    return found


async def send(requests: list[bytes], waits: list[float]) -> int:
    """Sends the requests of one device one after the other; gives how many were acknowledged."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    done = 0
    for request in requests:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        waits.append(time.perf_counter() - began)
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(body.decode())
        done += 1
    writer.close()
    return done


def over_http(home: Path, devices: int, readings: int) -> None:
    """Measures the door with many devices at once, and counts what is in the files afterwards."""
    rounds = readings // (devices * PER_BATCH)
    requests = requests_of(prepared(home, devices), rounds)
    command = [sys.executable, "-c", "from tanheng.cli import main; main()", "meters", "serve", "--port", str(PORT), "--device-rate", "1000000"]
    server = subprocess.Popen(command, env={**os.environ, "TANHENG_HOME": str(home)}, stderr=subprocess.DEVNULL)
    try:
        wait_until_open()
        waits: list[float] = []

        async def all_devices() -> int:
            return sum(await asyncio.gather(*(send(mine, waits) for mine in requests)))

        began = time.perf_counter()
        mine = time.process_time()
        batches = asyncio.run(all_devices())
        seconds, mine = time.perf_counter() - began, time.process_time() - mine
    finally:
        server.send_signal(signal.SIGTERM)
        used = os.wait4(server.pid, 0)[2]
    print("cpu server", used.ru_utime, used.ru_stime, "client", mine)
    waits.sort()
    acknowledged = batches * PER_BATCH
    print(f"http      {acknowledged / seconds:12,.0f} readings/s durable  ({devices} devices, batches of {PER_BATCH}, {seconds:.1f} s;"
          f" answer within {1000 * waits[len(waits) // 2]:.0f} ms, 99 of 100 within {1000 * waits[len(waits) * 99 // 100]:.0f} ms)")  # fmt: skip
    store = Store.open(home)
    began = time.perf_counter()
    folded = store.fold()
    seconds = time.perf_counter() - began
    kept = sum(part.rows for part in store.manifest.parts)
    print(
        f"fold      {folded / seconds:12,.0f} readings/s from the journal into files"
        if folded
        else "fold      (done while serving)"
    )
    print(
        f"kept      {kept:12,d} readings of {acknowledged:,d} acknowledged: {'all' if kept == acknowledged else 'LOST OR DOUBLED'}"
    )
    store.close()


def wait_until_open() -> None:
    """Waits for the door to answer at all."""
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server does not answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readings", type=int, default=3_000_000)
    parser.add_argument("--devices", type=int, default=64)
    parser.add_argument("--bulk", type=int, default=10_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="metering-ingest-") as folder:
        print(
            f"disk      {fdatasyncs(Path(folder)):12,.0f} fdatasync/s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
        over_http(Path(folder) / "http", chosen.devices, chosen.readings)


if __name__ == "__main__":
    main()
