"""A scheme is a noun of its own: people read its name, and only commands its id."""

from tanheng.kernel.pack import Factor, MethodUse
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import load_packs


def test_every_scheme_that_a_factor_or_a_method_names_has_words_in_both_languages():
    packs = load_packs(["cn_national", "cn_shanghai"], [SHIPPED_PACKS])
    named = {use.scheme for use in packs.all(MethodUse)}
    named |= {scheme for factor in packs.all(Factor) for scheme in factor.schemes}
    without = sorted(id for id in named if id in (packs.scheme_label(id).zh, packs.scheme_label(id).en))
    assert len(named) > 10
    assert not without


def test_a_scheme_without_words_is_called_by_its_id():
    packs = load_packs(["cn_national"], [SHIPPED_PACKS])
    assert packs.scheme_label("of_another_city").zh == "of_another_city"
