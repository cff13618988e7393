"""What the door answers to a request: no server, no sockets, so that any server can stand in front of it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.pack.metering_interface import MeteringInterface
from tanheng.metering.batch import Ack, Batch
from tanheng.metering.ingest.base_data import base_data, version_of
from tanheng.metering.ingest.committing import Answer
from tanheng.metering.ingest.devices import Device, Devices
from tanheng.metering.ingest.limits import Limits, Rates
from tanheng.metering.ingest.placing import Desk
from tanheng.metering.ingest.proof import Signed, is_proven
from tanheng.metering.ingest.upload import batch_of, document_of, readings_of, refused_findings
from tanheng.metering.store import Store

STATUSES: Mapping[str, int] = {
    "request-unsigned": 401,
    "request-stale": 401,
    "request-not-of-device": 401,
    "enrolment-unknown": 403,
    "device-revoked": 403,
    "upload-of-another": 403,
    "door-unknown": 404,
    "body-too-slow": 408,
    "batch-key-reused": 409,
    "body-too-large": 413,
    "upload-too-many": 413,
    "rate-exceeded": 429,
    "ingest-busy": 503,
    "readings-file-failed": 503,
    "disk-full": 507,
}
_ENTERPRISE = re.compile(r"[0-9A-Z]{18}")
_REGION = re.compile(r"[0-9]{6}")


@dataclass(frozen=True)
class Request:
    """What a client asks: address, the header Authorization, the body, and under which address it found the door."""

    path: str
    authorization: str
    body: bytes
    origin: str = ""


@dataclass(frozen=True)
class Reply:
    """What it gets: status, a JSON document, and the seconds after which it may try again."""

    status: int
    document: Mapping[str, Any]
    retry_after_s: int = 0


class Door:
    """The four operations of an interface over one store."""

    def __init__(
        self, store: Store, interface: MeteringInterface, limits: Limits, now: Callable[[], float] = time.time
    ) -> None:
        self.store, self.interface, self.limits, self.now = store, interface, limits, now
        self.devices = Devices(store.root / "devices.db")
        self._rates = Rates(limits)
        self._desk_at = (-1, 0, Desk(interface, (), store.manifest.offset_s))
        self._operations = {path: name for name, path in interface.paths.items()}

    def begin(self, request: Request) -> Reply | Batch:
        """The reply to a request; for an upload the batch to be written, of whose answer `ended` makes the reply."""
        try:
            operation = self._operations.get(request.path)
            if operation is None:
                raise Refusal("door-unknown", path=request.path[:80], paths=", ".join(self._operations))
            if len(request.body) > self.limits.body_bytes:
                raise Refusal("body-too-large", most=self.limits.body_bytes)
            if operation == "register":
                return self._register(request)
            device, signed = self._proven(request)
            if operation == "upload":
                return self._batch(request, device, signed.key)
            return self._told(device, operation)
        except Refusal as refusal:
            return self.refused(refusal)

    def ended(self, answer: Answer, batch: Batch) -> Reply:
        """The reply to an upload when its batch is on the disk, or is not."""
        if isinstance(answer, Refusal):
            return self.refused(answer)
        findings = refused_findings(batch.refused, batch.device)
        return Reply(
            200, self._said(_acknowledged(answer, findings)) | {"findings": [item.as_json() for item in findings]}
        )

    def refused(self, refusal: Refusal) -> Reply:
        """The reply to what cannot be done."""
        status = STATUSES[refusal.code] if refusal.code in STATUSES else 400
        words = {lang: f"{refusal.message(lang)} {refusal.next_step(lang)}" for lang in ("zh", "en")}
        names = self.interface.answer
        document = {
            names["code"]: refusal.code,
            names["message"]: f"{words['zh']} / {words['en']}",
            **refusal.as_json(),
        }
        wait = refusal.fields["wait"] if "wait" in refusal.fields else 1
        return Reply(status, document, int(str(wait)) if status in {429, 503} else 0)

    def _proven(self, request: Request) -> tuple[Device, Signed]:
        """The device that signed a request.

        Refuses  request-unsigned, request-stale, request-not-of-device, device-revoked.
        """
        signed = Signed.read(request.authorization)
        if signed is None:
            raise Refusal("request-unsigned")
        device = self.devices.get(signed.device)
        if device is None or not is_proven(signed, device.stored, request.body):
            raise Refusal("request-not-of-device")
        if abs(self.now() - signed.time) > self.limits.clock_s:
            raise Refusal("request-stale", now=int(self.now()), most=self.limits.clock_s)
        if device.revoked:
            raise Refusal("device-revoked", device=device.device)
        return device, signed

    def _batch(self, request: Request, device: Device, key: str) -> Batch:
        document = document_of(request.body)
        names = self.interface.request
        if (document.get(names["device"]), document.get(names["enterprise"])) != (device.device, device.enterprise):
            raise Refusal("upload-of-another", device=device.device, enterprise=device.enterprise)
        desk = self._desk()
        readings = readings_of(document, desk, self.limits.largest_batch)
        if wait := self._rates.wait_s(device.device, len(readings)):
            raise Refusal("rate-exceeded", device=device.device, wait=wait)
        latest = int(self.now()) + self.limits.ahead_s
        return batch_of(readings, desk=desk, key=key, device=device.device, sender=device.enterprise, latest=latest)

    def _desk(self) -> Desk:
        """What it takes to place readings, made again when a row was added to the register."""
        now = int(self.now())
        row, second, desk = self._desk_at
        if second == now:
            return desk
        last = self.store.register.last_row()
        if row != last:
            desk = Desk(self.interface, tuple(self.store.register.rows()), self.store.manifest.offset_s)
        self._desk_at = (last, now, desk)
        return desk

    def _register(self, request: Request) -> Reply:
        """Lets a device in that brings an enrolment: `Authorization: Tanheng-Enrolment <code>`."""
        document, names, says = document_of(request.body), self.interface.request, self.interface.answer
        region, enterprise = (str(document.get(names[name])) for name in ("region", "enterprise"))
        if not (_REGION.fullmatch(region) and _ENTERPRISE.fullmatch(enterprise)):
            raise Refusal("register-incomplete", region=names["region"], enterprise=names["enterprise"])
        scheme, _, code = request.authorization.partition(" ")
        if scheme != "Tanheng-Enrolment":
            raise Refusal("enrolment-unknown", enterprise=enterprise)
        device, secret = self.devices.register(enterprise, code.strip())
        paths = {name: request.origin + path for name, path in self.interface.paths.items()}
        given = {says["device"]: device, says["secret"]: secret.hex(), says["upload_url"]: paths["upload"]}
        given |= {says["version_url"]: paths["version"], says["base_data_url"]: paths["base_data"]}
        given |= {says["center_url"]: paths["version"], says["upload_time"]: "15"}
        return Reply(200, self._said(("登记成功。", "Registered.")) | given)

    def _told(self, device: Device, operation: str) -> Reply:
        meters = [meter for meter in self.store.register.rows() if meter.sender == device.enterprise]
        told: dict[str, Any] = {self.interface.answer["version"]: version_of(meters)}
        if operation == "base_data":
            told[self.interface.answer["meters"]] = base_data(meters, self.interface)
        return Reply(200, self._said(("完成。", "Done.")) | told)

    def _said(self, words: tuple[str, str]) -> dict[str, Any]:
        return {
            self.interface.answer["code"]: self.interface.accepted,
            self.interface.answer["message"]: " / ".join(words),
        }

    def close(self) -> None:
        """Lets go of the list of devices."""
        self.devices.close()


def _acknowledged(ack: Ack, findings: list[Finding]) -> tuple[str, str]:
    again_zh, again_en = ("（此前已收到）", " (received before)") if ack.repeated else ("", "")
    apart_zh, apart_en = (
        ("；有读数无法归位，另存待查", "; some readings could not be placed and are kept apart")
        if findings
        else ("", "")
    )
    return f"已存 {ack.count} 条{again_zh}{apart_zh}。", f"{ack.count} stored{again_en}{apart_en}."


def encoded(document: Mapping[str, Any]) -> bytes:
    """A reply as it goes out."""
    return json.dumps(document, ensure_ascii=False).encode()
