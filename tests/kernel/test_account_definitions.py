"""What the definition of an account names must be there: indicators, methods below, the clauses of its settings."""

import pytest

from tanheng.kernel.pack import Definition, MethodDefinition, MethodUse, PackSet, Reads
from tanheng.kernel.period import Accumulation
from tests.kernel.world import packs

USE, METHOD = "assessment_basis.energy_assessment", "assessment_basis"


def with_change(id, **update):
    """The packs with one definition changed."""
    return PackSet(tuple(_changed(item, id, update) for item in packs().definitions), packs().hashes)


def _changed(item, id, update):
    if not isinstance(item.value, MethodUse | MethodDefinition) or item.value.id != id:
        return item
    return Definition(item.pack, item.place, item.value.model_copy(update=update))


def test_the_shipped_definitions_name_nothing_that_is_not_there():
    assert packs().check() == []


@pytest.mark.parametrize(
    ("id", "update", "named"),
    [
        (USE, {"builds_on": {"no_such_method": "city_inventory"}}, "no_such_method"),
        (METHOD, {"reads": (Reads(indicator="no_such", accumulation=Accumulation.YEAR),)}, "no_such"),
        (METHOD, {"clause": "assessment-practice#nowhere"}, "assessment-practice#nowhere"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_found(id, update, named):
    assert any(named in finding.message("en") for finding in with_change(id, **update).check())


def test_a_setting_that_rests_on_a_clause_nobody_has_is_found():
    settings = dict(packs().get(MethodUse, USE).settings)
    settings["list_day"] = settings["list_day"].model_copy(update={"clause": "assessment-practice#nowhere"})
    (finding,) = with_change(USE, settings=settings).check()
    assert "nowhere" in finding.message("en")
