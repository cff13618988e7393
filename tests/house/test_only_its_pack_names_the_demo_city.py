"""HOUSE 11: the platform is for any city. Its fictional city lives in one pack; documents may teach with it."""

import re

from tests.house.source_tree import tracked_texts

CITY = re.compile("linjiang|临江", re.IGNORECASE)
MAY_NAME_IT = re.compile(
    r"src/tanheng/packs/linjiang/|docs/|README|CHANGELOG|changelog\.d/|CONTRIBUTING"
    r"|tests/(golden|store|records|cli|web)/|tests/house/test_only_its_pack_names_the_demo_city\.py"
)


def names_the_city(path: str, text: str) -> list[str]:
    if MAY_NAME_IT.match(path):
        return []
    return [
        f"{path}:{number}: names the demo city" for number, line in enumerate(text.splitlines(), 1) if CITY.search(line)
    ]


def test_no_code_knows_the_demo_city():
    assert [line for path, text in tracked_texts() for line in names_the_city(path, text)] == []


def test_code_that_knows_the_demo_city_is_caught():
    assert names_the_city("src/tanheng/cli/demo.py", "PACK = 'linjiang'")
    assert names_the_city("src/tanheng/packs/cn_shanghai/pack.yaml", "label: 临江市")
    assert names_the_city("docs/tutorial/first-figure.md", "--pack linjiang") == []
