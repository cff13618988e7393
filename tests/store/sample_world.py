"""The made-up district whose forms stand in tests/store/samples, and readings of them."""

from datetime import date
from functools import cache
from pathlib import Path

from tanheng.kernel.pack import LayoutProfile
from tanheng.kernel.subject import LOCATED_IN, Area, Directory, Facility, Relation
from tanheng.store import Reading, read_workbook
from tanheng.store.packs import read_packs

SAMPLES = Path(__file__).parent / "samples"
DIGEST = "0" * 64
PUBLISHED = date(2024, 5, 10)
_NAMES = ("东岸化工厂", "东岸水泥厂", "东岸电子厂", "东岸医院")
DIRECTORY = Directory(
    areas=tuple(
        Area(f"area/{id}", {"zh": name, "en": id}, level)
        for id, name, level in (
            ("river", "江城市", "city"),
            ("east", "东岸区", "district"),
            ("west", "西山区", "district"),
        )
    ),
    facilities=tuple(
        Facility(f"facility/{n}", {"zh": name, "en": f"Unit {n}"}, {"unified_social_credit": f"91TH{n:014d}"})
        for n, name in enumerate(_NAMES, 1)
    ),
    relations=tuple(
        Relation(LOCATED_IN, f"area/{id}", "area/river", date(2020, 1, 1), None) for id in ("east", "west")
    ),
)


@cache
def packs():
    return read_packs(["cn_national"])[0]


def profile(id: str) -> LayoutProfile:
    return packs().get(LayoutProfile, id)


def read(path: Path, layout=None, published: date = PUBLISHED, **options) -> Reading:
    return read_workbook(path, layout, packs(), DIRECTORY, published, DIGEST, **options)


def sample(name: str, **options) -> Reading:
    """The reading of a sample file, the layout found by itself."""
    return read(SAMPLES / name, **options)


def figures(reading: Reading) -> list[tuple]:
    """Each observation in short: subject, indicator, breakdown, period, value, unit, cell."""
    return [
        (
            item.key.subject.removeprefix("facility/").removeprefix("area/"),
            item.key.indicator,
            ";".join(value for _, value in item.key.dimensions),
            str(item.key.period),
            str(item.value.normalize() + 0) if item.value else "0",
            item.unit,
            item.source.rpartition("!")[2],
        )
        for item in reading.observations
    ]


def said(reading: Reading, *, notes: bool = False) -> list[tuple[str, str]]:
    """Code and cell of each finding; notes only where asked for."""
    return [
        (finding.code, finding.place.rpartition("!")[2])
        for finding in reading.findings
        if notes or finding.severity != "note"
    ]
