"""A store in a folder of its own, two meters in its register, and batches made of plain lists."""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import pytest

from tanheng.metering import Batch, Meter, Store

JANUARY = 1767196800  # 2026-01-01 00:00 in China: belongs to 2025-12


def batch(key, readings, device="gateway"):
    """A batch of (meter, at, value[, flag])."""
    columns = list(zip(*((*reading, 0)[:4] for reading in readings), strict=True)) or [(), (), (), ()]
    types = (np.int32, np.int64, np.int64, np.uint8)
    return Batch(key, device, *(np.array(column, kind) for column, kind in zip(columns, types, strict=True)))


def readings_of(store):
    """Every reading that counts, as (meter, at, value, flag), sorted."""
    found = []
    for month in store.months():
        relation = store.relation(month)
        found += duckdb.sql(f'select meter, r."at", value, flag from {relation} r').fetchall()
    return sorted(found)


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path)
    opened.register.add(
        Meter(name, "electricity", "facility/works", date(2025, 1, 1), sender="91310000000000000X", code=name)
        for name in ("gate", "boiler")
    )
    yield opened
    opened.close()
