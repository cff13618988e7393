"""Laws of splitting: the whole is what the numerators and denominators of its parts make, by any method and band."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tanheng.kernel.pack import Definition, PackSet
from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
from tanheng.kernel.period import Period
from tanheng.kernel.run import OBSERVATION_COLUMNS, Inputs, Parameters, Result, run
from tanheng.kernel.subject import Directory
from tanheng.kernel.table import Table
from tests.kernel.world import packs

WHOLE = "area/whole"
STEP = Fraction(1, 10**9)
AMOUNTS = st.decimals(min_value="0.01", max_value="5000", places=2)
BASES = st.decimals(min_value="1", max_value="100000", places=1)
GROWTHS = st.decimals(min_value="-30", max_value="60", places=1)
FALLS = st.decimals(min_value="0", max_value="20", places=2)
NOTHING = Inputs(Table.of_rows([], OBSERVATION_COLUMNS, keys=("subject",)), Directory(), {})
PARTS = st.lists(st.tuples(AMOUNTS, BASES, GROWTHS), min_size=1, max_size=12)
BANDS = st.sampled_from([None, {"every": "0.5", "to": "up"}, {"steps": ["1", "1.5", "2", "5"], "to": "nearest"}])


def plan(parts, *, demand, bands=None, order=None, **other):
    subjects = [
        {"id": f"s{n}", "growth": str(g), "stated": {"amount": str(a), "basis": str(b)}, **extra}
        for n, (a, b, g, extra) in enumerate(parts)
    ]
    content = {
        "id": "law", "label": {"zh": "律", "en": "law"}, "clause": "decomposition-methods#sharing",
        "status": "verified", "method": "equal_rate", "parent": WHOLE, "demand": str(demand), "base": "2025",
        "by": "2026", "subjects": [subjects[n] for n in order or range(len(subjects))],
        "figures": {"amount": {"unit": "10^4 tce[coal_equivalent]"}, "basis": {"unit": "10^8 CNY[2020]"}},
    } | other  # fmt: skip
    if bands:
        content["bands"] = bands | {"clause": "decomposition-methods#bands", "status": "verified"}
    return DecompositionPlan.model_validate(content)


def split(made: DecompositionPlan, method: str = "target_decomposition") -> Result:
    use = PackSet((*packs().definitions, Definition("law", "law:1", made)), packs().hashes)
    asked = Parameters(Period.year(2026), "energy_assessment", date(2026, 6, 30), 1, None, {"plan": "law"})
    return run(method, use, NOTHING, asked)


def value(result, column, of):
    (found,) = result.figures.where(subject=of).values(column)
    return found


def recombined(made, result):
    """From numerators and denominators alone, in fractions."""
    rows = [(item, value(result, "split_rate", item.id)) for item in made.subjects]

    def each(item, name):
        return Fraction(item.stated[name])

    now = sum(each(i, "amount") for i, _ in rows) / sum(each(i, "basis") for i, _ in rows)
    grown = [(each(i, "amount") * (1 + Fraction(i.growth) / 100), each(i, "basis") * (1 + Fraction(i.growth) / 100),
              Fraction(rate, 10**9)) for i, rate in rows]  # fmt: skip
    after = sum(a * (1 - r) for a, _, r in grown) / sum(b for _, b, _ in grown)
    return 1 - after / now


def plain(parts):
    return [(*part, {}) for part in parts]


@settings(max_examples=60, deadline=None)
@given(PARTS, FALLS, BANDS)
def test_the_whole_of_any_split_is_what_its_subjects_amounts_and_bases_make(parts, demand, bands):
    made = plan(plain(parts), demand=demand, bands=bands)
    result = split(made)
    assert abs(Fraction(value(result, "split_recombined", WHOLE), 10**9) - recombined(made, result)) <= STEP


@settings(max_examples=60, deadline=None)
@given(PARTS, FALLS)
def test_a_calibrated_split_without_bands_meets_its_demand_or_asks_for_nothing(parts, demand):
    made = plan(plain(parts), demand=demand)
    result = split(made)
    short = Fraction(value(result, "split_shortfall", WHOLE), 10**9)
    nothing_needed = any(item.code == "split-nothing-needed" for item in result.findings)
    assert short <= 2 * STEP
    assert nothing_needed or abs(short) <= 2 * STEP


@settings(max_examples=40, deadline=None)
@given(PARTS, st.lists(FALLS, min_size=12, max_size=12), FALLS)
def test_the_check_of_what_was_demanded_finds_the_same_whole(parts, falls, demand):
    made = plan([(*part, {"demand": str(fall)}) for part, fall in zip(parts, falls, strict=False)], demand=demand)
    result = split(made, "decomposition_check")
    whole = recombined(made, result)
    assert abs(Fraction(value(result, "split_recombined", WHOLE), 10**9) - whole) <= STEP
    falls_short = any(item.code == "split-falls-short" for item in result.findings)
    gap = Fraction(Decimal(demand)) / 100 - whole
    assert falls_short == (gap > 0) or abs(gap) <= 3 * STEP


@settings(max_examples=40, deadline=None)
@given(PARTS.flatmap(lambda parts: st.tuples(st.just(parts), st.permutations(range(len(parts))))), FALLS)
def test_the_order_of_the_subjects_changes_no_rate(both, demand):
    parts, order = both
    one, other = split(plan(plain(parts), demand=demand)), split(plan(plain(parts), demand=demand, order=order))
    for number in range(len(parts)):
        assert abs(value(one, "split_rate", f"s{number}") - value(other, "split_rate", f"s{number}")) <= 1


@settings(max_examples=40, deadline=None)
@given(PARTS, FALLS, FALLS)
def test_a_stronger_demand_on_the_whole_asks_no_less_of_anybody(parts, one, other):
    weaker, stronger = (split(plan(plain(parts), demand=item)) for item in sorted((one, other)))
    for number in range(len(parts)):
        assert value(weaker, "split_rate", f"s{number}") <= value(stronger, "split_rate", f"s{number}")


@settings(max_examples=40, deadline=None)
@given(PARTS, FALLS)
def test_what_is_saved_and_what_is_allowed_are_what_would_be_needed(parts, demand):
    result = split(plan(plain(parts), demand=demand))
    for number in range(len(parts)):
        trend, saved, allowed = (
            value(result, f"split_{name}_energy", f"s{number}") for name in ("trend", "saving", "allowed")
        )
        assert abs(trend - saved - allowed) <= 1
