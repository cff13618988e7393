"""A door over a store with one device of one enterprise, and requests signed by it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache

from tanheng.kernel.pack.metering_columns import MeteringColumns
from tanheng.kernel.pack.metering_interface import MeteringInterface
from tanheng.metering.batch import Batch
from tanheng.metering.ingest.door import Door, Reply, Request
from tanheng.metering.ingest.limits import Limits
from tanheng.metering.ingest.proof import header_of
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.pack_yaml import read_document

ENTERPRISE = "91310000000000000X"
NOW = 1_767_240_000  # 2026-01-01 12:00 in China


@cache
def shipped(kind, name):
    """A definition of the shipped packs, alone."""
    text = (SHIPPED_PACKS / "cn_national" / "metering" / name).read_text("utf-8")
    document, _ = read_document(text, name)
    return kind.model_validate({key: value for key, value in document.data.items() if key != "schema"})


def interface():
    return shipped(MeteringInterface, "online_monitoring_interface.yaml")


def headings():
    return shipped(MeteringColumns, "columns.yaml")


def reading(code="gate", value="12.34", time="2026-01-01 10:15:00", **more):
    return {"dataCode": code, "dataValue": value, "inputType": 4, "statType": 0, "statDate": time, "valid": 0} | more


@dataclass
class Client:
    """A device that sends to a door without any network, and writes what the door takes."""

    door: Door
    device: str
    secret: bytes
    clock: int = NOW

    def request(self, body, key="k1", path="/upload"):
        head = header_of(self.secret, device=self.device, time=self.clock, key=key, body=body)
        return Request(path, head, body, "http://door")

    def body(self, readings, **more):
        return json.dumps({"deviceId": self.device, "enterpriseCode": ENTERPRISE, "data": readings} | more).encode()

    def send(self, readings, key="k1") -> Reply:
        return self.ask(self.request(self.body(readings), key))

    def ask(self, request) -> Reply:
        begun = self.door.begin(request)
        return self.door.ended(self.door.store.append_all([begun])[0], begun) if isinstance(begun, Batch) else begun


def client_of(store, limits=None):
    """A registered device at a door where it is always NOW."""
    door = Door(store, interface(), limits or Limits(free_bytes=0), now=lambda: NOW)
    return Client(door, *door.devices.register(ENTERPRISE, door.devices.enrol(ENTERPRISE, "somebody")))


def with_limits(**limits):
    return replace(Limits(free_bytes=0), **limits)
