"""An account of areas is listed and shown like any result; a cap in a formula and a gap do not break its pages."""

import re
from html import unescape

import pytest

from tanheng.kernel.pack import MethodDefinition
from tanheng.kernel.period import Period
from tanheng.records.computing import compute, computed_again
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS
from tanheng.web.results.links import figure_href
from tests.records.worked import EXAMPLES, recorded


@pytest.fixture(params=sorted(EXAMPLES))
def account(request, db, settings, tmp_path):
    """A worked example on a site of its own, computed, with its area and one figure."""
    settings.TANHENG_HOME = str(tmp_path / "home")
    computed_again.cache_clear()
    example = EXAMPLES[request.param]
    recorded(example)
    packs = load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])
    about = (example.method, Period.parse(example.period), example.scheme, example.known_on)
    result = compute(*about, packs=packs, settings=example.settings)
    return example, result


def page(client, address):
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_list_of_results_names_it(client, account):
    _, result = account
    assert result.id in page(client, "/results/")


def test_its_area_has_a_page(client, account):
    example, result = account
    area = next(place.id for place in example.places if place.level)
    assert f"{area}的名称" in page(client, f"/results/{result.id}/area/{area.removeprefix('area/')}/")


def test_no_figure_on_the_page_of_an_area_leads_nowhere(client, account):
    example, result = account
    area = next(place.id for place in example.places if place.level)
    told = page(client, f"/results/{result.id}/area/{area.removeprefix('area/')}/")
    for href in set(re.findall(r'class="figure[^"]*" href="([^"]+)"', told)):
        assert page(client, unescape(href))


def test_every_expected_figure_has_a_page_that_explains_it(client, account):
    example, result = account
    results = load_packs(["cn_national"], [SHIPPED_PACKS]).get(MethodDefinition, example.method).results
    for address in example.expected:
        if address.partition("@")[0] not in results:
            continue  # a step that is no result has its explanation on the command line and no page
        assert address.partition("@")[0] in page(client, figure_href(result.id, address))
