"""The barometer of the made-up city from its files and its own targets: every colour, and every light explained."""

from collections import Counter
from datetime import date

import pytest

from tanheng.kernel.demand import Demands, KnownObligation, target_of
from tanheng.kernel.pack import InstrumentShape
from tanheng.kernel.pack.obligation_shapes import TargetTable
from tanheng.kernel.period import Period
from tanheng.kernel.run import Parameters, explain, run
from tanheng.kernel.trace import Address
from tanheng.store import load_packs
from tanheng.store.home import SHIPPED_PACKS
from tests.kernel.world import check_as_an_outsider

PACKS = load_packs(["linjiang"], [SHIPPED_PACKS])
ISSUED = {item.id: item.issued for item in PACKS.all(InstrumentShape)}
YEAR_END, IN_SPRING, IN_AUTUMN = date(2026, 12, 31), date(2026, 2, 10), date(2025, 11, 30)


def demands():
    tables = [table for table in PACKS.all(TargetTable) if table.instrument.startswith("lj-")]
    known = [(target_of(entry), ISSUED[table.instrument]) for table in tables for entry in table.entries]
    return Demands(tuple(KnownObligation(*item) for item in known))


@pytest.fixture(scope="module")
def given(areas):
    return areas.inputs(demands())


@pytest.fixture(scope="module")
def ran(areas, given):
    def go(period, known_on, quarters="1"):
        asked = Parameters(Period.parse(period), "energy_assessment", known_on, 9999, settings={"quarters": quarters})
        packs = type(areas.city.packs)((*areas.city.packs.definitions, *_new(areas)), areas.city.packs.hashes)
        return run("barometer", packs, given, asked), packs

    return go


def _new(areas):
    """What the shipped pack of the city says and the small city's own pack does not: the rule that it has chosen."""
    known = {(type(item.value), getattr(item.value, "id", None)) for item in areas.city.packs.definitions}
    return [
        item for item in PACKS.definitions if item.pack == "linjiang"
        and type(item.value).__name__ == "Barometer" and (type(item.value), item.value.id) not in known
    ]  # fmt: skip


def lights(result):
    end = result.receipt.parameters.period.end
    return {row["subject"]: row for row in result.figures.rows() if row["period_end"] == end}


def level(result, target, made, tier="floor"):
    return lights(result)[f"lj-control-2025.{target}#{tier}/{made}"]["light_level"]


def test_the_year_has_red_yellow_green_and_grey(ran):
    result, _ = ran("2025", YEAR_END)
    assert {3, 2, 1, None} == {row["light_level"] for row in lights(result).values()}
    # 东浦区 fell by 2.69 % of 2.8 % demanded, 西岭区 by 1.34 % of 2.6 %; the city's energy grew by less than allowed
    assert level(result, "t005", "accounted") == 2
    assert level(result, "t009", "accounted") == 1
    assert level(result, "t004", "accounted") == 3
    assert level(result, "t005", "fed_back") == 2


def test_every_light_of_the_year_explains_itself(ran, given):
    result, packs = ran("2025", YEAR_END)
    for subject, row in lights(result).items():
        told = explain(result, packs, given, Address("light_level", subject, Period.parse("2025")))
        check_as_an_outsider(told)
        assert told["value"] == row["light_level"]


def test_before_the_account_of_the_year_is_out_the_light_rests_on_the_estimate_and_says_so(ran):
    result, _ = ran("2025", IN_SPRING)
    made = Counter(subject.partition("/")[2] for subject in lights(result))
    accounted = {subject for subject in lights(result) if subject.endswith("/accounted")}
    assert accounted == {"lj-control-2025.t069#floor/accounted"}  # industry itself, out of the months' own tables
    assert made["estimated"] > 0
    assert {"light-partly-flat"} <= {finding.code for finding in result.findings}


def test_the_citys_feedback_of_a_quarter_stands_beside_the_estimate_and_is_taken_apart(ran):
    result, _ = ran("2025-01..2025-09", IN_AUTUMN)
    theirs = lights(result)["lj-control-2025.t005#floor/fed_back"]
    assert theirs["light_actual_rate"] == 28_800_000
    assert theirs["light_level"] == 3
    parts = [theirs[f"light_difference_{part}"] for part in ("of_energy", "of_gdp", "rest")]
    assert sum(parts) == theirs["light_difference"]


def test_eight_quarters_back_the_years_before_a_target_have_no_light_and_the_others_one_each(ran):
    result, _ = ran("2025-01..2025-09", IN_AUTUMN, "8")
    ends = {row["period_end"] for row in result.figures.rows() if row["subject"].startswith("lj-control-2025.t005")}
    assert sorted(ends) == [date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1)]
    plan = {row["period_end"] for row in result.figures.rows() if row["subject"].startswith("lj-five-year-2021.t005")}
    assert date(2024, 4, 1) in plan


def test_a_light_is_a_figure_about_a_target_and_named_after_it(ran, given):
    result, packs = ran("2025-01..2025-09", IN_AUTUMN)
    assert {row["level"] for row in result.figures.rows()} == {"target"}
    at = "light_level@lj-control-2025.t005#floor/fed_back@2025-01..2025-09"
    told = explain(result, packs, given, Address.parse(at))
    assert told["label"]["zh"].startswith("东浦区单位生产总值能耗下降 · 确保·市反馈")


def test_from_a_light_of_the_city_the_way_leads_down_to_the_senders_cells(ran, given):
    result, packs = ran("2025-01..2025-09", IN_AUTUMN)
    lit = next(
        subject for subject, row in lights(result).items() if subject.endswith("/estimated") and row["light_level"]
    )
    pending, cells = [f"light_actual_rate@{lit}@2025-01..2025-09"], set()
    for address in pending:
        told = explain(result, packs, given, Address.parse(address))
        check_as_an_outsider(told)
        for step in told["steps"]:
            for term in step["inputs"].values():
                kind, _, below = term["ref"].partition(":")
                cells |= {below.rpartition("/")[2]} if kind == "cell" else set()
                pending += [below] if kind == "figure" and below not in pending else []
    books = {cell.partition("_")[0] for cell in cells}
    assert {"规上工业汇总表", "地区生产总值", "区域核算数据表"} <= books


def test_fields_have_lights_of_their_own_within_the_year_and_after_it_and_grey_has_its_reason(ran):
    quarter, _ = ran("2025-01..2025-09", IN_AUTUMN)
    assert level(quarter, "t069", "accounted") is not None  # industry: energy per output of the months' tables
    assert level(quarter, "t071", "estimated/electricity") is not None
    assert level(quarter, "t072", "estimated/electricity") is not None
    assert level(quarter, "t070", "no_data") is None
    assert [f for f in quarter.findings if f.code == "light-field-waits" and f.fields["id"] == "lj-control-2025.t070"]
    year, _ = ran("2025", YEAR_END)
    assert None not in {level(year, target, "accounted") for target in ("t070", "t071", "t072")}
