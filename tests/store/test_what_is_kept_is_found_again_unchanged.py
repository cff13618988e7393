"""Blobs, snapshots and results: found again as they were, or their change is noticed."""

import hashlib
import json
import os
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tanheng.kernel.table import COUNT, DAY, TEXT, Table, digest
from tanheng.store import BlobStore, Home, ResultStore, StoredResult, read_snapshot, result_id, write_snapshot
from tanheng.store.atomic import replacing
from tanheng.store.snapshot import find_snapshot

quiet = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quiet
@given(st.binary(max_size=300))
def test_a_blob_comes_back_under_the_hash_of_its_content(tmp_path, content):
    store = BlobStore(tmp_path)
    name = store.put(content)
    assert name == hashlib.sha256(content).hexdigest() == store.put(content)
    assert store.get(name) == content


def test_a_blob_that_was_changed_on_disk_is_refused_and_mended_by_putting_it_again(tmp_path):
    store = BlobStore(tmp_path)
    name = store.put(b"what was said")
    store.path(name).write_bytes(b"what was not")
    with pytest.raises(Refusal, match="blob-damaged"):
        store.get(name)
    store.put(b"what was said")
    assert store.get(name) == b"what was said"


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "ABC"])
def test_a_name_that_no_blob_has_is_refused(tmp_path, name):
    with pytest.raises(Refusal, match="blob-not-found"):
        BlobStore(tmp_path).get(name)
    assert not BlobStore(tmp_path).has(name)


def write_half(path):
    with replacing(path) as draft:
        draft.write_text("half of the n")
        path.with_name("nowhere").read_text()


def test_a_write_that_fails_leaves_what_was_there_and_no_draft(tmp_path):
    path = tmp_path / "kept.txt"
    path.write_text("old")
    with pytest.raises(FileNotFoundError):
        write_half(path)
    assert [file.name for file in tmp_path.iterdir()] == ["kept.txt"]
    assert path.read_text() == "old"


def test_the_home_of_a_site_is_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("TANHENG_HOME", str(tmp_path / "site"))
    home = Home.of_environment().make()
    assert home.blobs.is_dir()
    assert home.database.parent == tmp_path / "site"


# ---- snapshots
def row(month=3, carrier="diesel", value="1.5", published="2025-02-20", position=1, **other):
    return {
        "indicator": "energy_consumption", "subject": "facility/a", "dimensions": {"carrier": carrier},
        "period_start": f"2024-{month:02}-01", "period_end": f"2024-{month + 1:02}-01", "accumulation": "month",
        "coverage": "unit_report", "use_class": "unit_report", "value": value, "unit": "t", "status": "final",
        "published": published, "source": f"{'0' * 64}/b.xlsx!S!F{position}", "position": position, **other,
    }  # fmt: skip


ROWS = st.lists(
    st.builds(
        row,
        month=st.integers(1, 3),
        carrier=st.sampled_from(["diesel", "coal"]),
        value=st.decimals(0, 10**6, places=3).map(str),
        published=st.dates(date(2024, 1, 1), date(2026, 1, 1)).map(str),
        position=st.integers(1, 5),
    ),
    max_size=12,
    unique_by=lambda item: (item["period_start"], item["dimensions"]["carrier"], item["position"]),
)


@quiet
@given(ROWS, st.randoms())
def test_the_digest_of_a_snapshot_does_not_depend_on_the_order_of_its_rows(tmp_path, rows, random):
    first = write_snapshot(rows, tmp_path / "one", 5)
    random.shuffle(rows)
    second = write_snapshot(rows, tmp_path / "two", 5)
    assert first.digest == second.digest
    assert first.path.read_bytes() == second.path.read_bytes()


@quiet
@given(ROWS, st.dates(date(2024, 1, 1), date(2026, 1, 1)))
def test_rows_published_later_never_change_what_was_known_earlier(tmp_path, rows, known_on):
    earlier = [item for item in rows if item["published"] <= str(known_on)]
    assert counting(tmp_path, earlier, known_on) == counting(tmp_path, rows, known_on)


def counting(folder, rows, known_on):
    """What counts on a knowledge date."""
    table = write_snapshot(rows, folder, 5).table()
    found = table.where_valid(known_on, start="known_from", end="known_to").rows()
    return sorted(
        str([item[name] for name in ("carrier", "period_start", "stated_amount", "source")]) for item in found
    )


def test_a_revision_counts_from_its_publication_and_the_first_statement_until_then(tmp_path):
    rows = [row(value="1.5"), row(value="1.75", published="2026-04-15", position=2)]
    found = write_snapshot(rows, tmp_path, 2).table().rows()
    spans = [(item["stated_amount"], item["known_from"], item["known_to"]) for item in found]
    assert spans == [(1.5, date(2025, 2, 20), date(2026, 4, 15)), (1.75, date(2026, 4, 15), None)]


def test_the_digest_knows_a_digit_that_a_double_does_not(tmp_path):
    one, two = (write_snapshot([row(value=value)], tmp_path, 1) for value in ("1.00000000000000001", "1"))
    assert one.table().values("stated_amount") == two.table().values("stated_amount")
    assert one.digest != two.digest


def test_the_digest_knows_the_last_digit_however_long_the_number(tmp_path):
    written = [write_snapshot([row(value=f"1.{'0' * 30}{digit}")], tmp_path / digit, 1).digest for digit in "12"]
    assert written[0] != written[1]


def test_dates_and_decimals_and_their_texts_give_the_same_snapshot(tmp_path):
    plain = row(value=Decimal("1.50"), published=date(2025, 2, 20), period_start=date(2024, 3, 1))
    assert write_snapshot([plain], tmp_path, 1).digest == write_snapshot([row()], tmp_path, 1).digest


def test_a_copy_of_a_snapshot_without_its_name_is_still_that_snapshot(tmp_path):
    snapshot = write_snapshot([row()], tmp_path, 7)
    blobs = BlobStore(tmp_path / "blobs")
    copy = read_snapshot(blobs.path(blobs.put(snapshot.path.read_bytes())))
    assert (copy.digest, copy.position, copy.height) == (snapshot.digest, 7, 1)
    assert copy.table().rows() == snapshot.table().rows()


def test_an_observation_without_a_carrier_keeps_that_cell_empty(tmp_path):
    rows = [row(), row(dimensions={"fuel_grade": "A"}, position=2)]
    table = write_snapshot(rows, tmp_path, 2).table()
    assert sorted(map(str, table.values("carrier"))) == ["None", "diesel"]
    assert "fuel_grade" in table.columns


def test_what_nobody_observed_is_not_found_and_no_error(tmp_path):
    table = write_snapshot([row()], tmp_path, 1).table()
    assert table.where(indicator="water_use", coverage="census").rows() == []


def test_a_log_without_observations_has_a_snapshot_without_rows(tmp_path):
    snapshot = write_snapshot([], tmp_path, 0)
    assert snapshot.table().rows() == []
    assert "carrier" in snapshot.table().columns


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" * 20])
def test_what_is_no_snapshot_is_refused(tmp_path, content):
    path = tmp_path / "x.parquet"
    path.write_bytes(content)
    with pytest.raises(Refusal, match="snapshot-unreadable"):
        read_snapshot(path)


def test_a_snapshot_whose_amounts_were_changed_is_not_read(tmp_path):
    snapshot = write_snapshot([row()], tmp_path, 1)
    assert find_snapshot(tmp_path) == snapshot
    about = pl.read_parquet_metadata(snapshot.path)["tanheng"]
    changed = pl.read_parquet(snapshot.path).with_columns(stated_amount=pl.lit(999.0))
    changed.write_parquet(snapshot.path, metadata={"tanheng": about})
    with pytest.raises(Refusal, match="snapshot-unreadable"):
        find_snapshot(tmp_path)
    assert write_snapshot([row()], tmp_path, 1).table().values("stated_amount") != [999.0]
    assert find_snapshot(tmp_path) == snapshot


def test_a_file_that_does_not_bear_the_name_of_its_content_is_no_snapshot_of_the_site(tmp_path):
    path = write_snapshot([row()], tmp_path, 1).path
    path.rename(path.with_name("00000001-0123456789abcdef.parquet"))
    assert find_snapshot(tmp_path) is None
    assert find_snapshot(tmp_path / "nowhere") is None


# ---- results
def result(co2=5):
    kinds = {"level": TEXT, "subject": TEXT, "period_start": DAY, "period_end": DAY, "co2": COUNT}
    rows = [dict(zip(kinds, ("city", "area/c", date(2024, 1, 1), date(2025, 1, 1), co2), strict=True))]
    figures = Table.of_rows(rows, kinds, keys=("level", "subject", "period_start", "period_end"))
    receipt = {"method": "m", "figures": digest(figures)}
    return StoredResult(result_id(receipt), receipt, ({"code": "gap", "severity": "blocker"},), figures)


def test_a_stored_result_comes_back_by_id_by_its_beginning_and_as_the_latest(tmp_path):
    store, kept = ResultStore(tmp_path / "results"), result()
    store.save(kept)
    for reference in (kept.id, kept.id[:6], "latest"):
        again = store.load(reference)
        assert (again.id, again.receipt, again.findings) == (kept.id, kept.receipt, kept.findings)
        assert again.figures.rows() == kept.figures.rows()


def test_the_latest_is_the_one_saved_last_even_if_it_was_there_before(tmp_path):
    store, first, second = ResultStore(tmp_path), result(1), result(2)
    for kept in (first, second, first):
        store.save(kept)
    assert store.load("latest").id == first.id
    assert sorted(store.ids()) == sorted([first.id, second.id])


def test_a_result_may_be_kept_without_becoming_the_latest(tmp_path):
    store, first, second = ResultStore(tmp_path), result(), result(6)
    store.save(first)
    assert store.save(second, as_latest=False) == second.id
    assert store.load("latest").id == first.id
    assert store.load(second.id).id == second.id


def test_a_result_that_is_not_there_is_refused_with_the_nearest(tmp_path):
    store, kept = ResultStore(tmp_path), result()
    with pytest.raises(Refusal, match="result-not-found"):
        store.load("latest")
    store.save(kept)
    wrong = kept.id[:8] + "zz"
    with pytest.raises(Refusal, match=kept.id):
        store.load(wrong)


def test_a_beginning_that_two_results_share_is_refused(tmp_path):
    store = ResultStore(tmp_path)
    for co2 in range(40):
        store.save(result(co2))
    shared = next(id[0] for id in store.ids() if sum(other[0] == id[0] for other in store.ids()) > 1)
    with pytest.raises(Refusal, match="result-ambiguous"):
        store.load(shared)


@pytest.mark.parametrize("reference", ["", "..", "/", "../results"])
def test_a_reference_that_leads_elsewhere_is_refused(tmp_path, reference):
    store = ResultStore(tmp_path)
    store.save(result(1))
    store.save(result(2))
    with pytest.raises(Refusal):
        store.load(reference)


def test_a_result_whose_figures_were_changed_is_refused(tmp_path):
    store, kept = ResultStore(tmp_path), result()
    store.save(kept)
    figures = tmp_path / kept.id / "figures.parquet"
    other = result(6).figures.frame.collect()
    other.write_parquet(figures)
    os.utime(figures, ns=(1, 1))
    with pytest.raises(Refusal, match="result-damaged"):
        store.load(kept.id)


def test_a_result_with_a_file_missing_is_refused(tmp_path):
    store, kept = ResultStore(tmp_path), result()
    store.save(kept)
    (tmp_path / kept.id / "receipt.json").write_text(json.dumps([]))
    with pytest.raises(Refusal, match="result-damaged"):
        store.load(kept.id)


def test_a_receipt_under_the_id_of_another_is_refused(tmp_path):
    store, kept = ResultStore(tmp_path), result()
    store.save(kept)
    changed = {**kept.receipt, "method": "another"}
    (tmp_path / kept.id / "receipt.json").write_text(json.dumps(changed))
    with pytest.raises(Refusal, match="result-damaged"):
        store.load(kept.id)


@pytest.mark.parametrize("file", ["receipt.json", "findings.json", "figures.parquet"])
def test_a_damaged_result_is_written_anew_when_it_is_computed_again(tmp_path, file):
    store, kept = ResultStore(tmp_path), result()
    store.save(kept)
    (tmp_path / kept.id / file).write_text("[]")
    store.save(kept)
    again = store.load(kept.id)
    assert (again.receipt, again.findings, again.figures.rows()) == (kept.receipt, kept.findings, kept.figures.rows())


def test_a_pipe_or_a_device_is_never_replaced_by_a_file(tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match=r"pipe\.csv"), replacing(pipe) as draft:
        draft.write_text("figures")
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]
