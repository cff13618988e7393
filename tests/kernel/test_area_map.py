"""A map is outlines on a sheet: what cannot be drawn is refused, and it holds from a day to a day."""

from datetime import date

import pytest
from pydantic import ValidationError

from tanheng.kernel.pack import AreaMap
from tanheng.kernel.period import Period

ISLE = {"area": "area/isle", "at": [5, 5], "parts": ["0,0 9,0 9,9.5", "20,20 30,20 25,-3"]}


def a_map(**changed) -> AreaMap:
    said = {"id": "m", "label": {"zh": "图", "en": "Map"}, "place": "area/city", "size": [40, 30]}
    return AreaMap.model_validate({**said, "period": [date(2020, 1, 1), None], "outlines": [ISLE], **changed})


def test_an_area_may_have_several_parts():
    assert a_map().outlines[0].parts == ("0,0 9,0 9,9.5", "20,20 30,20 25,-3")


@pytest.mark.parametrize("part", ["", "0,0 1,1", "0,0 1,1 2", "0;0 1;1 2;2", '0,0 1,1 2,2"><script>'])
def test_what_is_no_ring_of_points_is_not_drawn(part):
    with pytest.raises(ValidationError, match="at least three points"):
        a_map(outlines=[{**ISLE, "parts": [part]}])


def test_an_area_is_drawn_once():
    with pytest.raises(ValidationError, match="drawn twice"):
        a_map(outlines=[ISLE, ISLE])


def test_a_map_holds_for_periods_that_end_while_it_does():
    old = a_map(period=[date(2020, 1, 1), date(2025, 1, 1)])
    assert old.covers(Period.parse("2024-01..2024-12"))
    assert not old.covers(Period.parse("2025-01..2025-03"))
    assert a_map().covers(Period.parse("2025-01..2025-03"))
    assert not a_map().covers(Period.parse("2019"))
