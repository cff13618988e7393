"""What a site keeps in files beside its database: changed, lost, and what is said or mended then."""

import json
import shutil
from dataclasses import replace
from datetime import date

import pytest

from tanheng.kernel.faults import Refusal
from tanheng.records.computing import computed_again, explain_figure, open_result
from tanheng.records.kept_packs import load_once, packs_of
from tanheng.records.models import Publication
from tanheng.records.publishing import publish, published_result
from tanheng.records.recording import record_observations
from tanheng.records.site_files import blobs, home
from tanheng.records.verification import verify_kept
from tests.records.city import computed, found_city, used
from tests.records.world import CITY, MILL

pytestmark = pytest.mark.django_db
FIGURE = f"co2@{CITY}@2024"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.TANHENG_HOME = str(tmp_path)
    computed_again.cache_clear()
    load_once.cache_clear()


@pytest.fixture
def city(clerk):
    found_city(clerk)


@pytest.fixture
def published(city, clerk):
    return publish(computed().id, "2024年", clerk)


def change_kept_packs(old: str, new: str) -> None:
    for path in home().packs.glob("*.json"):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_a_blocker_taken_out_of_a_file_still_blocks(city, clerk):
    record_observations([used(MILL, 3, "electricity", "1", date(2020, 1, 1))], clerk)
    result = computed(date(2024, 6, 30))
    path = home().results / result.id / "findings.json"
    assert any(finding["severity"] == "blocker" for finding in json.loads(path.read_text("utf-8")))
    path.write_text("[]", "utf-8")
    with pytest.raises(Refusal, match="result-damaged"):
        publish(result.id, "无发现", clerk)
    assert not Publication.objects.exists()


def test_a_publication_does_not_show_findings_it_never_had(published):
    (home().results / published.result / "findings.json").write_text("[]", "utf-8")
    with pytest.raises(Refusal, match="result-damaged"):
        published_result(published)
    shutil.rmtree(home().results)
    assert published_result(published).findings


def test_a_factor_changed_in_the_kept_packs_is_not_computed_with(city):
    result = computed()
    change_kept_packs("0.5849", "0.4849")
    with pytest.raises(Refusal, match="packs-not-kept"):
        explain_figure(result, FIGURE)
    assert computed().id == result.id
    assert explain_figure(result, FIGURE)["value"]


@pytest.mark.parametrize("lose", [lambda: shutil.rmtree(home().packs), lambda: change_kept_packs("0.5849", "0.4849")])
def test_packs_that_are_lost_come_back_from_a_publication(published, lose):
    lose()
    result = open_result()
    assert explain_figure(result, FIGURE)["value"]
    assert dict(packs_of(result.receipt["packs"]).hashes) == result.receipt["packs"]
    assert len(list(home().packs.glob("*.json"))) == 1


def test_a_kept_content_that_is_lost_or_changed_is_found_without_repeating(published, clerk):
    book = blobs().put(b"workbook")
    stated = used(MILL, 1, "diesel", "7", date(2025, 3, 1))
    record_observations([replace(stated, source=f"{book}/may.xlsx!Sheet!F4")], clerk)
    # the city's other amounts name a workbook that was never kept
    assert [(found.code, found.place) for found in verify_kept()] == [("blob-not-found", "year.xlsx")]
    blobs().path(book).unlink()
    blobs().path(published.blobs["snapshot"]).write_bytes(b"else")
    found = {(finding.code, finding.place) for finding in verify_kept()}
    assert found == {
        ("blob-not-found", "year.xlsx"),
        ("blob-not-found", "may.xlsx"),
        ("blob-damaged", f"{published.reference}:snapshot"),
    }
