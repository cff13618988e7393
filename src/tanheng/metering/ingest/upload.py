"""The body of an upload becomes a batch; readings that have no place are set aside as they were sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from tanheng.kernel.faults import Finding, Refusal
from tanheng.kernel.faults.finding import Severity
from tanheng.metering.batch import Batch
from tanheng.metering.ingest.placing import Desk, Placing

_SHOWN, _LONGEST = 20, 120


def document_of(body: bytes) -> dict[str, Any]:
    """The JSON object of a body; its numbers stay as they are written.

    Refuses  upload-no-json, upload-no-utf8: with the place. upload-unreadable: no object, a number that is none (NaN),
             nested too deep.
    """
    try:
        document = json.loads(body.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Refusal("upload-no-json", line=error.lineno, column=error.colno) from error
    except UnicodeDecodeError as error:
        raise Refusal("upload-no-utf8", byte=error.start + 1) from error
    except (ValueError, RecursionError) as error:
        raise Refusal("upload-unreadable") from error
    if not isinstance(document, dict):
        raise Refusal("upload-unreadable")
    return document


def _no_constant(name: str) -> str:
    """NaN and Infinity are no JSON and no readings."""
    raise ValueError(name)


def readings_of(document: Mapping[str, Any], desk: Desk, most: int) -> list[Any]:
    """The list of readings in an upload.

    Refuses  upload-field-missing: there is none. upload-too-many: more of them than `most`.
    """
    field = desk.interface.request["readings"]
    readings = document.get(field)
    if not isinstance(readings, list):
        raise Refusal("upload-field-missing", field=field)
    if len(readings) > most:
        raise Refusal("upload-too-many", count=len(readings), most=most)
    return readings


def batch_of(readings: list[Any], *, desk: Desk, key: str, device: str, sender: str, latest: int) -> Batch:
    """The batch of an upload. Its `refused` holds the readings that have no place, each with the reason.

    Reads    latest: the last second that a reading may be of.
    """
    placing = Placing(desk, sender, latest)
    placing.all(readings)
    table = np.array(placing.placed, np.int64).reshape(-1, 4)
    return Batch(
        key,
        device,
        table[:, 0].astype(np.int32),
        table[:, 1],
        table[:, 2],
        table[:, 3].astype(np.uint8),
        # all that was said of the readings, but not when it was sent: that differs when they are sent again
        sent=hashlib.sha256(repr(placing.said).encode("utf-8", "backslashreplace")).digest()[:16],
        refused=json.dumps(placing.refused).encode() if placing.refused else b"",
    )


def refused_findings(refused: bytes, sender: str) -> list[Finding]:
    """The readings that were set aside, as findings; no more than a reader can use."""
    listed = json.loads(refused) if refused else []
    return [
        Finding(
            item["code"],
            f"{sender}: [{item['position']}]",
            {"reading": json.dumps(item["reading"], ensure_ascii=True)[:_LONGEST]},
            Severity.WARNING,
        )
        for item in listed[:_SHOWN]
    ]
