"""Whatever happens to a file on its way, the answer is a refusal or a finding, never a crash or half a reading."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tests.store.sample_world import SAMPLES, read

NAMES = (
    "规上工业汇总表_2024年3月.xlsx",
    "用电分类表_东岸区_2024年3月.xls",
    "燃气表_东岸区_2024年3月.csv",
    "燃气表_东岸区_2024年4月.xls",
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10**7), byte=st.integers(0, 255))
def test_a_file_cut_off_or_changed_anywhere_is_answered(tmp_path, name, at, byte):
    whole = (SAMPLES / name).read_bytes()
    at %= len(whole)
    for content in (whole[:at], whole[:at] + bytes([byte]) + whole[at + 1 :]):
        (tmp_path / name).write_bytes(content)
        with suppress(Refusal):
            read(tmp_path / name)


@pytest.mark.parametrize("name", ["x.csv", "x.txt", "x.xls", "x.html", "x.et"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=100).map(str.encode)),
    head=st.sampled_from([b"", b"<html><table>", bytes.fromhex("d0cf11e0a1b11ae1")]),
)
def test_random_bytes_are_answered_under_any_name(tmp_path, name, content, head):
    (tmp_path / name).write_bytes(head + content)
    with suppress(Refusal):
        assert read(tmp_path / name).observations == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.integers(0, 5),
    column=st.integers(0, 4),
    value=st.one_of(st.text(max_size=12), st.floats().map(str), st.integers().map(str)),
)
def test_any_text_in_any_cell_of_a_table_is_answered(tmp_path, row, column, value):
    lines = [
        line.split(",") for line in (SAMPLES / "燃气表_东岸区_2024年3月.csv").read_bytes().decode("gbk").split("\r\n")
    ]
    lines[row] = [*lines[row], "", "", "", "", ""]
    lines[row][column] = value
    path = tmp_path / "燃气表_东岸区_2024年3月.csv"
    path.write_bytes("\r\n".join(",".join(line) for line in lines).encode("utf-8", "replace"))
    with suppress(Refusal):
        read(path)
