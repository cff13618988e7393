"""A city connects its meters: register, readings from files, a device over HTTP that is let in and out, tidy files."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time

import duckdb
import pytest

from tanheng.metering import Store
from tanheng.metering.ingest.proof import header_of

ENTERPRISE = "91310000000000000X"
REGISTER = f"""计量点,能源品种,设施,起始日期,统一社会信用代码,数据代码
进线,electricity,facility/works,2025-01-01,{ENTERPRISE},00-00-0000-023300-11
"""


@pytest.fixture
def connected(site, tmp_path):
    """A site that has one meter registered."""
    (tmp_path / "meters.csv").write_text(REGISTER, "utf-8")
    site("meters", "import", "--register", tmp_path / "meters.csv")
    return site


def test_readings_come_in_from_a_file_once(connected, document, tmp_path):
    table = tmp_path / "readings.csv"
    table.write_text("计量点,时刻,示数\n进线,2026-01-01 00:15,12.34\n进线,2026-01-01 00:30,12.50\n", "utf-8")
    (first,) = document("meters", "import", table)
    (again,) = document("meters", "import", table)
    assert [(item["rows"], item["repeated"]) for item in (first, again)] == [(2, False), (0, True)]
    assert document("meters", "compact") == {"folded": 0, "months": [{"month": "2026-01", "files_fewer": 0}]}


def test_a_table_with_a_bad_row_is_named_and_nothing_of_it_is_written(connected, tmp_path):
    table = tmp_path / "readings.csv"
    table.write_text("计量点,时刻,示数\n进线,2026-01-01 00:15,12.34\n出线,2026-01-01 00:15,1\n", "utf-8")
    said = connected("meters", "import", table, exit_code=1).output
    assert "readings.csv:3" in said
    assert "写入 0 行" in said


def test_a_register_with_a_bad_row_is_named(site, tmp_path):
    (tmp_path / "meters.csv").write_text(REGISTER.replace("electricity", "moonlight"), "utf-8")
    assert "moonlight" in site("meters", "import", "--register", tmp_path / "meters.csv", exit_code=1).output


@pytest.mark.parametrize("name", ["no such file.csv", "."])
def test_a_file_that_is_not_there_is_refused_in_words(connected, name):
    assert "下一步" in connected("meters", "import", name, exit_code=2).output


def test_a_device_that_nobody_knows_cannot_be_ended(connected):
    assert "d0" in connected("meters", "revoke", "d0", exit_code=2).output


def test_a_port_that_is_taken_is_said_in_words(connected):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "--port" in connected("meters", "serve", "--port", taken.getsockname()[1], exit_code=2).output


class Server:
    """`tanheng meters serve` as a program of its own."""

    def __init__(self, home, *options):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        command = [
            sys.executable,
            "-c",
            "from tanheng.cli import main; main()",
            "meters",
            "serve",
            "--free-mib",
            "0",
            "--fold-every",
            "1",
        ]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), *options], env={**os.environ, "TANHENG_HOME": str(home)}
        )

    def post(self, path, body, authorization):
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                connection.request("POST", path, body, {"Authorization": authorization})
                break
            except ConnectionRefusedError:
                assert self.process.poll() is None
                time.sleep(0.05)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@pytest.fixture
def server(connected, tmp_path):
    """A server that does not outlive its test."""
    made = Server(tmp_path / "home")
    yield made
    made.process.kill()
    made.process.wait()


def test_a_device_registers_sends_and_is_ended(connected, document, server, tmp_path):
    enrolment = document("meters", "enrol", ENTERPRISE)["enrolment"]
    asked = json.dumps({"region": "310116", "enterpriseCode": ENTERPRISE}).encode()
    status, given = server.post("/register", asked, f"Tanheng-Enrolment {enrolment}")
    assert (status, given["centerDataURL"]) == (200, f"http://127.0.0.1:{server.port}/upload")
    device, secret = given["deviceId"], bytes.fromhex(given["secretKey"])

    def upload(key, *readings):
        body = json.dumps({"deviceId": device, "enterpriseCode": ENTERPRISE, "data": readings}).encode()
        head = header_of(secret, device=device, time=int(time.time()), key=key, body=body)
        return server.post("/upload", body, head)

    reading = {
        "dataCode": "00-00-0000-023300-11",
        "dataValue": "12.34",
        "statType": 0,
        "statDate": "2026-01-01 00:15:00",
    }
    assert upload("k1", reading)[1]["responseCode"] == "0"
    assert upload("k1", reading)[0] == 200
    assert upload("k2", reading | {"dataCode": "late"})[1]["findings"][0]["code"] == "reading-meter-unknown"
    assert server.post("/upload", b"x" * (100 << 20), "")[0] == 413
    assert server.post("/upload", iter([b"x" * (1 << 20)] * 3), "")[0] == 413
    assert [(item["device"], item["revoked"]) for item in document("meters", "devices")] == [(device, False)]
    connected("meters", "revoke", device)
    assert upload("k3", reading)[0] == 403
    half = http.client.HTTPConnection("127.0.0.1", server.port)
    half.putrequest("POST", "/upload")
    half.putheader("Content-Length", "1000")
    half.endheaders(b"never the rest")
    assert server.close() == 0
    document("meters", "compact")
    (left,) = document("meters", "refused")["refused"]
    assert (left["code"], left["reading"]["dataCode"]) == ("reading-meter-unknown", "late")
    (tmp_path / "meters.csv").write_text(
        REGISTER + f"后补,electricity,facility/works,2025-01-01,{ENTERPRISE},late\n", "utf-8"
    )
    connected("meters", "import", "--register", tmp_path / "meters.csv")
    assert document("meters", "refused", "--again") == {"placed": 1, "refused": []}
    assert document("meters", "compact")["folded"] == 1


@pytest.fixture
def slow_server(connected, tmp_path):
    """A server that lets a device send twenty readings at once, and then one a second."""
    made = Server(tmp_path / "home", "--device-rate", "1")
    yield made
    made.process.kill()
    made.process.wait()


def test_bad_copied_and_hurried_requests_over_the_network_lose_and_double_nothing(document, slow_server, tmp_path):
    enrolment = document("meters", "enrol", ENTERPRISE)["enrolment"]
    asked = json.dumps({"region": "310116", "enterpriseCode": ENTERPRISE}).encode()
    given = slow_server.post("/register", asked, f"Tanheng-Enrolment {enrolment}")[1]
    device, secret = given["deviceId"], bytes.fromhex(given["secretKey"])

    def signed(key, body, at=None):
        return header_of(secret, device=device, time=at or int(time.time()), key=key, body=body)

    def body(first, count):
        readings = [
            {
                "dataCode": "00-00-0000-023300-11",
                "dataValue": f"{number}.00",
                "statType": 0,
                "statDate": f"2026-01-{1 + number // 1440:02} {number // 60 % 24:02}:{number % 60:02}:00",
            }
            for number in range(first, first + count)
        ]
        return json.dumps({"deviceId": device, "enterpriseCode": ENTERPRISE, "data": readings}).encode()

    torn, taken = body(15, 3)[:-5], body(15, 3)
    status, answer = slow_server.post("/upload", torn, signed("k1", torn))
    assert (status, answer["responseCode"]) == (400, "upload-no-json")
    copied = signed("k1", taken)
    assert [slow_server.post("/upload", taken, copied)[0] for _ in range(3)] == [200, 200, 200]
    status, answer = slow_server.post("/upload", body(15, 4), copied)
    assert (status, answer["responseCode"]) == (401, "request-not-of-device")
    status, answer = slow_server.post("/upload", taken, signed("k1", taken, int(time.time()) - 3600))
    assert (status, answer["responseCode"]) == (401, "request-stale")
    assert slow_server.post("/upload", body(100, 8), signed("k2", body(100, 8)))[0] == 200
    status, answer = slow_server.post("/upload", body(200, 20), signed("k3", body(200, 20)))
    assert (status, answer["responseCode"]) == (429, "rate-exceeded")
    assert slow_server.close() == 0
    store = Store.open(tmp_path / "home")
    store.fold()
    rows = duckdb.sql(f'select r."at", r.value from {store.relation("2026-01")} as r').fetchall()
    first = 1767196800  # 2026-01-01 00:00 in China
    assert sorted(rows) == [(first + 60 * at, 100 * at) for at in (*range(15, 18), *range(100, 108))]
