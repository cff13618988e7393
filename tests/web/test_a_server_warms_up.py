"""A server reads what everybody needs before it is asked, and starts whatever is missing."""

from tanheng.records.canonical import canonical
from tanheng.records.computing import at_hand
from tanheng.records.site_files import results
from tanheng.web.site import warming


def test_the_explanations_of_the_widest_area_are_at_hand_before_anybody_asks(result, capsys):
    warming._told("explanations", warming._explain_widest)
    told = capsys.readouterr().out
    assert "Warmed" in told
    assert f": {len(result.receipt['results']) if 'results' in result.receipt else 3} (" in told
    _, inputs = at_hand(canonical(results().load(result.id).receipt))
    assert inputs.memory["explained"]._told


def test_a_site_without_anything_starts_too(db, settings, tmp_path, capsys):
    settings.TANHENG_HOME = str(tmp_path)
    warming._told("everything", warming._read_everything)
    assert ": 0 (" in capsys.readouterr().out


def test_a_result_that_is_damaged_keeps_no_server_from_starting(result, capsys):
    (results().root / result.id / "figures.parquet").write_bytes(b"nothing")
    warming._told("everything", warming._read_everything)
    assert ": 0 (" in capsys.readouterr().out
