"""Whatever is sent, the answer is a refusal that says what to do, never a traceback and never half a reading."""

import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tanheng.store.workbook_opening import Limits
from tests.store.made_up import GOOD, read, workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def refusal_of(path, **options):
    with pytest.raises(Refusal) as caught:
        read(path, **options)
    assert caught.value.message("zh") != caught.value.message("en")
    return caught.value.code


def sent(folder, content):
    path = folder / "sent.xlsx"
    path.write_bytes(content)
    return path


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refusal_of(tmp_path / "none.xlsx") == "workbook-not-found"


def test_a_password_and_an_old_format_are_told_apart(tmp_path):
    protected = OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    assert refusal_of(sent(tmp_path, protected)) == "workbook-protected"
    assert refusal_of(sent(tmp_path, OLE + b"\0" * 512)) == "workbook-old-format"


@pytest.mark.parametrize("content", [b"", b"code,name\n1,2\n", b"<html></html>", b"PK\x03\x04"])
def test_what_only_calls_itself_xlsx_is_refused(tmp_path, content):
    assert refusal_of(sent(tmp_path, content)) == "workbook-unreadable"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("readme.txt", "hello")
    assert refusal_of(path) == "workbook-unreadable"


def test_a_file_over_the_limit_is_refused_before_it_is_opened(tmp_path):
    path = sent(tmp_path, b"\0" * (2 * 1024 * 1024))
    assert refusal_of(path, limits=Limits(file_mb=1)) == "workbook-too-large"


def test_a_file_that_swells_when_unpacked_is_refused(tmp_path):
    path = workbook(tmp_path, GOOD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/big.bin", b"\0" * (3 * 1024 * 1024))
    assert refusal_of(path, limits=Limits(unpacked_mb=2)) == "workbook-swells"


def rewritten(path, part, change):
    """The workbook with one of its parts changed."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return target


def test_a_part_that_declares_entities_is_refused(tmp_path):
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    path = rewritten(workbook(tmp_path, GOOD), "xl/worksheets/sheet1.xml", lambda content: entity + content)
    assert refusal_of(path) == "workbook-unreadable"


def test_a_number_that_is_none_inside_the_file_is_refused(tmp_path):
    path = rewritten(
        workbook(tmp_path, GOOD), "xl/worksheets/sheet1.xml", lambda content: content.replace(b"12.5", b"wrong")
    )
    assert refusal_of(path) == "workbook-unreadable"


def test_a_double_beyond_all_numbers_is_a_finding(tmp_path):
    path = rewritten(
        workbook(tmp_path, GOOD), "xl/worksheets/sheet1.xml", lambda content: content.replace(b"12.5", b"1E999")
    )
    assert [finding.code for finding in read(path).findings] == ["number-not-finite"]


def test_a_sheet_that_lies_about_its_size_is_still_read_whole(tmp_path):
    path = rewritten(
        workbook(tmp_path, GOOD), "xl/worksheets/sheet1.xml", lambda content: content.replace(b"A3:G4", b"A1:A1")
    )
    assert len(read(path).observations) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_random_bytes_are_refused_and_never_crash(tmp_path, content):
    assert refusal_of(sent(tmp_path, content)).startswith("workbook-")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10**6), byte=st.integers(0, 255))
def test_a_workbook_cut_off_or_changed_anywhere_is_refused_or_read_and_never_crashes(tmp_path, at, byte):
    whole = workbook(tmp_path, GOOD).read_bytes()
    at %= len(whole)
    for content in (whole[:at], whole[:at] + bytes([byte]) + whole[at + 1 :]):
        with suppress(Refusal):
            read(sent(tmp_path, content))
